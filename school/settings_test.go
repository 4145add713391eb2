package school_test

import (
	"context"
	"testing"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
)

func TestSettingsOfASchool(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		told := 0
		also := func(context.Context, *db.Tx) error { told++; return nil }
		n := school.Settings{Name: "Het Nieuwe Baken", Sector: school.Flanders, Language: "en", ChangeCap: 3, Colour: school.Green, Words: map[string]string{"docent": " coach ", "klas": ""}}
		set := func(who, id string, version int, n school.Settings) error {
			return w.schools.Settle(t.Context(), w.who(who), id, version, n, also)
		}
		w.ok(set("admin", w.id, 1, n))
		sc, err := w.schools.School(t.Context(), w.who("noor"), w.id)
		w.ok(err)
		if sc.Name != n.Name || sc.Zone != "Europe/Brussels" || sc.ChangeCap != 3 || sc.Colour != school.Green || len(sc.Words) != 1 || sc.Words["docent"] != "coach" || sc.Version != 2 {
			t.Errorf("%+v", sc)
		}
		if told != 1 || w.last("school", w.id).Kind != "school.changed" {
			t.Errorf("told %d times", told)
		}
		w.refused("form.changed_meanwhile", func() error { return set("admin", w.id, 1, n) })
		for _, who := range []string{"leader", "noor", "outsider"} {
			w.refused("absent", func() error { return set(who, w.id, 2, n) })
		}
		for key, bad := range map[string]school.Settings{
			"school.change_cap":     {Name: "Het Baken", Sector: school.Secondary, Language: "nl", ChangeCap: 10},
			"school.name_length":    {Name: "H", Sector: school.Secondary, Language: "nl", ChangeCap: 2},
			"school.sector_unknown": {Name: "Het Baken", Sector: "hbo", Language: "nl", ChangeCap: 2},
			"school.colour_unknown": {Name: "Het Baken", Sector: school.Secondary, Language: "nl", ChangeCap: 2, Colour: "pink"},
			"school.own_word":       {Name: "Het Baken", Sector: school.Secondary, Language: "nl", ChangeCap: 2, Words: map[string]string{"klas": "{klas}"}},
		} {
			w.refused(key, func() error { return set("admin", w.id, 2, bad) })
		}
		if told != 1 {
			t.Error("a refusal told another room")
		}
	})
}

func TestTheVisionKeepsItsOldSentences(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.vision("Taal opent deuren")
		f, err := w.schools.Suggest(t.Context(), w.who("noor"), school.NewFocus{SchoolID: w.id, Title: "Lezen in elke les", VisionLineID: id})
		w.ok(err)
		w.refused("absent", func() error { return w.schools.ReplaceVisionLine(t.Context(), w.who("noor"), w.id, id, "Anders") })
		w.refused("absent", func() error { return w.schools.RetireVisionLine(t.Context(), w.who("admin"), w.id, id) })
		w.refused("absent", func() error { return w.schools.RetireVisionLine(t.Context(), w.who("leader"), w.id, newID()) })
		w.refused("school.vision_length", func() error { return w.schools.ReplaceVisionLine(t.Context(), w.who("leader"), w.id, id, "A") })
		w.ok(w.schools.ReplaceVisionLine(t.Context(), w.who("leader"), w.id, id, "Taal opent elke deur"))
		lines, err := w.schools.Vision(t.Context(), w.who("noor"), w.id)
		w.ok(err)
		if len(lines) != 1 || lines[0].Body != "Taal opent elke deur" || lines[0].Version != 2 {
			t.Fatalf("%+v", lines)
		}
		if f, err = w.schools.FocusByID(t.Context(), w.who("noor"), f.ID); err != nil || f.VisionLineID != lines[0].ID {
			t.Errorf("the focus point is tied to %q: %v", f.VisionLineID, err)
		}
		w.ok(w.schools.RetireVisionLine(t.Context(), w.who("leader"), w.id, lines[0].ID))
		w.refused("absent", func() error { return w.schools.RetireVisionLine(t.Context(), w.who("leader"), w.id, lines[0].ID) })
		if n := w.count(`select count(*) from vision_line where school_id = $1`, w.id); n != 2 {
			t.Errorf("%d sentences are kept", n)
		}
	})
}

