package trajectory

import (
	"errors"
	"net/http"
	"strings"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/page"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"

	"rsc.io/qr"
)

type linkPage struct {
	r       *room.Request
	Seen    trajectory.Seen
	Address string
	Cells   []cell
	Size    int
	Text    string
}

type cell struct{ X, Y int }

// MakeLink makes a link for pupils to one question and shows it once, with its code to scan.
func (rm *Room) MakeLink(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	element := f.Line("element", 60)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	secret, err := rm.Trajectories.MakeLink(r.Ctx(), r.Who(), id, element)
	if err != nil {
		return r.Refused(err, rm.Show)
	}
	seen, err := rm.Trajectories.Reach(r.Ctx(), rm.Trajectories.DB(), r.Who(), id)
	if err != nil {
		return err
	}
	pack, err := rm.Trajectories.PackOf(r.Ctx(), rm.Trajectories.DB(), seen.Trajectory)
	if err != nil {
		return err
	}
	p := linkPage{r: r, Seen: seen, Address: r.House.BaseURL + "/say/" + secret}
	if _, q, ok := pack.Question(element); ok {
		p.Text = r.Pack(q.Text)
	}
	code, err := qr.Encode(p.Address, qr.M)
	if err != nil {
		return err
	}
	const quiet = 4
	p.Size = code.Size + 2*quiet
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				p.Cells = append(p.Cells, cell{x + quiet, y + quiet})
			}
		}
	}
	r.W.Header().Set("Cache-Control", "no-store")
	return r.Page(head(r, seen, r.T.T("trajectory.link_title")), pupilLink(p))
}

// CloseLink ends a pupils' link at once.
func (rm *Room) CloseLink(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	link, err := r.ID("link")
	if err != nil {
		return err
	}
	if err := rm.Trajectories.CloseLink(r.Ctx(), r.Who(), id, link); err != nil {
		return err
	}
	return r.Said("/trajectories/"+id, "link_closed")
}

type pupilPage struct {
	r      *room.Request
	Secret string
	Title  string
	Text   string
	Sees   string
	Chips  []ui.Option
	Body   ui.Field
	Done   bool
}

// PupilForm is what a pupil sees: one question, who reads it, and a box. No account, no
// cookie, no name.
func (rm *Room) PupilForm(r *room.Request) error { return rm.pupil(r, false) }

func (rm *Room) pupil(r *room.Request, done bool) error {
	secret := r.Path("secret")
	form, err := rm.Contributions.PupilForm(r.Ctx(), rm.Trajectories.DB(), secret)
	if err != nil {
		return err
	}
	r.SpeakFor(form.Seen.School)
	p := pupilPage{r: r, Secret: secret, Title: form.Seen.Title, Text: r.Pack(form.Question.Text), Done: done, Sees: r.T.T("trajectory.pupil_sees", "school", form.Seen.School.Name)}
	if form.AllStaff {
		p.Sees = r.T.T("trajectory.pupil_sees_all", "school", form.Seen.School.Name)
	}
	for _, c := range form.Question.Chips {
		p.Chips = append(p.Chips, ui.Option{Value: c.ID, Text: r.Pack(c.Text), On: r.Was("chip", "") == c.ID})
	}
	p.Body = r.Field("body", "trajectory.pupil_label", "")
	p.Body.Rows, p.Body.Max, p.Body.Voice, p.Body.Autocomplete = 4, 600, true, "off"
	if done {
		p.Body.Value = ""
	}
	h := r.Head(p.Text, "")
	h.Heading, h.Menu, h.Rooms = "", nil, nil
	r.Style(&h, "welcome")
	r.W.Header().Set("Cache-Control", "no-store")
	status := http.StatusOK
	if r.Err != nil {
		status = page.Status(r.Err)
	}
	return r.Render(status, ui.BarePage(h, pupilForm(p)))
}

// PupilAnswer keeps what a pupil wrote.
func (rm *Room) PupilAnswer(r *room.Request) error {
	f := r.Form()
	chip, body := f.Line("chip", 60), strings.TrimSpace(f.Text("body", 2000))
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.PupilForm)
	}
	err := rm.Contributions.AddByLink(r.Ctx(), r.Path("secret"), chip, body)
	if errs.IsAbsent(err) {
		return err
	}
	if err != nil && !errors.Is(err, db.ErrRepeated) { // pressed twice is thanked twice
		return r.Refused(err, rm.PupilForm)
	}
	r.Typed = nil
	return rm.pupil(r, true)
}
