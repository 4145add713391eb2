package evidence

import (
	"leerkring/block/contribution"
	"leerkring/method"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
)

// present is how things go now, in people's own words: what grates, what must stay, what
// they are proud of. The words are answers to a question of the method; this page only
// lays them in groups.
type present struct {
	Question string
	Href     string // where it is answered
	All      string // where all of it is read
	Groups   []presentGroup
}

type presentGroup struct {
	Name string
	Said []ui.Saying
}

// most answers of one group on the page.
const mostSaid = 3

// present finds the question and its answers in the newest visit to its stage. A method
// that has no such question, or a team that was not there yet, has none.
func (rm *Room) present(r *room.Request, seen trajectory.Seen) (*present, error) {
	q := rm.Trajectories.DB()
	pack, err := rm.Trajectories.PackOf(r.Ctx(), q, seen.Trajectory)
	if err != nil {
		return nil, err
	}
	stage, question := presentQuestion(pack)
	if question == nil {
		return nil, nil
	}
	visits, err := rm.Trajectories.Visits(r.Ctx(), q, seen)
	if err != nil {
		return nil, err
	}
	visit := ""
	for _, v := range visits { // the newest comes last
		if v.StageID == stage && v.Move != trajectory.MoveBefore {
			visit = v.ID
		}
	}
	if visit == "" {
		return nil, nil
	}
	said, err := rm.Contributions.All(r.Ctx(), q, seen, visit, question.ID)
	if err != nil {
		return nil, err
	}
	base := "/trajectories/" + seen.ID
	p := &present{Question: r.Pack(question.Text), Href: base + "?stage=" + stage + "#q-" + question.ID, All: base + "/questions/" + question.ID + "?visit=" + visit}
	for _, chip := range question.Chips {
		if g := groupOf(r, seen, said, chip); len(g.Said) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	return p, nil
}

// presentQuestion is the question by which a method asks how things go now: in the stage
// where it asks for sources, the core question whose answers are laid in groups.
func presentQuestion(pack *method.Pack) (string, *method.Question) {
	for _, stage := range pack.Stages {
		sources, found := false, -1
		for i, q := range stage.Questions {
			if q.Weight != method.Core {
				continue
			}
			sources = sources || q.Block == "evidence"
			if q.Block == "contribution" && len(q.Chips) > 0 && found < 0 {
				found = i
			}
		}
		if sources && found >= 0 {
			return stage.ID, &stage.Questions[found]
		}
	}
	return "", nil
}

func groupOf(r *room.Request, seen trajectory.Seen, said []contribution.Contribution, chip method.Chip) presentGroup {
	g := presentGroup{Name: r.Pack(chip.Text)}
	for _, c := range said {
		if c.Chip != chip.ID || c.Withdrawn != "" || c.Sealed || len(g.Said) == mostSaid {
			continue
		}
		saying := trajectoryweb.Said(r, seen, c, "").Saying
		saying.Small, saying.Size = true, ui.Small
		g.Said = append(g.Said, saying)
	}
	return g
}
