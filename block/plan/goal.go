package plan

import (
	"strings"

	"leerkring/internal/errs"
	"leerkring/writing"
)

// Goal is what a team wants to reach, with the chain by which it thinks to get there.
type Goal struct {
	Text      string
	Approach  string // what we do
	Teachers  string // what teachers then do differently
	Pupils    string // what then happens in pupils' learning
	Result    string
	NoticedBy string // how we notice it
}

// Kind is GoalKind.
func (Goal) Kind() Kind { return GoalKind }

// Check refuses a goal without words. The chain may come later.
func (g Goal) Check() error {
	return errs.Join(says("text", g.Text, maxSentence, "plan.goal_empty"),
		fits("approach", g.Approach, maxLink), fits("teachers", g.Teachers, maxLink), fits("pupils", g.Pupils, maxLink),
		fits("result", g.Result, maxLink), fits("noticed_by", g.NoticedBy, maxLink))
}

// Link is one link of the chain of a goal.
type Link struct{ Name, Text string }

// Chain is the way from approach to result, in its order; links without words included,
// so that a page shows where the thinking is still open.
func (g Goal) Chain() []Link {
	return []Link{{"approach", g.Approach}, {"teachers", g.Teachers}, {"pupils", g.Pupils}, {"result", g.Result}}
}

// Complete reports whether every link has its words, and how the team will notice.
func (g Goal) Complete() bool {
	for _, l := range g.Chain() {
		if strings.TrimSpace(l.Text) == "" {
			return false
		}
	}
	return strings.TrimSpace(g.NoticedBy) != ""
}

func (g Goal) body() writing.Body {
	return words("text", g.Text, "approach", g.Approach, "teachers", g.Teachers, "pupils", g.Pupils, "result", g.Result, "noticed_by", g.NoticedBy)
}

func (Goal) tie() tie { return tie{} }

func goalOf(b writing.Body) Goal {
	return Goal{Text: b["text"], Approach: b["approach"], Teachers: b["teachers"], Pupils: b["pupils"], Result: b["result"], NoticedBy: b["noticed_by"]}
}
