package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"

	"leerkring/demo"
	"leerkring/instance"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

type demoCommand struct {
	Addr     string `help:"Address on this machine to listen on; :0 picks a free port." default:"127.0.0.1:8080"`
	Data     string `help:"Directory of the demo; a new temporary one when empty." type:"path"`
	Database string `help:"An empty PostgreSQL instead of the embedded database."`
	Empty    bool   `help:"A school without trajectories."`
	Outgoing string `name:"outgoing-allow" help:"Networks that a login of a school may lie in besides public addresses, for trying one on this machine."`
	JSON     bool   `help:"Print address and people as JSON, on one line, when ready."`
}

// Run serves Het Baken College on this machine until it is asked to stop.
func (c *demoCommand) Run(ctx context.Context, s *streams) error {
	l, err := loopback(c.Addr)
	if err != nil {
		return err
	}
	dir, made, err := c.directory()
	if err != nil {
		return closeBoth(l, err)
	}
	if made {
		defer forget(dir, s.err)
	}
	lock, err := instance.Hold(dir)
	if err != nil {
		return closeBoth(l, err)
	}
	defer release(lock, s.err)
	fresh := instance.Fresh(dir)
	if !fresh && !instance.IsDemo(dir) {
		return closeBoth(l, errors.New("this directory was not made by a demo; choose another one with --data"))
	}
	if err := instance.MarkDemo(dir); err != nil {
		return closeBoth(l, err)
	}
	if fresh && !c.JSON {
		fmt.Fprintln(s.err, "Making Het Baken College. This takes a few seconds, once.")
	}
	log := slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	base := fmt.Sprintf("http://localhost:%d", l.Addr().(*net.TCPAddr).Port)
	database := c.Database
	if database == "" {
		database = "sqlite:" + instance.File(dir)
	}
	out, err := outgoingFor(c.Outgoing)
	if err != nil {
		return closeBoth(l, err)
	}
	h, err := build(ctx, settings{Outgoing: out, Database: database, Data: dir, BaseURL: base, Demo: true, Hosts: hostsOf(l), Log: log, LogKey: []byte("a demo has no secrets worth a key")})
	if err != nil {
		return closeBoth(l, err)
	}
	people, err := h.demoPeople(ctx, c, s.err)
	if err != nil {
		return closeBoth(l, closing(h.db, err))
	}
	if err := c.tell(s.out, base, people); err != nil {
		return closeBoth(l, closing(h.db, err))
	}
	return h.serve(ctx, l, dir, "")
}

// hostsOf are the names by which a demo can be reached: no other page on the web can
// pretend to be it.
func hostsOf(l net.Listener) []string {
	_, port, _ := net.SplitHostPort(l.Addr().String()) // the address of a listener always splits
	return []string{"localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port}
}

// loopback listens on this machine only.
func loopback(addr string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, &usageError{fmt.Errorf("--addr: %w", err)}
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, &usageError{errors.New("a demo listens on this machine only: give --addr 127.0.0.1:PORT")}
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	return l, nil
}

// directory is where the demo lives; made reports that it goes when the demo ends.
func (c *demoCommand) directory() (dir string, made bool, err error) {
	if c.Data != "" {
		abs, err := filepath.Abs(c.Data)
		return abs, false, err
	}
	dir, err = os.MkdirTemp("", "leerkring-demo-")
	return dir, true, err
}

func forget(dir string, w io.Writer) {
	if err := os.RemoveAll(dir); err != nil {
		fmt.Fprintln(w, "leerkring: "+oneLine(err))
	}
}

// nobodyLives refuses a database in which a school lives: a demo lets everybody in.
func (h *house) nobodyLives(ctx context.Context) error {
	boards, err := db.One(ctx, h.db, `select count(*) from board`, db.Int)
	if err == nil && boards > 0 {
		err = errors.New("a school lives in this database, or a demo that was not finished; give an empty one")
	}
	return err
}

// demoPeople makes the school when it is new, and gives everybody who stands for a role
// a link and a token.
func (h *house) demoPeople(ctx context.Context, c *demoCommand, w io.Writer) ([]demo.Person, error) {
	acts := h.demoActs()
	people, err := acts.Known(ctx)
	if err != nil && !errs.IsAbsent(err) {
		return nil, err
	}
	if err != nil { // nobody yet
		if err := h.nobodyLives(ctx); err != nil {
			return nil, err
		}
		if people, err = acts.Make(ctx, !c.Empty, w); err != nil {
			return nil, err
		}
	}
	for i := range people {
		if people[i].SignIn, err = h.accounts.DemoLink(ctx, people[i].ID); err != nil {
			return nil, err
		}
		if people[i].Role == "gast" {
			continue // a guest has no token
		}
		if people[i].Token, err = h.accounts.DemoToken(ctx, people[i].ID); err != nil {
			return nil, err
		}
	}
	return people, nil
}

func (h *house) demoActs() *demo.Acts {
	b := h.blocks
	return &demo.Acts{DB: h.db, Clock: h.travel, Schools: h.schools, Accounts: h.accounts, Trajectories: h.trajectories, Own: h.own, Blocks: demo.Blocks{
		Contributions: b.contributions, Evidence: b.evidence, Conditions: b.conditions, Plans: b.plans,
		Decisions: b.decisions, Monitors: b.monitors, Agreements: b.agreements, Meetings: b.meetings, Sessions: b.sessions,
	}}
}

func (c *demoCommand) tell(w io.Writer, base string, people []demo.Person) error {
	if c.JSON {
		return json.NewEncoder(w).Encode(map[string]any{"address": base, "people": people})
	}
	fmt.Fprintf(w, "\nHet Baken College is open at %s\n\nSign in as one of them:\n\n", base)
	for _, p := range people {
		fmt.Fprintf(w, "  %-13s %-20s %s\n", p.Role, p.Name, p.SignIn)
	}
	_, err := fmt.Fprintln(w, "\nStop with Ctrl-C.")
	return err
}
