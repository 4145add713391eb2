package docread_test

import (
	"errors"
	"reflect"
	"testing"

	"leerkring/internal/docread"
)

func TestTheFormOfALine(t *testing.T) {
	para := func(s string) docread.Block { return docread.Block{Text: s} }
	item := func(s string) docread.Block { return docread.Block{Kind: docread.Item, Text: s} }
	for text, want := range map[string][]docread.Block{
		"Gewoon een zin.":                       {para("Gewoon een zin.")},
		"- een\r\n• twee\r\n3. drie\r\no\tvier": {item("een"), item("twee"), item("drie"), item("vier")},
		"## Doelen":                             {{Kind: docread.Heading, Level: 2, Text: "Doelen"}},
		"Wat\tWie\nLezen\tAns":                  {{Kind: docread.Table, Rows: [][]string{{"Wat", "Wie"}, {"Lezen", "Ans"}}}},
		"Wat\tWie\n\nLezen\tAns":                {{Kind: docread.Table, Rows: [][]string{{"Wat", "Wie"}}}, {Kind: docread.Table, Rows: [][]string{{"Lezen", "Ans"}}}},
		"Deze regel is door een programma afgebroken op een vaste\nbreedte, en gaat hier verder.": {para("Deze regel is door een programma afgebroken op een vaste breedte, en gaat hier verder.")},
		"een\u200b\u202e woord": {para("een woord")},
		" \n\t\n":               nil,
	} {
		if got := docread.FromPlain(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestThePlainFormReadsBack(t *testing.T) {
	blocks := []docread.Block{
		{Kind: docread.Heading, Level: 1, Text: "Plan"}, {Text: "Een zin."}, {Kind: docread.Item, Text: "een"}, {Kind: docread.Item, Text: "twee"},
		{Kind: docread.Table, Rows: [][]string{{"Wat", "Wie", ""}, {"Lezen\nen praten", "", "^"}}}, {Kind: docread.Heading, Level: docread.Bold, Text: "Vet"},
		{Text: "# geen kop"}, {Text: "- geen punt"}, {Text: "3) geen nummer"}, {Text: `\ een streep terug`}, {Kind: docread.Item, Text: "- een streep in een punt"},
		{Kind: docread.Table, Rows: [][]string{{"-", "_"}, {"– en meer", `\een`}}},
	}
	if got := docread.FromPlain(docread.Plain(blocks)); !reflect.DeepEqual(got, blocks) {
		t.Errorf("%+v\n%s", got, docread.Plain(blocks))
	}
}

func TestWhatIsNotRead(t *testing.T) {
	for raw, want := range map[string]error{
		"": docread.ErrEmpty, " \n": docread.ErrEmpty, "%PDF-1.4": docread.ErrPDF, "\x89PNG\r\n\x1a\n": docread.ErrPicture, "\xff\xd8\xff\xe0": docread.ErrPicture,
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": docread.ErrOld, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00": docread.ErrLocked,
		"PK\x03\x04 cut off": docread.ErrDamaged,
	} {
		if _, err := docread.File([]byte(raw)); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", raw, err, want)
		}
	}
}
