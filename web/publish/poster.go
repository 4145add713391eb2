package publish

import (
	"leerkring/internal/paper"
	"leerkring/school"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
)

// posterPage is the poster as it is seen before it is printed.
type posterPage struct {
	r      *room.Request
	Title  string
	Up     string
	Of     string // the title of the trajectory
	Colour school.Colour
	Doc    paper.Document
}

// ShowPoster is the page that prints as one A3.
func (rm *Room) ShowPoster(r *room.Request) error {
	seen, err := rm.reach(r)
	if err != nil {
		return err
	}
	d, err := rm.Press.Poster(r.Ctx(), rm.Press.Trajectories.DB(), seen, say(r))
	if err != nil {
		return err
	}
	d = d.Tidy()
	p := posterPage{r: r, Title: d.Title, Up: "/trajectories/" + seen.ID + "/plan", Of: seen.Title, Colour: seen.School.Colour, Doc: d}
	h := trajectoryweb.Head(r, seen, d.Title)
	h.Heading, h.Crumbs = "", nil
	r.Style(&h, "poster")
	return r.Page(h, poster(p))
}

// wheel is the circle of the document as the pages draw it.
func wheel(c paper.Circle) ui.WheelOf {
	w := ui.WheelOf{ID: "poster-wheel", Segments: ui.StagesAt(c.Now+1, len(c.Stages)), Title: c.Says}
	for i := range w.Segments {
		w.Segments[i].Name, w.Segments[i].Says = c.Stages[i], c.Stages[i]
	}
	if c.Now >= 0 {
		w.Name = c.Middle
	}
	return w
}

// styles are the classes of paragraphs.
var styles = map[paper.Style]string{paper.Body: "", paper.Lead: "voice zin", paper.Voice: "voice", paper.Small: "klein"}

func toned(t paper.Tone) string {
	if t == paper.Plain {
		return "vak"
	}
	return "vak vak--" + string(t)
}

func marked(m paper.Mark) string {
	switch m {
	case paper.Square:
		return "vast"
	case paper.Ring:
		return "vrij"
	}
	return ""
}
