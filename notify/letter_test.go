package notify_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/i18n"
	"leerkring/notify"
)

var update = flag.Bool("update", false, "write the golden files anew")

var catalog = i18n.Must(notify.Texts)

const (
	base = "https://leerkring.school.example"
	stop = base + "/mail/stop/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)

var monday = time.Date(2026, 3, 30, 5, 30, 0, 0, time.UTC)

func open(lang string, asked ...notify.Asked) notify.Week {
	return notify.Week{Texts: catalog.Texts(lang, nil, clock.Zone("Europe/Amsterdam")), Today: "2026-03-30", Asked: asked}
}

var (
	answer  = notify.Asked{Text: "Beantwoord één vraag voor ‘Aansluiting klas 3–4’", Voice: "Waar haken leerlingen af?", Why: "De groep wil iedereen horen die het raakt.", Do: "Beantwoord", Link: "/trajectories/a/questions/f1.q1", Minutes: 3, DueOn: "2026-04-02"}
	decide  = notify.Asked{Text: "Kun je verder met ‘Aansluiting klas 3–4’?", Why: "Zonder jouw stem weten we niet of het kan.", Do: "Geef je reactie", Link: "/trajectories/a/decisions/b", Minutes: 2, DueOn: "2026-04-02", Decides: true}
	due     = notify.Asked{Text: "Dit nam je op je", Voice: "haalt drie voorbeelden op", Why: "Je zei dat je dit zou doen.", Do: "Bekijk", Link: "/trajectories/a/meetings/c", Minutes: 10, DueOn: "2026-04-03", Task: true}
	was     = notify.Asked{Text: "Dit nam je op je", Voice: "belt de praktijkopleider", Why: "Je zei dat je dit zou doen.", Do: "Bekijk", Minutes: 10, DueOn: "2026-03-26", Task: true}
	later   = notify.Asked{Text: "Dit nam je op je", Voice: "volgende week pas", Do: "Bekijk", Minutes: 10, DueOn: "2026-04-07", Task: true}
	early   = notify.Asked{Text: "Beantwoord één vraag voor ‘Aansluiting klas 3–4’", Voice: "Waar haken leerlingen af?", Do: "Beantwoord", Link: "/x", Minutes: 3, DueOn: "2026-04-03", LastOn: "2026-03-31"}
	before  = notify.Asked{Text: "Dit nam je op je", Voice: "volgende maandag af, en dan werkt die niet", Do: "Bekijk", Minutes: 10, DueOn: "2026-04-06", LastOn: "2026-03-31", Task: true}
	dayless = notify.Asked{Text: "Dit nam je op je", Voice: "zonder datum", Do: "Bekijk", Minutes: 10, Task: true}
)

// TestTheLetterAsItIsRead holds the letters against files that a person reads.
func TestTheLetterAsItIsRead(t *testing.T) {
	t.Parallel()
	private := open("nl")
	private.Private = true
	both := open("nl", answer, was, due, later, dayless)
	both.Private = true
	busy := open("nl", decide)
	busy.Busy = "toetsweek"
	english := open("en", answer, decide)
	starts, helps, finds := open("nl"), open("nl", answer), open("en", answer)
	starts.Start = &notify.Start{Helper: "Anna Bakker", Read: []string{"Toetsen", "Huiswerk", "Rust in de pauze"}}
	helps.Helps = []string{"Sara", "Tom"}
	finds.Start, finds.Helps = &notify.Start{Read: []string{"Homework"}}, []string{"Tom"}
	for name, c := range map[string]struct {
		week    notify.Week
		subject string
	}{
		"ordinary": {open("nl", answer, decide, due), "Je week: drie dingen, samen vijftien minuten"},
		"one":      {open("nl", answer), "Je week: één ding, drie minuten"},
		"private":  {private, "Je week"},
		"both":     {both, "Je week: drie dingen, samen 23 minuten"},
		"busy":     {busy, "Je week: alleen het besluit van donderdag"},
		"tasks":    {open("nl", was), "Je week: één ding, tien minuten"},
		"partly":   {open("nl", early, before), "Je week: twee dingen, samen dertien minuten"},
		"starts":   {starts, "Je week"},
		"helps":    {helps, "Je week: één ding, drie minuten"},
		"finds":    {finds, "Your week: one thing, three minutes"},
		"english":  {english, "Your week: two things, five minutes in all"},
	} {
		t.Run(name, func(t *testing.T) {
			l := notify.Write(c.week, "Noor Haddad", monday, base, stop)
			if l == nil || l.Subject != c.subject {
				t.Fatalf("%+v", l)
			}
			html, err := l.HTML(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".txt", "Subject: "+l.Subject+"\n\n"+l.Text())
			golden(t, name+".html", html)
			for _, address := range []string{base + "/week", stop, base + "/account/mail"} {
				if !strings.Contains(l.Text(), address) || !strings.Contains(html, address) {
					t.Errorf("%s is not in both", address)
				}
			}
			for _, gone := range []string{"volgende week pas", "zonder datum", "<img", "src=", "@import", "url("} {
				if strings.Contains(l.Text()+html, gone) {
					t.Errorf("it has %q", gone)
				}
			}
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("%s differs (%v); with -update it is written anew. Now:\n%s", name, err, got)
	}
}

func TestNothingToSayIsNoMail(t *testing.T) {
	t.Parallel()
	helped, helps := open("nl"), open("nl")
	helped.Start, helps.Helps = &notify.Start{Helper: "Anna Bakker"}, []string{"Sara"}
	for name, w := range map[string]notify.Week{"nothing": open("nl"), "only what is for later": open("nl", later, dayless), "only who helps": helped, "only whom they help": helps} {
		if l := notify.Write(w, "Noor", monday, base, stop); l != nil {
			t.Errorf("%s: %+v", name, l)
		}
	}
}

func TestAtMostFiveThings(t *testing.T) {
	t.Parallel()
	l := notify.Write(open("nl", answer, answer, decide, was, due, due, due), "Noor", monday, base, stop)
	n := 0
	for _, p := range l.Parts {
		n += len(p.Items)
	}
	if n != 5 || l.Subject != "Je week: vijf dingen, samen 28 minuten" {
		t.Errorf("%d things: %s", n, l.Subject)
	}
}

func TestWhatIsPrivateCountsForNothing(t *testing.T) {
	t.Parallel()
	with, without := open("nl", answer), open("nl", answer)
	with.Private = true
	a, b := notify.Write(with, "Noor", monday, base, stop), notify.Write(without, "Noor", monday, base, stop)
	if a.Subject != b.Subject || a.Lead != b.Lead || strings.Replace(a.Text(), a.Private+"\n\n", "", 1) != b.Text() {
		t.Errorf("%q %q", a.Subject, b.Subject)
	}
}

func TestWordsOfPeopleStayWords(t *testing.T) {
	t.Parallel()
	evil := answer
	evil.Voice = "x\r\n.\r\nBcc: evil@example.com\u2028<script>alert(1)</script>"
	evil.Text = `<img src=x onerror=alert(1)>`
	w := open("nl", evil)
	w.Start, w.Helps = &notify.Start{Helper: evil.Text, Read: []string{evil.Voice}}, []string{evil.Voice}
	l := notify.Write(w, "Noor\r\nBcc: x", monday, base, stop)
	html, err := l.HTML(t.Context())
	if err != nil || strings.Contains(html, "<script") || strings.Contains(html, "<img") {
		t.Errorf("%v\n%s", err, html)
	}
	if strings.Contains(l.Text(), "\n.\r") || strings.Contains(l.Text(), "\nBcc:") || strings.Contains(l.Greeting, "\n") {
		t.Errorf("%q", l.Text())
	}
}

func TestAMailOfTheAfternoonSaysNoGoodMorning(t *testing.T) {
	t.Parallel()
	if l := notify.Write(open("nl", answer), "Noor Haddad", monday.Add(8*time.Hour), base, stop); l.Greeting != "Dag Noor." {
		t.Error(l.Greeting)
	}
	if l := notify.Write(open("en", answer), "Noor Haddad", monday, base, stop); l.Greeting != "Good morning Noor." {
		t.Error(l.Greeting)
	}
}

func TestTextsAreComplete(t *testing.T) {
	t.Parallel()
	if err := i18n.Check(catalog); err != nil {
		t.Error(err)
	}
	if missed := catalog.Missed(); len(missed) > 0 {
		t.Error(missed)
	}
}
