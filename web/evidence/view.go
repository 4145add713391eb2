package evidence

import (
	"leerkring/block/evidence"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// icons are the signs of the types of source.
var icons = map[evidence.SourceType]string{
	evidence.Literature: "book-open-text", evidence.Expert: "badge-check", evidence.OtherSchool: "school", evidence.OwnData: "chart-line",
	evidence.Interview: "message-circle", evidence.Observation: "eye", evidence.Experience: "footprints",
}

// sourceRow is a source in a list.
type sourceRow struct {
	ID, Href, Icon, Type, Title, Says string
	Level                             int
	Strength                          string
	Stance                            string // only when it speaks against what we thought, or in part
	Translation                       string
	Untold                            bool // nobody translated it, and the person asking may
	Nudge                             bool // it is the one that is asked about here
}

func rowOf(r *room.Request, trajectoryID string, h evidence.Held[evidence.Source], may bool) sourceRow {
	s := h.Is
	row := sourceRow{ID: h.ID, Href: item(trajectoryID, evidence.SourceKind, h.ID), Icon: icons[s.Of], Type: r.T.T("evidence.type_" + string(s.Of)), Title: s.Title, Says: s.Says,
		Level: s.Strength.Level(), Strength: r.T.T("evidence.strength_" + orNone(string(s.Strength))), Translation: s.Translation, Untold: may && !s.Translated()}
	if s.Stance == evidence.Opposes || s.Stance == evidence.Mixed {
		row.Stance = r.T.T("evidence.mark_" + string(s.Stance))
	}
	return row
}

// cited is a source as something else cites it.
type cited struct {
	Title, Href, Word string
	Level             int
}

func citedOf(r *room.Request, trajectoryID string, all evidence.Page, ids []string) []cited {
	var out []cited
	for _, id := range ids {
		if h, ok := all.Source(id); ok {
			row := rowOf(r, trajectoryID, h, false)
			out = append(out, cited{Title: row.Title, Href: row.Href, Word: row.Strength, Level: row.Level})
		}
	}
	return out
}

// explanationBox is an explanation beside the others.
type explanationBox struct {
	Href, Text, Whose, Lies, Behind, Reason string
	Tone                                    ui.Tone
	Icon, Status                            string
	For, Against                            []cited
}

func explanationOf(r *room.Request, trajectoryID string, all evidence.Page, h evidence.Held[evidence.Explanation]) explanationBox {
	x := h.Is
	b := explanationBox{Href: item(trajectoryID, evidence.ExplanationKind, h.ID), Text: x.Text, Behind: x.Behind, Reason: x.Reason,
		Whose: whose(all, x), Status: r.T.T("evidence.status_" + orNone(string(x.Status))), For: citedOf(r, trajectoryID, all, h.For), Against: citedOf(r, trajectoryID, all, h.Against)}
	if x.Lies != "" {
		b.Lies = r.T.T("evidence.lies_mark_" + string(x.Lies))
	}
	if x.Present && b.Lies != "" {
		b.Lies += ", " + r.T.T("evidence.present_mark")
	} else if x.Present {
		b.Lies = r.T.T("evidence.present_mark")
	}
	switch x.Status {
	case evidence.Holds:
		b.Tone, b.Icon = ui.Good, "check"
	case evidence.Fell:
		b.Tone, b.Icon = ui.Calm, "minus"
	default:
		b.Tone, b.Icon = ui.Calm, "circle-dashed"
	}
	return b
}

// whose names who explains it so: a person, a group in words, or both.
func whose(all evidence.Page, x evidence.Explanation) string {
	name := all.People[x.WhoseID].Name
	switch {
	case name == "":
		return x.Whose
	case x.Whose == "":
		return name
	}
	return name + ", " + x.Whose
}

// findingRow is a finding with what it rests on.
type findingRow struct {
	ID, Href, Text string
	Labels         []label
	For, Against   []cited
	Shared         string // since when colleagues are asked
	MayShare       bool
	MayTakeBack    bool
	InPlan         bool
	Reactions      int
}

type label struct{ Name, Text string }

func findingOf(r *room.Request, trajectoryID string, open bool, all evidence.Page, h evidence.Held[evidence.Finding]) findingRow {
	row := findingRow{ID: h.ID, Href: item(trajectoryID, evidence.FindingKind, h.ID), Text: h.Is.Text, InPlan: h.InPlan,
		For: citedOf(r, trajectoryID, all, h.For), Against: citedOf(r, trajectoryID, all, h.Against)}
	for _, l := range h.Is.Labels() {
		row.Labels = append(row.Labels, label{r.T.T("evidence.mark_" + l.Name), l.Text})
	}
	if !h.SharedAt.IsZero() {
		row.Shared = r.T.T("evidence.shared_on", "date", r.T.Date(r.T.Day(h.SharedAt)))
		row.MayTakeBack = all.MayShare
		return row
	}
	row.MayShare = all.MayShare && open
	return row
}

// attemptRow is something that was tried before.
type attemptRow struct{ Href, Text, When, Result string }

// takenRow is something that can be put back.
type takenRow struct{ Text, Note, Restore string }

func takenOf(r *room.Request, trajectoryID string, all evidence.Page) []takenRow {
	var out []takenRow
	for _, t := range all.Taken {
		out = append(out, takenRow{Text: t.Text, Note: r.T.T("evidence.taken_by", "name", all.People[t.By].Name, "date", r.T.Date(r.T.Day(t.At))), Restore: item(trajectoryID, t.Kind, t.ID) + "/restore"})
	}
	return out
}
