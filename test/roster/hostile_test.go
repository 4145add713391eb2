package roster

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"leerkring/internal/errs"
	"leerkring/roster"
	"leerkring/test/cost"
)

// zeros is a file of zeros, packed very small.
func zeros(t testing.TB, names []string, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	block := make([]byte, 1<<20)
	for _, n := range names {
		f, err := z.Create(n)
		for left := size; err == nil && left > 0; left -= len(block) {
			_, err = f.Write(block[:min(left, len(block))])
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

// claims is a file that says it is larger than it is.
func claims(t testing.TB, name string, size uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	body := zeros(t, []string{"x"}, 1<<20)
	f, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, UncompressedSize64: size, CompressedSize64: uint64(len(body))})
	if err == nil {
		_, err = f.Write(body)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// header makes one entry with a name and mode that a zip program would not give.
func header(t testing.TB, name string, mode fs.FileMode, more ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range append([]string{name}, more...) {
		h := &zip.FileHeader{Name: n}
		h.SetMode(mode)
		f, err := z.CreateHeader(h)
		if err == nil {
			_, err = f.Write([]byte("sourcedId,role\n1,teacher\n"))
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

// overlapping is an archive of which several names point to the same bytes.
func overlapping(t testing.TB) []byte {
	t.Helper()
	raw := zipped(t, map[string]string{"users.csv": strings.Repeat("sourcedId,role\n", 1000)})
	at := bytes.Index(raw, []byte("PK\x01\x02"))
	end := bytes.Index(raw, []byte("PK\x05\x06"))
	entry := raw[at:end]
	out := bytes.Clone(raw[:at])
	const n = 200
	for i := range n {
		e := bytes.Clone(entry)
		copy(e[46:], fmt.Sprintf("u%03d.csv!", i)) // as long as users.csv
		out = append(out, e...)
	}
	tail := bytes.Clone(raw[end:])
	binary.LittleEndian.PutUint16(tail[8:], n)
	binary.LittleEndian.PutUint16(tail[10:], n)
	binary.LittleEndian.PutUint32(tail[12:], uint32(n*len(entry)))
	return append(out, tail...)
}

// book is a workbook with one of its files replaced.
func book(t testing.TB, name, body string) []byte {
	t.Helper()
	raw, err := roster.Workbook([][]string{{"Naam", "E-mail"}, {"Bo Berg", "bo@baken.example"}})
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		if f.Name != name {
			if err := w.Copy(f); err != nil {
				t.Fatal(err)
			}
			continue
		}
		out, err := w.Create(name)
		if err == nil {
			_, err = out.Write([]byte(body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const sheetFile = "xl/worksheets/sheet1.xml"

func cells(rows string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
}

func laughs() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">`)
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&b, `<!ENTITY a%d "&a%d;&a%d;">`, i, i-1, i-1)
	}
	return b.String() + `]>` + cells(`<row r="1"><c r="A1" t="inlineStr"><is><t>&a29;</t></is></c></row>`)
}

// TestProofF_RosterHostileFiles is T-F1 and T-F2: each is refused within two seconds and 256 MB, with a
// sentence; nothing is written anywhere.
func TestProofF_RosterHostileFiles(t *testing.T) {
	many := make([]string, 1001)
	for i := range many {
		many[i] = fmt.Sprintf("f%d.csv", i)
	}
	wide := `<row r="1">`
	for i := range 200 {
		at, err := excelize.CoordinatesToCellName(16384-i, 1)
		if err != nil {
			t.Fatal(err)
		}
		wide += `<c r="` + at + `" t="inlineStr"><is><t>x</t></is></c>`
	}
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"a bomb":                        {zeros(t, []string{"users.csv"}, 32<<20), "roster.file_bomb"},
		"a gigabyte in one line":        {claims(t, "xl/workbook.xml", 1<<30), "roster.file_bomb"},
		"a bomb in many parts":          {zeros(t, many[:100], 512<<10), "roster.file_bomb"},
		"too many files":                {zeros(t, many, 1), "roster.file_bomb"},
		"files over each other":         {overlapping(t), "roster.file_bomb"},
		"a zip in a zip":                {zipped(t, map[string]string{"lijst.zip": string(zipped(t, map[string]string{"users.csv": "x"}))}), "roster.file_kind"},
		"a path up":                     {header(t, "../users.csv", 0o600), "roster.file_paths"},
		"a path up within":              {header(t, "a/../../users.csv", 0o600), "roster.file_paths"},
		"a path from the root":          {header(t, "/etc/users.csv", 0o600), "roster.file_paths"},
		"a path of another system":      {header(t, `C:\users.csv`, 0o600), "roster.file_paths"},
		"a name with nothing in it":     {header(t, "users.csv\x00.xlsx", 0o600), "roster.file_paths"},
		"a link":                        {header(t, "users.csv", 0o600|fs.ModeSymlink), "roster.file_paths"},
		"two names that are one":        {header(t, "users.csv", 0o600, "Users.csv"), "roster.file_paths"},
		"half a zip":                    {oneRoster11(t)[:400], "roster.file_damaged"},
		"entities":                      {book(t, sheetFile, laughs()), "roster.file_bomb"},
		"a row at the end of the world": {book(t, sheetFile, cells(`<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>`)), "roster.file_empty"},
		"a row as wide as can be":       {book(t, sheetFile, cells(strings.Repeat(wide+`</row>`, 50))), "roster.many_columns"},
		"a broken sheet":                {book(t, sheetFile, cells(`<row r="1"><c r="A1`)), ""},
		"a line without end":            {[]byte(strings.Repeat("x", 11<<20)), "roster.file_large"},
		"cells without end":             {[]byte(strings.Repeat(";", 3<<20)), "roster.many_columns"},
		"lines without end":             {[]byte("Naam;E-mail\n" + strings.Repeat("a;b\n", 800_000)), "roster.long"},
		"a quotation mark left open":    {[]byte("Naam;E-mail\n\"Bo;bo@baken.example\n" + strings.Repeat("Cas;cas@baken.example\n", 50)), "ok"},
		"an old file":                   {append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 512)...), "roster.file_old"},
		"a page":                        {[]byte("<html><body>Naam;E-mail"), "roster.file_kind"},
		"a picture":                     {[]byte("\x89PNG\r\n\x1a\n0000"), "roster.file_kind"},
		"bytes":                         {[]byte{1, 0, 2, 0, 3, 0}, "roster.file_kind"},
		"nothing":                       {[]byte(" \n"), "roster.file_empty"},
	} {
		var err error
		took, asked := cost.Of(t, func() { _, err = roster.ReadFile(c.raw) })
		got := "ok"
		if f := errs.FieldsOf(err); len(f) > 0 {
			got = f[0].Key
		} else if err != nil {
			t.Errorf("%s: %v is no sentence", name, err)
		}
		if c.want != "" && got != c.want {
			t.Errorf("%s: %s, not %s", name, got, c.want)
		}
		if took > cost.Most || asked > 256<<20 {
			t.Errorf("%s: %s, %d MB", name, took, asked>>20)
		}
	}
}

// TestProofF_RosterNothingBecomesARight is T-F5: no file gives or takes a right, moves the address
// of somebody with a role, reaches into another school, or is done in half.
func TestProofF_RosterNothingBecomesARight(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		rights := func() int { return w.count(`select count(*) from role`) }
		before := rights()
		hostile := "Personeelsnummer;Naam;E-mail;Functie;Team;role;owner_id;school_id;state\n" +
			"1;Bo Berg;bo@baken.example;Schoolleider, beheerder;Sectie wiskunde;admin;x;" + w.second + ";active\n" +
			"2;Cas Bos;cas@baken.example;kartrekker;;leader;;;\n" +
			"3;Bea Heer;bea@baken.example;;;admin;;;\n"
		l := w.look(text(hostile))
		notes := 0
		for _, f := range l.Findings {
			notes += len(f.Notes)
		}
		if notes != 3 {
			t.Errorf("%d notes about words that are roles", notes)
		}
		w.brings(text(hostile))
		if rights() != before || w.count(`select count(*) from staff where school_id = $1`, w.second) != 0 {
			t.Error("a file gave a right, or put somebody into another school")
		}
		if n := w.count(`select count(*) from person where email in ('bo@baken.example', 'cas@baken.example') and state = 'invited'`); n != 2 {
			t.Errorf("%d are invited: a file opened an account", n)
		}
		// The address of an admin and a leader, by number and by name.
		moved := strings.ReplaceAll(hostile, "bea@baken.example", "boef@elders.example") + "4;Ilse Brand;boef2@elders.example;;;;;;\n"
		l = w.look(text(moved))
		p := text(moved)
		p.Choices.Same, p.Choices.Yes = map[string]string{}, map[string]bool{}
		for _, f := range l.Findings {
			p.Choices.Same[f.Key], p.Choices.Yes[f.Key] = w.people["leader"], true
		}
		w.brings(p)
		if n := w.count(`select count(*) from person where email like 'boef%'`); n != 0 || rights() != before {
			t.Error("the address of somebody with a role was moved by a list")
		}
		// Of another school on the board, and of another board.
		w.exec(`insert into person (id, board_id, name, email, state, made_at) values ('01per00000000000000000000b', $1, 'Eva Dijk', 'eva@baken.example', 'active', '2026-01-01T00:00:00.000000Z')`, w.board)
		w.exec(`insert into staff (person_id, school_id) values ('01per00000000000000000000b', $1)`, w.second)
		eva := "Naam;E-mail;Werkdagen\nNiet Eva;eva@baken.example;ma\nOda Ver;oda@vloed.example;ma\n"
		if out := w.brings(text(eva)); out.New != 1 || out.Waiting != 1 { // Oda gets an account of her own on this board
			t.Errorf("%+v", out)
		}
		if w.count(`select count(*) from person where email = 'oda@vloed.example'`) != 2 || w.count(`select count(*) from staff where person_id = $1`, w.elsewhere.AdminID) != 1 {
			t.Error("a list reached into another board")
		}
		p = text(eva)
		for _, f := range w.look(p).Findings {
			p.Choices.Yes = map[string]bool{f.Key: true}
			break
		}
		w.brings(p)
		if n := w.count(`select count(*) from person where email = 'eva@baken.example' and name = 'Eva Dijk' and version = 1 and working_days = '[1,2,3,4,5]'`); n != 1 {
			t.Error("a list changed somebody of another school")
		}
	})
}

// TestProofF_RosterWholeOrNotAtAll: an act that is broken off leaves nothing, and nobody but an admin of
// the school looks or acts.
func TestProofF_RosterWholeOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		p := text(list)
		digest := w.look(p).Digest
		for _, name := range []string{"leader", "noor", "outsider"} {
			w.refused("absent", func() error {
				_, err := w.rosters.LookAt(t.Context(), w.who(name), w.id, p)
				return err
			})
			w.refused("absent", func() error {
				_, err := w.rosters.BringIn(t.Context(), w.who(name), w.id, p, digest, roster.Invitation{Send: true})
				return err
			})
			w.refused("absent", func() error {
				_, err := w.rosters.InviteWaiting(t.Context(), w.who(name), w.id)
				return err
			})
		}
		for _, id := range []string{w.second, w.elsewhere.SchoolID} {
			w.refused("absent", func() error {
				_, err := w.rosters.BringIn(t.Context(), w.who("admin"), id, p, digest, roster.Invitation{Send: true})
				return err
			})
		}
		w.refused("roster.changed", func() error {
			_, err := w.rosters.BringIn(t.Context(), w.who("admin"), w.id, p, "x", roster.Invitation{})
			return err
		})
		w.exec(`insert into roster_entry (school_id, source, person_id, key, given, came_at) select $1, 'list', id, 'x', '{}', made_at from person where id = $2`, w.id, w.people["noor"])
		for _, table := range []string{"roster_entry", "account_link", "journal"} { // the last step, a middle one, and the entry about it
			w.breaks(table)
			before := w.state()
			if _, err := w.rosters.BringIn(t.Context(), w.who("admin"), w.id, p, w.look(p).Digest, roster.Invitation{Send: true}); err == nil {
				t.Errorf("broken at %s, it was done all the same", table)
			}
			w.mends(table)
			if w.state() != before || len(w.post.letters) != 0 {
				t.Errorf("broken at %s, half of it is there", table)
			}
		}
		if out := w.brings(p); out.New != 2 {
			t.Errorf("%+v", out)
		}
	})
}

