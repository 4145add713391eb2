package publish

import (
	"math"
	"strings"
	"testing"

	"leerkring/internal/errs"
	"leerkring/internal/i18n"
	"leerkring/internal/i18n/i18ntest"
	"leerkring/internal/paper"
	"leerkring/school"
)

func TestEverySentenceIsSaid(t *testing.T) {
	t.Parallel()
	i18ntest.Sentences(t, i18ntest.Room{Name: "publish", Texts: Texts, Words: []string{"docenten", "leerlingen"}})
}

// light is how light the eye finds a colour, from 0 to 1 (WCAG 2.2, relative luminance).
func light(c paper.Colour) float64 {
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

func contrast(a, b paper.Colour) float64 {
	x, y := light(a)+0.05, light(b)+0.05
	return max(x, y) / min(x, y)
}

func TestEveryColourCanBeRead(t *testing.T) {
	t.Parallel()
	for _, c := range school.Colours {
		a, ok := accents[c]
		if !ok {
			t.Errorf("%s has no colour on paper", c)
		}
		if n := contrast(a, paper.White); n < 7 {
			t.Errorf("%s on white: %.1f", c, n)
		}
		if n := contrast(paper.Ink, a.Mix(0.1)); n < 7 {
			t.Errorf("letters on a little of %s: %.1f", c, n)
		}
	}
	if n := contrast(paper.Quiet, paper.Sunken); n < 4.5 {
		t.Errorf("quiet letters in a box: %.1f", n)
	}
	if Accent("pink") != accents[school.Blue] {
		t.Error("an unknown colour is not ours")
	}
}

func TestFileNames(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Verbeterplan: Feedback in elke les": "verbeterplan-feedback-in-elke-les.pdf",
		"Zoë & de Łódź-groep / ../../etc":    "zoe-de-odz-groep-etc.pdf",
		"\"; filename=x\r\nSet-Cookie: a=b":  "filename-x-set-cookie-a-b.pdf",
		"日本 😀":                               "leerkring.pdf",
		strings.Repeat("heel lang ", 30):     "heel-lang-heel-lang-heel-lang-heel-lang-heel-lang-heel-lang-h.pdf",
		"CON":                                "con.pdf",
	} {
		if got := FileName(paper.Document{Title: title}, PDF); got != want {
			t.Errorf("%q is kept as %q, not %q", title, got, want)
		}
	}
}

func TestOnlyThreeFormats(t *testing.T) {
	t.Parallel()
	for _, f := range Formats {
		if got, err := FormatOf(string(f)); err != nil || got != f || f.Kind() == "" {
			t.Errorf("%s: %v", f, err)
		}
	}
	for _, s := range []string{"", "PDF", "html", "pdf.exe", "../pdf"} {
		if _, err := FormatOf(s); !errs.IsAbsent(err) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestTheLanguageOfADocument(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		lang   string
		sector school.Sector
		want   string
	}{{"nl", school.Secondary, "nl-NL"}, {"nl", school.Flanders, "nl-BE"}, {"en", school.Flanders, "en-GB"}} {
		if got := languageOf(x.lang, x.sector); got != x.want {
			t.Errorf("%s in %s: %s", x.lang, x.sector, got)
		}
	}
}

func TestShort(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Kort.":                                "Kort.",
		"Eerst dit. En dan nog heel veel meer": "Eerst dit.",
		"een twee drie vier vijf zes":          "een twee drie vier…",
		strings.Repeat("x", 40):                strings.Repeat("x", 20) + "…",
	} {
		if got := short(text, 20); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

// The words around a number of a page are those of the language.
func TestNumbersOfPages(t *testing.T) {
	t.Parallel()
	c := i18n.Must(Texts)
	for lang, want := range map[string]string{"nl": "Pagina \x01 van \x02", "en": "Page \x01 of \x02"} {
		if got := c.Texts(lang, nil, nil).T("publish.page", "page", "\x01", "pages", "\x02"); got != want {
			t.Errorf("%q", got)
		}
	}
}
