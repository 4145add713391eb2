package admin_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/internal/db"
	"leerkring/roster"
	"leerkring/web/room/roomtest"
)

const pasted = "Naam; E-mail; Vak; Team\nBo Berg; bo@baken.example; Frans; Sectie wiskunde\nNoor Haddad; noor@baken.example; ; Sectie wiskunde\nSanne Bakker; ; Frans\nMo El Amrani; mo@baken.example; ; OB HV\nIlse Brand; leader@baken.example"

// named finds the value of a hidden field, or the name of a field that begins so.
func named(t *testing.T, body, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("no %s in the page", pattern)
	}
	return m[1]
}

func digestOf(t *testing.T, r roomtest.Reply) string {
	return named(t, r.Body, `name="digest" value="([0-9a-f]{64})"`)
}

func (w *desk) looks(fields ...string) roomtest.Reply {
	w.t.Helper()
	return w.Post(w.people["admin"], "/admin/people/list", fields...)
}

// brings looks at a list and does it.
func (w *desk) brings(said string, fields ...string) {
	w.t.Helper()
	w.done("admin", said, "/admin/people/list/apply", append(fields, "digest", digestOf(w.t, w.looks(fields...)))...)
}

func TestAListIsShownBeforeItComesIn(t *testing.T) {
	w := open(t)
	before := w.count(`select count(*) from journal`)
	page := w.looks("people", pasted)
	page.Has(t, "er is nog niets veranderd", "Er staat geen mailadres bij", "Teams die we niet kennen", "OB HV", "Maak dit team", "2 regels zijn duidelijk.", "2 blijven wachten.", "Zet 2 regels door", "Dag Bo Berg, Bea Heer van Het Baken", "meedoet in Sectie wiskunde", "5 regels gelezen.")
	if after := w.count(`select count(*) from journal`); after != before || w.count(`select count(*) from person where email = 'bo@baken.example'`) != 0 {
		t.Error("looking changed something")
	}
	digest := digestOf(t, page)
	if text := named(t, page.Body, `(?s)<textarea[^>]*>([^<]*)</textarea>`); !strings.Contains(text, "\nNoor Haddad") {
		t.Errorf("the list goes along as %q", text)
	}
	again := w.Post(w.people["admin"], "/admin/people/list/apply", "people", pasted+"\nCas Bo; cas@baken.example", "digest", digest, "when", "now")
	again.Has(t, "Er is net iets veranderd", "Zet 3 regels door")
	if again.Status != http.StatusConflict {
		t.Errorf("status %d", again.Status)
	}
	w.done("admin", "admin_brought_invited", "/admin/people/list/apply", "people", pasted, "digest", digest, "when", "now")
	if len(w.post.letters) != 1 || w.post.letters[0].Email != "bo@baken.example" || w.post.letters[0].Teams != "Sectie wiskunde" || w.post.letters[0].School != "Het Baken" {
		t.Errorf("letters %+v", w.post.letters)
	}
	w.looks("people", pasted).Has(t, "Zet door wat je net koos")
	w.looks("people", "").Has(t, "Plak eerst een lijst")
	w.looks("people", "<script>alert(1)</script>; x@y.example; =1+1").Lacks(t, "<script>alert")
	w.Lang = "en"
	w.looks("people", pasted+"\nCas Bo; cas@baken.example").Has(t, "nothing has changed yet", "Go ahead with 1 line")
}

