package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"

	"golang.org/x/sync/errgroup"

	"leerkring/instance"
	"leerkring/internal/mail"
	"leerkring/internal/outgoing"
	"leerkring/internal/serve"
)

type serveCommand struct {
	Addr         string `help:"Address to listen on." default:":8080"`
	Data         string `help:"Directory of the embedded database and of files, such as photos; files lie here with a PostgreSQL too." default:"data" type:"path"`
	Database     string `help:"A PostgreSQL instead of the embedded database: postgres://…"`
	BaseURL      string `name:"base-url" help:"Where people reach this house, such as https://leerkring.school.nl. Required unless it listens on this machine only."`
	TrustedProxy string `name:"trusted-proxy" help:"Addresses of proxies whose X-Forwarded headers count, separated by commas."`
	MetricsAddr  string `name:"metrics-addr" help:"Address for /metrics; none when empty."`
	SMTP         string `help:"Mail server: smtp://user@host:587 or smtps://…"`
	SMTPFrom     string `name:"smtp-from" help:"Address that mail comes from."`
	SMTPPassword string `name:"smtp-password" help:"Password of the mail server; better given as LEERKRING_SMTP_PASSWORD."`
	Outgoing     string `name:"outgoing-allow" help:"Networks inside the house that a login of a school may lie in, separated by commas; else only public addresses are called."`
	Keys         string `help:"File with the keys of this installation, outside the data directory; made when it is new." type:"path"`
	Ledger       string `help:"File that keeps what ended, so that no backup brings it back; beside the data directory when empty." type:"path"`
}

// Run serves until it is asked to stop.
func (c *serveCommand) Run(ctx context.Context, s *streams) error {
	if instance.IsDemo(c.Data) {
		return errors.New("this data directory was made by a demo; choose another one with --data")
	}
	lock, err := instance.Hold(c.Data)
	if err != nil {
		return err
	}
	defer release(lock, s.err)
	log := slog.New(slog.NewTextHandler(s.err, nil))
	l, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", c.Addr, err)
	}
	base, err := c.base(l)
	if err != nil {
		return closeBoth(l, err)
	}
	key, err := keysOf(c.Keys, c.Data)
	if err != nil {
		return closeBoth(l, err)
	}
	out, err := outgoingFor(c.Outgoing)
	if err != nil {
		return closeBoth(l, err)
	}
	h, err := build(ctx, settings{Database: c.database(), Data: c.Data, BaseURL: base, Proxies: c.TrustedProxy, Log: log, LogKey: key, KeysAt: keysAt(c.Keys, c.Data), Outgoing: out, Clock: clockOf(s.environ)})
	if err != nil {
		return closeBoth(l, err)
	}
	if err := h.keepLedger(ctx, ledgerAt(c.Ledger, c.Data)); err != nil {
		return closeBoth(l, closing(h.db, err))
	}
	if err := h.sendsMail(c); err != nil {
		return closeBoth(l, closing(h.db, err))
	}
	log.Info("ready", "address", base)
	return h.serve(ctx, l, c.Data, c.MetricsAddr)
}

// outgoingFor is the way out of this installation, with the networks that it may call besides
// public addresses.
func outgoingFor(allow string) (*http.Client, error) {
	networks, err := serve.Proxies(allow)
	if err != nil {
		return nil, &usageError{fmt.Errorf("--outgoing-allow: %w", err)}
	}
	return outgoing.New(outgoing.Options{Allow: networks}), nil
}

func release(lock *instance.Lock, w io.Writer) {
	if err := lock.Release(); err != nil {
		fmt.Fprintln(w, "leerkring: "+oneLine(err))
	}
}

func closeBoth(l net.Listener, err error) error {
	return errors.Join(err, l.Close())
}

func (c *serveCommand) database() string {
	if c.Database != "" {
		return c.Database
	}
	return "sqlite:" + instance.File(c.Data)
}

// base is the address for links: as configured, and only on this machine as it listens.
func (c *serveCommand) base(l net.Listener) (string, error) {
	if c.BaseURL != "" {
		u, err := url.Parse(c.BaseURL)
		if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
			return "", &usageError{errors.New("--base-url must look like https://leerkring.school.nl")}
		}
		return strings.TrimRight(c.BaseURL, "/"), nil
	}
	if a, ok := l.Addr().(*net.TCPAddr); ok && a.IP.IsLoopback() {
		return fmt.Sprintf("http://localhost:%d", a.Port), nil
	}
	return "", &usageError{errors.New("--base-url is needed: it is the address in every link. Only a house that listens on 127.0.0.1 can do without")}
}

// sendsMail connects the outbox to a mail server when one is configured; else mail waits.
func (h *house) sendsMail(c *serveCommand) error {
	if c.SMTP == "" {
		return nil
	}
	t, err := mail.NewSMTP(mail.SMTPSettings{Server: c.SMTP, Password: c.SMTPPassword, From: c.SMTPFrom, FromName: "Leerkring"})
	if err != nil {
		return err
	}
	h.posts(t)
	return nil
}

// serve answers on a listener, on the socket of the data directory, and for metrics,
// until ctx ends.
func (h *house) serve(ctx context.Context, l net.Listener, data, metricsAddr string) error {
	g, ctx := errgroup.WithContext(ctx)
	if err := h.start(ctx, g); err != nil {
		return closeBoth(l, closing(h.db, err))
	}
	g.Go(func() error {
		return serve.Server{Name: "pages", Handler: h.handler, Log: h.set.Log, NotReady: []func(){h.handler.Close}, Streams: []func(){h.hub.Close}}.Run(ctx, l)
	})
	g.Go(func() error { return instance.Listen(ctx, data, h.commands()) })
	g.Go(func() error { settle(); return nil })
	if metricsAddr != "" {
		m, err := net.Listen("tcp", metricsAddr)
		if err != nil {
			return closeBoth(l, closing(h.db, fmt.Errorf("listen on %s: %w", metricsAddr, err)))
		}
		g.Go(func() error {
			return serve.Server{Name: "metrics", Handler: h.metricsHandler(), Log: h.set.Log}.Run(ctx, m)
		})
	}
	err := g.Wait()
	return errors.Join(err, h.db.Close(), h.files.Close())
}

const keyBytes = 32

// keysOf reads the keys of this installation, and makes them when they are new.
func keysOf(file, data string) ([]byte, error) {
	file = keysAt(file, data)
	raw, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return newKeys(file)
	}
	if err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("keys: %s must be readable by its owner only (chmod 600)", file)
	}
	if len(raw) < keyBytes {
		return nil, fmt.Errorf("keys: %s is damaged", file)
	}
	return raw[:keyBytes], nil
}
