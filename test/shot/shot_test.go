package shot

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"leerkring/test/browser"
)

func TestMain(m *testing.M) { browser.Main(m) }

func TestShot(t *testing.T) {
	raw, _ := os.ReadFile("/tmp/lk.out")
	var d struct {
		Address string
		People  []struct{ Role, Sign_in string }
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	b := browser.New(t, d.Address)
	for _, line := range strings.Split(os.Getenv("SHOTS"), ";") {
		f := strings.Fields(line) // role path name [phone] [dark]
		var opts []browser.Option
		for _, o := range f[3:] {
			if o == "phone" {
				opts = append(opts, browser.Phone)
			}
			if o == "dark" {
				opts = append(opts, browser.Dark)
			}
		}
		p := b.Person(f[0]+f[2], opts...)
		if f[0] != "-" {
			for _, x := range d.People {
				if x.Role == f[0] {
					p.Goto(strings.TrimPrefix(x.Sign_in, d.Address))
					p.Click("Ga naar binnen")
				}
			}
		}
		p.Goto(f[1])
		p.Picture(f[2])
		if len(os.Getenv("AXE")) > 0 {
			p.Axe()
		}
	}
}
