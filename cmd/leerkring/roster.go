package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/i18n"
	"leerkring/roster"
	"leerkring/school"
)

type importCommand struct {
	Roster rosterCommand `cmd:"" help:"Bring people in: OneRoster files, or a list as .csv or .xlsx. Shows what would happen; --apply does it."`
}

type rosterCommand struct {
	Dir      string   `arg:"" help:"Directory with OneRoster files, or a file (.zip, .csv, .xlsx)." type:"path"`
	School   string   `help:"Name or id of the school; not needed where there is one."`
	Org      string   `help:"Which school of the files this is, when they name several."`
	Apply    bool     `help:"Do what is clear. What is unclear waits."`
	Leave    []string `help:"Mail addresses of people who leave; only those who are not in the files any more." placeholder:"ADDRESS"`
	Teams    bool     `name:"make-teams" help:"Make the teams that are not there yet."`
	Invite   bool     `help:"Invite the new ones at once."`
	Data     string   `help:"Directory of the embedded database." default:"data" type:"path"`
	Database string   `help:"A PostgreSQL instead of the embedded database."`
	BaseURL  string   `name:"base-url" help:"Where people reach this house." default:"http://localhost:8080"`
	Keys     string   `help:"File with the keys of this installation." type:"path"`
}

// rosterCall is what goes to the house: the files were read here, and only staff is in the text.
type rosterCall struct {
	Text, School, Org    string
	Apply, Teams, Invite bool
	Leave                []string
	LeftOut              roster.LeftOut
}

// Run looks at files of people, and does what they say when asked to.
func (c *rosterCommand) Run(ctx context.Context, s *streams) error {
	sheet, err := readRoster(c.Dir)
	if err != nil {
		return plain(err)
	}
	in := rosterCall{Text: sheet.Text(), School: c.School, Org: c.Org, Apply: c.Apply, Teams: c.Teams, Invite: c.Invite, Leave: c.Leave, LeftOut: sheet.LeftOut}
	return command(ctx, s, "import roster", in, c.Data, c.Database, c.BaseURL, c.Keys)
}

// largestRoster is the most that a file may be.
const largestRoster = 64 << 20

// readRoster reads a directory or a file. Nothing outside the directory can be read.
func readRoster(path string) (roster.Sheet, error) {
	info, err := os.Stat(path)
	if err != nil {
		return roster.Sheet{}, fmt.Errorf("%s cannot be read", filepath.Base(path))
	}
	dir, name := path, ""
	if !info.IsDir() {
		dir, name = filepath.Split(path)
	}
	root, err := os.OpenRoot(filepath.Clean(dir))
	if err != nil {
		return roster.Sheet{}, fmt.Errorf("%s cannot be read", filepath.Base(path))
	}
	defer root.Close() // it is only read
	if name == "" {
		if _, err := fs.Stat(root.FS(), "users.csv"); err == nil {
			return roster.ReadFiles(func(name string) ([]byte, error) { return readIn(root, name) })
		}
		if name, err = onlyFile(root); err != nil {
			return roster.Sheet{}, err
		}
	}
	raw, err := readIn(root, name)
	if err != nil {
		return roster.Sheet{}, err
	}
	return roster.ReadFile(raw)
}

// onlyFile is the one list in a directory.
func onlyFile(root *os.Root) (string, error) {
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return "", errors.New("the directory cannot be read")
	}
	var found []string
	for _, e := range entries {
		if e.Type().IsRegular() && slices.Contains([]string{".csv", ".xlsx", ".zip", ".txt"}, strings.ToLower(filepath.Ext(e.Name()))) {
			found = append(found, e.Name())
		}
	}
	if len(found) != 1 {
		return "", fmt.Errorf("the directory must hold users.csv, or one list; it holds %d", len(found))
	}
	return found[0], nil
}

func readIn(root *os.Root, name string) ([]byte, error) {
	info, err := root.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file that can be read", clean(name))
	}
	if info.Size() > largestRoster {
		return nil, fmt.Errorf("%s is too large", clean(name))
	}
	raw, err := root.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read", clean(name))
	}
	return raw, nil
}

// clean is a name as one line that a terminal may show.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || !strconv.IsPrint(r) {
			return '?'
		}
		return r
	}, s)
}