// TestProofF_RosterFormulaStarts is T-I3: what a spreadsheet would compute stays text, and comes back as it was.
func TestProofF_RosterFormulaStarts(t *testing.T) {
	t.Parallel()
	words := []string{"=1+1", "+31 6", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "=cmd|'/c calc'!A1", "'quoted", "gewoon", ""}
	table := [][]string{{"Naam", "E-mail"}}
	for _, w := range words {
		table = append(table, []string{w, "x@y.example"})
	}
	raw, err := roster.Workbook(table)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	back, err := roster.ReadFile(raw)
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range words {
		at := fmt.Sprintf("A%d", i+2)
		formula, err := f.GetCellFormula("Sheet1", at)
		value, err2 := f.GetCellValue("Sheet1", at)
		kind, err3 := f.GetCellType("Sheet1", at)
		if err != nil || err2 != nil || err3 != nil || formula != "" || kind == excelize.CellTypeFormula || kind == excelize.CellTypeNumber {
			t.Errorf("%q became %q, %v", w, formula, kind)
		}
		if value != "" && strings.ContainsRune("=+-@\t\r＝", []rune(value)[0]) {
			t.Errorf("%q stands there as %q: saved as text it would be computed", w, value)
		}
		if got := back.Cells[i+1][0]; got != strings.TrimSpace(w) && w != "" && got != "="+strings.TrimSpace(w)[1:] {
			t.Errorf("%q came back as %q", w, got)
		}
	}
}

