package bring

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"leerkring/bring"
	"leerkring/test/bring/sample"
	"leerkring/test/cost"
)

// zeros is an archive with a file of zeros, packed very small.
func zeros(t testing.TB, size int, names ...string) []byte {
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

// swapped is a plan with one of its files replaced.
func swapped(t testing.TB, name, body string) []byte {
	t.Helper()
	raw := sample.Planner(t, "nl", sample.Dutch)
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

func laughs() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">`)
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&b, `<!ENTITY a%d "&a%d;&a%d;">`, i, i-1, i-1)
	}
	return b.String() + `]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a29;</t></is></c></row></sheetData></worksheet>`
}

// board is a board of Trello with these cards, and more beside them.
func board(cards, more string) []byte {
	return []byte(`{"id":"b","name":"B","lists":[{"id":"l","name":"Te doen"}],"cards":[` + cards + `]` + more + `}`)
}

// cards are so many cards.
func cards(n int, body string) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":"c%d","idList":"l","name":"Kaart %d"%s}`, i, i, body)
	}
	return b.String()
}

func plan(t testing.TB, n int) []byte {
	t.Helper()
	var tasks []sample.Task
	for i := range n {
		tasks = append(tasks, sample.Task{ID: fmt.Sprint("t", i), Name: fmt.Sprint("Taak ", i), Bucket: "Te doen"})
	}
	return sample.Planner(t, "nl", tasks)
}

func wide(t testing.TB) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i := range 200 {
		at, err := excelize.CoordinatesToCellName(16384-i, 1)
		if err == nil {
			err = book.SetCellValue(book.GetSheetName(0), at, "x")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	out, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestProofF_BoardHostileFiles is T-F1 and T-F2 for a board: each file is refused with a sentence, or is no
// more than words, within two seconds and 256 MB.
func TestProofF_BoardHostileFiles(t *testing.T) {
	many := make([]string, 1001)
	for i := range many {
		many[i] = fmt.Sprintf("f%d.xml", i)
	}
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"nothing":                     {[]byte(" \n"), "bring.file_empty"},
		"a page":                      {[]byte("<html><body>bord</body></html>"), "bring.not_a_board"},
		"a picture":                   {[]byte("\x89PNG\r\n\x1a\n0000"), "bring.not_a_board"},
		"a list":                      {[]byte("Naam;Lijst\nA;B\n"), "bring.not_a_board"},
		"an old file":                 {append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 512)...), "bring.file_old"},
		"other JSON":                  {[]byte(`{"version":"2.0","items":[1,2,3]}`), "bring.not_a_board"},
		"JSON of one list":            {[]byte(`[{"id":"c"}]`), "bring.not_a_board"},
		"lists that are no list":      {[]byte(`{"lists":{"a":1},"cards":[]}`), "bring.not_a_board"},
		"a board without cards":       {board("", ""), "bring.no_cards"},
		"half a board":                {sample.Trello[:len(sample.Trello)/2], "bring.file_damaged"},
		"cards of another kind":       {board(`"x",1,null`, ""), "bring.file_damaged"},
		"deep":                        {board(cards(1, `,"desc":`+strings.Repeat("[", 200_000)+strings.Repeat("]", 200_000)), ""), "bring.file_strange"},
		"deep without an end":         {[]byte(strings.Repeat(`{"a":`, 2_000_000)), "bring.file_strange"},
		"deep outside the cards":      {board(cards(1, ""), `,"actions":`+strings.Repeat("[", 60)+strings.Repeat("]", 60)), "bring.file_strange"},
		"the same part twice":         {board(cards(1, ""), `,"cards":[{"id":"x","idList":"l","name":"Een ander"}]`), "bring.file_strange"},
		"10,001 cards":                {board(cards(10_001, ""), ""), "bring.too_many"},
		"10,000 cards and a list":     {board(cards(10_000, ""), ""), "bring.too_many"},
		"a million cards":             {board(strings.TrimSuffix(strings.Repeat(`{},`, 1_000_000), ","), ""), "bring.too_many"},
		"labels without end":          {board(cards(1, `,"labels":[`+strings.TrimSuffix(strings.Repeat(`{},`, 3_000_000), ",")+`]`), ""), "bring.too_many"},
		"labels on every card":        {board(cards(400, `,"labels":[`+strings.TrimSuffix(strings.Repeat(`{},`, 9_000), ",")+`]`), ""), "ok"},
		"keys without end":            {[]byte(`{` + strings.TrimSuffix(strings.Repeat(`"a":1,`, 1_000_000), ",") + `}`), "bring.too_many"},
		"a checklist without end":     {board(cards(1, ""), `,"checklists":[{"idCard":"c0","checkItems":[`+strings.TrimSuffix(strings.Repeat(`{"name":"x"},`, 9_000), ",")+`]}]`), "ok"},
		"checklists without end":      {board(cards(1, ""), `,"checklists":[`+strings.TrimSuffix(strings.Repeat(`{"idCard":"c0","checkItems":[`+strings.TrimSuffix(strings.Repeat(`{"name":"x"},`, 9_000), ",")+`]},`, 50), ",")+`]`), "bring.too_many"},
		"a text without end":          {board(cards(1, `,"desc":"`+strings.Repeat("x", 11<<20)+`"`), ""), "ok"},
		"a text outside the cards":    {board(cards(1, ""), `,"actions":[{"data":{"text":"`+strings.Repeat("x", 11<<20)+`"}}]`), "ok"},
		"two texts in one card":       {board(`{"id":"c","idList":"l","name":"Eerst","name":"Dan"}`, ""), "ok"},
		"letters that are none":       {board(`{"id":"c","idList":"l","name":"a\u0000b\u202Ec\ud800d\u200Be"}`, ""), "ok"},
		"201 lists":                   {[]byte(`{"lists":[` + strings.TrimSuffix(strings.Repeat(`{"id":"%"},`, 201), ",") + `],"cards":[` + cards(1, "") + `]}`), "ok"}, // one id is one list
		"a bomb":                      {zeros(t, 32<<20, "xl/workbook.xml"), "bring.file_strange"},
		"a bomb in many parts":        {zeros(t, 512<<10, many[:100]...), "bring.file_strange"},
		"too many files":              {zeros(t, 1, many...), "bring.file_strange"},
		"a path up":                   {zeros(t, 1, "../xl/workbook.xml"), "bring.file_strange"},
		"a zip that is no workbook":   {zeros(t, 1, "users.csv"), "bring.not_a_board"},
		"half a zip":                  {sample.Planner(t, "nl", sample.Dutch)[:400], "bring.file_damaged"},
		"entities":                    {swapped(t, sheetFile, laughs()), "bring.file_strange"},
		"a broken sheet":              {swapped(t, sheetFile, `<worksheet><sheetData><row r="1"><c r="A1`), ""},
		"a sheet with something else": {swapped(t, sheetFile, `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Naam</t></is></c></row></sheetData></worksheet>`), "bring.not_a_board"},
		"a sheet as wide as can be":   {wide(t), "bring.file_wide"},
		"10,001 tasks":                {plan(t, 10_001), "bring.too_many"},
	} {
		var b bring.Board
		var err error
		var before, after runtime.MemStats
		took, _ := cost.Of(t, func() {
			runtime.ReadMemStats(&before)
			b, err = bring.ReadFile(c.raw)
			runtime.ReadMemStats(&after)
		})
		if got := strings.Replace(said(err), "done", "ok", 1); got != c.want && (c.want != "" || got == "ok") {
			t.Errorf("%s: %q", name, got)
		}
		if took > cost.Most {
			t.Errorf("%s: %s", name, took)
		}
		if held := after.HeapInuse - min(before.HeapInuse, after.HeapInuse); held > 256<<20 {
			t.Errorf("%s: %d MB", name, held>>20)
		}
		if err == nil {
			looks(t, name, b)
		}
	}
}

