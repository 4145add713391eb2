package api

import (
	"time"

	"leerkring/access"
	"leerkring/block/agreement"
	"leerkring/internal/clock"
)

func (a *API) ofPage() []route {
	return []route{
		get("/trajectories/{id}/agreement-page", access.Read, access.AgreementPage, "read-agreement-page", "The one page: how we work.", a.page),
		does("PUT", "/trajectories/{id}/agreement-page", access.Edit, access.AgreementPage, "edit-agreement-page", "Change title, sentence and the line of why.", a.sayPage).onVersion(),
		does("PUT", "/trajectories/{id}/agreement-page/care", access.Edit, access.AgreementPage, "care-for-agreement-page", "Change who keeps it alive, and when it comes back.", a.carePage).onVersion().part(1),
		does("POST", "/trajectories/{id}/agreement-page/fix", access.Settle, access.AgreementPage, "fix-agreement-page", "Give the page as it stands a number.", a.fixPage),
		get("/trajectories/{id}/agreement-page/checks", access.List, access.AgreementPage, "list-agreement-checks", "How the team answered whether it still holds.", a.checks),
		does("POST", "/trajectories/{id}/agreement-page/checks", access.Edit, access.AgreementPage, "check-agreement-page", "Keep how the team answered, in totals only.", a.check),
	}
}

// AgreementPage is the one page of a team. Its version counts its words and its care. Who
// read it is known to who keeps it alive, and not given to programs.
type AgreementPage struct {
	Tagged
	PageWords
	Core      []PageLine `json:"core" doc:"What everybody does."`
	Room      []PageLine `json:"room" doc:"One's own choice."`
	Care      PageCare   `json:"care"`
	CareSince clock.Date `json:"care_since,omitempty" format:"date"`
	Number    int        `json:"number,omitempty" doc:"Of the newest fixed page."`
	Changed   bool       `json:"changed,omitempty" doc:"Something changed since."`
	Ready     bool       `json:"ready" doc:"It has a title, something that everybody does, and a day to look again."`
}

// PageWords are what stands above the agreements.
type PageWords struct {
	Title    string   `json:"title"`
	Sentence string   `json:"sentence,omitempty" lines:"many"`
	Steps    []string `json:"steps,omitempty" maxItems:"4" doc:"From the question to what comes of it."`
}

// PageLine is one line of the page.
type PageLine struct {
	Text    string `json:"text"`
	Quality string `json:"quality,omitempty"`
}

// PageCare is who keeps the page alive and when it comes back.
type PageCare struct {
	CaretakerID string        `json:"caretaker_id,omitempty"`
	Hours       string        `json:"hours,omitempty"`
	Doing       string        `json:"doing,omitempty" lines:"many"`
	StandInID   string        `json:"stand_in_id,omitempty"`
	ReviewOn    clock.Date    `json:"review_on,omitempty" format:"date"`
	Meeting     string        `json:"meeting,omitempty" doc:"In which meeting it comes back."`
	Often       string        `json:"often,omitempty"`
	Reading     []PageReading `json:"reading,omitempty" maxItems:"3" doc:"What newcomers read."`
	BuddyID     string        `json:"buddy_id,omitempty"`
}

// PageReading is something for newcomers to read.
type PageReading struct {
	Text string `json:"text"`
	Link string `json:"link,omitempty"`
}

func linesOf(list []agreement.Shown) []PageLine {
	out := []PageLine{}
	for _, l := range list {
		out = append(out, PageLine{l.Body, l.Quality})
	}
	return out
}

func (a *API) page(c *call, in *Below) (AgreementPage, error) {
	v, err := c.agreementView(in.ID)
	if err != nil {
		return AgreementPage{}, err
	}
	now, k := v.Now(), v.Care
	p := AgreementPage{Tagged: tagged(v.WordsVersion, v.CareVersion), PageWords: PageWords{v.Words.Title, v.Words.Sentence, v.Words.Steps}, Core: linesOf(now.Core), Room: linesOf(now.Room),
		Care:      PageCare{k.CaretakerID, k.Hours, k.Doing, k.StandInID, k.ReviewOn, k.Meeting, k.Often, nil, k.BuddyID},
		CareSince: v.CareSince, Number: v.Number(), Changed: v.Changed, Ready: v.Ready.All()}
	for _, r := range k.Reading {
		p.Care.Reading = append(p.Care.Reading, PageReading(r))
	}
	return p, nil
}

type inPageWords struct {
	Below
	Body PageWords
}

func (a *API) sayPage(c *call, in *inPageWords) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	return wrote(a.Agreements.Say(c.ctx, c.who, in.ID, base, agreement.Words(in.Body)))
}

type inPageCare struct {
	Below
	Body PageCare
}

func (a *API) carePage(c *call, in *inPageCare) (receipt, error) {
	base, err := c.base(1)
	if err != nil {
		return done, err
	}
	b := in.Body
	care := agreement.Care{CaretakerID: b.CaretakerID, Hours: b.Hours, Doing: b.Doing, StandInID: b.StandInID, ReviewOn: b.ReviewOn, Meeting: b.Meeting, Often: b.Often, BuddyID: b.BuddyID}
	for _, r := range b.Reading {
		care.Reading = append(care.Reading, agreement.Reading(r))
	}
	return wrote(a.Agreements.Arrange(c.ctx, c.who, in.ID, base, care))
}

type inFix struct {
	Below
	Body struct {
		Reason string `json:"reason,omitempty" lines:"many" doc:"What is different; the first one needs none."`
	}
}

func (a *API) fixPage(c *call, in *inFix) (receipt, error) {
	_, err := a.Agreements.Fix(c.ctx, c.who, in.ID, in.Body.Reason)
	return did(err)
}

// PageCheck is how the team answered whether it still holds: hands, and no persons.
type PageCheck struct {
	ID string `json:"id"`
	CheckWords
	MadeAt time.Time `json:"made_at"`
}

// CheckWords are what the team answered.
type CheckWords struct {
	On     clock.Date `json:"on,omitempty" format:"date" doc:"Today when you say nothing."`
	Yes    int        `json:"yes" minimum:"0" maximum:"10000"`
	Almost int        `json:"almost" minimum:"0" maximum:"10000"`
	No     int        `json:"no" minimum:"0" maximum:"10000"`
	Wanted string     `json:"wanted,omitempty" enum:"yes,changed,no"`
	Note   string     `json:"note,omitempty" lines:"many"`
	NextOn clock.Date `json:"next_on,omitempty" format:"date" doc:"When to look again."`
}

func (a *API) checks(c *call, in *BelowPaged) (List[PageCheck], error) {
	v, err := c.agreementView(in.ID)
	if err != nil {
		return List[PageCheck]{}, err
	}
	return piece(in.Paged, v.Checks, func(h agreement.Held) string { return h.ID }, func(h agreement.Held) PageCheck {
		return PageCheck{h.ID, CheckWords{h.On, h.Yes, h.Almost, h.No, string(h.Wanted), h.Note, h.NextOn}, h.MadeAt}
	})
}

type inCheck struct {
	Below
	Body CheckWords
}

func (a *API) check(c *call, in *inCheck) (receipt, error) {
	b := in.Body
	_, err := a.Agreements.Check(c.ctx, c.who, in.ID, agreement.Held{On: b.On, Yes: b.Yes, Almost: b.Almost, No: b.No, Wanted: agreement.Wanted(b.Wanted), Note: b.Note, NextOn: b.NextOn})
	return did(err)
}
