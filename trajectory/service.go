package trajectory

import (
	"context"
	"strings"
	"sync"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/method"
	"leerkring/school"
)

// Telling is a block that tells facts about a trajectory: for gates, for questions that
// help when a team is stuck, and for the coach. One query or two, never one per thing.
type Telling interface {
	Facts(ctx context.Context, q db.Queryer, seen Seen) (Facts, error)
}

// Shelf tells what a school can begin with: our packs, and its own.
type Shelf interface {
	Library(ctx context.Context, q db.Queryer, schoolID string) (*method.Library, error)
}

// Service is what can be done with trajectories.
type Service struct {
	db       *db.DB
	clock    clock.Clock
	packs    *method.Library
	shelf    Shelf
	tell     []Telling
	inviting Inviting
	// walked are the packs that trajectories point to, by id and version.
	walked sync.Map
}

// NewService returns the acts of this room. The blocks that tell facts are added by
// Tells, once, before the first request.
func NewService(d *db.DB, c clock.Clock, packs *method.Library) *Service {
	return &Service{db: d, clock: c, packs: packs}
}

// Tells adds the blocks that tell facts.
func (s *Service) Tells(blocks ...Telling) { s.tell = append(s.tell, blocks...) }

// DB returns the database that the service works on, for blocks that read beside it.
func (s *Service) DB() *db.DB { return s.db }

// Library returns the packs, cards and words that every school has.
func (s *Service) Library() *method.Library { return s.packs }

// ShelvedBy names who knows the packs that schools made themselves, once, before the first request.
func (s *Service) ShelvedBy(shelf Shelf) { s.shelf = shelf }

// LibraryOf returns the packs that can be started at a school.
func (s *Service) LibraryOf(ctx context.Context, q db.Queryer, schoolID string) (*method.Library, error) {
	if s.shelf == nil || schoolID == "" {
		return s.packs, nil
	}
	return s.shelf.Library(ctx, q, schoolID)
}

// Facts gathers what all blocks tell about a trajectory. They are the same for everybody,
// and nobody may change them: pages share them.
func (s *Service) Facts(ctx context.Context, q db.Queryer, seen Seen) (Facts, error) {
	seen.Who, seen.Role, seen.byLink = access.Who{}, NoOne, false // so that no fact can depend on who asks
	values := []any{seen.ID, seen.Version, seen.StageID, seen.VisitID, seen.Round, string(seen.State), seen.StartedOn, seen.SchoolID, seen.School.Zone, seen.School.ChangeCap, seen.today}
	return db.Worked(ctx, q, "facts", values, func(ctx context.Context) (Facts, error) { return s.gather(ctx, q, seen) })
}

func (s *Service) gather(ctx context.Context, q db.Queryer, seen Seen) (Facts, error) {
	all, err := s.ownFacts(ctx, q, seen)
	if err != nil {
		return nil, err
	}
	for _, block := range s.tell {
		facts, err := block.Facts(ctx, q, seen)
		if err != nil {
			return nil, err
		}
		for k, v := range facts {
			all[k] = v
		}
	}
	derive(all)
	return all, nil
}

// derive settles the facts that need what two blocks tell.
func derive(f Facts) {
	if f["explanations"].Number > 0 { // solutions are only a trap while nothing explains the problem
		f["solutions_without_explanation"] = Count(0)
	}
}

