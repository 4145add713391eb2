package author_test

import (
	"strings"
	"testing"

	"leerkring/authoring"
	"leerkring/writing"
)

// types keeps what somebody is typing, as the script of the page does.
func (w *town) types(name, key string, fields writing.Body) {
	w.t.Helper()
	_, err := w.House.Drafts.Save(w.t.Context(), w.people[name], key, fields)
	w.ok(err)
}

// What somebody types and does not save stands there again for them alone, goes along with what a
// colleague saves meanwhile, and is gone once it is saved.
func TestWhatIsTypedStandsThereAgain(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := w.copied("noor", "incidentmethode")
		id, stage := strings.TrimPrefix(at, "/own-methods/"), at+"/stages/kiezen"
		key := authoring.DraftKey(id, "kiezen", 1)
		w.Get(w.people["noor"], stage+"/edit").Has(t, `data-draft="`+key+`"`, `data-sum="live.minutes" data-sum-rest="70"`, "Samen 75 minuten")
		w.types("noor", key, writing.Body{"aim.nl": "Half af", "live.minutes": "9", "live.prompts.new.text.nl": "En verder"})
		again := w.Get(w.people["noor"], stage+"/edit")
		again.Has(t, "Half af", "En verder", "Je was hier aan het schrijven.", "Samen 79 minuten")
		w.Get(w.people["noor"], at+"/edit").Has(t, `id="waiting"`, stage+"/edit", "Samen 75 minuten")
		theirs := w.Get(w.people["daan"], stage+"/edit")
		theirs.Lacks(t, "Half af", "Je was hier aan het schrijven.")
		w.Post(w.people["noor"], at+"/publish", "version", "1").Has(t, "Je was nog aan het typen.")

		w.done("daan", "author_saved", stage, with(w.fields("daan", stage+"/edit"), "asks.nl", "welk moment?")...)
		form := w.fields("noor", stage+"/edit")
		w.done("noor", "author_saved", stage, form...)
		saved := w.Get(w.people["noor"], stage+"/edit")
		saved.Has(t, "Half af", "En verder", "welk moment?")
		saved.Lacks(t, "Je was hier aan het schrijven.")
		left, err := w.House.Drafts.Under(t.Context(), w.people["noor"], authoring.TypingIn(id))
		if w.ok(err); len(left) != 0 {
			t.Errorf("saved, and there is still %v", left)
		}
		w.done("noor", "author_published", at+"/publish", "version", "3")
	})
}

func TestWhatIsTypedIsLetGo(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := w.copied("noor", "kleine-ronde")
		id, stage := strings.TrimPrefix(at, "/own-methods/"), at+"/stages/begin"
		w.types("noor", authoring.DraftKey(id, "begin", 1), writing.Body{"aim.nl": "Toch niet"})
		w.types("daan", authoring.DraftKey(id, "begin", 1), writing.Body{"aim.nl": "Van Daan"})
		w.types("noor", authoring.DraftKey(id, "gone", 1), writing.Body{"aim.nl": "Deze stap is er niet"})
		w.types("noor", authoring.DraftKey(id, "begin", 99), writing.Body{"aim.nl": "Deze versie is er niet"})
		w.Get(w.people["noor"], stage+"/edit").Has(t, "Toch niet", "Laat los wat ik typte")
		w.done("noor", "author_forgotten", stage, "do", "forget", "version", "1")
		w.Get(w.people["noor"], stage+"/edit").Lacks(t, "Toch niet", "Je was hier aan het schrijven.", "Deze versie is er niet")
		w.Get(w.people["daan"], stage+"/edit").Has(t, "Van Daan")
		w.done("noor", "author_published", at+"/publish", "version", "1")
	})
}
