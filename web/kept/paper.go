package kept

import (
	"slices"

	"leerkring/access"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

type sectorLink struct {
	ui.Link
	Current bool
}

type paperPage struct {
	r       *room.Request
	Sector  school.Sector
	Sectors []sectorLink // to choose from, for who has no school here
	Who     ui.Tabular
	Hidden  []string // what whoever leads does not see
	Long    ui.Tabular
	Expect  []string
}

// expected are the promises that the paper repeats, by number.
var expected = []string{"01", "02", "04", "06", "07", "11"}

// Paper is the two pages for the council of a school.
func (rm *Room) Paper(r *room.Request) error {
	p := paperPage{r: r, Sector: sectorOf(r)}
	if len(r.Known.Schools) == 0 {
		sc := r.School()
		sc.Sector, sc.Language = p.Sector, r.T.Lang()
		r.SpeakFor(sc)
		for _, s := range school.Sectors {
			p.Sectors = append(p.Sectors, sectorLink{ui.Link{Text: r.T.T("kept.sector_" + string(s)), Href: "/kept/paper?sector=" + string(s)}, s == p.Sector})
		}
	}
	p.Who, p.Hidden, p.Long = rm.who(r), rm.hidden(r), rm.long(r)
	for _, n := range expected {
		p.Expect = append(p.Expect, r.T.T("help.promise_"+n))
	}
	h := r.Head(r.T.T("kept.paper_title"), "")
	h.Lead = r.T.T("kept.paper_lead_" + string(p.Sector))
	r.Style(&h, "kept")
	return r.Page(h, paper(p))
}

// sectorOf is the sector of the reader's school, else the one that is asked for.
func sectorOf(r *room.Request) school.Sector {
	if s := r.School().Sector; len(r.Known.Schools) > 0 && slices.Contains(school.Sectors, s) {
		return s
	}
	if s := school.Sector(r.R.URL.Query().Get("sector")); slices.Contains(school.Sectors, s) {
		return s
	}
	return school.Secondary
}

var readers = []struct {
	reader access.Reader
	name   string
}{
	{access.ReaderOwner, "you"}, {access.ReaderParticipant, "participant"}, {access.ReaderColleague, "colleague"}, {access.ReaderLeader, "leader"},
	{access.ReaderBoard, "board"}, {access.ReaderAdmin, "admin"}, {access.ReaderPrivacy, "privacy"},
}

var sights = map[access.Sight]string{
	access.SeesNothing: "no", access.SeesNever: "never", access.SeesFigures: "figures", access.SeesShared: "shared",
	access.SeesPresent: "present", access.SeesNamed: "named", access.SeesOpen: "open", access.SeesAll: "yes",
}

// Sight is what a reader sees of a line; it is the same for all its kinds, a test holds that.
func (l Line) Sight(reader access.Reader) access.Sight { return access.SightOf(l.Kinds[0], reader) }

// byOffice is what somebody sees by what they are at the school, not by taking part: for that
// there is a column.
func (l Line) byOffice(reader access.Reader) access.Sight {
	s := l.Sight(reader)
	if reader > access.ReaderParticipant && (s == access.SeesPresent || s == access.SeesNamed) {
		return access.SeesNothing
	}
	return s
}

// who is the table of who reads what.
func (rm *Room) who(r *room.Request) ui.Tabular {
	t := ui.Tabular{Caption: r.T.T("kept.who"), Head: []string{r.T.T("kept.what")}}
	for _, x := range readers {
		t.Head = append(t.Head, r.T.T("kept.reader_"+x.name))
	}
	for _, l := range Lines() {
		if len(l.Kinds) == 0 {
			continue
		}
		row := ui.Line{Name: ui.Cell{Text: r.T.T("kept.line_" + l.ID)}}
		for _, x := range readers {
			row.Cells = append(row.Cells, ui.Cell{Text: r.T.T("kept.sees_" + sights[l.byOffice(x.reader)])})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// hidden are the things that whoever leads a school does not see by leading.
func (rm *Room) hidden(r *room.Request) []string {
	var out []string
	for _, l := range Lines() {
		if len(l.Kinds) == 0 {
			continue
		}
		if s := l.byOffice(access.ReaderLeader); s == access.SeesNothing || s == access.SeesNever {
			out = append(out, r.T.T("kept.line_"+l.ID))
		}
	}
	return out
}

// long is the table of how long it is kept.
func (rm *Room) long(r *room.Request) ui.Tabular {
	t := ui.Tabular{Caption: r.T.T("kept.long"), Head: []string{r.T.T("kept.what"), r.T.T("register.head.how_long")}}
	for _, l := range Lines() {
		periods := l.periods(rm.Kept)
		if len(periods) == 0 {
			continue
		}
		text := r.T.T(periods[0].Key())
		if len(periods) > 1 {
			text += " " + r.T.T("kept.long_parts")
		}
		t.Rows = append(t.Rows, ui.Line{Name: ui.Cell{Text: r.T.T("kept.line_" + l.ID)}, Cells: []ui.Cell{{Text: text}}})
	}
	return t
}
