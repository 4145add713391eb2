package foreign

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
)

func packed(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range files {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAnArchiveIsLookedAtFirst(t *testing.T) {
	t.Parallel()
	large := strings.Repeat("a", 2<<20)
	limits := Limits{Entries: 3, Unpacked: 3 << 20, Ratio: 100}
	words := limits
	words.Reads = func(name string) bool { return name == "words.xml" }
	for _, c := range []struct {
		name   string
		files  map[string]string
		limits Limits
		want   error
	}{
		{"words", map[string]string{"words.xml": "<a/>", "folder/": ""}, limits, nil},
		{"too far packed", map[string]string{"words.xml": large}, limits, ErrBomb},
		{"too far packed, and never read", map[string]string{"picture.bin": large}, words, nil},
		{"too many", map[string]string{"a": "", "b": "", "c": "", "d": ""}, limits, ErrBomb},
		{"out of its folder", map[string]string{"../words.xml": ""}, limits, ErrPaths},
		{"from the root", map[string]string{"/words.xml": ""}, words, ErrPaths},
		{"twice on some disks", map[string]string{"words.xml": "", "Words.xml": ""}, limits, ErrPaths},
		{"a sign that ends names", map[string]string{"words\x00.xml": ""}, limits, ErrPaths},
	} {
		if _, err := Open(packed(t, c.files), c.limits); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	if _, err := Open([]byte("PK\x03\x04 and no more"), limits); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
}

func TestEntitiesAreRefused(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]error{`<?xml version="1.0"?><a/>`: nil, `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`: ErrBomb, "\xfe\xff\x00<": ErrBomb} {
		z, err := Open(packed(t, map[string]string{"a.xml": body}), Limits{Entries: 3, Unpacked: 1 << 20, Ratio: 100})
		if err != nil {
			t.Fatal(err)
		}
		if err := PlainXML(z); !errors.Is(err, want) {
			t.Errorf("%q: %v", body, err)
		}
		if raw, err := Read(z.File[0], 1<<20); err != nil || string(raw) != body {
			t.Error(err)
		}
		if _, err := Read(z.File[0], 2); !errors.Is(err, ErrDamaged) {
			t.Error("more than was asked for:", err)
		}
	}
}

func TestTextInItsLetters(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"\xef\xbb\xbfcaf\xc3\xa9": "café", "caf\xe9 \x80": "café €", "caf\xc3\xa9": "café", "\xff\xfec\x00\xe9\x00": "cé", "\xfe\xff\x00c\x00\xe9": "cé",
	} {
		if got := Decode([]byte(raw)); got != want {
			t.Errorf("%q: %q", raw, got)
		}
	}
	for raw, want := range map[string]bool{"doel": false, "%PDF-1.7": true, " <HTML>": true, "\x89PNG": true, "a\x01": true} {
		if Strange([]byte(raw)) != want {
			t.Error(raw)
		}
	}
}
