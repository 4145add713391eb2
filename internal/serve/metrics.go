package serve

import (
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are the numbers of this process. Their labels are patterns of routes and
// statuses, never ids, names or queries.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	busy     *prometheus.GaugeVec
	away     *prometheus.CounterVec
	panics   prometheus.Counter
}

// NewMetrics returns numbers that start at nought.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "leerkring_requests_total", Help: "Requests answered."}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "leerkring_request_seconds", Help: "Time to answer a request.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}}, []string{"route"}),
		busy:   prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "leerkring_requests_open", Help: "Requests being answered now."}, []string{"kind"}),
		away:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "leerkring_turned_away_total", Help: "Requests that the door turned away."}, []string{"why"}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{Name: "leerkring_panics_total", Help: "Requests that hit a mistake of ours."}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.busy, m.away, m.panics,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Register adds numbers of another room.
func (m *Metrics) Register(c ...prometheus.Collector) { m.registry.MustRegister(c...) }

// Handler shows the numbers, on a listener of their own.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}

func (m *Metrics) answered(route string, status int, seconds float64) {
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(route).Observe(seconds)
}
