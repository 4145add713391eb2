package method

import (
	"testing"

	"leerkring/content"
)

var testWords = SectorWords{
	"vo":  {"leerling": {"leerling", "pupil"}, "leerlingen": {"leerlingen", "pupils"}, "team": {"team", "team"}, "les": {"les", "lesson"}},
	"mbo": {"leerling": {"student", "student"}, "leerlingen": {"studenten", "students"}, "team": {"opleidingsteam", "team"}},
}

func TestWordsOfTheReader(t *testing.T) {
	t.Parallel()
	school := map[Token]Text{"team": {NL: "sectie", EN: "department"}, "les": {NL: "{leerling}", EN: ""}}
	for _, c := range []struct {
		name, sector, lang string
		school             map[Token]Text
		text, want         string
	}{
		{"the first sector", "vo", "nl", nil, "Wat doen {leerlingen} in je {les}?", "Wat doen leerlingen in je les?"},
		{"another sector", "mbo", "nl", nil, "Wat doen {leerlingen}?", "Wat doen studenten?"},
		{"English", "mbo", "en", nil, "What do {leerlingen} do?", "What do students do?"},
		{"an unknown sector gets the first", "xx", "nl", nil, "een {leerling}", "een leerling"},
		{"a word that a sector lacks", "mbo", "nl", nil, "een {les}", "een les"},
		{"the school has its own word", "mbo", "nl", school, "je {team}", "je sectie"},
		{"a school's word in one language only", "vo", "en", school, "a {les}", "a lesson"},
		{"what a school fills in is not filled again", "vo", "nl", school, "de {les} nu", "de {leerling} nu"},
		{"a capital at the start of a sentence", "mbo", "nl", nil, "{leerlingen} werken. {leerlingen} rusten.", "Studenten werken. Studenten rusten."},
		{"a capital after an opening quote", "vo", "nl", nil, "‘{leerlingen} wachten.’", "‘Leerlingen wachten.’"},
		{"no capital in a label", "vo", "nl", nil, "{leerlingen}", "leerlingen"},
		{"a brace that stands for nothing stays", "vo", "nl", nil, "a { b {x} {les", "a { b {x} {les"},
		{"words next to each other", "vo", "nl", nil, "{les}{team}", "lesteam"},
		{"nothing to fill", "vo", "nl", nil, "Gewoon.", "Gewoon."},
		{"square brackets are for cards only", "vo", "nl", nil, "[team] en {team}", "[team] en team"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := testWords.Words(Sector(c.sector), c.lang, c.school)
			if got := w.RenderLine(c.text); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got := w.Render(Text{NL: c.text, EN: c.text}); got != c.want {
				t.Errorf("as a text %q, want %q", got, c.want)
			}
		})
	}
}

func TestCardValues(t *testing.T) {
	t.Parallel()
	w := testWords.Words("vo", "nl", nil)
	card := Text{NL: "[team] besluit op [date] over de {les}.", EN: "[team] decides."}
	values := map[string]string{"team": "wiskunde [date] {les}", "date": "12 mei"}
	if got, want := w.RenderWith(card, values), "Wiskunde [date] {les} besluit op 12 mei over de les."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := w.RenderWith(card, nil), "Team besluit op date over de les."; got != want {
		t.Errorf("without values %q, want %q", got, want)
	}
	if w.Lang() != "nl" {
		t.Error(w.Lang())
	}
	w.All()["les"] = "changed"
	if got := w.RenderLine("een {les}"); got != "een les" {
		t.Errorf("the words can be changed from outside: %q", got)
	}
}

func TestRenderingWithoutTokensTakesNoMemory(t *testing.T) {
	w := testWords.Words("vo", "nl", nil)
	text := Text{NL: "Een zin zonder accolades.", EN: "-"}
	if n := testing.AllocsPerRun(100, func() { w.Render(text) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkRender(b *testing.B) {
	lib, problems := Open(content.FS)
	if len(Faults(problems)) > 0 {
		b.Fatal(problems[0])
	}
	w := lib.Words("mbo", "nl", nil)
	text := Text{NL: "Wat zie je {leerlingen} nu doen in je {les}, en bij wie zie je het nog niet?"}
	b.ReportAllocs()
	for b.Loop() {
		w.Render(text)
	}
}
