package main

import (
	"regexp"
	"strings"
	"testing"

	"leerkring/web/ui/gallery"
	"leerkring/web/ui/markup"
)

const english = ", in English"

// rooms are the samples of whole pages of rooms, by name and state without the language.
func rooms(t *testing.T) map[string]map[string]string {
	t.Helper()
	out := map[string]map[string]string{}
	for _, s := range gallery.All() {
		if group := s.Group(); group == "parts" || group == "frame" {
			continue
		}
		page, err := render(t.Context(), s.Make("dark"))
		if err != nil {
			t.Fatalf("%s, %s: %v", s.Name, s.State, err)
		}
		again, err := render(t.Context(), s.Make("dark"))
		if err != nil || string(again) != string(page) {
			t.Errorf("%s, %s: not the same twice (%v)", s.Name, s.State, err)
		}
		state, lang := s.State, "nl"
		if strings.HasSuffix(state, english) {
			state, lang = strings.TrimSuffix(state, english), "en"
		}
		key := s.Name + ", " + state
		if out[key] == nil {
			out[key] = map[string]string{}
		}
		out[key][lang] = string(page)
	}
	return out
}

func TestPagesOfRooms(t *testing.T) {
	t.Parallel()
	pages := rooms(t)
	t.Run("whole", func(t *testing.T) { whole(t, pages) })
	t.Run("english", func(t *testing.T) { inEnglish(t, pages) })
}

func whole(t *testing.T, all map[string]map[string]string) {
	if len(all) < 60 {
		t.Errorf("only %d pages of rooms", len(all))
	}
	for key, pages := range all {
		for _, lang := range []string{"nl", "en"} {
			page := pages[lang]
			for _, fault := range markup.Check(page) {
				t.Errorf("%s, %s: %s", key, lang, fault)
			}
			for _, want := range []string{`<html lang="` + lang + `" data-theme="dark"`, `href="#main"`, `<main`, ` – Leerkring</title>`} {
				if !strings.Contains(page, want) {
					t.Errorf("%s, %s has no %s", key, lang, want)
				}
			}
			if strings.Contains(page, "<script") || strings.Contains(page, "style=") {
				t.Errorf("%s, %s: a page of the gallery stands still", key, lang)
			}
			if n := strings.Count(page, "<h1"); n != 1 {
				t.Errorf("%s, %s has %d first headings", key, lang, n)
			}
		}
	}
}

var (
	between = regexp.MustCompile(`>([^<>]+)<`)
	word    = regexp.MustCompile(`[a-z]{2,}`)
	// Dutch words that are no English ones: one of them in an English page is a text that was forgotten.
	dutch = regexp.MustCompile(`(?i)\b(het|een|niet|voor|jullie|wij|hier|naar|over|wat|wie|ook|maar|dit|dat|zijn|worden|iemand|wordt|van|bij|geen|zelf)\b`)
	over  = regexp.MustCompile(`(?i)\bover\b`)
)

// inEnglish looks for Dutch words, and for sentences that both languages share.
// Names, and the sources that a way of working rests on, stay as they are.
func inEnglish(t *testing.T, all map[string]map[string]string) {
	for key, pages := range all {
		if strings.HasPrefix(key, "author/pack") || strings.HasPrefix(key, "author/stage") {
			continue // a form that asks for both languages
		}
		same := map[string]bool{}
		for _, m := range between.FindAllStringSubmatch(pages["nl"], -1) {
			same[strings.TrimSpace(m[1])] = true
		}
		for _, m := range between.FindAllStringSubmatch(pages["en"], -1) {
			text := strings.TrimSpace(m[1])
			if quoted(text) {
				continue
			}
			if found := dutch.FindString(over.ReplaceAllString(text, "")); found != "" {
				t.Errorf("%s: %q is Dutch, in %q", key, found, text)
			} else if same[text] && len(word.FindAllString(text, -1)) > 3 {
				t.Errorf("%s: both languages say %q", key, text)
			}
		}
	}
}

// quoted reports whether a text is a name, a source, or something to read elsewhere.
func quoted(text string) bool {
	for _, name := range []string{"Marieke de Wit", "Het Baken", "Samira El Idrissi", "Hendriksen, J. Intervisie bij werkproblemen.", "National School Reform Faculty: Final Word."} {
		text = strings.ReplaceAll(text, name, "")
	}
	return text == "" || strings.Contains(text, "://") || strings.Contains(text, "(in Dutch)") || regexp.MustCompile(`\(\d{4}`).MatchString(text)
}
