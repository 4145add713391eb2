package demo

import (
	"leerkring/access"
	"leerkring/account"
	"leerkring/authoring"
	"leerkring/block/agreement"
	"leerkring/block/condition"
	"leerkring/block/contribution"
	"leerkring/block/decision"
	"leerkring/block/evidence"
	"leerkring/block/meeting"
	"leerkring/block/monitor"
	"leerkring/block/plan"
	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
)

// Acts are the services by which the demo acts, as people do.
type Acts struct {
	DB           *db.DB
	Clock        *clock.Traveller // the clock of the whole house: what happened before, happened on its own day
	Schools      *school.Service
	Accounts     *account.Service
	Trajectories *trajectory.Service
	Own          *authoring.Service
	Blocks       Blocks
}

// Blocks are the building blocks that the cases use.
type Blocks struct {
	Contributions *contribution.Service
	Evidence      *evidence.Service
	Conditions    *condition.Service
	Plans         *plan.Service
	Decisions     *decision.Service
	Monitors      *monitor.Service
	Agreements    *agreement.Service
	Meetings      *meeting.Service
	Sessions      *session.Service
}

// Person is somebody of the demo who can be signed in as.
type Person struct {
	Role   string `json:"role"` // schoolleider, kartrekker, docent, beheerder, bestuur, gast, privacy
	Name   string `json:"name"`
	Email  string `json:"email"`
	SignIn string `json:"sign_in"`
	Token  string `json:"token"`
	ID     string `json:"-"`
}

// roleKinds are what the roles of the demo answer for at the school.
var roleKinds = map[string]access.RoleKind{
	"schoolleider": access.RoleLeader, "teamleider": access.RoleTeamLeader, "beheerder": access.RoleAdmin, "privacy": access.RolePrivacy, "roosteraar": access.RoleTimetabler,
}

// email is the made-up address of somebody at the demo school.
func email(p personFile) string { return p.Key + "@hetbaken.example" }
