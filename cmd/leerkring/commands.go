package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	leerkring "leerkring"
	"leerkring/account"
	"leerkring/content"
	"leerkring/instance"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/internal/i18n"
	"leerkring/method"
	"leerkring/school"
)

type adminCommand struct {
	Create adminCreate `cmd:"" help:"Make an admin, and the first school when there is none; prints a link to sign in once."`
}

type adminCreate struct {
	Email    string `required:"" help:"Mail address of the admin."`
	Name     string `required:"" help:"Name of the admin."`
	School   string `help:"Name of the school, at a first start." default:"Mijn school"`
	Board    string `help:"Name of the board, at a first start; that of the school when empty."`
	Sector   string `help:"po, vo, mbo or vl." default:"vo" enum:"po,vo,mbo,vl"`
	Data     string `help:"Directory of the embedded database." default:"data" type:"path"`
	Database string `help:"A PostgreSQL instead of the embedded database."`
	BaseURL  string `name:"base-url" help:"Where people reach this house." default:"http://localhost:8080"`
	Keys     string `help:"File with the keys of this installation." type:"path"`
}

// Run makes the admin, by the running server when there is one.
func (c *adminCreate) Run(ctx context.Context, s *streams) error {
	return command(ctx, s, "admin create", c, c.Data, c.Database, c.BaseURL, c.Keys)
}

type tokenCommand struct {
	Create tokenCreate `cmd:"" help:"Make a token for the JSON API; it is shown once and opens nothing private."`
}

type tokenCreate struct {
	Email    string `required:"" help:"Mail address of the person whose token it is."`
	Name     string `help:"What the token is for." default:"command line"`
	Write    bool   `help:"Let it write as well as read."`
	Expires  string `help:"Last day, such as 2027-06-30; ninety days ahead when empty."`
	Data     string `help:"Directory of the embedded database." default:"data" type:"path"`
	Database string `help:"A PostgreSQL instead of the embedded database."`
	BaseURL  string `name:"base-url" help:"Where people reach this house." default:"http://localhost:8080"`
	Keys     string `help:"File with the keys of this installation." type:"path"`
}

// Run makes the token.
func (c *tokenCreate) Run(ctx context.Context, s *streams) error {
	return command(ctx, s, "token create", c, c.Data, c.Database, c.BaseURL, c.Keys)
}

// command carries out a command that touches data: by the socket of the running server,
// or on the data itself while its lock is held.
func command(ctx context.Context, s *streams, name string, input any, data, database, base, keys string) error {
	var line string
	if instance.Running(data) {
		if err := instance.Ask(ctx, data, name, input, &line); err != nil {
			return err
		}
		_, err := fmt.Fprintln(s.out, line)
		return err
	}
	if database == "" {
		lock, err := instance.Hold(data)
		if err != nil {
			return err
		}
		defer release(lock, s.err)
		database = "sqlite:" + instance.File(data)
	}
	key, err := keysOf(keys, data)
	if err != nil {
		return err
	}
	h, err := build(ctx, settings{Database: database, Data: data, BaseURL: base, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), LogKey: key, Demo: instance.IsDemo(data)})
	if err != nil {
		return err
	}
	raw, err := json.Marshal(input)
	if err != nil {
		return closing(h.db, err)
	}
	out, err := h.commands()[name](ctx, raw)
	if err != nil {
		return closing(h.db, err)
	}
	if _, err := fmt.Fprintln(s.out, out); err != nil {
		return closing(h.db, err)
	}
	return h.db.Close()
}

// commands are what a running server does for the command line.
func (h *house) commands() map[string]instance.Command {
	return map[string]instance.Command{"admin create": h.adminCreate, "token create": h.tokenCreate, "log verify": h.logVerify,
		"backup": h.backup, "backup tried": h.backupTried, "import roster": h.importRoster}
}

func (h *house) adminCreate(ctx context.Context, raw json.RawMessage) (any, error) {
	var c adminCreate
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, err
	}
	if c.Board == "" {
		c.Board = c.School
	}
	id, err := h.schools.FirstAdmin(ctx, school.Founding{Board: c.Board, School: school.School{Name: c.School, Sector: school.Sector(c.Sector)}, AdminName: c.Name, AdminEmail: c.Email})
	if err != nil {
		return nil, h.plain(err)
	}
	link, err := h.accounts.LinkFor(ctx, id)
	return link, h.plain(err)
}

