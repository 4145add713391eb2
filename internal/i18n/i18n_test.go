package i18n_test

import (
	"bytes"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/i18n"
)

func files(texts map[string]string) fs.FS {
	out := fstest.MapFS{}
	for name, s := range texts {
		out[name] = &fstest.MapFile{Data: []byte(s)}
	}
	return out
}

var plan = files(map[string]string{
	"text.nl.toml": `
[plan]
title = "Plan van {team}"
ask = "Wat doet een {leerling}? {Leerlingen} zeggen het zelf. {Ijs}."
by = "{Name} schreef dit op {on}."
[plan.goals]
one = "Eén doel"
other = "{n} doelen"
`,
	"text.en.toml": `
[plan]
title = "Plan of {team}"
ask = "What does a {leerling} do? {Leerlingen} say so. {Ijs}."
by = "{name} wrote this on {on}."
[plan.goals]
one = "One goal"
other = "{n} goals"
`,
})

func catalog(t testing.TB, more ...fs.FS) *i18n.Catalog {
	t.Helper()
	c, err := i18n.New(append([]fs.FS{plan}, more...)...)
	if err != nil {
		t.Fatal(err)
	}
	c.LogTo(slog.New(slog.DiscardHandler))
	return c
}

var (
	dutch   = i18n.Words{"leerling": "student", "leerlingen": "studenten", "ijs": "ijsje"}
	english = i18n.Words{"leerling": "pupil", "leerlingen": "pupils", "ijs": "ijsje"}
)

func TestTextOfALanguage(t *testing.T) {
	t.Parallel()
	c := catalog(t)
	nl, en := c.Texts("nl", dutch, nil), c.Texts("en", english, nil)
	for name, x := range map[string]struct {
		t    *i18n.Texts
		key  string
		args []any
		want string
	}{
		"a value of the page":                       {nl, "plan.title", []any{"team", "sectie Frans"}, "Plan van sectie Frans"},
		"words of the sector":                       {en, "plan.ask", nil, "What does a pupil do? Pupils say so. Ijsje."},
		"a capital on the Dutch ij takes both":      {nl, "plan.ask", nil, "Wat doet een student? Studenten zeggen het zelf. IJsje."},
		"a capital on a value, a day as value":      {nl, "plan.by", []any{"name", "de sectie", "on", clock.Date("2026-03-19")}, "De sectie schreef dit op do 19 maart."},
		"a value with a brace is left as it is":     {nl, "plan.title", []any{"team", "{leerling}"}, "Plan van {leerling}"},
		"one":                                       {nl, "plan.goals", []any{"n", 1}, "Eén doel"},
		"none is not one":                           {nl, "plan.goals", []any{"n", 0}, "0 doelen"},
		"many, written as people write it":          {nl, "plan.goals", []any{"n", 12345}, "12.345 doelen"},
		"many in English":                           {en, "plan.goals", []any{"n", int64(12345)}, "12,345 goals"},
		"a count may be of any whole type":          {en, "plan.goals", []any{"n", uint(1)}, "One goal"},
		"a missing value shows its place":           {nl, "plan.title", nil, "Plan van {team}"},
		"a missing count shows the ordinary form":   {nl, "plan.goals", nil, "{n} doelen"},
		"a missing key shows itself":                {nl, "plan.gone", nil, "plan.gone"},
		"an odd argument without value is no value": {nl, "plan.title", []any{"team"}, "Plan van {team}"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := x.t.T(x.key, x.args...); got != x.want {
				t.Errorf("%q, want %q", got, x.want)
			}
		})
	}
}

func TestAMissingTextIsToldOnce(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	c := catalog(t)
	c.LogTo(slog.New(slog.NewTextHandler(&log, nil)))
	nl := c.Texts("nl", nil, nil)
	for range 3 {
		nl.T("plan.gone")
		nl.T("plan.title")
		nl.T("plan.goals")
	}
	want := []string{
		"nl: key plan.goals: n to choose the plural form", "nl: key plan.goals: value {n}",
		"nl: key plan.gone", "nl: key plan.title: value {team}",
	}
	if got := c.Missed(); !slices.Equal(got, want) {
		t.Errorf("missed %q", got)
	}
	if n := strings.Count(log.String(), "text is missing"); n != len(want) {
		t.Errorf("told %d times:\n%s", n, log.String())
	}
}