func TestSuggestingAFocusPoint(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		f, err := w.schools.Suggest(t.Context(), w.who("noor"), school.NewFocus{SchoolID: w.id, Title: "Lezen in elke les", TrajectoryID: newID()})
		w.ok(err)
		if f.State != school.Proposed || f.TrajectoryID != "" || f.ProposedBy != w.people["noor"] {
			t.Errorf("%+v", f)
		}
		w.refused("absent", func() error {
			_, err := w.schools.Suggest(t.Context(), w.who("outsider"), school.NewFocus{SchoolID: w.id, Title: "Van buiten"})
			return err
		})
		w.refused("absent", func() error {
			_, err := w.schools.Suggest(t.Context(), w.who("noor"), school.NewFocus{SchoolID: w.id, Title: "Met een vreemde zin", VisionLineID: newID()})
			return err
		})
		w.refused("school.focus_title", func() error {
			_, err := w.schools.Suggest(t.Context(), w.who("noor"), school.NewFocus{SchoolID: w.id, Title: "L"})
			return err
		})
	})
}

func TestEveryRegionHasItsHolidays(t *testing.T) {
	t.Parallel()
	for _, region := range school.Regions {
		list, err := school.HolidaysOf(region)
		if err != nil {
			t.Fatal(err)
		}
		summers := 0
		for i, p := range list {
			if p.To < p.From || p.From.Days(p.To) > 70 || p.Kind != school.Holiday || p.Name == "" {
				t.Errorf("%s: %+v", region, p)
			}
			if i > 0 && p.From <= list[i-1].To {
				t.Errorf("%s: %s begins before %s ends", region, p.Name, list[i-1].Name)
			}
			if p.Name == "zomervakantie" {
				summers++
			}
		}
		if summers < 4 {
			t.Errorf("%s: %d summers", region, summers)
		}
	}
}

func TestHolidaysOfARegionAreTakenOver(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		own := school.Period{Kind: school.Holiday, Name: "Onze meivakantie", From: "2026-04-20", To: "2026-04-29"}
		w.ok(w.schools.AddPeriods(t.Context(), w.who("admin"), w.id, []school.Period{own}))
		w.refused("absent", func() error { _, err := w.schools.TakeHolidays(t.Context(), w.who("noor"), w.id, "midden"); return err })
		w.refused("form.choose", func() error { _, err := w.schools.TakeHolidays(t.Context(), w.who("admin"), w.id, "mars"); return err })
		n, err := w.schools.TakeHolidays(t.Context(), w.who("leader"), w.id, "midden")
		w.ok(err)
		c, err := w.schools.Calendar(t.Context(), w.id)
		w.ok(err)
		if n < 15 || len(c.Periods) != n+1 || c.Periods[0] != (school.Period{ID: c.Periods[0].ID, Kind: school.Holiday, Name: own.Name, From: own.From, To: own.To}) {
			t.Errorf("%d added, %d there, first %+v", n, len(c.Periods), c.Periods[0])
		}
		for _, p := range c.Periods {
			if p.To < clock.Date("2026-03-19") {
				t.Errorf("%s is over", p.Name)
			}
		}
		if again, err := w.schools.TakeHolidays(t.Context(), w.who("admin"), w.id, "zuid"); err != nil || again > 2 {
			t.Errorf("another region added %d beside what is there: %v", again, err)
		}
		w.ok(w.schools.AddYear(t.Context(), w.who("admin"), w.id, school.Year{Name: "2026–2027", Starts: "2026-08-01", Ends: "2027-07-31"}))
		c, err = w.schools.Calendar(t.Context(), w.id)
		w.ok(err)
		w.refused("absent", func() error { return w.schools.RemoveYear(t.Context(), w.who("noor"), w.id, c.Years[0].ID) })
		w.refused("absent", func() error { return w.schools.RemoveYear(t.Context(), w.who("outsider"), w.otherID, c.Years[0].ID) })
		w.ok(w.schools.RemoveYear(t.Context(), w.who("admin"), w.id, c.Years[0].ID))
	})
}
