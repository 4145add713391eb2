//go:build browser

package sweep

import (
	"slices"
	"testing"
)

// What the sweep reads from a page by itself is read rightly.

func TestTwinsAreFound(t *testing.T) {
	for body, want := range map[string][]string{
		`<details><summary><h3>Voeg toe</h3></summary><form><button type="submit">Voeg <b>toe</b></button></form></details>`: {"Voeg toe"},
		`<details><summary>Meer</summary><details><summary>Meer</summary></details></details>`:                               {"Meer"},
		`<details><summary>Meer</summary></details><button>Meer</button>`:                                                    nil,
		`<details><summary>Pas aan</summary><button aria-label="Haal weg">Pas aan</button><button>Bewaar</button></details>`: nil,
	} {
		if got := twins(body); !slices.Equal(got, want) {
			t.Errorf("%s: %q", body, got)
		}
	}
}

func TestStatesAreToldApart(t *testing.T) {
	one := markup(`<main><p class="sm g-4">Een</p><p class="g-7 sm">Twee</p></main>`)
	if len(one) != 2 {
		t.Errorf("numbers and words make no other kind of element: %q", one)
	}
	other := markup(`<main><p class="sm g-4">Een</p><p class="g-4 error">Fout</p><input required></main>`)
	if fresh := slices.DeleteFunc(slices.Clone(other), func(m string) bool { return slices.Contains(one, m) }); len(fresh) != 2 {
		t.Errorf("what is new in the second page: %q", fresh)
	}
	kept := choose([]seen{{address: "/a", pattern: "/a", marks: one}, {address: "/b", pattern: "/b", marks: other}, {address: "/c", pattern: "/b", marks: one}})
	if len(kept) != 2 {
		t.Errorf("kept %d pages", len(kept))
	}
}

func TestFormsAreRead(t *testing.T) {
	all := forms(`<form method="post" action="/x"><input type="hidden" name="version" value="2"><textarea name="body">Oud &amp; nieuw</textarea>
		<input type="radio" name="choice" value="a"><select name="who"><option value="1">Een</option><option value="2" selected>Twee</option></select><button name="to" value="end">Stuur</button></form><form action="/search"></form>`)
	if len(all) != 1 || all[0].fields.Encode() != "body=Oud+%26+nieuw&to=end&version=2&who=2" || !slices.Equal(all[0].free, []string{"body"}) || !slices.Equal(all[0].empty, []string{"choice=a"}) {
		t.Errorf("%+v", all)
	}
}
