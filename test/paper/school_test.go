package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"leerkring/test/whole"
)

var (
	offered  = regexp.MustCompile(`href="(/trajectories/[^"]+/(?:paper|poster)/(?:pdf|docx|odt))"`)
	inside   = regexp.MustCompile(`href="(/trajectories/[0-9a-z]{26}(?:/meetings/[0-9a-z]{26})?)["/]`)
	fileName = regexp.MustCompile(`^attachment; filename="([a-z0-9-]{3,70}\.(pdf|docx|odt))"$`)
)

// papers are all files that somebody is offered on the pages of their trajectories, by kind.
func papers(t *testing.T, c *whole.Client) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	read := func(path string) string {
		status, body, err := c.Get(path)
		if err != nil || status >= http.StatusInternalServerError {
			t.Fatalf("%s: %d %v", path, status, err)
		}
		for _, m := range offered.FindAllStringSubmatch(body, -1) {
			k := kindOf(m[1])
			if !slices.Contains(out[k], m[1]) {
				out[k] = append(out[k], m[1])
			}
		}
		return body
	}
	seen := map[string]bool{}
	for _, m := range inside.FindAllStringSubmatch(read("/trajectories"), -1) {
		id := m[1]
		if seen[id] {
			continue
		}
		seen[id] = true
		for _, page := range []string{"/plan", "/plan/poster", "/agreement"} {
			read(id + page)
		}
		for _, h := range inside.FindAllStringSubmatch(read(id+"/meetings"), -1) {
			if strings.Contains(h[1], "/meetings/") && !seen[h[1]] {
				seen[h[1]] = true
				read(h[1])
			}
		}
	}
	return out
}

func kindOf(path string) string {
	switch {
	case strings.Contains(path, "/poster/"):
		return "poster"
	case strings.Contains(path, "/meetings/"):
		return "hour"
	case strings.Contains(path, "/agreement/"):
		return "agreement"
	}
	return "plan"
}

// TestProofF_WhatASchoolTakesAlong: every paper of the demo school, as it comes over HTTP, in
// the three formats: opened by LibreOffice and by poppler, looked at page by page.
func TestProofF_WhatASchoolTakesAlong(t *testing.T) {
	t.Parallel()
	program := whole.Demo(t, "--data", t.TempDir())
	c := program.SignedIn("kartrekker")
	dir := t.TempDir()
	var office []string
	a3 := map[string]bool{}
	for kind, list := range papers(t, c) {
		for i, path := range firstOf(list, 9) { // three things of a kind, in three formats
			status, head, body := c.File(path)
			if status != http.StatusOK {
				t.Errorf("%s: %d", path, status)
				continue
			}
			m := fileName.FindStringSubmatch(head.Get("Content-Disposition"))
			if m == nil || !strings.HasSuffix(path, m[2]) {
				t.Errorf("%s comes as %q", path, head.Get("Content-Disposition"))
				continue
			}
			if head.Get("Cache-Control") != "private, no-store" && head.Get("Cache-Control") != "no-store" || head.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s: %v", path, head)
			}
			file := filepath.Join(dir, kind+string(rune('a'+i))+"-"+m[1])
			if err := os.WriteFile(file, body, 0o600); err != nil {
				t.Fatal(err)
			}
			a3[strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))] = kind == "poster"
			if m[2] != "pdf" {
				wellFormed(t, file, body)
				office = append(office, file)
				continue
			}
			ours(t, file, kind)
		}
	}
	if len(office) < 16 {
		t.Fatalf("only %d documents found", len(office))
	}
	for _, kind := range []string{"plan", "poster", "hour", "agreement"} {
		if !slices.ContainsFunc(office, func(f string) bool { return strings.HasPrefix(filepath.Base(f), kind) }) {
			t.Errorf("no %s was offered", kind)
		}
	}
	for _, file := range opened(t, office...) {
		s := look(t, file)
		s.has(t, "Het Baken College")
		name := strings.TrimSuffix(filepath.Base(file), ".pdf")
		if want := map[bool]string{true: "841.", false: "595."}[a3[name]]; !strings.Contains(s.size, want) {
			t.Errorf("%s: %s", name, s.size)
		}
		if (a3[name] || strings.HasPrefix(name, "agreement")) && s.pages != 1 {
			t.Errorf("%s stands on %d pages", name, s.pages)
		}
	}
}

// ours looks at a PDF of ours.
func ours(t *testing.T, file, kind string) {
	t.Helper()
	s := look(t, file)
	s.has(t, "Het Baken College")
	tree(t, file, "nl-NL")
	size, pages := "(A4)", 0
	switch kind {
	case "poster":
		size, pages = "(A3)", 1
	case "agreement":
		pages = 1
	default:
		s.has(t, "Pagina 1 van")
	}
	if !strings.Contains(s.size, size) || pages > 0 && s.pages != pages {
		t.Errorf("%s: %s, %d pages", filepath.Base(file), s.size, s.pages)
	}
}

func firstOf(list []string, n int) []string { return list[:min(n, len(list))] }

// wellFormed reads every part of a document of text.
func wellFormed(t *testing.T, name string, raw []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xml") && !strings.HasSuffix(f.Name, ".rels") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(r); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Errorf("%s, %s: %v", name, f.Name, err)
				break
			}
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}
