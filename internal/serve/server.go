package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Server answers requests on one listener until it has to stop.
type Server struct {
	Name    string // for the log: "pages", "metrics"
	Handler http.Handler
	Log     *slog.Logger
	Grace   time.Duration // how long requests may take to end; default 20 s
	Drain   time.Duration // how long to go on after NotReady, so that a balancer notices

	NotReady []func() // called first: House.Close
	Streams  []func() // called when no new requests come in: Hub.Close, or streams would never end
}

// Run serves until ctx ends. Then streams are closed, new requests are refused, and
// those under way may finish. It returns nil when everything ended in time.
func (s Server) Run(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler:           s.Handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      90 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          log.New(quiet{s.Log}, "", 0),
	}
	for _, f := range s.Streams {
		srv.RegisterOnShutdown(f)
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve %s: %w", s.Name, err)
	case <-ctx.Done():
	}
	s.Log.Info("closing", "room", s.Name)
	for _, f := range s.NotReady {
		f()
	}
	time.Sleep(s.Drain)
	grace := s.Grace
	if grace == 0 {
		grace = 20 * time.Second
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err := srv.Shutdown(ending)
	if err != nil {
		err = errors.Join(fmt.Errorf("serve %s: requests did not end in time: %w", s.Name, err), srv.Close())
	}
	if ended := <-failed; !errors.Is(ended, http.ErrServerClosed) {
		err = errors.Join(err, ended)
	}
	return err
}

// quiet passes on what the machine lacks, and leaves out what names a visitor's address.
type quiet struct{ log *slog.Logger }

func (q quiet) Write(line []byte) (int, error) {
	if bytes.HasPrefix(line, []byte("http: Accept error")) {
		q.log.Warn("connections cannot be accepted", "error", string(bytes.TrimSpace(line)))
	}
	return len(line), nil
}
