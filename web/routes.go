package web

import (
	"leerkring/access"
	"leerkring/internal/serve"
	accountweb "leerkring/web/account"
	adminweb "leerkring/web/admin"
	agreementweb "leerkring/web/agreement"
	authorweb "leerkring/web/author"
	bringweb "leerkring/web/bring"
	conditionweb "leerkring/web/condition"
	decisionweb "leerkring/web/decision"
	evidenceweb "leerkring/web/evidence"
	exploreweb "leerkring/web/explore"
	handoverweb "leerkring/web/handover"
	keptweb "leerkring/web/kept"
	meetingweb "leerkring/web/meeting"
	methodweb "leerkring/web/method"
	monitorweb "leerkring/web/monitor"
	newcomerweb "leerkring/web/newcomer"
	peopleweb "leerkring/web/people"
	planweb "leerkring/web/plan"
	publishweb "leerkring/web/publish"
	"leerkring/web/room"
	schoolweb "leerkring/web/school"
	sessionweb "leerkring/web/session"
	takeoverweb "leerkring/web/takeover"
	taskweb "leerkring/web/task"
	trajectoryweb "leerkring/web/trajectory"
	weekweb "leerkring/web/week"
)

// Rooms are the rooms of the web, ready to answer.
type Rooms struct {
	Account    *accountweb.Room
	People     *peopleweb.Room
	School     *schoolweb.Room
	Admin      *adminweb.Room
	Week       *weekweb.Room
	Trajectory *trajectoryweb.Room
	Method     *methodweb.Room
	Explore    *exploreweb.Room
	Meeting    *meetingweb.Room
	Task       *taskweb.Room
	Plan       *planweb.Room
	Decision   *decisionweb.Room
	Evidence   *evidenceweb.Room
	Condition  *conditionweb.Room
	Monitor    *monitorweb.Room
	Agreement  *agreementweb.Room
	Bring      *bringweb.Room
	Takeover   *takeoverweb.Room
	Newcomer   *newcomerweb.Room
	Session    *sessionweb.Room
	Author     *authorweb.Room
	Kept       *keptweb.Room
	Publish    *publishweb.Room
	Handover   *handoverweb.Room
	Live       *Live
}

func home(r *room.Request) error { return r.Go("/week") }

