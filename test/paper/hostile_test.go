package paper

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leerkring/internal/docx"
	"leerkring/internal/odt"
	"leerkring/internal/paper"
	"leerkring/internal/pdf"
)

var writers = map[string]func(io.Writer, paper.Document) error{"pdf": pdf.Write, "docx": docx.Write, "odt": odt.Write}

// written writes a document in every format, and returns the files.
func written(t *testing.T, name string, d paper.Document) map[string]string {
	t.Helper()
	dir, out := t.TempDir(), map[string]string{}
	for ext, write := range writers {
		var b bytes.Buffer
		if err := write(&b, d); err != nil {
			t.Fatalf("%s as %s: %v", name, ext, err)
		}
		if ext != "pdf" {
			wellFormed(t, name+"."+ext, b.Bytes())
		}
		out[ext] = filepath.Join(dir, name+"-"+ext+"."+ext)
		if err := os.WriteFile(out[ext], b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func plain(title string, blocks ...paper.Block) paper.Document {
	return paper.Document{Title: title, Language: "nl-NL", Creator: "Het Baken College", Made: time.Date(2026, 4, 2, 9, 0, 0, 0, time.UTC), Accent: paper.Colour{R: 0x1F, G: 0x5F, B: 0x3F},
		Head: paper.Running{Left: "Het Baken College", Right: title}, Foot: paper.Running{Left: "Versie 3"}, Pages: paper.Numbering{Before: "Pagina ", Between: " van "},
		Blocks: append([]paper.Block{paper.Heading{Level: 1, Text: title}}, blocks...)}
}

// hostile are words that break out of markup, and what must still be read afterwards.
var hostile = []struct{ typed, read string }{
	{`</w:t></text:p> ]]> <!-- & "x" 'y' %PDF (\) endstream`, `</w:t></text:p> ]]> <!-- & "x" 'y' %PDF (\) endstream`},
	{"nul\x00 bel\a esc\x1b[0m broken \xff\xfe end", "broken"},
	{"turned \u202etxt.exe\u202c round \u2066a\u2069", "turned txt.exe round a"},
	{"Łódź Ærøskøbing Şişli Αθήνα Київ cafe\u0301", "Łódź Ærøskøbing Şişli Αθήνα Київ café"},
	{"two\nlines\r\nand\u2028three", "two"},
	{"{{7*7}} ${x} <script>alert(1)</script> javascript:alert(1)", "{{7*7}} ${x} <script>alert(1)</script> javascript:alert(1)"},
}

func TestProofF_HostileWordsStayWords(t *testing.T) {
	t.Parallel()
	var items []paper.Line
	tab := paper.Table{Caption: `"<&>`, Head: []string{"Wat <&>", "Wie", "Wanneer"}, Shares: []int{3, 1, 1}}
	for _, h := range hostile {
		items = append(items, paper.Line{{Text: h.typed, Bold: true}, {Text: " na", Link: "javascript:alert(1)"}})
		tab.Rows = append(tab.Rows, paper.Row{Group: h.typed}, paper.Row{Cells: []paper.Line{paper.Text(h.typed), {{Text: h.typed, Link: "https://example.org/?q=\"<>&(\\)"}}, paper.Text("x")}})
	}
	d := plain("Woorden <&> 😀", paper.List{Items: items}, tab, paper.Paragraph{Line: paper.Text("gezicht 😀 familie 👩‍👩‍👧 vlag 🇳🇱 klaar")})
	files := written(t, "hostile", d)
	printed := opened(t, files["docx"], files["odt"])
	for _, file := range append(printed, files["pdf"]) {
		s := look(t, file)
		for _, h := range hostile {
			s.has(t, h.read)
		}
		if strings.ContainsAny(s.text, "\x00\x07\u202e\u2066") {
			t.Errorf("%s: signs that are not seen", filepath.Base(file))
		}
	}
	said := tree(t, files["pdf"], "nl-NL")
	for _, want := range []string{"gezicht 😀 familie", "klaar"} {
		if !strings.Contains(said, want) {
			t.Errorf("who listens does not hear %q", want)
		}
	}
	raw, err := os.ReadFile(files["pdf"])
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(raw, []byte("/URI (javascript")) || !bytes.Contains(raw, []byte("/URI (https://example.org/")) {
		t.Error("a link leads to a script, or an honest one leads nowhere")
	}
}

func TestProofF_FiveHundredActions(t *testing.T) {
	t.Parallel()
	tab := paper.Table{Caption: "Acties", Head: []string{"Wat", "Wie", "Wanneer"}, Shares: []int{10, 6, 5}}
	for i := range 500 {
		if i%100 == 0 {
			tab.Rows = append(tab.Rows, paper.Row{Group: "Voor een doel"})
		}
		tab.Rows = append(tab.Rows, paper.Row{Cells: []paper.Line{paper.Text(strings.Repeat("Elke les eindigt met een volgende stap. ", 1+i%7)), paper.Text("Iedereen"), paper.Text("13 april – 22 mei")}})
	}
	tab.Rows = append(tab.Rows, paper.Row{Cells: []paper.Line{paper.Text(strings.Repeat("lang", 1500)), paper.Text("het laatste"), nil}})
	began := time.Now()
	files := written(t, "many", plain("Vijfhonderd acties", paper.Heading{Level: 2, Text: "Acties"}, tab))
	if took := time.Since(began); took > 8*time.Second {
		t.Errorf("the three took %s", took)
	}
	for _, file := range append(opened(t, files["docx"], files["odt"]), files["pdf"]) {
		s := look(t, file)
		s.has(t, "het laatste", "Voor een doel")
		if s.pages < 15 || s.pages > 120 {
			t.Errorf("%s has %d pages", filepath.Base(file), s.pages)
		}
		// The head of the table stands on each page that shows rows of it.
		if n := strings.Count(s.text, "Wanneer"); n < s.pages-6 {
			t.Errorf("%s: the head stands on %d of %d pages", filepath.Base(file), n, s.pages)
		}
	}
	said := tree(t, files["pdf"], "nl-NL")
	if n := strings.Count(said, `"Wanneer"`); n != 1 {
		t.Errorf("who listens hears the head %d times", n)
	}
}
