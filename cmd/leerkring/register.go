package main

import (
	"leerkring/access/register"
	"leerkring/account"
	"leerkring/authoring"
	"leerkring/backup"
	"leerkring/block/agreement"
	"leerkring/block/coach"
	"leerkring/block/condition"
	"leerkring/block/contribution"
	"leerkring/block/decision"
	"leerkring/block/evidence"
	"leerkring/block/meeting"
	"leerkring/block/monitor"
	"leerkring/block/plan"
	"leerkring/block/session"
	"leerkring/bring"
	"leerkring/handover"
	"leerkring/instance"
	"leerkring/leaving"
	"leerkring/media"
	"leerkring/notify"
	"leerkring/roster"
	"leerkring/school"
	"leerkring/task"
	"leerkring/trajectory"
	"leerkring/week"
	"leerkring/why"
	"leerkring/writing"
)

// kept is the data register of the whole house: every table, column, kind of file and
// field of the log. A room that keeps something adds its Data here.
func kept() register.List {
	return register.Join(account.Data, school.Data, media.Data, trajectory.Data, writing.Data, why.Data, task.Data, notify.Data, week.Data, instance.Data,
		coach.Data, condition.Data, contribution.Data, decision.Data, evidence.Data, meeting.Data, monitor.Data, plan.Data, session.Data,
		agreement.Data, authoring.Data, bring.Data, handover.Data, backup.Data, roster.Data, leaving.Data)
}

// mine is what every room says of it is about one person: what goes along with somebody, and
// what erasing reaches.
func mine() register.Mines {
	return register.JoinMines(account.Whose, school.Whose, media.Whose, trajectory.Whose, writing.Whose, why.Whose, task.Whose, notify.Whose, week.Whose, instance.Whose,
		coach.Whose, condition.Whose, contribution.Whose, decision.Whose, evidence.Whose, meeting.Whose, monitor.Whose, plan.Whose, bring.Whose, session.Whose,
		agreement.Whose, authoring.Whose, handover.Whose, backup.Whose, roster.Whose, leaving.Whose)
}