func TestASentenceOfAPack(t *testing.T) {
	t.Parallel()
	c := catalog(t)
	nl := c.Texts("nl", dutch, nil)
	for in, want := range map[string]string{
		"Hoe zou een {leerling} het zien?": "Hoe zou een student het zien?",
		"Zonder woord":                     "Zonder woord",
		"Een {onbekend} woord":             "Een {onbekend} woord",
		"Een } los":                        "Een } los",
	} {
		if got := nl.Fill(in); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if missed := c.Missed(); missed != nil {
		t.Errorf("a sentence of a pack is not ours to miss: %q", missed)
	}
}

func TestMistakesInAFileAreFoundAtStart(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct{ text, want string }{
		"no TOML":                     {"[a", "text.nl.toml"},
		"a brace that is open":        {`a = "x {name"`, "a brace must hold one name"},
		"a brace that is closed only": {`a = "x } y {name}"`, "closing brace"},
		"two words in a brace":        {`a = "{een twee}"`, "a brace must hold one name"},
		"an empty text":               {`a = ""`, "no text"},
		"a reserved key alone":        {"[a]\ndescription = \"x\"", "reserved name"},
		"a reserved key among others": {"[a]\ndescription = \"x\"\ntitle = \"y\"", "description"},
		"a key of another file":       {"[list]\nand = \"plus\"", "already in text.nl.toml"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := i18n.New(files(map[string]string{"text.nl.toml": x.text}))
			if err == nil || !strings.Contains(err.Error(), x.want) {
				t.Errorf("%v, want %q", err, x.want)
			}
		})
	}
}

func TestCheckFindsWhatALanguageLacks(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct{ nl, en, want string }{
		"a key":                    {`a = "x"`, ``, "a: en has no text"},
		"a value":                  {`a = "{name}"`, `a = "x"`, "a: nl has the values [name], en has []"},
		"a sector word is free":    {`a = "{Leerling}"`, `a = "x"`, ""},
		"a value in one form only": {"[a]\none = \"x\"\nother = \"{n} {name}\"", "[a]\none = \"{name}\"\nother = \"{n}\"", ""},
		"n may be written out":     {"[a]\none = \"x\"\nother = \"meer\"", "[a]\none = \"x\"\nother = \"{n}\"", ""},
		"plural here, not there":   {"[a]\none = \"x\"\nother = \"{n}\"", `a = "x"`, "a: a text with plural forms in one language"},
		"a form too many":          {"[a]\nfew = \"x\"\none = \"x\"\nother = \"y\"", "[a]\none = \"x\"\nother = \"y\"", "a: nl never uses the plural form few"},
		"a form too few":           {"[a]\ntwo = \"x\"\nother = \"y\"", "[a]\none = \"x\"\nother = \"y\"", "a: nl lacks the plural form one"},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := i18n.New(files(map[string]string{"text.nl.toml": x.nl, "room/text.en.toml": x.en}))
			if err != nil {
				t.Fatal(err)
			}
			err = i18n.Check(c, "leerling")
			switch {
			case x.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case x.want != "" && (err == nil || !strings.Contains(err.Error(), x.want)):
				t.Errorf("%v, want %q", err, x.want)
			}
		})
	}
}

func TestOwnTextsAreWhole(t *testing.T) {
	t.Parallel()
	if err := i18n.Check(catalog(t), "leerling", "leerlingen", "ijs"); err != nil {
		t.Error(err)
	}
}

func TestLanguageOfABrowser(t *testing.T) {
	t.Parallel()
	c := catalog(t)
	for name, x := range map[string]struct {
		wishes []string
		want   string
	}{
		"nothing said":                    {nil, "nl"},
		"English of Britain":              {[]string{"en-GB,en;q=0.9,nl;q=0.5"}, "en"},
		"Flemish":                         {[]string{"nl-BE"}, "nl"},
		"only languages we do not have":   {[]string{"fi,sv;q=0.5"}, "nl"},
		"the person's choice comes first": {[]string{"en", "nl-NL"}, "en"},
		"no choice, then the browser":     {[]string{"", "en"}, "en"},
		"nonsense":                        {[]string{";;;q", "en"}, "en"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.Match(x.wishes...); got != x.want {
				t.Errorf("%q, want %q", got, x.want)
			}
		})
	}
	if got := c.Languages(); !slices.Equal(got, []string{"nl", "en"}) {
		t.Errorf("languages %q", got)
	}
	if got := c.Texts("fi", nil, nil).Lang(); got != "nl" {
		t.Errorf("an unknown language became %q", got)
	}
}

func at(s string) time.Time {
	x, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return x
}