// TestProofF_RosterWordsInLetters is T-I4: a name of several lines, headers, HTML or signs for a terminal is one
// clean line, or refused; one letter goes to one address.
func TestProofF_RosterWordsInLetters(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		sheetText := roster.Sheet{Cells: [][]string{{"Naam", "E-mail", "Team"},
			{"Bo\r\nBcc: boef@elders.example", "bo@baken.example", ""},
			{"<b>Cas</b><script>alert(1)</script>", "cas@baken.example", ""},
			{"Dirk \x1b[31mRood", "dirk@baken.example", ""},
			{"Eva \u202etxet", "eva@baken.example", ""},
			{"Fee Vos", "fee@baken.example\r\nBcc: boef@elders.example", ""},
			{"Gijs Vos", "gijs@baken.example, boef@elders.example", ""},
			{"Hugo Vos", "hugo@baken.example", "Team \x1b[2J wis"},
		}}.Text()
		p := text(sheetText)
		p.Choices.Teams = map[string]string{}
		for _, f := range w.look(p).Findings {
			for _, name := range f.Missing {
				p.Choices.Teams[roster.TeamKey(name)] = roster.MakeIt
			}
		}
		w.brings(p)
		to := map[string]bool{}
		for _, l := range w.post.letters {
			to[l.Email] = true
			if strings.ContainsAny(l.Name+l.Email+l.Teams, "\r\n\x1b\u202e") {
				t.Errorf("a letter has %q %q %q", l.Name, l.Email, l.Teams)
			}
		}
		if len(to) != 2 || !to["bo@baken.example"] || !to["cas@baken.example"] {
			t.Errorf("letters to %v", to)
		}
	})
}
