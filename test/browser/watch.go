package browser

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// Request is one thing that a page asked for.
type Request struct {
	Method string
	URL    string
	Type   string // Document, Stylesheet, Script, Font, Fetch, EventSource, …
	Status int64  // 0 while there is no answer
	Bytes  int64  // what came over the line, headers included
	loader cdp.LoaderID
}

// watch follows what happens in a tab.
type watch struct {
	host string
	also []string // other houses that a page may lead to

	mu       sync.Mutex
	at       string
	loading  bool
	open     map[network.RequestID]int // index in requests, while unanswered
	requests []*Request
	wrong    []string
	allowed  []string
	started  int
	dismiss  func() // puts a dialog away, without waiting for it
}

func newWatch(host string) *watch {
	return &watch{host: host, at: "about:blank", open: map[network.RequestID]int{}}
}

func (w *watch) alsoAt(host string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.also = append(w.also, host)
}

// event is called for everything that Chromium tells, in order.
func (w *watch) event(e any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := e.(type) {
	case *page.EventFrameStartedLoading:
		w.loading = true
		w.started++
	case *page.EventFrameStoppedLoading:
		w.loading = false
	case *page.EventFrameNavigated:
		if e.Frame.ParentID == "" {
			w.at = e.Frame.URL
			// Of what the page before still asked for, nobody hears how it ended.
			maps.DeleteFunc(w.open, func(_ network.RequestID, i int) bool { return w.requests[i].loader != e.Frame.LoaderID })
		}
	case *page.EventNavigatedWithinDocument:
		w.at = e.URL
	case *network.EventRequestWillBeSent:
		w.sent(e)
	case *network.EventResponseReceived:
		if i, ok := w.open[e.RequestID]; ok {
			w.requests[i].Status = e.Response.Status
			w.requests[i].Bytes = int64(e.Response.EncodedDataLength)
			if e.Type == network.ResourceTypeEventSource {
				delete(w.open, e.RequestID) // it never ends, and nobody waits for it
			}
		}
	case *network.EventLoadingFinished:
		if i, ok := w.open[e.RequestID]; ok {
			w.requests[i].Bytes = int64(e.EncodedDataLength)
			delete(w.open, e.RequestID)
		}
	case *network.EventLoadingFailed:
		delete(w.open, e.RequestID)
	case *page.EventJavascriptDialogOpening:
		if e.Type == page.DialogTypeBeforeunload {
			return // ours, to keep somebody's text
		}
		w.wrong = append(w.wrong, "dialog: "+e.Message)
		w.dismiss()
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			w.wrong = append(w.wrong, "console: "+spoken(e.Args))
		}
	case *runtime.EventExceptionThrown:
		w.wrong = append(w.wrong, "script: "+exception(e.ExceptionDetails))
	case *log.EventEntryAdded:
		if e.Entry.Source == log.EntrySourceSecurity || e.Entry.Source == log.EntrySourceViolation {
			w.wrong = append(w.wrong, "security: "+e.Entry.Text)
		}
	}
}

func (w *watch) sent(e *network.EventRequestWillBeSent) {
	address, err := url.Parse(e.Request.URL)
	if err != nil {
		w.wrong = append(w.wrong, "address: "+e.Request.URL)
		return
	}
	if !slices.Contains([]string{"http", "https", "ws", "wss"}, address.Scheme) {
		return // data and blob leave the page nowhere
	}
	if address.Host != w.host && !slices.Contains(w.also, address.Host) {
		w.wrong = append(w.wrong, "asked another host: "+e.Request.URL)
	}
	if i, ok := w.open[e.RequestID]; ok && e.RedirectResponse != nil {
		w.requests[i].Status = e.RedirectResponse.Status
	}
	w.open[e.RequestID] = len(w.requests)
	w.requests = append(w.requests, &Request{Method: e.Request.Method, URL: e.Request.URL, Type: string(e.Type), loader: e.LoaderID})
}

// spoken is what a script wrote on the console.
func spoken(args []*runtime.RemoteObject) string {
	var words []string
	for _, a := range args {
		words = append(words, strings.Trim(string(a.Value), `"`)+a.Description)
	}
	return strings.Join(words, " ")
}

func exception(d *runtime.ExceptionDetails) string {
	if d.Exception != nil && d.Exception.Description != "" {
		return d.Exception.Description
	}
	return d.Text
}

// quiet says that no page is being loaded and nothing is being waited for.
func (w *watch) quiet() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.loading && len(w.open) == 0
}

func (w *watch) where() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

// report fails the test for everything that went wrong unseen.
func (w *watch) report(t testing.TB, name string) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, wrong := range w.wrong {
		if !slices.ContainsFunc(w.allowed, func(part string) bool { return strings.Contains(wrong, part) }) {
			t.Errorf("%s: %s", name, wrong)
		}
	}
}

// Allow accepts faults whose text contains part: for tests that cause them.
func (p *Person) Allow(part string) {
	p.page.mu.Lock()
	defer p.page.mu.Unlock()
	p.page.allowed = append(p.page.allowed, part)
}

// Requests gives everything that the pages of this person asked for since they
// opened the tab.
func (p *Person) Requests() []Request {
	p.page.mu.Lock()
	defer p.page.mu.Unlock()
	all := make([]Request, len(p.page.requests))
	for i, r := range p.page.requests {
		all[i] = *r
	}
	return all
}

// String makes a request readable in the message of a failing test.
func (r Request) String() string {
	return fmt.Sprintf("%s %s %d (%s)", r.Method, r.URL, r.Status, r.Type)
}
