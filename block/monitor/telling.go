package monitor

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/writing"
)

// Total is what the group counted together: so many of so many. It holds no persons.
type Total struct {
	Yes, Of int
}

// Half reports whether it was at least half.
func (t Total) Half() bool { return t.Of > 0 && 2*t.Yes >= t.Of }

// Share is the part that it was, from 0 to 1.
func (t Total) Share() float64 {
	if t.Of == 0 {
		return 0
	}
	return float64(t.Yes) / float64(t.Of)
}

// less reports whether it is a smaller part than another, without rounding.
func (t Total) less(than Total) bool { return t.Yes*than.Of < than.Yes*t.Of }

// Follows is what comes of a moment.
type Follows string

// What can follow. Adjusting itself is done in the plan.
const (
	Nothing Follows = "nothing"
	Help    Follows = "help"
	Adjust  Follows = "adjust"
)

// AllFollows are all of them, in the order in which they are offered.
var AllFollows = []Follows{Nothing, Help, Adjust}

// Found is how it was to find help, as the group says it: nobody is listed.
type Found string

// Whether help was found; "" when it was not talked about.
const (
	FoundYes    Found = "met"
	FoundPartly Found = "partly"
	FoundNot    Found = "open"
)

// AllFound are all answers, in the order in which they are offered.
var AllFound = []Found{FoundYes, FoundPartly, FoundNot}

// Telling is what the group says at a moment.
type Telling struct {
	On       clock.Date
	Totals   map[string]Total // by indicator; what was not counted is not in it
	Seen     string           // in pupils; groups, no names
	Helped   string           // what helped when it worked
	Hindered string           // what got in the way
	Follows  Follows
	Next     string // what exactly follows
	Rival    string // what else could explain it
	Convince string // what would convince us
	Found    Found
}

// maxTold is how long each text of a telling can be.
const maxTold = 1000

// mostCounted is the largest number that a group counts in five minutes.
const mostCounted = 9999

// named is one text of a telling with the name of its field.
type named struct {
	name string
	text *string
}

// texts are the fields of a telling that hold words, in the order of the form.
func (t *Telling) texts() []named {
	return []named{{"helped", &t.Helped}, {"seen", &t.Seen}, {"hindered", &t.Hindered}, {"next", &t.Next}, {"rival", &t.Rival}, {"convince", &t.Convince}}
}

// Check refuses a telling in which nothing was said, and totals that cannot be.
func (t Telling) Check() error {
	var refused []error
	words := false
	for _, x := range t.texts() {
		words = words || strings.TrimSpace(*x.text) != ""
		refused = append(refused, fits(x.name, *x.text, maxTold))
	}
	for _, id := range slices.Sorted(maps.Keys(t.Totals)) {
		total := t.Totals[id]
		switch {
		case total.Of < 1 || total.Of > mostCounted || total.Yes < 0:
			refused = append(refused, errs.Invalid("monitor.total_of").On("of-"+id))
		case total.Yes > total.Of:
			refused = append(refused, errs.Invalid("monitor.total_more", "of", total.Of).On("yes-"+id))
		}
	}
	if t.Follows != "" && !slices.Contains(AllFollows, t.Follows) {
		refused = append(refused, errs.Invalid("form.choose").On("follows"))
	}
	if t.Found != "" && !slices.Contains(AllFound, t.Found) {
		refused = append(refused, errs.Invalid("form.choose").On("found"))
	}
	if !words && len(t.Totals) == 0 {
		refused = append(refused, errs.Invalid("monitor.told_nothing").On("seen"))
	}
	return errs.Join(refused...)
}

const countPrefix = "count."

// words are all of a telling as one text, totals included, so that a correction and a
// clash keep both.
func (t Telling) words() writing.Body {
	b := writing.Body{}
	put := func(name, text string) {
		if text = strings.TrimSpace(text); text != "" {
			b[name] = text
		}
	}
	for _, x := range t.texts() {
		put(x.name, *x.text)
	}
	put("on", string(t.On))
	put("follows", string(t.Follows))
	put("found", string(t.Found))
	for id, total := range t.Totals {
		b[countPrefix+id] = fmt.Sprintf("%d/%d", total.Yes, total.Of)
	}
	return b
}

// TellingOf reads a telling back from one of its versions.
func TellingOf(b writing.Body) Telling {
	t := Telling{On: clock.Date(b["on"]), Follows: Follows(b["follows"]), Found: Found(b["found"]), Totals: map[string]Total{}}
	for _, x := range t.texts() {
		*x.text = b[x.name]
	}
	for name, value := range b {
		id, ok := strings.CutPrefix(name, countPrefix)
		total := Total{}
		if _, err := fmt.Sscanf(value, "%d/%d", &total.Yes, &total.Of); ok && err == nil {
			t.Totals[id] = total
		}
	}
	return t
}
