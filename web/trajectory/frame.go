package trajectory

import (
	"fmt"
	"strings"

	"leerkring/method"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// head begins the head of a page below a trajectory.
func head(r *room.Request, seen trajectory.Seen, title string) ui.PageHead {
	h := r.Head(title, "trajectories")
	h.Crumbs = []ui.Link{{Text: r.T.T("trajectory.list_title"), Href: "/trajectories"}, {Text: seen.Title, Href: "/trajectories/" + seen.ID}}
	h.Live = "/live/trajectories/" + seen.ID
	r.Style(&h, "trajectory")
	return h
}

// Head is the head of a page below a trajectory, for the rooms of the blocks.
func Head(r *room.Request, seen trajectory.Seen, title string) ui.PageHead {
	return head(r, seen, title)
}

// Tabs are the parts of a trajectory; current is one of status, explore, sources, plan,
// meetings, monitor, agreement, people, history.
func Tabs(r *room.Request, seen trajectory.Seen, current string) []ui.Tab {
	base := "/trajectories/" + seen.ID
	tabs := []struct{ key, href string }{
		{"status", base}, {"explore", base + "/explore"}, {"sources", base + "/sources"}, {"plan", base + "/plan"}, {"meetings", base + "/meetings"},
		{"monitor", base + "/monitor"}, {"agreement", base + "/agreement"}, {"people", base + "/people"}, {"history", base + "/history"},
	}
	pack, ok := r.House.Library.Pack(seen.MethodID, seen.MethodVersion)
	if !ok { // of the school itself
		if library, err := r.Library(); err == nil {
			pack, ok = library.Latest(seen.MethodID)
		}
	}
	var out []ui.Tab
	for _, t := range tabs {
		if ok && t.key != current && !Walks(pack, t.key) {
			continue
		}
		out = append(out, ui.Tab{Text: r.T.T("trajectory.tab_" + t.key), Href: t.href, Current: t.key == current})
	}
	return out
}

// Walks reports whether a team that walks a pack has something to do in a part: a small
// round of three is not given nine rooms.
func Walks(pack *method.Pack, part string) bool {
	switch part {
	case "explore":
		return pack.Shape == method.ShapeCycle
	case "sources":
		return pack.Uses("evidence")
	case "plan":
		return pack.Uses("plan", "decision", "condition")
	case "monitor":
		return pack.Uses("monitor")
	case "agreement":
		return pack.Uses("agreement")
	}
	return true
}

// wheel draws the way that a team walked: every visit, and where it is now.
func wheel(r *room.Request, pack *method.Pack, seen trajectory.Seen, visits []trajectory.Visit) ui.WheelOf {
	w := ui.WheelOf{Round: r.T.T("trajectory.round", "number", seen.Round)}
	part := partNames(r, pack)
	number := map[string]int{}
	for _, s := range pack.Stages {
		number[s.ID] = s.Number
		seg := ui.Segment{Number: s.Number, Name: r.Pack(s.Name), Part: part[s.Part], Href: "/trajectories/" + seen.ID + "?stage=" + s.ID + "#stage"}
		state := "ahead"
		switch {
		case s.ID == seen.StageID:
			seg.Passage, state = ui.Here, "here"
			w.Name = seg.Name
			w.Count = r.T.T("trajectory.all_steps", "n", len(pack.Stages))
		case trajectory.Visited(visits, s.ID):
			seg.Passage, state = ui.Past, "past"
		}
		seg.Says = r.T.T(wordOf(pack, "trajectory.segment_"+state), "number", s.Number, "name", seg.Name)
		w.Segments = append(w.Segments, seg)
	}
	letter := 'a'
	told := []string{}
	for _, v := range visits {
		m := ui.Move{To: number[v.StageID]}
		if v.Move == trajectory.MoveBack {
			m.Letter = string(letter)
			letter++
			told = append(told, r.T.T("trajectory.went_back_to", "stage", stageName(r, pack, v.StageID)))
		}
		w.Path = append(w.Path, m)
		if v.ID == seen.VisitID {
			w.Since = r.T.T("trajectory.since", "date", r.T.Date(r.T.Day(v.EnteredAt)))
		}
	}
	w.Title = r.T.T(wordOf(pack, "trajectory.wheel_title"), "title", seen.Title, "stage", w.Name)
	if len(told) > 0 {
		w.Title += " " + r.T.T("trajectory.wheel_back", "steps", r.T.List(told))
	}
	return w
}

// partNames are the parts of a method that is a list of steps, by their ids. A pack of steps
// without parts is one part.
func partNames(r *room.Request, pack *method.Pack) map[string]string {
	out := map[string]string{}
	if pack.Shape != method.ShapeSteps {
		return out
	}
	out[""] = r.Pack(pack.Name)
	for _, p := range pack.Parts {
		out[p.ID] = r.Pack(p.Text)
	}
	return out
}

// wordOf is the key of a text about stages: a method of shape steps has steps where a
// wheel has phases.
func wordOf(pack *method.Pack, key string) string {
	if pack.Shape == method.ShapeSteps {
		return key + "_steps"
	}
	return key
}

func stageName(r *room.Request, pack *method.Pack, id string) string {
	if s, ok := pack.Stage(id); ok {
		return r.Pack(s.Name)
	}
	return id
}

// loops are the steps back as the list beside the wheel tells them.
func loops(r *room.Request, pack *method.Pack, visits []trajectory.Visit) []ui.LoopNote {
	var out []ui.LoopNote
	for i, v := range visits {
		if v.Move != trajectory.MoveBack {
			continue
		}
		from := ""
		if i > 0 {
			from = stageName(r, pack, visits[i-1].StageID)
		}
		out = append(out, ui.LoopNote{Letter: string(rune('a' + len(out)%26)), Title: r.T.T("trajectory.from_to", "from", from, "to", stageName(r, pack, v.StageID)),
			When: r.T.Date(r.T.Day(v.EnteredAt)), Reason: v.Reason})
	}
	return out
}

// criterion is one sentence of the gate as the page shows it.
type criterion struct {
	ID, Text, Note string
	State          trajectory.Reading
	Word           string
	Called         bool
	Tone           ui.Tone
	Icon           string
	IconClass      string
	Options        []ui.Option
	NoteValue      string
	From           string // what it is read off from
	Refused        bool   // its form came back: what was typed is in it
}

func gate(r *room.Request, list []trajectory.Criterion) (core, more []criterion) {
	for _, c := range list {
		v := criterion{ID: c.ID, Text: r.Pack(c.Text), State: c.State, Word: r.T.T("trajectory.gate_" + string(c.State)), Called: c.Called, NoteValue: c.Note}
		v.Refused = r.Err != nil && r.Typed != nil && r.Path("element") == c.ID
		if v.Refused {
			v.NoteValue = r.Was("note", c.Note)
		}
		switch c.State {
		case trajectory.Met:
			v.Tone, v.Icon, v.IconClass = ui.Good, "circle-check", "ok"
		case trajectory.Partly:
			v.Tone, v.Icon, v.IconClass = ui.Mind, "circle-dashed", "let"
		default:
			v.Tone, v.Icon, v.IconClass = ui.Calm, "circle", "open"
		}
		if c.Called {
			v.Note = strings.TrimSpace(r.T.T("trajectory.gate_called") + " " + c.Note)
		} else {
			v.From = readFrom(r, c.From)
		}
		for _, o := range []trajectory.Reading{trajectory.Met, trajectory.Partly, trajectory.Open} {
			v.Options = append(v.Options, ui.Option{Value: string(o), Text: r.T.T("trajectory.gate_" + string(o)), On: was(r, v.Refused, string(o), c.Called && c.State == o)})
		}
		v.Options = append(v.Options, ui.Option{Value: "", Text: r.T.T("trajectory.gate_read"), On: was(r, v.Refused, "", !c.Called)})
		if c.Weight == method.Core {
			core = append(core, v)
		} else {
			more = append(more, v)
		}
	}
	return core, more
}

// readFrom says where a criterion is read off from: nobody ticks a box, so the group can
// see which work counts. A fact without words, of a pack of a school, is left out.
func readFrom(r *room.Request, from []method.Fact) string {
	var what []string
	for _, f := range from {
		if key := "trajectory.fact_" + string(f); r.T.Has(key) {
			what = append(what, r.T.T(key))
		}
	}
	if len(what) == 0 {
		return ""
	}
	return r.T.T("trajectory.gate_from", "what", r.T.List(what))
}

// was reports whether a reading of the gate is the one that was chosen: in a form that came
// back, else as it is kept.
func was(r *room.Request, refused bool, value string, kept bool) bool {
	if refused && r.Typed.Has("value") {
		return r.Typed.Typed("value") == value
	}
	return kept
}

// step is one way on or back, with its words.
type step struct {
	Move, Stage, Name, Text, Icon string
}

func steps(r *room.Request, pack *method.Pack, seen trajectory.Seen) []step {
	var out []step
	for _, s := range trajectory.Steps(pack, seen.StageID) {
		icon := "arrow-right"
		if s.Move == trajectory.MoveBack {
			icon = "undo-2"
		}
		name := stageName(r, pack, s.StageID)
		out = append(out, step{Move: string(s.Move), Stage: s.StageID, Name: name, Icon: icon, Text: r.T.T(fmt.Sprint("trajectory.go_", s.Move), "stage", name)})
	}
	return out
}
