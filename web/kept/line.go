package kept

import (
	"cmp"
	"slices"

	"leerkring/access"
	"leerkring/access/register"
)

// Line is one thing of the paper.
type Line struct {
	ID     string        // of its sentence
	Kinds  []access.Kind // of the matrix: all seen by the same readers
	Places []string      // tables and kinds of file of the register
}

// Lines are the paper, the most private first.
func Lines() []Line {
	return []Line{
		{"own", []access.Kind{access.Draft, access.Upload, access.Week, access.Notification},
			[]string{"draft", "week_later", "card_away", "rating", "picture without a place", "idempotency"}},
		{"note", []access.Kind{access.PrivateNote, access.Reflection, access.LearningGoal}, []string{"session_card"}},
		{"circle", []access.Kind{access.SessionNote, access.IntervisionCase}, []string{"session_note", "session_mark"}},
		{"answer", []access.Kind{access.ScanAnswer}, []string{"session_process", "session_process_mark"}},
		{"choice", []access.Kind{access.SessionChoice}, []string{"session_choice"}},
		{"session", []access.Kind{access.Session}, []string{"session", "session_person", "session_line", "session_offer", "session_offer_host"}},
		{"unheard", []access.Kind{access.Unheard}, nil},
		{"reaction", []access.Kind{access.Decision}, []string{"decision", "decision_asked", "decision_reaction", "decision_word"}},
		{"voice", []access.Kind{access.Contribution, access.Reaction, access.Round, access.Meeting, access.Minutes, access.Task},
			[]string{"contribution", "round", "picture", "meeting", "meeting_note", "meeting_present", "task", "session_release"}},
		{"pupil", []access.Kind{access.PupilContribution}, nil},
		{"link", []access.Kind{access.Link}, []string{"pupil_link"}},
		{"part", []access.Kind{access.Membership, access.AgreementPage},
			[]string{"participant", "handover", "handover_item", "newcomer", "agreement", "agreement_page", "agreement_read", "agreement_remark"}},
		{"work", []access.Kind{access.Trajectory, access.Evidence, access.Finding, access.Condition, access.Plan, access.Goal, access.ActionItem, access.Indicator, access.Count},
			[]string{"trajectory", "trajectory_goes_on", "stage_visit", "gate_call", "evidence_item", "condition", "condition_step", "condition_waiver", "plan", "plan_item", "plan_version", "plan_paper", "plan_line", "brought", "indicator", "text_version", "why_link"}},
		{"result", []access.Kind{access.DecisionResult}, nil},
		{"focus", []access.Kind{access.FocusPoint}, []string{"focus_point", "year_opening"}},
		{"method", []access.Kind{access.Method}, []string{"own_pack", "own_pack_version"}},
		{"name", []access.Kind{access.PersonList}, []string{"staff", "team_member"}},
		{"days", []access.Kind{access.Availability}, []string{"person"}},
		{"account", []access.Kind{access.Account, access.RoleHeld, access.SecurityAccount, access.Token},
			[]string{"account", "role", "sign_in", "account_link", "passkey", "passkey_challenge", "api_token", "attempt", "roster_entry", "login_identity", "login_visit", "password", "recovery_code"}},
		{"feed", []access.Kind{access.CalendarFeed}, []string{"calendar_feed", "mail_choice", "mail_stop"}},
		{"log", []access.Kind{access.SecurityLog}, []string{"security_log"}},
		{"post", []access.Kind{access.Outbox}, []string{"mail", "job"}},
		{"leave", []access.Kind{access.PersonalExport, access.Erasure}, []string{"personal_export", "erasure", "personal export", "retention_run"}},
		{"trace", nil, []string{"journal"}},
	}
}

// AboutNobody are the kinds that say nothing about a person: the school, its year and its
// settings.
func AboutNobody() []access.Kind {
	return []access.Kind{access.Board, access.School, access.Team, access.Calendar, access.Vision, access.SchoolSettings, access.SchoolLogin, access.Roster}
}

// Places that hold everything, or numbers of things of every line, and are told of in their own words.
var whole = []string{"database", "backup", "ledger"}

// periods are how long the things of a line are kept, the longest first. What goes with the
// thing that it belongs to has no period of its own beside another.
func (l Line) periods(kept register.List) []register.Retention {
	var out []register.Retention
	for _, e := range kept {
		personal := e.Class == access.VeryPrivate || e.Class == access.Personal
		if personal && slices.Contains(l.Places, e.Table) && !slices.Contains(out, e.Retention) {
			out = append(out, e.Retention)
		}
	}
	if len(out) > 1 {
		out = slices.DeleteFunc(out, func(r register.Retention) bool { return r == register.KeepWithObject })
	}
	slices.SortStableFunc(out, func(a, b register.Retention) int { return cmp.Compare(lasts(b), lasts(a)) })
	return out
}

// lasts weighs a period: what counts from the day that somebody leaves stays longest.
func lasts(r register.Retention) int {
	const career = 100 * 365
	if r.From() == register.FromLeaving || r.From() == register.WhileThere {
		return career + r.Days()
	}
	return r.Days()
}

// Gaps tells what the paper leaves out or says twice: kinds that a route names, and places
// that hold something about a person. It is empty, or a test fails.
func Gaps(kept register.List, routed []access.Kind) []string {
	kinds, places := map[access.Kind]int{}, map[string]int{}
	for _, l := range Lines() {
		for _, k := range l.Kinds {
			kinds[k]++
		}
		for _, p := range l.Places {
			places[p]++
		}
	}
	for _, k := range AboutNobody() {
		kinds[k]++
	}
	for _, p := range whole {
		places[p]++
	}
	var gaps []string
	for _, k := range access.Kinds() {
		if n := kinds[k]; n > 1 || n == 0 && slices.Contains(routed, k) {
			gaps = append(gaps, "kind "+k.String())
		}
	}
	personal := map[string]bool{}
	for _, e := range kept {
		personal[e.Table] = personal[e.Table] || e.Class == access.VeryPrivate || e.Class == access.Personal
	}
	for p := range personal {
		if n := places[p]; n > 1 || personal[p] && n == 0 {
			gaps = append(gaps, "place "+p)
		}
	}
	for p := range places {
		if _, there := personal[p]; !there {
			gaps = append(gaps, "place that is not kept: "+p)
		}
	}
	slices.Sort(gaps)
	return gaps
}