// Routes is the map of all pages: method, path, what it does to which kind of thing,
// and the handler. A line without its row in the rights' matrix fails a test.
func Routes(m Rooms) []Route {
	a, w, t, l := m.Account, m.Week, m.Trajectory, m.Live
	hour := m.Meeting
	p, d := m.Plan, m.Decision
	return append(append(append(append(append(append(append(handing(m), learning(m)...), lasting(m)...), together(m)...), ways(m)...), own(m)...), papers(m)...), []Route{
		{"GET", "/{$}", access.Read, access.Week, SignedIn, home},

		{"GET", "/sign-in", access.NoAction, access.NoKind, Public, a.SignIn},
		{"POST", "/sign-in", access.NoAction, access.NoKind, Public, a.AskLink},
		{"GET", "/sign-in/code", access.NoAction, access.NoKind, Public, a.CodeForm},
		{"POST", "/sign-in/code", access.NoAction, access.NoKind, Public, a.SpendCode},
		{"GET", "/sign-in/link/{secret}", access.NoAction, access.NoKind, ByLink, a.Link},
		{"POST", "/sign-in/link/{secret}", access.NoAction, access.NoKind, ByLink, a.SpendLink},
		{"GET", "/invitations/{secret}", access.NoAction, access.NoKind, ByLink, a.Link},
		{"POST", "/invitations/{secret}", access.NoAction, access.NoKind, ByLink, a.Accept},
		{"POST", "/sign-in/school/{login}", access.NoAction, access.NoKind, Public, a.GoToLogin},
		{"GET", "/sign-in/school/{login}", access.NoAction, access.NoKind, Public, a.BackFromLogin},
		{"GET", "/sign-in/password", access.NoAction, access.NoKind, Public, a.PasswordForm},
		{"POST", "/sign-in/password", access.NoAction, access.NoKind, Public, a.EnterPassword},
		{"GET", "/sign-in/second", access.NoAction, access.NoKind, Public, a.FactorForm},
		{"POST", "/sign-in/second", access.NoAction, access.NoKind, Public, a.EnterFactor},
		{"POST", "/sign-out", access.NoAction, access.NoKind, Public, a.SignOut},
		{"POST", "/language", access.NoAction, access.NoKind, Public, a.Language},

		{"GET", "/welcome", access.Read, access.Account, SignedIn, a.Welcome},
		{"POST", "/welcome", access.Edit, access.Account, SignedIn, a.SaveDays},
		{"GET", "/account", access.Read, access.Account, SignedIn, a.Own},
		{"POST", "/account", access.Edit, access.Account, SignedIn, a.SaveOwn},
		{"POST", "/account/language", access.Edit, access.Account, SignedIn, a.OwnLanguage},
		{"GET", "/account/security", access.Read, access.SecurityAccount, SignedIn, a.Security},
		{"POST", "/account/sign-ins/{id}/end", access.Edit, access.Account, SignedIn, a.EndSignIn},
		{"POST", "/account/sign-ins/end-others", access.Edit, access.Account, SignedIn, a.EndOthers},
		{"POST", "/account/passkeys/{id}", access.Edit, access.Account, SignedIn, a.RenamePasskey},
		{"POST", "/account/passkeys/{id}/remove", access.Edit, access.Account, SignedIn, a.RemovePasskey},
		{"POST", "/account/passkeys/always", access.Edit, access.Account, SignedIn, a.PasskeyAlways},
		{"POST", "/account/logins/{login}", access.Edit, access.Account, SignedIn, a.LinkLogin},
		{"POST", "/account/logins/{login}/remove", access.Edit, access.Account, SignedIn, a.UnlinkLogin},
		{"GET", "/account/password", access.Read, access.Account, SignedIn, a.NewPassword},
		{"POST", "/account/password", access.Edit, access.Account, SignedIn, a.ChoosePassword},
		{"GET", "/account/password/code", access.Read, access.Account, SignedIn, a.NewFactor},
		{"POST", "/account/password/code", access.Edit, access.Account, SignedIn, a.KeepPassword},
		{"POST", "/account/password/codes", access.Edit, access.Account, SignedIn, a.RenewCodes},
		{"POST", "/account/password/remove", access.Edit, access.Account, SignedIn, a.RemovePassword},
		{"GET", "/account/tokens", access.Read, access.Token, SignedIn, a.Tokens},
		{"POST", "/account/tokens", access.Create, access.Token, SignedIn, a.MakeToken},
		{"POST", "/account/tokens/{id}/revoke", access.Remove, access.Token, SignedIn, a.RevokeToken},
		{"GET", "/account/mail", access.Read, access.Notification, SignedIn, a.Mail},
		{"POST", "/account/mail", access.Edit, access.Notification, SignedIn, a.ChooseMail},
		{"POST", "/account/calendars", access.Create, access.CalendarFeed, SignedIn, a.MakeFeed},
		{"POST", "/account/calendars/{id}/revoke", access.Remove, access.CalendarFeed, SignedIn, a.DropFeed},
		{"GET", "/account/leave", access.Read, access.PersonalExport, SignedIn, a.Goodbye},
		{"POST", "/account/leave/exports", access.Create, access.PersonalExport, SignedIn, a.TakeAlong},
		{"GET", "/account/leave/exports/{export}", access.Export, access.PersonalExport, SignedIn, a.File},
		{"POST", "/account/leave/exports/{export}/remove", access.Remove, access.PersonalExport, SignedIn, a.DropFile},
		{"POST", "/account/leave/erasure", access.Create, access.Erasure, SignedIn, a.AskErase},
		{"POST", "/account/leave/erasure/back", access.Remove, access.Erasure, SignedIn, a.KeepAll},
		{"GET", "/calendar/{file}", access.NoAction, access.NoKind, ByLink, a.Calendar},
		{"GET", "/mail/stop/{secret}", access.NoAction, access.NoKind, ByLink, a.StopForm},
		{"POST", "/mail/stop/{secret}", access.NoAction, access.NoKind, ByLink, a.StopMail},
		{"GET", "/account/confirm", access.NoAction, access.NoKind, Public, a.Confirm}, // also who still waits for a second proof
		{"POST", "/account/confirm", access.Edit, access.Account, SignedIn, a.AskConfirm},
		{"POST", "/account/confirm/school/{login}", access.Edit, access.Account, SignedIn, a.ConfirmByLogin},
		{"GET", "/account/confirm/code", access.Read, access.Account, SignedIn, a.ConfirmForm},
		{"POST", "/account/confirm/code", access.Edit, access.Account, SignedIn, a.ConfirmCode},
		{"POST", "/passkeys/new", access.Edit, access.Account, SignedIn, a.BeginAdd},
		{"POST", "/passkeys/new/answer", access.Edit, access.Account, SignedIn, a.FinishAdd},
		{"POST", "/passkeys/sign-in", access.NoAction, access.NoKind, Public, a.BeginEnter},
		{"POST", "/passkeys/sign-in/answer", access.NoAction, access.NoKind, Public, a.FinishEnter},
		{"POST", "/passkeys/confirm", access.NoAction, access.NoKind, Public, a.BeginConfirm},
		{"POST", "/passkeys/confirm/answer", access.NoAction, access.NoKind, Public, a.FinishConfirm},
		{"GET", "/help", access.Read, access.Account, SignedIn, a.Help},

		{"GET", "/people", access.List, access.PersonList, SignedIn, m.People.List},
		{"GET", "/people/{id}", access.Read, access.PersonList, SignedIn, m.People.Show},

		{"GET", "/school", access.Read, access.FocusPoint, SignedIn, m.School.Show},
		{"POST", "/school/focus-points", access.Create, access.FocusPoint, SignedIn, m.School.Suggest},
		{"POST", "/school/focus-points/{focus}", access.Decide, access.FocusPoint, SignedIn, m.School.Choose},
		{"POST", "/school/vision", access.Create, access.Vision, SignedIn, m.School.AddLine},
		{"POST", "/school/vision/{line}", access.Edit, access.Vision, SignedIn, m.School.ChangeLine},
		{"POST", "/school/vision/{line}/drop", access.Edit, access.Vision, SignedIn, m.School.DropLine},
		{"POST", "/school/focus-points/{focus}/after", access.Decide, access.FocusPoint, SignedIn, m.School.DecideAfter},
		{"GET", "/school/year", access.Aggregate, access.FocusPoint, SignedIn, m.School.Year},
		{"GET", "/school/year/open/form", access.Decide, access.FocusPoint, SignedIn, m.School.OpenForm},
		{"POST", "/school/year/open", access.Decide, access.FocusPoint, SignedIn, m.School.Open},
		{"POST", "/school/year/undo", access.Decide, access.FocusPoint, SignedIn, m.School.UndoOpen},
		{"GET", "/school/calendar", access.Read, access.Calendar, SignedIn, m.School.Calendar},
		{"POST", "/school/calendar", access.Edit, access.Calendar, SignedIn, m.School.AddPeriod},
		{"POST", "/school/calendar/{period}/remove", access.Edit, access.Calendar, SignedIn, m.School.RemovePeriod},
		{"POST", "/school/holidays", access.Edit, access.Calendar, SignedIn, m.School.TakeHolidays},
		{"POST", "/school/years", access.Edit, access.Calendar, SignedIn, m.School.AddYear},
		{"POST", "/school/years/{year}/remove", access.Edit, access.Calendar, SignedIn, m.School.RemoveYear},

		{"GET", "/admin", access.List, access.Account, SignedIn, m.Admin.People},
		{"GET", "/admin/people/new", access.Create, access.Account, SignedIn, m.Admin.Add},
		{"POST", "/admin/people", access.Create, access.Account, SignedIn, m.Admin.AddOne},
		{"POST", "/admin/people/list", access.Create, access.Account, SignedIn, m.Admin.LookAtList},
		{"POST", "/admin/people/list/apply", access.Create, access.Account, SignedIn, m.Admin.BringIn},
		{"POST", "/admin/people/list/rest", access.Create, access.Account, SignedIn, m.Admin.Rest},
		{"POST", "/admin/people/invite", access.Invite, access.Account, SignedIn, m.Admin.InviteWaiting},
		{"GET", "/admin/people/{id}", access.Read, access.Account, SignedIn, m.Admin.Person},
		{"POST", "/admin/people/{id}", access.Edit, access.Account, SignedIn, m.Admin.Edit},
		{"POST", "/admin/people/{id}/invite", access.Invite, access.Account, SignedIn, m.Admin.Invite},
		{"POST", "/admin/people/{id}/uninvite", access.Manage, access.Account, SignedIn, m.Admin.Uninvite},
		{"POST", "/admin/people/{id}/suspend", access.Manage, access.Account, SignedIn, m.Admin.Suspend},
		{"POST", "/admin/people/{id}/restore", access.Manage, access.Account, SignedIn, m.Admin.Restore},
		{"POST", "/admin/people/{id}/passkeys", access.Manage, access.Account, SignedIn, m.Admin.ForgetPasskeys},
		{"POST", "/admin/people/{id}/logins", access.Manage, access.Account, SignedIn, m.Admin.ForgetLogins},
		{"POST", "/admin/people/{id}/password", access.Manage, access.Account, SignedIn, m.Admin.ForgetPassword},
		{"POST", "/admin/people/{id}/tokens", access.Remove, access.Token, SignedIn, m.Admin.RevokeTokens},
		{"POST", "/admin/people/{id}/roles", access.Manage, access.RoleHeld, SignedIn, m.Admin.Appoint},
		{"POST", "/admin/people/{id}/roles/take", access.Manage, access.RoleHeld, SignedIn, m.Admin.Relieve},
		{"GET", "/admin/teams", access.Read, access.Roster, SignedIn, m.Admin.Teams},
		{"POST", "/admin/teams", access.Create, access.Team, SignedIn, m.Admin.AddTeam},
		{"POST", "/admin/teams/{id}", access.Edit, access.Team, SignedIn, m.Admin.RenameTeam},
		{"GET", "/admin/school/form", access.Edit, access.SchoolSettings, SignedIn, m.Admin.Settings},
		{"POST", "/admin/school", access.Edit, access.SchoolSettings, SignedIn, m.Admin.SaveSettings},
		{"GET", "/admin/school-login", access.Read, access.SchoolLogin, SignedIn, m.Admin.Logins},
		{"POST", "/admin/school-login", access.Edit, access.SchoolLogin, SignedIn, m.Admin.SaveLogin},
		{"POST", "/admin/school-login/{login}/test", access.Manage, access.SchoolLogin, SignedIn, m.Admin.TestLogin},
		{"POST", "/admin/school-login/{login}/turn", access.Manage, access.SchoolLogin, SignedIn, m.Admin.TurnLogin},
		{"POST", "/admin/school-login/{login}/remove", access.Remove, access.SchoolLogin, SignedIn, m.Admin.RemoveLogin},
		{"GET", "/admin/log", access.Read, access.SecurityAccount, SignedIn, m.Admin.SecurityLog},
		{"GET", "/admin/erasures", access.List, access.Erasure, SignedIn, m.Admin.Erasures},
		{"POST", "/admin/erasures/{erasure}/confirm", access.Confirm, access.Erasure, SignedIn, m.Admin.ConfirmErasure},
		{"POST", "/admin/erasures/go", access.Create, access.Erasure, SignedIn, m.Admin.AllowErasing},
		{"POST", "/admin/people/{id}/erase", access.Create, access.Erasure, SignedIn, m.Admin.StartErasure},
		{"GET", "/admin/outbox", access.Read, access.Outbox, SignedIn, m.Admin.Outbox},
		{"GET", "/admin/backups", access.Read, access.Outbox, SignedIn, m.Admin.Backups},
		{"POST", "/admin/outbox/test", access.Manage, access.Outbox, SignedIn, m.Admin.TestMail},
		{"GET", "/outbox", access.Read, access.Notification, SignedIn, m.Admin.Mailbox}, // a demo only

		{"GET", "/week", access.Read, access.Week, SignedIn, w.Show},
		{"POST", "/week/later", access.Edit, access.Week, SignedIn, w.Later},
		{"POST", "/drafts", access.Edit, access.Draft, SignedIn, SaveDraft},
		{"GET", "/live/week", access.Read, access.Week, SignedIn, l.Week},
		{"GET", "/live/trajectories/{id}", access.Read, access.Trajectory, SignedIn, l.Trajectory},

		{"GET", "/trajectories", access.List, access.Trajectory, SignedIn, t.List},
		{"GET", "/trajectories/new", access.Create, access.Trajectory, SignedIn, t.New},
		{"POST", "/trajectories", access.Create, access.Trajectory, SignedIn, t.Begin},
		{"GET", "/trajectories/own/form", access.Create, access.Trajectory, SignedIn, m.Takeover.New},
		{"POST", "/trajectories/own", access.Create, access.Trajectory, SignedIn, m.Takeover.LookNew},
		{"POST", "/trajectories/own/apply", access.Create, access.Trajectory, SignedIn, m.Takeover.Begin},
		{"GET", "/trajectories/{id}", access.Read, access.Trajectory, SignedIn, t.Show},
		{"GET", "/trajectories/{id}/stages/{stage}", access.Read, access.Trajectory, SignedIn, t.More},
		{"GET", "/trajectories/{id}/history", access.Read, access.Trajectory, SignedIn, t.History},
		{"GET", "/trajectories/{id}/people", access.Read, access.Membership, SignedIn, t.People},
		{"POST", "/trajectories/{id}/people", access.Invite, access.Trajectory, SignedIn, t.Invite},
		{"POST", "/trajectories/{id}/people/part", access.Invite, access.Trajectory, SignedIn, t.HandOver},
		{"POST", "/trajectories/{id}/people/leave", access.Remove, access.Membership, SignedIn, t.Leave},
		{"GET", "/trajectories/{id}/move/form", access.Lead, access.Trajectory, SignedIn, t.MoveForm},
		{"POST", "/trajectories/{id}/move", access.Lead, access.Trajectory, SignedIn, t.Move},
		{"POST", "/trajectories/{id}/gate/{element}", access.Edit, access.Trajectory, SignedIn, t.CallGate},
		{"GET", "/trajectories/{id}/settings/form", access.Lead, access.Trajectory, SignedIn, t.Settings},
		{"POST", "/trajectories/{id}/settings", access.Lead, access.Trajectory, SignedIn, t.Edit},
		{"POST", "/trajectories/{id}/state", access.Lead, access.Trajectory, SignedIn, t.SetState},
		{"GET", "/trajectories/{id}/year/form", access.Lead, access.Trajectory, SignedIn, t.YearForm},
		{"POST", "/trajectories/{id}/year", access.Lead, access.Trajectory, SignedIn, t.AfterYear},
		{"POST", "/trajectories/{id}/next", access.Lead, access.Trajectory, SignedIn, t.NextCycle},
		{"POST", "/trajectories/{id}/cards/{card}", access.Read, access.Trajectory, SignedIn, t.PutCardAway},

		{"GET", "/trajectories/{id}/meetings", access.List, access.Meeting, SignedIn, hour.List},
		{"POST", "/trajectories/{id}/meetings", access.Create, access.Meeting, SignedIn, hour.Plan},
		{"GET", "/trajectories/{id}/meetings/new", access.Create, access.Meeting, SignedIn, hour.New},
		{"GET", "/trajectories/{id}/meetings/{meeting}", access.Read, access.Meeting, SignedIn, hour.Show},
		{"POST", "/trajectories/{id}/meetings/{meeting}", access.Edit, access.Meeting, SignedIn, hour.Change},
		{"GET", "/trajectories/{id}/meetings/{meeting}/prepare", access.Read, access.Meeting, SignedIn, hour.Prepare},
		{"POST", "/trajectories/{id}/meetings/{meeting}/propose", access.Edit, access.Meeting, SignedIn, hour.Propose},
		{"POST", "/trajectories/{id}/meetings/{meeting}/items", access.Edit, access.Meeting, SignedIn, hour.AddItem},
		{"POST", "/trajectories/{id}/meetings/{meeting}/items/{item}", access.Edit, access.Meeting, SignedIn, hour.Item},
		{"POST", "/trajectories/{id}/meetings/{meeting}/items/{item}/move", access.Edit, access.Meeting, SignedIn, hour.MoveItem},
		{"POST", "/trajectories/{id}/meetings/{meeting}/items/{item}/remove", access.Edit, access.Meeting, SignedIn, hour.RemoveItem},
		{"POST", "/trajectories/{id}/meetings/{meeting}/ready", access.Lead, access.Meeting, SignedIn, hour.Ready},
		{"POST", "/trajectories/{id}/meetings/{meeting}/cancel", access.Lead, access.Meeting, SignedIn, hour.Cancel},
		{"POST", "/trajectories/{id}/meetings/{meeting}/begin", access.Lead, access.Meeting, SignedIn, hour.Begin},
		{"POST", "/trajectories/{id}/meetings/{meeting}/not-yet", access.Lead, access.Meeting, SignedIn, hour.NotYet},
		{"POST", "/trajectories/{id}/meetings/{meeting}/next", access.Lead, access.Meeting, SignedIn, hour.Next},
		{"POST", "/trajectories/{id}/meetings/{meeting}/go", access.Lead, access.Meeting, SignedIn, hour.Go},
		{"POST", "/trajectories/{id}/meetings/{meeting}/time", access.Lead, access.Meeting, SignedIn, hour.Time},
		{"POST", "/trajectories/{id}/meetings/{meeting}/take-over", access.Edit, access.Meeting, SignedIn, hour.TakeOver},
		{"POST", "/trajectories/{id}/meetings/{meeting}/notes", access.React, access.Meeting, SignedIn, hour.Note},
		{"POST", "/trajectories/{id}/meetings/{meeting}/notes/{note}/withdraw", access.React, access.Meeting, SignedIn, hour.Withdraw},
		{"POST", "/trajectories/{id}/meetings/{meeting}/agreements", access.Settle, access.Meeting, SignedIn, hour.Agree},
		{"POST", "/trajectories/{id}/meetings/{meeting}/tasks", access.Settle, access.Meeting, SignedIn, hour.Task},
		{"POST", "/trajectories/{id}/meetings/{meeting}/kept", access.Edit, access.AgreementPage, SignedIn, hour.Kept},
		{"GET", "/trajectories/{id}/meetings/{meeting}/board", access.Read, access.Meeting, SignedIn, hour.Board},
		{"GET", "/trajectories/{id}/meetings/{meeting}/close/form", access.Lead, access.Meeting, SignedIn, hour.CloseForm},
		{"POST", "/trajectories/{id}/meetings/{meeting}/close", access.Lead, access.Meeting, SignedIn, hour.Close},
		{"POST", "/tasks/{task}", access.Settle, access.Task, SignedIn, m.Task.Settle},

		{"POST", "/trajectories/{id}/answers", access.Create, access.Contribution, SignedIn, t.Answer},
		{"GET", "/trajectories/{id}/questions/{element}", access.Read, access.Contribution, SignedIn, t.All},
		{"GET", "/trajectories/{id}/contributions/{contribution}/pictures/{picture}", access.Read, access.Contribution, SignedIn, t.Picture},
		{"POST", "/trajectories/{id}/contributions/{contribution}/pictures", access.Edit, access.Contribution, SignedIn, t.AddPicture},
		{"POST", "/trajectories/{id}/contributions/{contribution}/pictures/{picture}/remove", access.Remove, access.Contribution, SignedIn, t.RemovePicture},
		{"GET", "/trajectories/{id}/contributions/{contribution}", access.Read, access.Contribution, SignedIn, t.One},
		{"POST", "/trajectories/{id}/contributions/{contribution}/reply", access.Create, access.Reaction, SignedIn, t.Reply},
		{"POST", "/trajectories/{id}/contributions/{contribution}/edit", access.Edit, access.Contribution, SignedIn, t.EditAnswer},
		{"POST", "/trajectories/{id}/contributions/{contribution}/withdraw", access.Remove, access.Contribution, SignedIn, t.Withdraw},
		{"POST", "/trajectories/{id}/contributions/{contribution}/settle", access.Settle, access.Contribution, SignedIn, t.Settle},
		{"POST", "/trajectories/{id}/rounds", access.Lead, access.Round, SignedIn, t.OpenRound},
		{"POST", "/trajectories/{id}/rounds/{round}/close", access.Lead, access.Round, SignedIn, t.CloseRound},
		{"POST", "/trajectories/{id}/links", access.Create, access.Link, SignedIn, t.MakeLink},
		{"POST", "/trajectories/{id}/links/{link}/close", access.Remove, access.Link, SignedIn, t.CloseLink},
		{"GET", "/trajectories/{id}/explore", access.Read, access.Trajectory, SignedIn, m.Explore.Show},
		{"POST", "/trajectories/{id}/explore/candidates", access.Create, access.FocusPoint, SignedIn, m.Explore.Cluster},
		{"POST", "/trajectories/{id}/explore/candidates/{focus}", access.Edit, access.Trajectory, SignedIn, m.Explore.Reword},
		{"POST", "/trajectories/{id}/explore/candidates/{focus}/choose", access.Decide, access.FocusPoint, SignedIn, m.Explore.Choose},
		{"POST", "/trajectories/{id}/explore/ratings", access.Lead, access.Round, SignedIn, m.Explore.OpenRating},
		{"POST", "/trajectories/{id}/explore/ratings/{round}", access.Create, access.Contribution, SignedIn, m.Explore.Rate},
		{"POST", "/trajectories/{id}/explore/ratings/{round}/close", access.Lead, access.Round, SignedIn, m.Explore.CloseRating},

		{"GET", "/trajectories/{id}/plan", access.Read, access.Plan, SignedIn, p.Show},
		{"POST", "/trajectories/{id}/plan", access.Create, access.Plan, SignedIn, p.Draft},
		{"GET", "/trajectories/{id}/plan/own/form", access.Create, access.Plan, SignedIn, m.Takeover.Form},
		{"POST", "/trajectories/{id}/plan/own", access.Create, access.Plan, SignedIn, m.Takeover.Look},
		{"POST", "/trajectories/{id}/plan/own/apply", access.Create, access.Plan, SignedIn, m.Takeover.Fill},
		{"POST", "/trajectories/{id}/plan/beside/{line}", access.Edit, access.Plan, SignedIn, p.Piece},
		{"GET", "/trajectories/{id}/plan/edit", access.Edit, access.Plan, SignedIn, p.Arrange},
		{"GET", "/trajectories/{id}/plan/words/form", access.Edit, access.Plan, SignedIn, p.WordsForm},
		{"POST", "/trajectories/{id}/plan/words", access.Edit, access.Plan, SignedIn, p.EditWords},
		{"GET", "/trajectories/{id}/plan/items/new", access.Create, access.Plan, SignedIn, p.NewItem},
		{"POST", "/trajectories/{id}/plan/items", access.Create, access.Plan, SignedIn, p.Add},
		{"GET", "/trajectories/{id}/plan/items/{item}/edit", access.Edit, access.Plan, SignedIn, p.EditItem},
		{"POST", "/trajectories/{id}/plan/items/{item}", access.Edit, access.Plan, SignedIn, p.Edit},
		{"POST", "/trajectories/{id}/plan/items/{item}/grounds", access.Edit, access.Goal, SignedIn, p.Ground},
		{"POST", "/trajectories/{id}/plan/items/{item}/move", access.Edit, access.Plan, SignedIn, p.Move},
		{"POST", "/trajectories/{id}/plan/items/{item}/remove", access.Remove, access.Plan, SignedIn, p.Remove},
		{"POST", "/trajectories/{id}/plan/items/{item}/restore", access.Edit, access.Plan, SignedIn, p.Restore},
		{"POST", "/trajectories/{id}/plan/let-go/{item}", access.Edit, access.Plan, SignedIn, p.LetGo},
		{"POST", "/trajectories/{id}/plan/remarks", access.Create, access.Reaction, SignedIn, p.Remark},
		{"POST", "/trajectories/{id}/plan/remarks/{remark}", access.Create, access.Reaction, SignedIn, p.Reply},
		{"GET", "/trajectories/{id}/plan/versions", access.Read, access.Plan, SignedIn, p.Versions},
		{"GET", "/trajectories/{id}/plan/versions/{number}", access.Read, access.Plan, SignedIn, p.Version},
		{"GET", "/trajectories/{id}/plan/compare", access.Read, access.Plan, SignedIn, p.Compare},
		{"POST", "/trajectories/{id}/plan/talk", access.Lead, access.Plan, SignedIn, p.Talk},
		{"POST", "/trajectories/{id}/plan/adjust", access.Lead, access.Plan, SignedIn, p.Adjust},

		{"GET", "/trajectories/{id}/decisions", access.Read, access.DecisionResult, SignedIn, d.List},
		{"GET", "/trajectories/{id}/decisions/new", access.Lead, access.Decision, SignedIn, d.New},
		{"POST", "/trajectories/{id}/decisions", access.Lead, access.Decision, SignedIn, d.Open},
		{"GET", "/trajectories/{id}/decisions/{decision}", access.Read, access.DecisionResult, SignedIn, d.Show},
		{"POST", "/trajectories/{id}/decisions/{decision}/reaction", access.Decide, access.Decision, SignedIn, d.React},
		{"POST", "/trajectories/{id}/decisions/{decision}/solved", access.Decide, access.Decision, SignedIn, d.Solved},
		{"POST", "/trajectories/{id}/decisions/{decision}/unsolved", access.Decide, access.Decision, SignedIn, d.Unsolved},
		{"GET", "/trajectories/{id}/decisions/{decision}/reactions/{reaction}", access.Read, access.Decision, SignedIn, d.Past},
		{"POST", "/trajectories/{id}/decisions/{decision}/reactions/{reaction}/answer", access.Edit, access.Decision, SignedIn, d.Answer},
		{"POST", "/trajectories/{id}/decisions/{decision}/reactions/{reaction}/owner", access.Settle, access.Decision, SignedIn, d.TakeUp},
		{"POST", "/trajectories/{id}/decisions/{decision}/word", access.Lead, access.Decision, SignedIn, d.Hear},
		{"POST", "/trajectories/{id}/decisions/{decision}/close", access.Lead, access.Decision, SignedIn, d.Close},

		{"GET", "/say/{secret}", access.Read, access.Link, ByLink, t.PupilForm},
		{"POST", "/say/{secret}", access.Create, access.PupilContribution, ByLink, t.PupilAnswer},
	}...)
}

// RuleOf tells the outer door what is different for a route.
func RuleOf(routes []Route) func(pattern string) serve.Rule {
	rules := map[string]serve.Rule{}
	for _, r := range routes {
		// What a login sent along stands in the address: no other page is to learn it.
		rule := serve.Rule{Link: r.Door == ByLink || r.Pattern == "/sign-in/school/{login}"}
		if uploads[r.Method+" "+r.Pattern] {
			rule.Body, rule.Timeout = largestForm, uploadTime
		}
		if downloads[r.Method+" "+r.Pattern] {
			rule.Timeout = downloadTime
		}
		if len(r.Pattern) > 6 && r.Pattern[:6] == "/live/" {
			rule.Stream = true
		}
		rules[r.Method+" "+r.Pattern] = rule
	}
	return func(pattern string) serve.Rule { return rules[pattern] }
}