func (h *house) tokenCreate(ctx context.Context, raw json.RawMessage) (any, error) {
	var c tokenCreate
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, err
	}
	people, err := school.ByEmail(ctx, h.db, c.Email)
	if err != nil {
		return nil, err
	}
	if len(people) == 0 {
		return nil, errors.New("nobody has that mail address here")
	}
	n := account.NewToken{Name: c.Name, Scope: account.ScopeRead}
	if c.Write {
		n.Scope = account.ScopeWrite
	}
	if n.ExpiresAt, err = lastDay(c.Expires); err != nil {
		return nil, err
	}
	secret, _, err := h.accounts.TokenFor(ctx, people[0].ID, n)
	return secret, h.plain(err)
}

// lastDay is the end of the day that was given; the zero time when none was.
func lastDay(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	d, err := clock.ParseDate(s)
	if err != nil {
		return time.Time{}, errors.New("--expires must be a day such as 2027-06-30")
	}
	return d.Add(1).At(0, 0, time.UTC), nil
}

// plain says a refusal in English, for the command line.
func (h *house) plain(err error) error {
	return said(h.catalog.Texts("en", h.library.Words("vo", "en", nil).All(), time.UTC), err)
}

func said(t *i18n.Texts, err error) error {
	fields := errs.FieldsOf(err)
	if len(fields) == 0 {
		return err
	}
	var lines []string
	for _, f := range fields {
		lines = append(lines, t.T(f.Key, f.Args...))
	}
	return errors.New(strings.Join(lines, " "))
}

type methodsCommand struct {
	Check    methodsCheck    `cmd:"" help:"Check packs: those of this program, or of a directory."`
	List     methodsList     `cmd:"" help:"List the ways of working."`
	Coverage methodsCoverage `cmd:"" help:"Tell per row of the inventories what carries it."`
}

type methodsCheck struct {
	Dir  string `arg:"" optional:"" help:"Directory with packs; those of this program when empty." type:"existingdir"`
	Lang string `help:"Language of what is said." default:"en" enum:"nl,en"`
}

// Run checks packs.
func (c *methodsCheck) Run(s *streams) error {
	if c.Dir == "" {
		return method.CheckCommand(s.out, content.FS, c.Lang)
	}
	root, err := os.OpenRoot(c.Dir) // nothing outside the directory can be read
	if err != nil {
		return err
	}
	defer root.Close()
	return method.CheckCommand(s.out, root.FS(), c.Lang)
}

type methodsList struct {
	JSON bool   `help:"As JSON."`
	Lang string `help:"Language of the names." default:"nl" enum:"nl,en"`
}

// Run lists the packs.
func (c *methodsList) Run(s *streams) error {
	lib, err := method.Builtin()
	if err != nil {
		return err
	}
	return method.ListCommand(s.out, lib, c.JSON, c.Lang)
}

type methodsCoverage struct {
	Inventory string   `required:"" help:"Directory with the inventories." type:"existingdir"`
	Source    string   `help:"Directory of the sources: also checks that pages and tests named in features.yaml exist." type:"existingdir"`
	Rows      []string `help:"Only rows whose id starts so, such as LA-1. and LA-2."`
	JSON      bool     `help:"As JSON."`
}

// Run reports coverage.
func (c *methodsCoverage) Run(s *streams) error {
	lib, err := method.Builtin()
	if err != nil {
		return err
	}
	o := method.CoverageOptions{Library: lib, Content: content.FS, Features: leerkring.Features, Inventory: os.DirFS(c.Inventory), Rows: c.Rows, JSON: c.JSON}
	if c.Source != "" {
		o.Source = os.DirFS(c.Source)
	}
	return method.CoverageCommand(s.out, o)
}

type logCommand struct {
	Verify logVerify `cmd:"" help:"Walk the chain of the security log and name the first bad entry."`
}

type logVerify struct {
	Data     string `help:"Directory of the embedded database." default:"data" type:"path"`
	Database string `help:"A PostgreSQL instead of the embedded database."`
	BaseURL  string `name:"base-url" help:"Where people reach this house." default:"http://localhost:8080"`
	Keys     string `help:"File with the keys of this installation." type:"path"`
}

// Run verifies the chain.
func (c *logVerify) Run(ctx context.Context, s *streams) error {
	return command(ctx, s, "log verify", c, c.Data, c.Database, c.BaseURL, c.Keys)
}

func (h *house) logVerify(ctx context.Context, _ json.RawMessage) (any, error) {
	v, err := account.NewLog(h.clock, h.set.LogKey).Verify(ctx, h.db)
	if err != nil {
		return nil, err
	}
	if !v.Whole() {
		return nil, fmt.Errorf("entry %d of the security log is wrong: %s", v.Bad, v.Fault)
	}
	return fmt.Sprintf("the security log is whole: %d entries, the newest is number %d", v.Entries, v.Last), nil
}
