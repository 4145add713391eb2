package evidence

import (
	"leerkring/block/evidence"
	"leerkring/web/room"
)

// sourceView is a source with how it was judged and where it is used.
type sourceView struct {
	sourceRow
	Where, Link, Brought string
	StanceWord           string
	Judged               []judgement
	UsedFor, UsedAgainst []usedBy
}

type judgement struct{ Question, Verdict, Note string }

type usedBy struct{ Text, Href string }

func sourceOf(r *room.Request, trajectoryID string, all evidence.Page, h evidence.Held[evidence.Source]) *sourceView {
	s := h.Is
	v := &sourceView{sourceRow: rowOf(r, trajectoryID, h, false), Where: s.Where, Link: s.Link()}
	v.StanceWord = r.T.T("evidence.stance_" + orNone(string(s.Stance)))
	if name := all.People[s.BroughtBy].Name; name != "" {
		v.Brought = r.T.T("evidence.brought_by", "name", name)
	}
	for _, a := range evidence.Aspects {
		if j := s.Appraisal[a]; j != (evidence.Judgement{}) {
			v.Judged = append(v.Judged, judgement{r.T.T("evidence.label_source_" + string(a)), r.T.T("evidence.verdict_" + orNone(string(j.Verdict))), j.Note})
		}
	}
	for _, x := range all.Explanations {
		v.used(h.ID, usedBy{x.Is.Text, item(trajectoryID, evidence.ExplanationKind, x.ID)}, x.For, x.Against)
	}
	for _, f := range all.Findings {
		v.used(h.ID, usedBy{f.Is.Text, item(trajectoryID, evidence.FindingKind, f.ID)}, f.For, f.Against)
	}
	return v
}

// used notes what cites this source, and on which side.
func (v *sourceView) used(id string, by usedBy, pro, against []string) {
	for _, x := range pro {
		if x == id {
			v.UsedFor = append(v.UsedFor, by)
		}
	}
	for _, x := range against {
		if x == id {
			v.UsedAgainst = append(v.UsedAgainst, by)
		}
	}
}