// ownFacts are those that a trajectory itself can tell.
func (s *Service) ownFacts(ctx context.Context, q db.Queryer, seen Seen) (Facts, error) {
	pack, err := s.PackOf(ctx, q, seen.Trajectory)
	if err != nil {
		return nil, err
	}
	type row struct {
		touched, without, changes, vision, parked, chosen int
		came                                              time.Time
	}
	r, err := db.One(ctx, q, `
		select
			(select count(*) from trajectory_team where trajectory_id = $1),
			(select count(*) from trajectory_team tt where tt.trajectory_id = $1 and not exists (
				select 1 from participant p join team_member m on m.person_id = p.person_id
				where p.trajectory_id = $1 and p.left_at is null and m.team_id = tt.team_id)),
			(select coalesce(max(n), 0) from (
				select count(*) as n from trajectory_team a join trajectory b on b.id = a.trajectory_id
				where b.school_id = $2 and b.state = 'active' and a.team_id in (select team_id from trajectory_team where trajectory_id = $1)
				group by a.team_id) per_team),
			(select count(*) from focus_point f join trajectory t on t.focus_point_id = f.id where t.id = $1 and f.vision_line_id is not null),
			(select count(*) from focus_point where school_id = $2 and state = 'parked' and (trajectory_id = $1 or trajectory_id = (
				select f.trajectory_id from focus_point f join trajectory t on t.focus_point_id = f.id where t.id = $1))),
			(select count(*) from focus_point f where f.state in ('chosen', 'running', 'done') and (f.trajectory_id = $1 or f.id = (select focus_point_id from trajectory where id = $1))),
			(select entered_at from stage_visit where id = $3)`,
		func(r *row) []any {
			return []any{&r.touched, &r.without, &r.changes, &r.vision, &r.parked, &r.chosen, &r.came}
		}, seen.ID, seen.SchoolID, seen.VisitID)
	if err != nil {
		return nil, err
	}
	return Facts{
		"teams_touched":        Count(r.touched),
		"teams_without_member": {State: Is(r.touched > 0 && r.without == 0).State, Number: r.without},
		"changes_over_limit":   Count(max(0, r.changes-seen.School.ChangeCap)),
		"vision_linked":        Is(r.vision > 0),
		"no_vision_link":       Is(r.vision == 0),
		"parked_list":          Is(r.parked > 0),
		"choice_made":          Is(r.chosen > 0),
		"stage_begun_days":     Count(max(0, clock.On(r.came, seen.School.Location()).Days(seen.today))),
		"about_to_close":       Is(seen.StageID == pack.Stages[len(pack.Stages)-1].ID),
	}, nil
}

// Before is a stage that a team walked before it came here: a sentence and a link.
type Before struct {
	StageID string
	Text    string
	Link    string
}

// Start is what a team says when it begins.
type Start struct {
	SchoolID     string
	MethodID     string
	Title        string
	Question     string
	StageID      string // "" begins at the first stage
	Before       []Before
	FocusPointID string
	TeamIDs      []string
	SponsorID    string
	Open         bool
	Draft        bool
}

// Begin makes a trajectory; who begins leads it. Who: staff of the school. A start in a
// later stage marks the earlier ones as walked before, each with its sentence.
func (s *Service) Begin(ctx context.Context, who access.Who, st Start) (string, error) {
	return s.BeginWith(ctx, who, st, func(*db.Tx, string) error { return nil })
}

// BeginWith does so with what another room fills in, in the same act: both are there, or
// neither is.
func (s *Service) BeginWith(ctx context.Context, who access.Who, st Start, fill func(tx *db.Tx, id string) error) (string, error) {
	if err := CheckWords(st.Title, st.Question); err != nil {
		return "", err
	}
	id := ""
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if err := mayBegin(ctx, tx, who, st.SchoolID); err != nil { // first: what a school wrote itself is known there only
			return err
		}
		library, err := s.LibraryOf(ctx, tx, st.SchoolID)
		if err != nil {
			return err
		}
		st := st
		pack, err := startOf(library, &st)
		if err != nil {
			return err
		}
		if id, err = s.begin(ctx, tx, who, st, pack, "", 1, now); err != nil {
			return err
		}
		return fill(tx, id)
	})
	return id, errs.Because(err, "begin a trajectory at school %s", st.SchoolID)
}

func mayBegin(ctx context.Context, q db.Queryer, who access.Who, schoolID string) error {
	sc, err := school.Read(ctx, q, schoolID)
	if err != nil {
		return err
	}
	return access.Must(who, access.Create, access.Object{Kind: access.Trajectory, BoardID: sc.BoardID, SchoolID: sc.ID, Open: true})
}

// startOf finds the pack that somebody wants to begin with, and the stage when none is named.
func startOf(library *method.Library, st *Start) (*method.Pack, error) {
	pack, ok := library.Latest(st.MethodID)
	if !ok {
		return nil, errs.Invalid("trajectory.method_unknown").On("method")
	}
	if st.StageID == "" {
		st.StageID = pack.Stages[0].ID
	}
	if _, ok := pack.Stage(st.StageID); !ok {
		return nil, errs.Invalid("trajectory.stage_unknown").On("stage")
	}
	return pack, nil
}