func (h *house) importRoster(ctx context.Context, raw json.RawMessage) (any, error) {
	var c rosterCall
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, err
	}
	sc, err := h.schoolNamed(ctx, c.School)
	if err != nil {
		return nil, err
	}
	who := h.rosters.ByHouse(sc)
	p := roster.Proposal{Text: c.Text, Choices: roster.Choices{Org: c.Org, Leave: map[string]bool{}, Teams: map[string]string{}}}
	found, err := h.rosters.LookAt(ctx, who, sc.ID, p)
	if err != nil {
		return nil, h.plain(err)
	}
	if len(found.Orgs) > 1 && found.Org == "" {
		return nil, fmt.Errorf("the files name several schools; choose one with --org: %s", clean(strings.Join(found.Orgs, ", ")))
	}
	for _, f := range found.Findings {
		if f.Verdict == roster.Leaving && slices.ContainsFunc(c.Leave, func(a string) bool { return school.Email(a) == f.Email }) {
			p.Choices.Leave[f.PersonID] = true
		}
		if c.Teams {
			for _, name := range f.Missing {
				p.Choices.Teams[roster.TeamKey(name)] = roster.MakeIt
			}
		}
	}
	if found, err = h.rosters.LookAt(ctx, who, sc.ID, p); err != nil {
		return nil, h.plain(err)
	}
	t := h.catalog.Texts("en", h.library.Words("vo", "en", nil).All(), time.UTC)
	var out bytes.Buffer
	report(&out, t, found, c, p)
	if !c.Apply {
		fmt.Fprint(&out, "Nothing has changed. With --apply this is done.")
		return out.String(), nil
	}
	done, err := h.rosters.BringIn(ctx, who, sc.ID, p, found.Digest, roster.Invitation{Send: c.Invite})
	if err != nil {
		return nil, h.plain(err)
	}
	fmt.Fprintf(&out, "Done: %d new, %d changed, %d came back, %d left, %d wait.", done.New, done.Changed, done.Back, done.Left, done.Waiting)
	return out.String(), nil
}

// report tells what files would do, one line for each person; who stays the same is counted.
func report(out *bytes.Buffer, t *i18n.Texts, l roster.Look, c rosterCall, p roster.Proposal) {
	fmt.Fprintf(out, "%s: %d unclear or refused, %d changed, %d leaving, %d new, %d the same\n", clean(l.School.Name), roster.Count(l.Findings, roster.Unclear, roster.Refused),
		roster.Count(l.Findings, roster.Changed, roster.Back), roster.Count(l.Findings, roster.Leaving), roster.Count(l.Findings, roster.New), roster.Count(l.Findings, roster.Same))
	if n := c.LeftOut; n != (roster.LeftOut{}) {
		fmt.Fprintf(out, "left out: %d pupils, %d parents, %d others\n", n.Pupils, n.Parents, n.Others)
	}
	for _, v := range []roster.Verdict{roster.Refused, roster.Unclear, roster.Changed, roster.Back, roster.Leaving, roster.New} {
		for _, f := range l.Findings {
			if f.Verdict == v {
				fmt.Fprintln(out, clean(lineOf(t, f, p)))
			}
		}
	}
}

func lineOf(t *i18n.Texts, f roster.Finding, p roster.Proposal) string {
	parts := []string{string(f.Verdict)}
	if f.Line > 0 {
		parts = append(parts, "line "+strconv.Itoa(f.Line))
	}
	parts = append(parts, f.Name, f.Email)
	for _, w := range append(slices.Clone(f.Why), f.Notes...) {
		parts = append(parts, t.T(w.Key, w.Args...))
	}
	for _, x := range f.Changes {
		parts = append(parts, fmt.Sprintf("%s: %s → %s", x.What, x.From, x.To))
	}
	if f.Verdict == roster.Leaving && !p.Choices.Leave[f.PersonID] {
		parts = append(parts, "stays, unless --leave names the address")
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "; ")
}

// schoolNamed finds the school that a command is about.
func (h *house) schoolNamed(ctx context.Context, name string) (school.School, error) {
	type row struct{ id, name string }
	all, err := db.All(ctx, h.db, `select id, name from school order by made_at, id`, func(r *row) []any { return []any{&r.id, &r.name} })
	if err != nil {
		return school.School{}, err
	}
	var found []row
	for _, r := range all {
		if name == "" || r.id == name || strings.EqualFold(r.name, strings.TrimSpace(name)) {
			found = append(found, r)
		}
	}
	switch {
	case len(all) == 0:
		return school.School{}, errors.New("there is no school yet; make one with admin create")
	case len(found) == 0:
		return school.School{}, errors.New("no school has that name or id")
	case len(found) > 1:
		return school.School{}, errors.New("there are several schools; choose one with --school")
	}
	return school.Read(ctx, h.db, found[0].id)
}
