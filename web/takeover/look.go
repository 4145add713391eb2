package takeover

import (
	"strings"
	"unicode/utf8"

	"leerkring/block/plan/takeover"
	"leerkring/web/room"
	"leerkring/web/room/firstlook"
	"leerkring/web/ui"
)

// look is what a plan would become, as the page shows it.
type look struct {
	Sum    string
	Parts  []part
	Hidden []ui.Pair
	Any    bool // something comes in
}

// part is one place of a plan, with what goes there.
type part struct {
	ID, Title, Text string
	Rows            []row
}

// row is one line of the text.
type row struct {
	Text   string
	Small  []string // the heading that it stood under, who, when
	Note   string   // why it is here
	Choose firstlook.Choice
}

// targets are where a line can go: a question only where something begins.
func targets(begins bool) []takeover.Target {
	if begins {
		return takeover.Targets
	}
	return takeover.Targets[1:]
}

func lookOf(r *room.Request, s sent, lines []takeover.Settled, begins bool) *look {
	l := &look{Hidden: r.Hidden(ui.Pair{Name: "looked", Value: digest(s.Text)})}
	goals := map[string]string{}
	for _, x := range lines {
		if x.To == takeover.Goal {
			goals[x.Key] = x.Text
		}
	}
	var sum []string
	for _, to := range targets(begins) {
		p := part{ID: "to-" + string(to), Text: optional(r, "takeover.text_"+string(to))}
		for _, x := range lines {
			if x.To == to {
				p.Rows = append(p.Rows, rowOf(r, x, goals, begins))
			}
		}
		if len(p.Rows) == 0 {
			continue
		}
		p.Title = r.T.T("takeover.part_"+string(to), "n", len(p.Rows))
		l.Parts = append(l.Parts, p)
		l.Any = l.Any || to != takeover.Leave
		sum = append(sum, r.T.T("takeover.n_"+string(to), "n", len(p.Rows)))
	}
	l.Sum = r.T.T("takeover.sum", "what", r.T.List(sum))
	return l
}

// optional is a sentence that only some parts have.
func optional(r *room.Request, key string) string {
	switch key {
	case "takeover.text_beside", "takeover.text_leave", "takeover.text_question":
		return r.T.T(key)
	}
	return ""
}

func rowOf(r *room.Request, x takeover.Settled, goals map[string]string, begins bool) row {
	out := row{Text: x.Text, Choose: firstlook.Choice{Field: ui.Field{Name: "to-" + x.Key, Label: r.T.T("takeover.where", "line", short(x.Whole())), Quiet: true}}}
	if out.Text == "" || x.To == takeover.Beside {
		out.Text = x.Whole()
	} else {
		out.Small = details(r, x.Line, goals)
	}
	if x.Head != "" && x.To == takeover.Beside {
		out.Small = append(out.Small, r.T.T("takeover.under", "head", x.Head))
	}
	switch {
	case x.Stands:
		out.Note = r.T.T("takeover.stands")
	case len(x.Why) > 0:
		out.Note = r.Say(x.Why[0])
	}
	for _, to := range targets(begins) {
		out.Choose.Options = append(out.Choose.Options, ui.Option{Value: string(to), Text: r.T.T("takeover.to_" + string(to)), On: to == x.To})
	}
	return out
}

// details are what a line says beside its words, each with its name.
func details(r *room.Request, l takeover.Line, goals map[string]string) []string {
	var out []string
	say := func(key, value string) {
		if value != "" {
			out = append(out, r.T.T("takeover."+key, "words", value))
		}
	}
	say("approach", l.Approach)
	say("teachers", l.Teachers)
	say("pupils", l.Pupils)
	say("result", l.Result)
	say("noticed", l.NoticedBy)
	say("who", l.Who)
	switch {
	case l.From != "" && l.From == l.Until:
		say("on", r.T.DateLong(l.From))
	case l.From != "" && l.Until != "":
		out = append(out, r.T.T("takeover.between", "from", r.T.DateLong(l.From), "until", r.T.DateLong(l.Until)))
	case l.From != "":
		say("from", r.T.DateLong(l.From))
	case l.Until != "":
		say("until", r.T.DateLong(l.Until))
	}
	say("when", l.When)
	say("hours", l.Hours)
	say("pilot", l.Pilot)
	say("how", l.How)
	if l.To == takeover.Action {
		say("for_goal", goals[l.Goal])
	}
	return out
}

// short is the beginning of a line, to name its field by.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= 60 {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:60])) + "…"
}