func (s *Service) begin(ctx context.Context, tx *db.Tx, who access.Who, st Start, pack *method.Pack, predecessor string, round int, now time.Time) (string, error) {
	sc, err := school.Read(ctx, tx, st.SchoolID)
	if err != nil {
		return "", err
	}
	if err := access.Must(who, access.Create, access.Object{Kind: access.Trajectory, BoardID: sc.BoardID, SchoolID: sc.ID, Open: true}); err != nil {
		return "", err
	}
	if predecessor == "" { // a next cycle takes over what was checked before
		if err := ownFocus(ctx, tx, sc.ID, st.FocusPointID); err != nil {
			return "", err
		}
		if err := ownSponsor(ctx, tx, sc.ID, st.SponsorID); err != nil {
			return "", err
		}
	}
	if err := s.keepPack(ctx, tx, pack, now); err != nil {
		return "", err
	}
	t := Trajectory{ID: ident.At(now), SchoolID: sc.ID, MethodID: pack.ID, MethodVersion: pack.Version, FocusPointID: st.FocusPointID, PredecessorID: predecessor,
		Title: strings.TrimSpace(st.Title), Question: strings.TrimSpace(st.Question), State: Active, Open: st.Open, SponsorID: st.SponsorID, Round: round,
		StageID: st.StageID, StartedOn: clock.On(now, sc.Location()), Version: 1, MadeBy: who.ID, MadeAt: now}
	if st.Draft {
		t.State = Draft
	}
	visits := firstVisits(pack, st, who.ID, round, now)
	t.VisitID = visits[len(visits)-1].ID
	if err := insert(ctx, tx, t); err != nil {
		return "", err
	}
	for _, v := range visits {
		if err := insertVisit(ctx, tx, t.ID, v); err != nil {
			return "", err
		}
	}
	if err := insertParticipant(ctx, tx, Participant{TrajectoryID: t.ID, PersonID: who.ID, Role: Lead, JoinedAt: now}); err != nil {
		return "", err
	}
	if err := setTeams(ctx, tx, t.ID, sc.ID, st.TeamIDs); err != nil {
		return "", err
	}
	if err := keepWords(ctx, tx, Trajectory{}, t, who.ID, now); err != nil {
		return "", err
	}
	return t.ID, journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "trajectory.begun", ObjectKind: "trajectory", ObjectID: t.ID, SchoolID: sc.ID, TrajectoryID: t.ID, To: 1})
}

// firstVisits are the stages walked before, in the pack's order, and the one that begins.
func firstVisits(pack *method.Pack, st Start, by string, round int, now time.Time) []Visit {
	said := map[string]Before{}
	for _, b := range st.Before {
		said[b.StageID] = b
	}
	var out []Visit
	for _, stage := range pack.Stages {
		v := Visit{ID: ident.At(now), Number: len(out) + 1, StageID: stage.ID, Round: round, DecidedBy: by, EnteredAt: now}
		if stage.ID == st.StageID {
			v.Move = MoveStart
			return append(out, v)
		}
		v.Move, v.Reason, v.Link, v.LeftAt = MoveBefore, cut(said[stage.ID].Text, maxReason), safeLink(said[stage.ID].Link), now
		out = append(out, v)
	}
	return out
}

func cut(s string, n int) string {
	r := []rune(strings.TrimSpace(s))
	if len(r) > n {
		r = r[:n]
	}
	return string(r)
}

// safeLink keeps web addresses only.
func safeLink(link string) string {
	link = strings.TrimSpace(link)
	if strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://") {
		return cut(link, 500)
	}
	return ""
}

func setTeams(ctx context.Context, tx *db.Tx, trajectoryID, schoolID string, teamIDs []string) error {
	if _, err := db.Exec(ctx, tx, `delete from trajectory_team where trajectory_id = $1`, trajectoryID); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `insert into trajectory_team (trajectory_id, team_id)
		select $1, id from team where school_id = $2 and id in `+db.In("$3"), trajectoryID, schoolID, teamIDs)
	return err
}
