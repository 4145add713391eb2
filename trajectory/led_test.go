package trajectory_test

import "testing"

// What somebody leads is told to who may read it, and to nobody else.
func TestWhatSomebodyLeads(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		lead := []string{w.people["lead"]}
		title := w.seen("lead").Title
		got, err := w.walks.LedBy(t.Context(), w.who("lead"), lead)
		w.ok(err)
		if list := got[lead[0]]; len(list) != 1 || list[0] != title {
			t.Errorf("%v", got)
		}
		w.closeIn()
		got, err = w.walks.LedBy(t.Context(), w.who("outsider"), lead)
		w.ok(err)
		if len(got) != 0 {
			t.Errorf("an outsider reads %v", got)
		}
	})
}
