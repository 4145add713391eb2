package trajectory

import "testing"

func TestNobodyLeads(t *testing.T) {
	t.Parallel()
	there, away, closed := Able{Active: true}, Able{Active: true, AwayUntil: "2026-03-30"}, Able{}
	for name, c := range map[string]struct {
		list []Able
		want bool
	}{
		"nobody at all":     {nil, true},
		"the lead is there": {[]Able{there, away}, false},
		"only a stand-in":   {[]Able{away, {Active: true, StandsIn: true}}, false},
		"all are away":      {[]Able{away, away}, true},
		"away or closed":    {[]Able{away, closed}, true},
	} {
		if got := NobodyLeads(c.list, "2026-03-29"); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if NobodyLeads([]Able{away}, "2026-03-30") {
		t.Error("on the day of coming back somebody is there")
	}
}
