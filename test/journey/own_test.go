//go:build browser

package journey

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leerkring/test/browser"
)

// TestProofB_ASchoolMakesAWayOfWorkingItsOwn copies a pack, changes a question and minutes,
// sees what differs, publishes, begins with it while an older trajectory keeps its version,
// and takes it to another school as a file.
func TestProofB_ASchoolMakesAWayOfWorkingItsOwn(t *testing.T) {
	dir := t.TempDir()
	s := open(t, "sqlite:"+filepath.Join(dir, "leerkring.db"), "--data", dir)
	marieke := s.comes("kartrekker")
	own, older, source := "", "", ""
	begins := func(address, title string) string {
		marieke.Goto(address)
		marieke.Fill("Hoe noemen jullie het?", title)
		marieke.Fill("Waar gaat het om?", "We willen samen iets kleins proberen.")
		marieke.next("Begin")
		at := trajectoryAt.FindString(marieke.Path())
		if at == "" {
			t.Fatalf("began, and came to %s", marieke.Path())
		}
		return at
	}
	s.step("copies", func() {
		marieke.Goto("/trajectories")
		marieke.Click("Onze eigen werkvormen")
		marieke.See("Hier komen de werkvormen die jullie zelf maken.")
		marieke.Picture("own/none")
		marieke.Click("Maak een eigen werkvorm")
		marieke.Picture("own/new")
		marieke.Axe()
		marieke.Fill("Van welke werkvorm?", "Kleine ronde")
		marieke.Click("Maak een kopie")
		marieke.See("Dit is nu van jullie.")
		own, _, _ = strings.Cut(marieke.Path(), "/edit")
		marieke.Picture("own/pack")
		marieke.Axe()
	})
	s.step("publishes the copy, and begins with it", func() {
		marieke.Click("Geef uit")
		marieke.See("Uitgegeven, versie 1.0.0")
		older = begins("/trajectories/new?method="+strings.TrimPrefix(own, "/own-methods/"), "Eerst zo")
	})
	s.step("changes a question and minutes", func() {
		marieke.Goto(own + "/stages/begin/edit")
		marieke.unfold("Wat proberen we, en in welke les begin jij?")
		marieke.Fill("Tekst", "Wie kijkt er mee in de {klas}?")
		marieke.unfold("Iets erbij om te doen")
		marieke.Picture("own/stage")
		marieke.Axe()
		marieke.next("Bewaar")
		marieke.See("Bewaard.")
		marieke.unfold("Iets erbij om te doen")
		marieke.Fill("Tekst", "Kijk bij elkaar in de {les}.")
		marieke.Fill("Minuten", "20")
		marieke.next("Zet erbij: Iets erbij om te doen")
		marieke.See("Kijk bij elkaar in de les.")
	})
	s.step("something that cannot be comes back as it was typed", func() {
		marieke.unfold("Wie kijkt er mee in de klas?")
		marieke.Fill("Tekst", "Wie kijkt er mee bij de {kinderen}?")
		marieke.next("Bewaar")
		marieke.See("is geen sectorwoord")
		marieke.still("Tekst", "Wie kijkt er mee bij de {kinderen}?")
		marieke.Picture("own/refused")
		marieke.Axe()
		marieke.Goto(own + "/stages/begin/edit")
		marieke.See("Je was hier aan het schrijven.")
		marieke.Click("Laat los wat ik typte")
		marieke.See("Wie kijkt er mee in de klas?")
	})
	s.step("sees what differs", func() {
		marieke.Goto(own + "/differences")
		marieke.See("Anders dan ‘Kleine ronde’")
		marieke.See("Wie kijkt er mee in de klas?")
		marieke.Picture("own/differences")
		marieke.Axe()
	})
	s.step("previews it as a team will see it", func() {
		marieke.Goto(own + "/edit")
		marieke.Click("Bekijk zoals het team het ziet")
		marieke.See("Zo ziet een team het straks.")
		marieke.See("Wie kijkt er mee in de klas?")
		marieke.Picture("own/preview")
		marieke.Axe()
	})
	s.step("publishes; who is under way keeps the version", func() {
		marieke.Goto(own + "/edit")
		marieke.See("Eén traject loopt hiermee. Dat houdt de versie waarmee het begon.")
		marieke.Picture("own/changed")
		marieke.Click("Geef uit")
		marieke.See("Uitgegeven, versie 1.1.0")
		newer := begins("/trajectories/new?method="+strings.TrimPrefix(own, "/own-methods/"), "Nu anders")
		marieke.Goto(newer)
		marieke.See("Wie kijkt er mee in de klas?")
		marieke.Goto(older)
		marieke.See("Wat proberen we, en in welke les begin jij?")
		marieke.NotSee("Wie kijkt er mee in de klas?")
	})
	s.step("keeps it as a file", func() {
		marieke.Goto(own + "/edit")
		source = browser.Eval[string](marieke.Person, `fetch("`+own+`/file").then((r) => r.headers.get("content-disposition").startsWith("attachment") ? r.text() : "")`)
		if !strings.HasPrefix(source, "--- # pack.yaml") {
			t.Fatalf("the file begins with %.60q", source)
		}
		for name, how := range map[string][]browser.Option{"phone": {browser.Phone}, "dark": {browser.Dark}} {
			marieke.Look(how...)
			for page, path := range map[string]string{"pack": own + "/edit", "stage": own + "/stages/begin/edit", "differences": own + "/differences"} {
				marieke.Goto(path)
				marieke.Picture("own/" + page + "-" + name)
				if n := marieke.Sideways(); n > 0 {
					t.Errorf("%s on a %s goes %d pixels sideways", page, name, n)
				}
			}
		}
	})
	dir = t.TempDir()
	there := open(t, "sqlite:"+filepath.Join(dir, "leerkring.db"), "--data", dir)
	noor := there.comes("docent", browser.Phone)
	there.step("another school looks at the file, takes it over, and has it only once", func() {
		file := filepath.Join(dir, "ronde.yaml")
		for i, says := range []string{"Dit wordt een nieuwe eigen werkvorm van je school.", "Deze werkvorm heb je al, woord voor woord."} {
			if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
				t.Fatal(err)
			}
			noor.Goto("/own-methods/new")
			noor.Upload("Welk bestand?", file)
			noor.Click("Kijk wat dit bestand doet")
			noor.See(says)
			noor.Picture("own/look" + []string{"", "-same"}[i])
			noor.Axe()
			if i == 0 {
				noor.Click("Neem over")
				noor.See("Overgenomen.")
				noor.See("Nog niet uitgegeven")
			}
		}
	})
	there.step("a broken file says where, and what to do", func() {
		file := filepath.Join(dir, "kapot.yaml")
		if err := os.WriteFile(file, []byte(strings.Replace(source, "weeks: 6", "weekz: 6", 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		noor.Goto("/own-methods/new")
		noor.Upload("Welk bestand?", file)
		noor.Click("Kijk wat dit bestand doet")
		noor.See("Bedoel je ‘weeks’?")
		noor.Picture("own/broken")
		noor.Axe()
	})
}
