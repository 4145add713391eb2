package bring_test

import (
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"leerkring/bring"
	"leerkring/internal/errs"
	"leerkring/test/bring/sample"
)

var amsterdam = func() *time.Location {
	z, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return z
}()

func read(t *testing.T, raw []byte) bring.Board {
	t.Helper()
	b, err := bring.ReadFile(raw)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func key(err error) string {
	if f := errs.FieldsOf(err); len(f) > 0 {
		return f[0].Key
	}
	return ""
}

func known() bring.Known {
	return bring.Known{Me: "me", Zone: amsterdam, Agreements: true, There: map[string]bool{}, People: []bring.Person{
		{ID: "me", Name: "Bea Heer", Email: "bea@baken.example"}, {ID: "noor", Name: "Noor Haddad", Email: "noor@baken.example"}, {ID: "sem", Name: "Sem de Boer", Email: "sem@baken.example"}}}
}

// told is a look in short: what comes in, by list.
func told(l bring.Look) []string {
	var out []string
	for _, c := range l.Columns {
		for _, i := range c.Items {
			out = append(out, string(i.Into)+" "+i.Owner+" "+string(i.Due)+" | "+i.Body)
		}
	}
	return out
}

func same(t *testing.T, got, want []string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestABoardOfTrello(t *testing.T) {
	t.Parallel()
	b := read(t, sample.Trello)
	if b.Origin != bring.Trello || b.Name != "Werkbord sectie talen" || len(b.Lists) != 6 {
		t.Fatalf("%+v", b)
	}
	l := bring.Sort(b, known(), bring.Choices{})
	same(t, told(l), []string{
		"todo noor 2026-04-10 | Kijk bij elkaar in de les – In week 14, met één vraag vooraf. [bovenbouw]", // half past midnight here
		"todo sem  | Vraag vier leerlingen hoe zij vergelijken",
		"todo me  | Luister mee met leerlingen ☐ Kies de klassen ☐ Spreek tien minuten af ☐ Leg de zinnen naast elkaar Opzet vorig jaar https://elders.example/opzet.pdf",
		"todo me  | Maak drie voorbeelden van goede feedback ☑ wiskunde ☐ Frans ☐ gym",
		"busy me 2026-03-27 | Zet het rooster van de lesbezoeken klaar",
		"agreement   | We beginnen elk uur met een succes",
		"agreement   | Wie een les bezoekt, vertelt eerst wat goed ging en vraagt daarna pas door over wat er…",
	})
	if l.Done != 1 || l.Old != 1 || l.Wait != 0 {
		t.Errorf("left: %d done, %d archived", l.Done, l.Old)
	}
	left := map[string]int{}
	for _, c := range l.Columns {
		if c.Into == bring.Out {
			left[c.Name] = c.Cards
		}
	}
	if len(left) != 3 || left["Gedaan"] != 2 || left["Resultaten/Doelen"] != 1 || left["Vorig jaar"] != 1 {
		t.Errorf("left where they are: %v", left)
	}
	if len(l.Names) != 4 || l.Names[0].Name != "Noor Haddad" || !l.Names[0].Sure || l.Names[2].Name != "Anna V." || l.Names[2].Sure || l.Names[3].Name != "" {
		t.Errorf("%+v", l.Names)
	}
	for _, i := range l.Items() {
		long := strings.HasPrefix(i.Body, "Luister")
		if i.Mend != strings.HasSuffix(i.Body, "…") || (i.Rest == "") == (long || i.Mend || strings.HasPrefix(i.Body, "Vraag")) {
			t.Errorf("%q: mend %t, beside %q", i.Body, i.Mend, i.Rest)
		}
		if long && (!strings.Contains(i.Rest, "zoeken we wat terugkomt") || !strings.Contains(i.Rest, "Kies de klassen")) {
			t.Errorf("beside: %q", i.Rest)
		}
	}
}

func TestWhatIsChosenOfABoard(t *testing.T) {
	t.Parallel()
	b := read(t, sample.Trello)
	first := bring.Sort(b, known(), bring.Choices{})
	c := bring.Choices{Lists: map[string]bring.Into{}, Names: map[string]string{}, Cards: map[string]string{}, Words: map[string]string{}, Done: true, Archived: true}
	for _, col := range first.Columns {
		switch col.Name {
		case "Gedaan":
			c.Lists[col.Key] = bring.AsDone
		case "Te doen":
			c.Lists[col.Key] = bring.AsBusy
			c.Cards[col.Items[0].Key] = "sem"
			c.Cards[col.Items[1].Key] = bring.NotThis
		case "Afspraken/Successen":
			c.Words[col.Items[0].Key] = "Wat past, blijft zoals het was" // it fits: nothing to mend
			c.Words[col.Items[1].Key] = "Bij een bezoek begint wie komt kijken met wat goed ging"
		}
	}
	for _, n := range first.Names {
		if n.Name == "Anna V." {
			c.Names[n.Key] = "noor"
		}
	}
	l := bring.Sort(b, known(), c)
	same(t, told(l), []string{
		"busy sem 2026-04-10 | Kijk bij elkaar in de les – In week 14, met één vraag vooraf. [bovenbouw]",
		"busy sem  | Vraag vier leerlingen hoe zij vergelijken",
		"busy me  | Luister mee met leerlingen ☐ Kies de klassen ☐ Spreek tien minuten af ☐ Leg de zinnen naast elkaar Opzet vorig jaar https://elders.example/opzet.pdf",
		"busy noor  | Maak drie voorbeelden van goede feedback ☑ wiskunde ☐ Frans ☐ gym",
		"busy me  | Oude kaart",
		"busy noor 2026-03-27 | Zet het rooster van de lesbezoeken klaar",
		"done noor 2026-02-02 | Lees samen één artikel",
		"done me  | Nodig de conciërge uit",
		"done me  | Haal de oude posters weg",
		"agreement   | We beginnen elk uur met een succes",
		"agreement   | Bij een bezoek begint wie komt kijken met wat goed ging",
	})
	if away := l.Items()[1]; !away.Away {
		t.Error("a card that is left out")
	}
	if tasks, agreements := l.Coming(); tasks != 8 || agreements != 2 {
		t.Errorf("%d tasks, %d agreements", tasks, agreements)
	}
	if l.Digest == first.Digest {
		t.Error("another look has the same digest")
	}
	c.Cards, c.Names, c.Words = nil, nil, nil
	if bring.Sort(b, known(), c).Digest != l.Digest {
		t.Error("who takes a card changes what was looked at")
	}
	k := known()
	k.Agreements = false
	if _, n := bring.Sort(b, k, bring.Choices{}).Coming(); n != 0 {
		t.Error("agreements for somebody who may not propose them")
	}
}

func TestAPlanOfPlanner(t *testing.T) {
	t.Parallel()
	for lang, tasks := range map[string][]sample.Task{"nl": sample.Dutch, "en": sample.English()} {
		b := read(t, sample.Planner(t, lang, tasks))
		if b.Origin != bring.Planner || b.Name != "Werkbord sectie talen" || b.Doubt {
			t.Errorf("%s: %+v", lang, b)
		}
		l := bring.Sort(b, known(), bring.Choices{})
		same(t, told(l), []string{
			"todo noor 2026-04-09 | Kijk bij elkaar in de les – In week 14. Met één vraag vooraf. [bovenbouw]",
			"busy sem 2026-03-27 | Maak drie voorbeelden ☐ wiskunde ☐ Frans ☐ gym",
			"agreement   | We beginnen met een succes",
		})
		if len(b.Unread) != 0 {
			t.Errorf("%s: not read: %v", lang, b.Unread)
		}
		if l.Done != 1 || !strings.Contains(l.Items()[0].Rest, "Noor Haddad, Anna V.") {
			t.Errorf("%s: %+v", lang, l)
		}
	}
}

func TestDaysThatCanBeReadTwoWays(t *testing.T) {
	t.Parallel()
	plan := func(days ...string) bring.Board {
		var tasks []sample.Task
		for i, d := range days {
			tasks = append(tasks, sample.Task{ID: string(rune('a' + i)), Name: "Taak " + d, Bucket: "Te doen", Due: d})
		}
		return read(t, sample.Planner(t, "en", tasks))
	}
	for name, c := range map[string]struct {
		days   []string
		choose bring.Days
		doubt  bool
		want   string
	}{
		"nobody can tell":       {[]string{"03/04/2026"}, "", true, "2026-03-04"},
		"somebody chose":        {[]string{"03/04/2026"}, bring.DayFirst, true, "2026-04-03"},
		"another day tells":     {[]string{"03/04/2026", "25/04/2026"}, bring.MonthFirst, false, "2026-04-03"},
		"the month first":       {[]string{"03/04/2026", "04/25/2026"}, "", false, "2026-03-04"},
		"the year first":        {[]string{"2026-04-03"}, "", false, "2026-04-03"},
		"as a sheet keeps it":   {[]string{"46115"}, "", false, "2026-04-03"},
		"with an hour":          {[]string{"25-04-2026 11:30"}, "", false, "2026-04-25"},
		"no day at all":         {[]string{"straks"}, "", false, ""},
		"a day that is not one": {[]string{"31/02/2026"}, "", false, ""},
		"of another age":        {[]string{"1/13/1623"}, "", false, ""},
	} {
		b := plan(c.days...)
		l := bring.Sort(b, known(), bring.Choices{Days: c.choose})
		if got := l.Items()[0].Due; string(got) != c.want || b.Doubt != c.doubt {
			t.Errorf("%s: %q, doubt %t", name, got, b.Doubt)
		}
	}
}

func TestWhatAListBecomesByItsName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bring.Into{
		"Te doen": bring.AsTask, "To Do": bring.AsTask, "Bezig": bring.AsBusy, "Doing": bring.AsBusy, "In uitvoering": bring.AsBusy, "Gedaan": bring.Out, "Done!": bring.Out, "Afspraken / Successen": bring.Agreement,
		"AFSPRAKEN": bring.Agreement, "Resultaten/Doelen": bring.Out, "Successen": bring.Out, "Acties": bring.AsTask, "Ideeën": bring.AsTask, "Van alles": bring.AsTask, "": bring.AsTask,
	} {
		if got := bring.Guess(name); got != want {
			t.Errorf("%q: %s", name, got)
		}
	}
}

func TestNamesAreASuggestionOnly(t *testing.T) {
	t.Parallel()
	k := known()
	k.People = append(k.People, bring.Person{ID: "noor2", Name: "Nóór haddad"})
	l := bring.Sort(read(t, sample.Trello), k, bring.Choices{Names: map[string]string{}})
	if n := l.Names[0]; n.Name != "Noor Haddad" || n.Sure || n.Owner != "me" {
		t.Errorf("two have that name: %+v", n)
	}
}

func TestABoardGoesAlongInAForm(t *testing.T) {
	t.Parallel()
	b := read(t, sample.Trello)
	s, err := b.Pack()
	if err != nil {
		t.Fatal(err)
	}
	again, err := bring.Unpack(s)
	if err != nil {
		t.Fatal(err)
	}
	if x, y := bring.Sort(b, known(), bring.Choices{}), bring.Sort(again, known(), bring.Choices{}); x.Digest != y.Digest || len(x.Items()) != len(y.Items()) {
		t.Error("another board came back")
	}
	for _, wrong := range []string{"", "x", s[:len(s)/2], strings.Repeat("A", 1000)} {
		if _, err := bring.Unpack(wrong); key(err) != "bring.choose_again" {
			t.Errorf("%.20q: %v", wrong, err)
		}
	}
}

func TestWhatDoesNotFitAtOnceWaits(t *testing.T) {
	t.Parallel()
	var tasks []sample.Task
	for i := range bring.MaxAtOnce + 7 {
		tasks = append(tasks, sample.Task{Name: strings.Repeat("a", 3+i), Bucket: "Te doen"})
	}
	b := read(t, sample.Planner(t, "nl", tasks))
	k := known()
	l := bring.Sort(b, k, bring.Choices{})
	if len(l.Items()) != bring.MaxAtOnce || l.Wait != 7 {
		t.Fatalf("%d come, %d wait", len(l.Items()), l.Wait)
	}
	for _, i := range l.Items() {
		k.There[i.Source] = true
	}
	if l = bring.Sort(b, k, bring.Choices{}); len(l.Items()) != 7 || l.Wait != 0 || l.There != bring.MaxAtOnce {
		t.Errorf("the rest: %d, %d wait", len(l.Items()), l.Wait)
	}
}

func TestLinesOfAChecklistThatDoNotFit(t *testing.T) {
	t.Parallel()
	steps := strings.Repeat("een lange regel die je af kunt vinken;", 12)
	b := read(t, sample.Planner(t, "nl", []sample.Task{{ID: "a", Name: "Zet alles klaar", Bucket: "Te doen", Steps: steps, People: "Sem de Boer", Due: "27-03-2026"}, {ID: "b", Name: "x", Bucket: "Te doen"}}))
	l := bring.Sort(b, known(), bring.Choices{})
	same(t, told(l), []string{"todo sem 2026-03-27 | Zet alles klaar", "todo me  | Te doen: x"})
	if l.Steps != 12 || !strings.Contains(l.Items()[0].Rest, "☐ een lange regel") {
		t.Errorf("%d lines, beside %q", l.Steps, l.Items()[0].Rest)
	}
	l = bring.Sort(b, known(), bring.Choices{Steps: true})
	if got := told(l); len(got) != 14 || got[1] != "todo sem 2026-03-27 | Zet alles klaar: een lange regel die je af kunt vinken" {
		t.Errorf("%v", got)
	}
	sources := map[string]bool{}
	for _, i := range l.Items() {
		sources[i.Source] = true
	}
	if len(sources) != 14 {
		t.Errorf("%d sources", len(sources))
	}
}

func TestAColumnThatNobodyKnowsIsSaid(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	for cell, v := range map[string]string{"A1": "Taaknaam", "B1": "Bucketnaam", "C1": "Kosten <b>", "D1": "Prioriteit", "E1": "Taak", "A2": "Zet klaar", "B2": "Te doen", "C2": "12"} {
		if err := book.SetCellValue(book.GetSheetName(0), cell, v); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	b := read(t, raw.Bytes())
	same(t, b.Unread, []string{"Kosten <b>", "Taak"})
	packed, err := b.Pack()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := bring.Unpack(packed); err != nil || len(again.Unread) != 2 {
		t.Errorf("%+v %v", again.Unread, err)
	}
}