// looks asserts that a board that was read can be looked at, and is words only.
func looks(t *testing.T, name string, b bring.Board) {
	t.Helper()
	var l bring.Look
	took, _ := cost.Of(t, func() {
		l = bring.Sort(b, bring.Known{Me: "me", Zone: time.UTC, Agreements: true, People: []bring.Person{{ID: "me", Name: "Ik"}}}, bring.Choices{Steps: true})
	})
	if took > cost.Most {
		t.Errorf("%s: a look takes %s", name, took)
	}
	if len(l.Items()) > bring.MaxAtOnce {
		t.Errorf("%s: %d things at once", name, len(l.Items()))
	}
	for _, i := range l.Items() {
		if strings.ContainsAny(i.Body+i.Rest, "\x00\u202E\u200B\uFFFD") || len([]rune(i.Body)) > bring.MaxTask {
			t.Errorf("%s: %q", name, i.Body)
		}
	}
}

// TestProofF_BoardNothingIsFetched is T-F4: avatars, attachments and links of a board are words. Whatever is
// dialled while a board comes in would be counted.
func TestProofF_BoardNothingIsFetched(t *testing.T) {
	var dialled atomic.Int32
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			dialled.Add(1)
			_ = c.Close() // nothing is said to who should not be there
		}
	}()
	here := "http://" + listener.Addr().String()
	raw := board(`{"id":"c","idList":"l","name":"Kijk `+here+`/a.png","desc":"![x](`+here+`/b.png) <img src='`+here+`/c'>","idMembers":["m"],
		"attachments":[{"name":"d","url":"`+here+`/d"}],"cover":{"sharedSourceUrl":"`+here+`/e"}}`, `,"members":[{"id":"m","fullName":"Noor","avatarUrl":"`+here+`/f"}],"prefs":{"backgroundImage":"`+here+`/g"}`)
	formula := sample.Planner(t, "nl", []sample.Task{{ID: "a", Name: `=WEBSERVICE("` + here + `/h")`, Bucket: "Te doen", Text: `=HYPERLINK("` + here + `/i")`}})
	words := func(raw []byte) {
		b, err := bring.ReadFile(raw)
		if err != nil {
			t.Fatal(err)
		}
		looks(t, "links", b)
		if len(b.Lists) != 1 || !strings.Contains(fmt.Sprint(b), here) {
			t.Errorf("the address is not there as words: %+v", b)
		}
	}
	words(raw)
	words(formula)
	if n := dialled.Load(); n != 0 {
		t.Errorf("%d calls", n)
	}
}

// TestProofF_ALargeBoardIsFast brings three hundred cards of a board of nearly ten thousand in, in one act.
func TestProofF_ALargeBoardIsFast(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		b := w.read(board(cards(9_990, `,"due":"2026-05-01T10:00:00.000Z","desc":"Wat er gebeurt."`), ""))
		packed, err := b.Pack()
		w.ok(err)
		if b, err = bring.Unpack(packed); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		out := w.brings("lead", b, bring.Choices{})
		took := time.Since(began)
		t.Logf("%d tasks in %s; in the form %d kB", out.Tasks, took.Round(time.Millisecond), len(packed)>>10)
		if out.Tasks != bring.MaxAtOnce || out.Wait != 9_990-bring.MaxAtOnce || took > 5*time.Second {
			t.Errorf("%+v in %s", out, took)
		}
		if out := w.brings("lead", b, bring.Choices{}); out.Tasks != bring.MaxAtOnce || w.count(`select count(*) from task`) != 2*bring.MaxAtOnce {
			t.Errorf("the next ones: %+v", out)
		}
	})
}
