package bring_test

import (
	"testing"
	"unicode/utf8"

	"leerkring/bring"
	"leerkring/test/bring/sample"
)

// Whatever a file holds, it is refused with a sentence or becomes cards that fit in their place; what goes along in a form
// comes back as the same.
func FuzzBoards(f *testing.F) {
	f.Add(sample.Planner(f, "nl", sample.Dutch)) // the board of Trello is too long to begin with
	f.Add([]byte(`{"name":"B","lists":[{"id":"l","name":"Te doen","pos":1},{"id":"a","name":"Afspraken","closed":true}],"members":[{"id":"m","fullName":"Noor Haddad"}],
		"cards":[{"id":"c","name":"Kijk mee","desc":"In week 14.","due":"2026-04-09T22:30:00.000Z","idList":"l","idMembers":["m"],"labels":[{"name":"x"}],"attachments":[{"name":"y","url":"z"}]},{"id":"d","name":"Op tijd","idList":"a","dueComplete":true}],
		"checklists":[{"idCard":"c","checkItems":[{"id":"i","name":"wiskunde","state":"complete"}]}]}`))
	for _, s := range []string{`{"lists":[],"cards":[]}`, `{"lists":[{"id":"a"}],"cards":[{"id":"b","idList":"c","name":"Een kaart","due":"x"}]}`, `{"cards":null}`, "PK\x03\x04", `{"a":[[[`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := bring.ReadFile(raw)
		if err != nil {
			if key(err) == "" {
				t.Fatalf("no sentence: %v", err)
			}
			return
		}
		all := bring.Choices{Done: true, Archived: true, Steps: true}
		l := bring.Sort(b, known(), all)
		sources := map[string]bool{}
		for _, i := range l.Items() {
			most := bring.MaxTask
			if i.Into == bring.Agreement {
				most = bring.MaxAgreement
			}
			if n := utf8.RuneCountInString(i.Body); n < 3 || n > most || !utf8.ValidString(i.Body+i.Rest) || sources[i.Source] {
				t.Fatalf("%+v", i)
			}
			sources[i.Source] = true
		}
		packed, err := b.Pack()
		if err != nil {
			return
		}
		again, err := bring.Unpack(packed)
		if err != nil {
			t.Fatal(err)
		}
		if bring.Sort(again, known(), all).Digest != l.Digest {
			t.Fatal("another board came back")
		}
	})
}
