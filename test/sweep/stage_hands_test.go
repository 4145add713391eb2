//go:build browser

package sweep

import (
	"strings"
	"testing"
	"time"

	"leerkring/internal/db"
)

// handsOver lets people be away, hand over, stand in and leave: what stands on a page only while
// somebody else does the work, or before what is asked is done.
func (s *school) handsOver(t *testing.T) []string {
	t.Helper()
	admin, docent := s.person("beheerder"), s.person("docent")
	mail := func(key string) string { return key + "@hetbaken.example" }
	personID := func(key string) string { return s.word(`select id from person where email = $1`, mail(key)) }

	// Lotte is away for a while: Carla has her work, and one thing went back.
	lotte, carla := s.person("lotte"), personID("carla")
	var give []string
	for _, f := range forms(lotte.get(t, "/handover").body) {
		for name := range f.fields {
			if f.action == "/handover" && strings.HasPrefix(name, "to-") {
				give = append(give, name, carla)
			}
		}
	}
	if len(give) < 4 {
		t.Fatalf("Lotte carries %v", give)
	}
	if got := lotte.sends(t, "/handover", "/handover", append(give, "until", time.Now().AddDate(0, 0, 20).Format(time.DateOnly))...); !strings.Contains(got.body, `id="gave"`) {
		t.Fatal("Lotte gave nothing")
	}
	lotte.sends(t, "/handover", "/take-back")
	burgers := s.led(t, lotte, "Burgerschap in elk vak")

	// Daan is away and nobody stands in, so that a member may lead for now.
	s.exec(`update person set away_until_on = $2 where email = $1`, mail("daan"), time.Now().AddDate(0, 0, 9).Format(time.DateOnly))
	alone := s.led(t, docent, "Feedback in elke les")

	// Anouk stands in for Pieter since yesterday; somebody stands in for Jeroen next week.
	pieter, jeroen := "/admin/people/"+personID("pieter"), "/admin/people/"+personID("jeroen")
	day := func(n int) string { return time.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	admin.sends(t, pieter, pieter+"/substitute", "substitute", personID("anouk"), "from_on", day(2), "until_on", day(30))
	s.exec(`update handover set from_on = $2 where kind = 'substitute' and from_id = (select id from person where email = $1)`, mail("pieter"), day(-1))
	s.exec(`update job set run_at = $1 where kind = 'handover.turn'`, time.Now().Add(-time.Minute))
	admin.sends(t, jeroen, jeroen+"/substitute", "substitute", personID("esra"), "from_on", day(7), "until_on", day(30))

	// Noor has her file; the run that erases has stopped and asks.
	docent.sends(t, "/account/leave", "/account/leave/exports")
	s.exec(`insert into retention_run (board_id, at, state, why, people) select board_id, $2, 'stopped', 'many', 14 from person where email = $1
		on conflict (board_id) do update set state = excluded.state, why = excluded.why, people = excluded.people`, mail("noor"), time.Now())
	s.comes(`select count(*) || '' from personal_export where state = 'ready'`, "1")
	s.comes(`select count(*) || '' from handover where kind = 'substitute' and begun_at is not null`, "1")
	near := s.led(t, s.person("anouk"), "Natuurkunde van klas 2 tot 4")
	return []string{"/handover", burgers, burgers + "/people", alone, alone + "/people", near, near + "/people", pieter, jeroen, "/admin/erasures", "/account/leave"}
}

// word is one word of the database.
func (s *school) word(sql string, args ...any) string {
	s.t.Helper()
	d := s.db()
	defer closing(s.t, d)
	is, err := db.One(s.t.Context(), d, sql, db.Str, args...)
	if err != nil {
		s.t.Fatal(err)
	}
	return is
}

// comes waits until a job has done its work.
func (s *school) comes(sql, want string) {
	s.t.Helper()
	is := ""
	for range 600 {
		if is = s.word(sql); is == want {
			return
		}
		<-time.After(50 * time.Millisecond)
	}
	s.t.Fatalf("%s: %q, and never %q", sql, is, want)
}