func TestWhatIsUnclearIsMendedOnThePage(t *testing.T) {
	w := open(t)
	list := strings.Replace(pasted, "Noor Haddad; noor@baken.example; ; Sectie wiskunde\n", "", 1) + "\nFenna de Vries; fenna@baken.example\nN. Haddad; noor2@baken.example"
	list = strings.Replace(list, "Team\n", "Team; Werkdagen\n", 1)
	list = strings.Replace(list, "fenna@baken.example", "fenna@baken.example; ; ; ma-wo, ½ vr", 1)
	page := w.looks("people", list)
	mail, team := named(t, page.Body, `name="(e-[0-9a-f]+)"`), named(t, page.Body, `name="(t-[0-9a-f]+)"`)
	days, same := named(t, page.Body, `name="(d-[0-9a-f]+)"`), named(t, page.Body, `name="(s-[0-9a-f]+)"`)
	page.Has(t, "‘ma-wo, ½ vr’ is niet duidelijk", "Noor Haddad staat er al, met een ander mailadres", "4 blijven wachten.")
	fields := []string{"people", list, mail, "sanne@baken.example", team, roster.MakeIt, days, "1", days, "3", "k-" + days[2:], "true", same, w.people["noor"]}
	mended := w.looks(fields...)
	mended.Has(t, "Zet 5 regels door", `value="sanne@baken.example"`, "noor2@baken.example", `value="make" selected`)
	mended.Lacks(t, "blijven wachten")
	w.door.fresh = false
	refused := w.Post(w.people["admin"], "/admin/people/list/apply", append(fields, "digest", digestOf(t, page))...)
	refused.Has(t, "Laat eerst zien dat jij het bent", `value="sanne@baken.example"`, "/account/confirm")
	if w.count(`select count(*) from person where email = 'sanne@baken.example'`) != 0 {
		t.Error("something happened before the admin showed who it is")
	}
	w.door.fresh = true
	w.done("admin", "admin_brought", "/admin/people/list/apply", append(fields, "digest", digestOf(t, page))...)
	for sql, want := range map[string]int{
		`select count(*) from person where name = 'Sanne Bakker' and email = 'sanne@baken.example' and state = 'invited'`:                                           1,
		`select count(*) from team where name = 'OB HV'`:                                                                                                            1,
		`select count(*) from team_member m join team t on t.id = m.team_id join person p on p.id = m.person_id where t.name = 'OB HV' and p.name = 'Mo El Amrani'`: 1,
		`select count(*) from person where name = 'Fenna de Vries' and working_days = '[1,3]'`:                                                                      1,
		`select count(*) from person where name = 'Noor Haddad' and email = 'noor2@baken.example'`:                                                                  1,
		`select count(*) from role`: 4,
	} {
		if n := w.count(sql); n != want {
			t.Errorf("%d for %s", n, sql)
		}
	}
	if len(w.post.letters) != 1 || w.post.letters[0].Email != "noor@baken.example" { // the old address is told; nobody was invited yet
		t.Errorf("%+v", w.post.letters)
	}
	w.looks("people", list).Lacks(t, "list/apply", "Nog onduidelijk")
}

func TestColumnsThatAreUnclearAreAsked(t *testing.T) {
	w := open(t)
	list := "Kamer;Wie;Post\n1;Bo Berg;bo@baken.example\n2;Cas Bo;cas@baken.example"
	page := w.looks("people", list, "col-0", "nothing", "col-1", "nothing", "col-2", "nothing")
	page.Has(t, "We zien niet in welke kolom de namen staan", `name="col-1"`, "bewaren we niet")
	page.Lacks(t, "Als je dit doorzet")
	w.looks("people", list, "col-0", "nothing", "col-1", "name", "col-2", "email").Has(t, "2 regels zijn duidelijk.", `value="name" selected`)
}

func TestAFileGoesBeforeTheBox(t *testing.T) {
	w := open(t)
	upload := func(path string, file []byte, fields ...string) roomtest.Reply {
		sent := map[string]string{}
		for i := 0; i < len(fields); i += 2 {
			sent[fields[i]] = fields[i+1]
		}
		return w.Upload(w.people["admin"], path, file, sent)
	}
	csv := upload("/admin/people/list", []byte("Naam;E-mail\nBo Berg;bo@baken.example"), "people", "wat er stond")
	csv.Has(t, "Bo Berg\tbo@baken.example", "Zet 1 regel door")
	csv.Lacks(t, "wat er stond")
	book, err := roster.Workbook([][]string{{"Naam", "E-mail"}, {"=HYPERLINK(1)", "bo@baken.example"}})
	w.ok(err)
	upload("/admin/people/list", book).Has(t, "=HYPERLINK(1)\tbo@baken.example")
	if r := upload("/admin/people/list/apply", book, "digest", "x"); r.Location != "" || w.count(`select count(*) from person where email = 'bo@baken.example'`) != 0 {
		t.Errorf("a file that nobody looked at came in: %q", r.Location)
	}
	upload("/admin/people/list", []byte("%PDF-1.7 niets"), "people", "wat er stond").Has(t, "Dit is geen lijst die we kunnen lezen", "wat er stond")
}

