package roster

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever a file holds, it is refused with a sentence or becomes rows that can be compared; the text that
// goes along is read again as the same.
func FuzzFiles(f *testing.F) {
	book, err := Workbook([][]string{{"Naam", "E-mail"}, {"Bo Berg", "bo@baken.example"}})
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"Naam;E-mail;Team;Werkdagen\nBo Berg;bo@baken.example;Onderbouw;ma di", "\"a\n\"b\"\";c\t", "sep=,\na,b", "\xff\xfea\x00;\x00", "PK\x03\x04", string(book), "sourcedId\tstatus\nu1\ttobedeleted", "Voornaam,Achternaam,Mail,ma,di\nBo,Berg,bo@x.example,x,"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := ReadFile(raw)
		if err != nil {
			return
		}
		text := s.Text()
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
			t.Fatalf("%q is no text", text)
		}
		k := here()
		rows, err := Rows(s, Guess(s.Cells, k.Teams))
		if err != nil {
			return
		}
		for _, x := range Compare(s.Source, rows, k, Choices{}) {
			if x.Ready() && (x.Set.Email == "" && x.Verdict == New || strings.ContainsAny(x.Name+x.Email, "\r\n\t")) {
				t.Fatalf("%+v is ready", x)
			}
		}
	})
}
