//go:build browser

package journey

import (
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
	"time"

	"leerkring/test/browser"
)

// TestProofA_APhotoOfTheFlipOver puts a photo beside an answer on a phone and sees it in the
// thread, where a colleague who is looking sees it come in too.
func TestProofA_APhotoOfTheFlipOver(t *testing.T) {
	each(t, func(t *testing.T, s *school) {
		marieke := s.comes("kartrekker")
		at := marieke.begins("Van 3 naar 4 havo/vwo", "Wie in 3 goed meekomt, loopt in 4 vast bij grotere vragen.", "")
		marieke.asks(at, "Noor Haddad", "Lid van de groep", "mens en maatschappij")
		marieke.Goto(at + "/questions/f1.q1")
		noor := s.comes("docent", browser.Phone)
		board, text := aBoard(t), filepath.Join(t.TempDir(), "foto.jpg")
		if err := os.WriteFile(text, []byte("<svg onload=alert(1)>"), 0o600); err != nil {
			t.Fatal(err)
		}
		s.step("a file that is no photo", func() {
			noor.Goto(at + "/questions/f1.q1")
			noor.unfold("Geef jouw antwoord")
			noor.Fill("Wat zeg jij?", "Dit hing na het uur aan de wand.")
			noor.unfold("Foto erbij")
			noor.Picture("photo/form")
			noor.Upload("Foto van het bord of de flip-over", text)
			noor.Fill("Wat staat erop?", "Drie pijlen naar het midden")
			noor.next("Voeg toe")
			noor.refused("Foto van het bord of de flip-over")
			noor.still("Wat zeg jij?", "Dit hing na het uur aan de wand.")
			noor.still("Wat staat erop?", "Drie pijlen naar het midden")
			noor.Picture("photo/refused")
			noor.Axe()
		})
		s.step("a photo without words for it: the photo stays", func() {
			noor.Upload("Foto van het bord of de flip-over", board)
			noor.Fill("Wat staat erop?", "")
			noor.next("Voeg toe")
			noor.refused("Wat staat erop?")
			noor.See("Je foto staat klaar")
			noor.Picture("photo/waiting")
		})
		s.step("with its words", func() {
			noor.Fill("Wat staat erop?", "Drie pijlen naar het midden")
			noor.next("Voeg toe")
			noor.See("Je bijdrage staat erbij")
			noor.Goto(at + "/questions/f1.q1")
			noor.shows("Drie pijlen naar het midden")
			noor.Picture("photo/thread")
			if n := noor.Sideways(); n > 0 {
				t.Errorf("the page is %d pixels too wide", n)
			}
			noor.Axe()
		})
		s.step("a colleague sees it come in, and on paper", func() {
			marieke.shows("Drie pijlen naar het midden")
			marieke.Paper("photo/paper")
		})
		s.step("taken away again", func() {
			noor.Click("Reageer")
			noor.shows("Drie pijlen naar het midden")
			noor.unfold("Foto erbij")
			noor.Picture("photo/one")
			noor.Click("Haal foto 1 weg")
			noor.See("De foto is weg")
			noor.See("Dit hing na het uur aan de wand.")
			if noor.pictures("Drie pijlen naar het midden") != 0 {
				t.Error("it is still there")
			}
		})
	})
}

// pictures counts the photos with these words that have really come, in their own size.
func (p *person) pictures(alt string) int {
	p.t.Helper()
	return browser.Eval[int](p.Person, `[...document.querySelectorAll("main img")].filter((i) => i.alt === "`+alt+`" && i.complete && i.naturalWidth === 1200).length`)
}

// shows waits until a photo with these words has come.
func (p *person) shows(alt string) {
	p.t.Helper()
	for range 100 {
		// It is only fetched once it comes near the screen.
		browser.Eval[bool](p.Person, `(document.querySelector("main img")?.scrollIntoView({block: "center"}), true)`)
		if p.pictures(alt) == 1 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	p.t.Errorf("%s shows no photo with the words %q", p.Path(), alt)
}

// aBoard is a photo of a flip-over, as large as a phone makes it when asked for little.
func aBoard(t *testing.T) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 1200, 900))
	for y := range 900 {
		for x := range 1200 {
			c := color.RGBA{236, 236, 230, 255}
			if d := (x-600)*(x-600) + (y-450)*(y-450); d > 90000 && d < 96000 || y%300 < 6 {
				c = color.RGBA{30, 60, 150, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	path := filepath.Join(t.TempDir(), "IMG_2031.jpg")
	f, err := os.Create(path)
	if err == nil {
		err = jpeg.Encode(f, m, nil)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}