func TestWhatWaitsIsAFileToMend(t *testing.T) {
	w := open(t)
	r := w.Post(w.people["admin"], "/admin/people/list/rest", "people", pasted)
	sheet, err := roster.ReadFile([]byte(r.Body))
	w.ok(err)
	text := sheet.Text()
	for _, part := range []string{"Regel\tWat maak je goed?\tNaam\tE-mail", "4\tEr staat geen mailadres bij. Vul het hier in, of in je lijst.\tSanne Bakker", "5\t‘OB HV’ kennen we niet."} {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in %s", part, text)
		}
	}
	if strings.Contains(text, "Bo Berg") {
		t.Error("who is clear is in the file")
	}
	w.looks("people", strings.Replace(text, "Sanne Bakker\t", "Sanne Bakker\tsanne@baken.example", 1)).Has(t, "regel is duidelijk")
}

func TestInvitationsWaitForMonday(t *testing.T) {
	w := open(t)
	w.looks("people", pasted).Has(t, "Op ma 23 maart om 7.30 uur")
	w.Post(w.people["admin"], "/admin/people/list/apply", "people", pasted, "digest", digestOf(t, w.looks("people", pasted)), "when", "day", "on", "2026-03-19").Has(t, "Kies een dag na vandaag", "Zet 2 regels door")
	w.brings("admin_brought_later", "people", pasted, "when", "monday")
	monday := time.Date(2026, 3, 23, 6, 30, 0, 0, time.UTC)
	if l := w.post.letters; len(l) != 1 || !l[0].At.Equal(monday) || !l[0].EndsAt.Equal(monday.AddDate(0, 0, 14)) {
		t.Fatalf("%+v", l)
	}
	w.Get(w.people["admin"], "/admin?show=invited").Has(t, "Bo Berg", "Nodig iedereen nog eens uit")
	w.done("admin", "admin_invited_again", "/admin/people/invite")
	if len(w.post.letters) != 1 {
		t.Error("a letter that is still to leave was followed by another")
	}
	w.clock.Move(5 * 24 * time.Hour)
	w.done("admin", "admin_invited_again", "/admin/people/invite")
	w.done("admin", "admin_invited_again", "/admin/people/invite")
	if l := w.post.letters; len(l) != 2 || l[1].Email != "bo@baken.example" {
		t.Errorf("%d letters", len(l))
	}
	w.Get(w.people["privacy"], "/admin?show=invited").Lacks(t, "Nodig iedereen nog eens uit")
}

func TestWhoLeavesAndComesBackOnThePage(t *testing.T) {
	w := open(t)
	both := "Naam; E-mail\nBo Berg; bo@baken.example\nCas Bo; cas@baken.example"
	w.brings("admin_brought", "people", both, "when", "later")
	bo, err := db.One(t.Context(), w.d, `select id from person where email = 'bo@baken.example'`, db.Str)
	w.ok(err)
	less := "Naam; E-mail\nCas Bo; cas@baken.example"
	w.looks("people", less).Has(t, "Staan niet in je lijst", `name="l-`+bo+`"`, "Gaat weg")
	w.brings("admin_brought", "people", less)
	if w.count(`select count(*) from person where id = $1 and state = 'suspended'`, bo) != 0 {
		t.Fatal("somebody left whom nobody sent away")
	}
	w.brings("admin_brought", "people", less, "l-"+bo, "leaves")
	if w.count(`select count(*) from person where id = $1 and state = 'suspended'`, bo) != 1 {
		t.Fatal("who leaves is still there")
	}
	w.looks("people", both).Has(t, "Komt terug, met het eigen account")
	w.brings("admin_brought", "people", both)
	if w.count(`select count(*) from person where email = 'bo@baken.example' and id = $1 and state = 'invited'`, bo) != 1 {
		t.Error("who comes back has not the own account")
	}
}
