package bring

import (
	"context"
	"slices"
	"time"

	"leerkring/access"
	"leerkring/block/agreement"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/task"
	"leerkring/trajectory"
)

// Service is what can be done with the board of another program.
type Service struct {
	trajectories *trajectory.Service
	agreements   *agreement.Service
}

// NewService returns the acts of this room.
func NewService(t *trajectory.Service, a *agreement.Service) *Service { return &Service{t, a} }

// From says of a task that it came from a board; the id beside it is that of the trajectory.
const From = "brought"

// Before is what came in earlier.
type Before struct {
	Tasks, Agreements int
	Beside            []Beside // newest first
	Away              []Beside // what was put away of it, the last first
}

// Beside is what did not fit in its place. ID is that of what the card became.
type Beside struct{ ID, Kind, Body, Rest string }

// Desk opens the page on which a board comes in. Who: those who may make a task there.
func (s *Service) Desk(ctx context.Context, who access.Who, trajectoryID string) (trajectory.Seen, Before, error) {
	q := s.trajectories.DB()
	seen, err := s.trajectories.Reach(ctx, q, who, trajectoryID)
	if err != nil {
		return seen, Before{}, err
	}
	if err := seen.Must(access.Create, access.Task, ""); err != nil {
		return seen, Before{}, err
	}
	b, err := beforeOf(ctx, q, trajectoryID)
	return seen, b, errs.Because(err, "brought into trajectory %s", trajectoryID)
}

// LookAt tells what a board would become; nothing changes. Who: as Desk.
func (s *Service) LookAt(ctx context.Context, who access.Who, trajectoryID string, b Board, c Choices) (Look, []Person, error) {
	q := s.trajectories.DB()
	seen, err := s.trajectories.Reach(ctx, q, who, trajectoryID)
	if err != nil {
		return Look{}, nil, err
	}
	k, err := s.known(ctx, q, seen)
	if err != nil {
		return Look{}, nil, errs.Because(err, "look at a board for trajectory %s", trajectoryID)
	}
	return Sort(b, k, c), k.People, nil
}

// known is what a board meets in a trajectory, for whoever may bring one in.
func (s *Service) known(ctx context.Context, q db.Queryer, seen trajectory.Seen) (Known, error) {
	if err := seen.Must(access.Create, access.Task, ""); err != nil {
		return Known{}, err
	}
	if seen.State.Ended() {
		return Known{}, errs.Invalid("bring.ended")
	}
	k := Known{Me: seen.Who.ID, There: map[string]bool{}, Zone: seen.School.Location(), Agreements: seen.May(access.Edit, access.AgreementPage, "")}
	var err error
	if k.People, err = peopleOf(ctx, q, seen); err != nil {
		return k, err
	}
	there, err := db.All(ctx, q, `select source from brought where trajectory_id = $1`, db.Str, seen.ID)
	for _, x := range there {
		k.There[x] = true
	}
	return k, err
}

// Brought is what came in.
type Brought struct {
	Tasks, Agreements int
	Wait              int // for another time
}

// Bring takes a board over, as it was looked at: all of it, or nothing. What came in before
// is left as it is. digest is that of the look; when by now something else would come in, a conflict
// asks to look again. Who: those who may make a task there; the agreements also ask for the right to propose them.
func (s *Service) Bring(ctx context.Context, who access.Who, trajectoryID string, b Board, c Choices, digest string) (Brought, error) {
	var out Brought
	err := s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		out = Brought{} // afresh: the act may run again
		k, err := s.known(ctx, tx, seen)
		if err != nil {
			return err
		}
		look := Sort(b, k, c)
		if look.Digest != digest {
			return errs.Conflict("bring.looks_different")
		}
		if err := c.check(look, k); err != nil {
			return err
		}
		out.Wait = look.Wait
		w := &work{tx: tx, seen: seen, now: now, agreements: s.agreements}
		for _, i := range look.Items() {
			if i.Away {
				continue
			}
			if err := w.take(ctx, i, &out); err != nil {
				return err
			}
		}
		return nil
	})
	return out, errs.Because(err, "bring a board into trajectory %s", trajectoryID)
}

// check refuses words that do not fit, and people who are not there any more.
func (c Choices) check(l Look, k Known) error {
	here := func(id string) bool {
		return id == "" || slices.ContainsFunc(k.People, func(p Person) bool { return p.ID == id })
	}
	var refused []error
	for _, n := range l.Names {
		if !here(c.Names[n.Key]) {
			refused = append(refused, errs.Invalid("bring.not_here").On("n-"+n.Key))
		}
	}
	for _, i := range l.Items() {
		most := MaxTask
		if i.Into == Agreement {
			most = MaxAgreement
		}
		switch {
		case i.Away:
		case !here(c.Cards[i.Key]):
			refused = append(refused, errs.Invalid("bring.not_here").On("c-"+i.Key))
		case long(i.Body, most), !long(i.Body, leastLetters-1):
			refused = append(refused, errs.Invalid("bring.words", "n", most).On("w-"+i.Key))
		}
	}
	return errs.Join(refused...)
}

// work is one act, inside its transaction.
type work struct {
	tx         *db.Tx
	seen       trajectory.Seen
	now        time.Time
	agreements *agreement.Service
}

// take makes one thing of a card, and remembers where it came from.
func (w *work) take(ctx context.Context, i Item, out *Brought) error {
	kind, id, err := "task", "", error(nil)
	if i.Into == Agreement {
		kind = "agreement"
		id, err = w.agreements.Suggest(ctx, w.tx, w.seen, agreement.Line{Kind: agreement.Core, Body: i.Body}, w.now)
		out.Agreements++
	} else {
		id, err = w.task(ctx, i)
		out.Tasks++
	}
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, w.tx, `insert into brought (trajectory_id, source, kind, object_id, rest, came_at) values ($1, $2, $3, $4, $5, $6)`, w.seen.ID, i.Source, kind, id, i.Rest, w.now)
	return err
}

func (w *work) task(ctx context.Context, i Item) (string, error) {
	t, err := task.Add(ctx, w.tx, w.seen.Who, task.New{SchoolID: w.seen.SchoolID, TrajectoryID: w.seen.ID, SourceKind: From, SourceID: w.seen.ID, OwnerID: i.Owner, Body: i.Body, DueOn: i.Due}, w.now)
	if err != nil {
		return "", err
	}
	return t.ID, task.Hang(ctx, w.tx, w.seen.Who, t, lanes[i.Into], w.now)
}

var lanes = map[Into]task.Lane{AsTask: task.LaneTodo, AsBusy: task.LaneBusy, AsDone: task.LaneDone}
