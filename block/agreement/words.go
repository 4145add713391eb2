package agreement

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/writing"
)

// Words are what stands above the agreements: the title, one sentence of what it is for,
// and the chain from the question to what comes of it, on one line.
type Words struct {
	Title    string
	Sentence string
	Steps    []string
}

// Bounds of the words of the page.
const (
	maxTitle    = 60
	maxSentence = 120
	// MostSteps is how many steps the line of why has.
	MostSteps = 4
	maxStep   = 40
)

// Clean takes spaces off and leaves empty steps out.
func (w Words) clean() Words {
	out := Words{Title: strings.TrimSpace(w.Title), Sentence: strings.TrimSpace(w.Sentence)}
	for _, s := range w.Steps {
		if s = strings.TrimSpace(s); s != "" {
			out.Steps = append(out.Steps, s)
		}
	}
	return out
}

// Check refuses a page without a title, and words that do not fit on it.
func (w Words) Check() error {
	var refused []error
	if utf8.RuneCountInString(strings.TrimSpace(w.Title)) < leastLetter {
		refused = append(refused, errs.Invalid("agreement.title_empty").On("title"))
	}
	refused = append(refused, fits("title", w.Title, maxTitle), fits("sentence", w.Sentence, maxSentence))
	if len(w.Steps) > MostSteps {
		refused = append(refused, errs.Invalid("agreement.many_steps", "n", MostSteps).On("step-1"))
	}
	for i, s := range w.Steps {
		refused = append(refused, fits("step-"+strconv.Itoa(i+1), s, maxStep))
	}
	return errs.Join(refused...)
}

func (w Words) body() writing.Body {
	b := writing.Body{"title": w.Title, "sentence": w.Sentence}
	for i, s := range w.Steps {
		b["step-"+strconv.Itoa(i+1)] = s
	}
	return b
}

// WordsOf reads the words back from one of their versions.
func WordsOf(b writing.Body) Words {
	w := Words{Title: b["title"], Sentence: b["sentence"]}
	for i := range MostSteps {
		if s := b["step-"+strconv.Itoa(i+1)]; s != "" {
			w.Steps = append(w.Steps, s)
		}
	}
	return w
}

// Reading is something for newcomers to read: what it is and where it is.
type Reading struct{ Text, Link string }

// Care is who keeps it alive and when it comes back.
type Care struct {
	CaretakerID string
	Hours       string // in the caretaker's own words: an hour every two weeks
	Doing       string // what the caretaker does, on the page
	StandInID   string
	ReviewOn    clock.Date
	Meeting     string // in which meeting it comes back
	Often       string // how often
	Reading     []Reading
	BuddyID     string
}

// Bounds of the care.
const (
	maxHours   = 30
	maxDoing   = 90
	maxMeeting = 40
	maxOften   = 30
	// MostReading is how many things newcomers are given to read.
	MostReading = 3
	maxReading  = 60
	maxLink     = 300
	farthest    = 800 // days to the next look
	halfYear    = 182
)

func (c Care) clean() Care {
	c.Hours, c.Doing, c.Meeting, c.Often = strings.TrimSpace(c.Hours), strings.TrimSpace(c.Doing), strings.TrimSpace(c.Meeting), strings.TrimSpace(c.Often)
	var list []Reading
	for _, r := range c.Reading {
		r = Reading{strings.TrimSpace(r.Text), strings.TrimSpace(r.Link)}
		if r.Text != "" || r.Link != "" {
			list = append(list, r)
		}
	}
	c.Reading = list
	return c
}

// Check refuses a stand-in who is the caretaker, a day that has passed, and links that
// lead nowhere. was is the day that was kept: it may stay, also when it has passed.
func (c Care) Check(today, was clock.Date) error {
	var refused []error
	if c.StandInID != "" && c.StandInID == c.CaretakerID {
		refused = append(refused, errs.Invalid("agreement.stand_in_self").On("stand_in"))
	}
	if c.StandInID != "" && c.CaretakerID == "" {
		refused = append(refused, errs.Invalid("agreement.caretaker_first").On("caretaker"))
	}
	if c.ReviewOn != "" && c.ReviewOn != was && (c.ReviewOn <= today || today.Days(c.ReviewOn) > farthest) {
		refused = append(refused, errs.Invalid("agreement.review_day").On("review_on"))
	}
	if len(c.Reading) > MostReading {
		refused = append(refused, errs.Invalid("agreement.many_reading", "n", MostReading).On("reading-1"))
	}
	refused = append(refused, fits("hours", c.Hours, maxHours), fits("doing", c.Doing, maxDoing), fits("meeting", c.Meeting, maxMeeting), fits("often", c.Often, maxOften))
	for i, r := range c.Reading {
		refused = append(refused, r.check(strconv.Itoa(i+1)))
	}
	return errs.Join(refused...)
}

func (r Reading) check(n string) error {
	if r.Text == "" {
		return errs.Invalid("agreement.reading_name").On("reading-" + n)
	}
	web := strings.HasPrefix(r.Link, "https://") || strings.HasPrefix(r.Link, "http://")
	if r.Link != "" && (!web || strings.ContainsAny(r.Link, " \t\n<>\"")) {
		return errs.Invalid("agreement.reading_link").On("link-" + n)
	}
	return errs.Join(fits("reading-"+n, r.Text, maxReading), fits("link-"+n, r.Link, maxLink))
}

func (c Care) body() writing.Body {
	b := writing.Body{"caretaker": c.CaretakerID, "hours": c.Hours, "doing": c.Doing, "stand_in": c.StandInID, "review_on": string(c.ReviewOn),
		"meeting": c.Meeting, "often": c.Often, "buddy": c.BuddyID}
	for i, r := range c.Reading {
		n := strconv.Itoa(i + 1)
		b["reading-"+n], b["link-"+n] = r.Text, r.Link
	}
	return b
}

// CareOf reads the care back from one of its versions.
func CareOf(b writing.Body) Care {
	c := Care{CaretakerID: b["caretaker"], Hours: b["hours"], Doing: b["doing"], StandInID: b["stand_in"], ReviewOn: clock.Date(b["review_on"]),
		Meeting: b["meeting"], Often: b["often"], BuddyID: b["buddy"]}
	for i := range MostReading {
		n := strconv.Itoa(i + 1)
		if b["reading-"+n] != "" {
			c.Reading = append(c.Reading, Reading{b["reading-"+n], b["link-"+n]})
		}
	}
	return c
}

// people are those whom the care names.
func (c Care) people() []string {
	var out []string
	for _, id := range []string{c.CaretakerID, c.StandInID, c.BuddyID} {
		if id != "" {
			out = append(out, id)
		}
	}
	return out
}
