package paper

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// run runs a program of the system. One that is not there is no reason to skip.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%v: install libreoffice-writer-nogui and poppler-utils, or let the test command do it", err)
	}
	var out, wrong bytes.Buffer
	cmd := exec.Command(path, args...)
	cmd.Stdout, cmd.Stderr = &out, &wrong
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %v: %v\n%s%s", name, args, err, out.String(), wrong.String())
	}
	if strings.Contains(strings.ToLower(wrong.String()), "syntax error") {
		t.Errorf("%s %v says: %s", name, args, wrong.String())
	}
	return out.String()
}

// opened lets LibreOffice open documents and print each as a PDF; it returns those.
func opened(t *testing.T, files ...string) []string {
	t.Helper()
	to := t.TempDir()
	run(t, "soffice", append([]string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", "pdf", "--outdir", to}, files...)...)
	out := make([]string, len(files))
	for i, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), filepath.Ext(f)) + ".pdf"
		out[i] = filepath.Join(to, name)
		if _, err := os.Stat(out[i]); err != nil {
			t.Errorf("LibreOffice did not open %s", f)
		}
	}
	return out
}

// sheet is what poppler tells of a PDF.
type sheet struct {
	file  string
	pages int
	size  string
	text  string
}

var (
	pagesLine = regexp.MustCompile(`(?m)^Pages:\s+(\d+)`)
	sizeLine  = regexp.MustCompile(`(?m)^Page size:.*`)
	fontLine  = regexp.MustCompile(`(?m)^(\S+)\s.*\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+\s*$`)
)

// look reads a PDF: its pages, that its letters are in it, that no page is blank.
func look(t *testing.T, file string) sheet {
	t.Helper()
	info := run(t, "pdfinfo", file)
	s := sheet{file: file, size: sizeLine.FindString(info)}
	if m := pagesLine.FindStringSubmatch(info); m != nil {
		s.pages, _ = strconv.Atoi(m[1])
	}
	s.text = run(t, "pdftotext", "-layout", file, "-")
	found := fontLine.FindAllStringSubmatch(run(t, "pdffonts", file), -1)
	if len(found) == 0 {
		t.Errorf("%s has no letters", file)
	}
	for _, f := range found {
		if f[2] != "yes" || f[4] != "yes" {
			t.Errorf("%s: font %s is not in the file, or cannot be copied from", filepath.Base(file), f[1])
		}
	}
	for i, dark := range s.inks(t) {
		if dark < 400 {
			t.Errorf("%s: page %d is blank (%d dark points)", filepath.Base(file), i+1, dark)
		}
	}
	return s
}

// inks draws every page, and counts its dark points.
func (s sheet) inks(t *testing.T) []int {
	t.Helper()
	base := filepath.Join(t.TempDir(), "page")
	run(t, "pdftoppm", "-r", "50", "-gray", s.file, base)
	drawn, err := filepath.Glob(base + "*.pgm")
	if err != nil || len(drawn) != s.pages {
		t.Fatalf("%s: %d pages drawn of %d: %v", s.file, len(drawn), s.pages, err)
	}
	out := make([]int, len(drawn))
	for i, name := range drawn {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range raw[len(raw)*9/10/10:] { // the head of the file is short
			if b < 128 {
				out[i]++
			}
		}
	}
	return out
}

// has fails when a text does not stand on paper; breaks of lines do not count.
func (s sheet) has(t *testing.T, want ...string) {
	t.Helper()
	all := strings.Join(strings.Fields(s.text), " ")
	for _, w := range want {
		if !strings.Contains(all, w) {
			t.Errorf("%s does not say %q", filepath.Base(s.file), w)
		}
	}
}