func TestDaysAndTimes(t *testing.T) {
	t.Parallel()
	c := catalog(t)
	nl, en := c.Texts("nl", nil, nil), c.Texts("en", nil, clock.Zone("Europe/Brussels"))
	hour := at("2026-03-19T14:10:00Z")
	for _, x := range []struct{ name, got, want string }{
		{"day", nl.Date("2026-03-19"), "do 19 maart"},
		{"day in English", en.Date("2026-03-19"), "Thu 19 March"},
		{"no day", nl.Date("") + nl.DateLong(""), ""},
		{"day in full", nl.DateLong("2026-03-19"), "donderdag 19 maart 2026"},
		{"day in full in English", en.DateLong("2026-03-01"), "Sunday 1 March 2026"},
		{"days in one month", nl.Days("2026-03-19", "2026-03-21"), "19–21 maart"},
		{"days over two months", nl.Days("2026-03-30", "2026-04-02"), "30 maart – 2 april"},
		{"one day", nl.Days("2026-03-19", "2026-03-19"), "do 19 maart"},
		{"same month of another year", nl.Days("2026-03-30", "2027-03-02"), "30 maart – 2 maart"},
		{"winter time", nl.Time(hour), "15.10 uur"},
		{"summer time", nl.Time(at("2026-06-19T06:05:00Z")), "8.05 uur"},
		{"time in English", en.Time(hour), "15:10"},
		{"no time", nl.Time(time.Time{}) + nl.Moment(time.Time{}), ""},
		{"moment", nl.Moment(hour), "do 19 maart, 15.10 uur"},
		{"the day of the school, not of UTC", nl.Moment(at("2026-06-18T22:30:00Z")), "vr 19 juni, 0.30 uur"},
		{"from till", nl.Range(hour, hour.Add(time.Hour)), "15.10–16.10 uur"},
		{"from till over the night", nl.Range(hour, hour.Add(20*time.Hour)), "do 19 maart, 15.10 uur – vr 20 maart, 11.10 uur"},
		{"month that is none", nl.Month(13), ""},
		{"weekday", en.Weekday(time.Friday), "Friday"},
	} {
		if x.got != x.want {
			t.Errorf("%s: %q, want %q", x.name, x.got, x.want)
		}
	}
	if missed := c.Missed(); missed != nil {
		t.Errorf("missed %q", missed)
	}
}

func TestNumbersAndLists(t *testing.T) {
	t.Parallel()
	c := catalog(t)
	nl, en := c.Texts("nl", nil, nil), c.Texts("en", nil, nil)
	for _, x := range []struct{ name, got, want string }{
		{"a year stays a year", nl.Number(2026), "2026"},
		{"thousands", nl.Number(1234567), "1.234.567"},
		{"a capital on a word that begins with no letter", nl.Fill("{X}", "x", "4h3"), "4h3"},
		{"below nought", en.Number(-123456), "-123,456"},
		{"decimal", nl.Decimal(3.44, 1), "3,4"},
		{"decimal in English", en.Decimal(3, 1), "3.0"},
		{"nobody", nl.List(nil), ""},
		{"one", nl.List([]string{"a"}), "a"},
		{"two", nl.List([]string{"a", "b"}), "a en b"},
		{"three", en.List([]string{"a", "b", "c"}), "a, b and c"},
	} {
		if x.got != x.want {
			t.Errorf("%s: %q, want %q", x.name, x.got, x.want)
		}
	}
}

func TestNamesInTheOrderPeopleLookThemUp(t *testing.T) {
	t.Parallel()
	nl := catalog(t).Texts("nl", nil, nil)
	list := []string{"zee", "Zoë", "4h10", "Émile", "Zoe", "Bram", "anna", "4h3", "Eva"}
	i18n.Sort(nl, list, func(s string) string { return s })
	want := []string{"4h3", "4h10", "anna", "Bram", "Émile", "Eva", "zee", "Zoe", "Zoë"}
	if !slices.Equal(list, want) {
		t.Errorf("%q", list)
	}
}

func TestManyPeopleAtOnce(t *testing.T) {
	t.Parallel()
	c := catalog(t)
	done := make(chan bool)
	for range 8 {
		go func() {
			nl := c.Texts("nl", dutch, nil)
			for range 200 {
				list := []string{"b", "a"}
				i18n.Sort(nl, list, func(s string) string { return s })
				if nl.T("plan.goals", "n", 2) != "2 doelen" || list[0] != "a" {
					t.Error("one person's text became another's")
				}
				nl.T("plan.none")
			}
			done <- true
		}()
	}
	for range 8 {
		<-done
	}
}

func BenchmarkT(b *testing.B) {
	nl := catalog(b).Texts("nl", dutch, nil)
	for name, f := range map[string]func(){
		"plain":       func() { nl.T("date.month.march") },
		"words":       func() { nl.T("plan.ask") },
		"value":       func() { nl.T("plan.title", "team", "sectie Frans") },
		"plural":      func() { nl.T("plan.goals", "n", 4) },
		"day":         func() { nl.Date("2026-03-19") },
		"time of day": func() { nl.Time(at("2026-03-19T14:10:00Z")) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f()
			}
		})
	}
}
