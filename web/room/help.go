package room

import (
	"strings"

	"leerkring/web/ui"
)

// Topic is one answer on the page of help, and the pages that lead to it.
type Topic struct {
	ID    string
	Group string // where it stands on the page of help
	Href  string // of the page itself; "" when it stands in a trajectory or a session
	Pages []string
}

// The groups of the page of help, in order.
const (
	HelpDays     = "days"
	HelpTogether = "together"
	HelpMeeting  = "meeting"
	HelpSchool   = "school"
	HelpOwn      = "own"
	HelpAdmin    = "admin"
)

// HelpGroups are all groups, in the order of the page.
var HelpGroups = []string{HelpDays, HelpTogether, HelpMeeting, HelpSchool, HelpOwn, HelpAdmin}

// Topics are all answers, in the order of the page. A page leads to the topic with the
// longest beginning of its address.
var Topics = []Topic{
	{"week", HelpDays, "/week", []string{"/week", "/welcome"}},
	{"handover", HelpDays, "/handover", []string{"/handover"}},

	{"trajectories", HelpTogether, "/trajectories", []string{"/trajectories"}},
	{"trajectory", HelpTogether, "", []string{"/trajectories/{id}"}},
	{"question", HelpTogether, "", []string{"/trajectories/{id}/questions", "/trajectories/{id}/contributions", "/trajectories/{id}/rounds", "/trajectories/{id}/answers", "/trajectories/{id}/explore", "/say"}},
	{"group", HelpTogether, "", []string{"/trajectories/{id}/people"}},
	{"sources", HelpTogether, "", []string{"/trajectories/{id}/sources", "/trajectories/{id}/explanations", "/trajectories/{id}/findings", "/trajectories/{id}/attempts"}},
	{"conditions", HelpTogether, "", []string{"/trajectories/{id}/conditions", "/conditions"}},
	{"plan", HelpTogether, "", []string{"/trajectories/{id}/plan"}},
	{"decision", HelpTogether, "", []string{"/trajectories/{id}/decisions"}},
	{"monitor", HelpTogether, "", []string{"/trajectories/{id}/monitor"}},
	{"agreement", HelpTogether, "", []string{"/trajectories/{id}/agreement"}},
	{"own_plan", HelpTogether, "/trajectories/own/form", []string{"/trajectories/own", "/trajectories/{id}/plan/own"}},
	{"bring_board", HelpTogether, "", []string{"/trajectories/{id}/bring"}},

	{"hour", HelpMeeting, "", []string{"/trajectories/{id}/meetings"}},
	{"sessions", HelpMeeting, "/sessions", []string{"/sessions"}},
	{"cards", HelpMeeting, "/cards", []string{"/cards"}},
	{"methods", HelpMeeting, "/methods", []string{"/methods"}},
	{"own_methods", HelpMeeting, "/own-methods", []string{"/own-methods"}},
	{"words", HelpMeeting, "/words", []string{"/words"}},
	{"coach", HelpMeeting, "/coach", []string{"/coach"}},
	{"further", HelpMeeting, "/further-reading", []string{"/further-reading"}},

	{"people", HelpSchool, "/people", []string{"/people"}},
	{"newcomers", HelpSchool, "/newcomers", []string{"/newcomers"}},
	{"school", HelpSchool, "/school", []string{"/school"}},
	{"year", HelpSchool, "/school/year", []string{"/school/year"}},
	{"calendar", HelpSchool, "/school/calendar", []string{"/school/calendar", "/school/years", "/school/holidays"}},

	{"account", HelpOwn, "/account", []string{"/account"}},
	{"security", HelpOwn, "/account/security", []string{"/account/security", "/account/password", "/account/confirm", "/account/passkeys", "/account/sign-ins", "/account/logins"}},
	{"mail", HelpOwn, "/account/mail", []string{"/account/mail", "/account/calendars"}},
	{"tokens", HelpOwn, "/account/tokens", []string{"/account/tokens"}},
	{"leave", HelpOwn, "/account/leave", []string{"/account/leave"}},
	{"kept", HelpOwn, "/kept", []string{"/kept"}},

	{"accounts", HelpAdmin, "/admin", []string{"/admin"}},
	{"bring_people", HelpAdmin, "/admin/people/new", []string{"/admin/people/new", "/admin/people/list"}},
	{"teams", HelpAdmin, "/admin/teams", []string{"/admin/teams"}},
	{"settings", HelpAdmin, "/admin/school/form", []string{"/admin/school"}},
	{"school_login", HelpAdmin, "/admin/school-login", []string{"/admin/school-login"}},
	{"outbox", HelpAdmin, "/admin/outbox", []string{"/admin/outbox", "/outbox"}},
	{"backups", HelpAdmin, "/admin/backups", []string{"/admin/backups"}},
	{"erasures", HelpAdmin, "/admin/erasures", []string{"/admin/erasures"}},
	{"log", HelpAdmin, "/admin/log", []string{"/admin/log"}},
}

// TopicOf returns the topic of a page by the pattern of its route, such as
// /trajectories/{id}/plan; "" when no page of help is about it.
func TopicOf(pattern string) string {
	found, length := "", 0
	for _, t := range Topics {
		for _, p := range t.Pages {
			if len(p) > length && (pattern == p || strings.HasPrefix(pattern, p+"/")) {
				found, length = t.ID, len(p)
			}
		}
	}
	return found
}

// help leads from a page to what is said of it on the page of help.
func (r *Request) help() *ui.Link {
	_, pattern, _ := strings.Cut(r.R.Pattern, " ")
	to := "/help"
	if id := TopicOf(pattern); id != "" {
		to += "#" + id
	}
	return &ui.Link{Text: r.T.T("menu.page_help"), Href: to}
}
