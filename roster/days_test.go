package roster

import "testing"

func TestWorkingDaysAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"ma di do": "1 2 4", "ma, di, do": "1 2 4", "MA/DI/DO": "1 2 4", "maandag en woensdag": "1 3", "ma-wo": "1 2 3", "ma t/m do": "1 2 3 4", "ma t.m. vr": "1 2 3 4 5",
		"ma tot en met vr": "1 2 3 4 5", "Mon-Fri": "1 2 3 4 5", "monday, thursday": "1 4", "tue to thu": "2 3 4", "1-5": "1 2 3 4 5", "1,2,4": "1 2 4", "1 2": "", "1 2 3": "1 2 3",
		"voltijd": "1 2 3 4 5", "elke dag": "1 2 3 4 5", "madido": "1 2 4", "ma + di": "1 2", "di–do": "2 3 4", "vr": "5", "ma di wo do vr": "1 2 3 4 5",
		// These can mean two things.
		"ma-wo, ½ vr": "", "0,8": "", "0.6": "", "4": "", "4 dagen": "", "1,5": "", "vr-ma": "", "ma ochtend": "", "1-mei": "", "01-05-2024": "", "45413": "", "2024-05-01": "", "?": "", "za": "", "ma-": "", "5-1": "", "3-3": "", "maandag tot": "",
	} {
		w := ReadDays(text)
		got := ""
		if w.Sure {
			got = DaysText(w.Days)
		}
		if got != want || w.Text != text {
			t.Errorf("%q: sure %v, %v", text, w.Sure, w.Days)
		}
	}
	for text, want := range map[string]string{"ma-wo, ½ vr": "1 2 3 5", "45413": "1 2 3 4 5", "1-mei": "1 2 3 4 5", "01-05-2024": "1 2 3 4 5", "2024-05-01": "1 2 3 4 5", "ma ochtend": "1", "0,8": ""} {
		if got := DaysText(ReadDays(text).Days); got != want {
			t.Errorf("%q might be %q, not %q", text, got, want)
		}
	}
	if w := ReadDays("  "); w.Said() {
		t.Error("an empty cell says something")
	}
}

func FuzzWorkingDays(f *testing.F) {
	for _, s := range []string{"ma di do", "1-5", "ma-wo, ½ vr", "45413", "tot en met", "\x00", "ma-ma-ma"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w := ReadDays(s)
		for i, d := range w.Days {
			if d < 1 || d > 5 || i > 0 && w.Days[i-1] >= d {
				t.Fatalf("%q gives %v", s, w.Days)
			}
		}
		if w.Sure && len(w.Days) == 0 {
			t.Fatalf("%q is sure of nothing", s)
		}
	})
}
