package author

import (
	"slices"
	"strconv"
	"strings"

	"leerkring/authoring"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

// partPage is the form of one part: the pack itself, or one of its stages.
type partPage struct {
	r        *room.Request
	Own      authoring.Pack
	Part     string
	Of       ui.FormOf
	Stages   *list // of the pack itself
	Slots    []slot
	Lists    []list
	Total    string
	Sum      sum
	GoesOn   bool      // it shows what was typed and not saved
	Waiting  []ui.Link // other parts in which something was typed
	Mistakes []ui.Mistake
	Previous ui.Link
	Next     ui.Link
	*standing
}

// standing is how a pack stands: what was published, and who walks it.
type standing struct {
	State, Teams string
	Changed      string
	CanPublish   bool
	MayPublish   bool
	Version      string
	CanPreview   bool
	Retired      bool
	Since        string
}

// Sent is what a form comes back with.
type Sent struct {
	Body     writing.Body
	Problems []method.Problem
	About    *method.Pack // to which the problems belong
	Theirs   writing.Body // what a colleague wrote, where both wrote
	Base     int          // version of the part; that of the draft when nought
}

// Read is what was read of a pack: its forms are made of this and of nothing else.
type Read struct {
	Own      authoring.Pack
	Last     *method.Pack // what was published last
	Walked   int          // teams that walk it now
	Previews bool         // it can be looked at as it will stand
	// Typed is what this person was typing and did not save, by part.
	Typed map[string]authoring.Typed
}

// Edit shows the pack: its stages in order, and its words.
func (rm *Room) Edit(r *room.Request) error { return rm.part(r, authoring.PackPart, Sent{}) }

// EditStage shows one stage.
func (rm *Room) EditStage(r *room.Request) error { return rm.part(r, r.Path("stage"), Sent{}) }

// Save keeps the words of the pack, and the order of its stages.
func (rm *Room) Save(r *room.Request) error { return rm.save(r, authoring.PackPart) }

// SaveStage keeps one stage.
func (rm *Room) SaveStage(r *room.Request) error {
	if r.Path("stage") == authoring.PackPart {
		return errs.Absent()
	}
	return rm.save(r, r.Path("stage"))
}

func (rm *Room) save(r *room.Request, part string) error {
	own, err := rm.one(r)
	if err != nil {
		return err
	}
	if _, ok := own.Parts[part]; !ok {
		return errs.Absent()
	}
	f := r.Form()
	body, at, do := read(r, part), f.Int("version", 0, 1<<30), f.Line("do", 200)
	if err := f.Err(); err != nil {
		if f.Broken() {
			return err
		}
		r.Err = err
		return rm.part(r, part, Sent{Body: body, Base: at})
	}
	if do == "forget" {
		if err := rm.Own.Forget(r.Ctx(), r.Who(), own.ID, part); err != nil {
			return err
		}
		return r.Said(address(own.ID, part), "author_forgotten")
	}
	act(body, do)
	saved, err := rm.Own.Save(r.Ctx(), r.Who(), own.ID, part, at, body)
	switch {
	case err != nil: // what was typed stays, also when nothing can be kept now
		return r.Refused(err, func(r *room.Request) error { return rm.part(r, part, Sent{Body: body, Base: at}) })
	case saved.Clash != nil:
		r.Err = errs.Conflict("form.changed_meanwhile")
		theirs := writing.Body{}
		for _, k := range saved.Both {
			theirs[k] = saved.Clash.Theirs[k]
		}
		return rm.part(r, part, Sent{Body: saved.Clash.Yours, Theirs: theirs, Base: saved.Clash.Current})
	case len(saved.Problems) > 0:
		r.Err = errs.Invalid("authoring.still_faults")
		return rm.part(r, part, Sent{Body: body, Problems: saved.Problems, About: saved.Pack, Base: at})
	}
	to := address(own.ID, part)
	if do != "" {
		return r.Said(to, "author_arranged")
	}
	return r.Said(to, "author_saved")
}

func address(id, part string) string {
	if part == authoring.PackPart {
		return base(id) + "/edit"
	}
	return base(id) + "/stages/" + part + "/edit"
}

func (rm *Room) part(r *room.Request, part string, back Sent) error {
	own, err := rm.one(r)
	if err != nil {
		return err
	}
	x, err := rm.read(r, own)
	if err != nil {
		return err
	}
	return PartPage(r, x, part, back)
}

// PartPage is the form of one part of a pack as it was read, or as it was sent and comes back.
func PartPage(r *room.Request, x Read, part string, back Sent) error {
	own := x.Own
	at, ok := own.Parts[part]
	if !ok {
		return errs.Absent()
	}
	p := &partPage{r: r, Own: own, Part: part}
	m := &maker{r: r, body: back.Body, wrong: map[string]string{}, hints: map[string]string{}, theirs: back.Theirs, stuck: map[string]bool{}, names: map[string]string{}, used: map[string]bool{}}
	typed, goesOn := x.Typed[part]
	switch {
	case m.body != nil:
	case goesOn:
		m.body, m.typed, at = typed.Was, typed.Fields, typed.Base
	default:
		m.body = authoring.Fill(own.Draft, part)
	}
	if back.Base > 0 {
		at = back.Base
	}
	p.GoesOn = m.typed != nil
	m.about(own.Draft, part)
	loose := m.problems(back, part)
	p.Of = ui.FormOf{Action: strings.TrimSuffix(address(own.ID, part), "/edit"), Class: "stack g-6", Draft: authoring.DraftKey(own.ID, part, at), Hidden: r.Hidden(ui.Pair{Name: "version", Value: strconv.Itoa(at)})}
	form := authoring.FormOf(part)
	p.Slots = m.slots("", form.Slots)
	if own.Draft.Shape != method.ShapeSession { // only a session runs by the clock; an instrument and a session have no weeks
		p.Slots = without(p.Slots, "live.minutes")
	}
	if own.Draft.Weeks == 0 {
		p.Slots = without(p.Slots, "weeks")
	}
	for _, l := range form.Lists {
		x := m.list("", l, false)
		switch {
		case l.Key == "stages":
			p.stages(&x)
		case len(x.Items) > 0 || x.New != nil && offered(own.Draft, l.Key):
			p.Lists = append(p.Lists, x)
		}
	}
	p.mistakes(m, loose)
	p.standing = x.stands(r)
	p.waiting(x)
	p.total(m)
	p.around()
	return r.Page(p.head(), edit(p))
}

func without(all []slot, name string) []slot {
	return slices.DeleteFunc(all, func(s slot) bool { return s.First.Name == name })
}

// offered are the lists that can be begun in a pack that has none of them.
func offered(p *method.Pack, key string) bool {
	switch key {
	case "questions", "activities":
		return p.Kind == method.KindMethod && p.Shape != method.ShapeSession
	case "live.prompts", "fields", "session.rules":
		return p.Shape == method.ShapeSession
	case "statements":
		return p.Kind == method.KindInstrument
	}
	return false
}

// about gathers what the form asks of the draft beside its values.
func (m *maker) about(p *method.Pack, part string) {
	for _, s := range p.Stages {
		m.names[s.ID] = m.r.Pack(s.Name)
	}
	if s, ok := p.Stage(part); ok {
		for _, q := range s.Questions {
			m.stuck["questions."+q.ID+"."] = q.When != ""
		}
		for _, a := range s.Activities {
			m.stuck["activities."+a.ID+"."] = a.When != ""
		}
	}
	for _, h := range method.Check(p) {
		if at, key := authoring.Place(p, h); h.Hint && at == part && key != "" {
			m.hints[key] = h.In(m.r.T.Lang())
		}
	}
}

// problems puts each problem beside its field, and gives those that have none here.
func (m *maker) problems(back Sent, part string) (loose []string) {
	for _, x := range back.Problems {
		at, key := authoring.Place(back.About, x)
		says := m.says(x)
		if key != "" && strings.HasSuffix(key, ".nl") && m.r.T.Lang() == "en" && !strings.HasSuffix(x.Path, ".nl") {
			key = strings.TrimSuffix(key, "nl") + "en"
		}
		switch {
		case at == part && key != "":
			m.wrong[key] = says
		case at != part && m.names[at] != "":
			loose = append(loose, m.names[at]+": "+says)
		default:
			loose = append(loose, says)
		}
	}
	return loose
}

// says is what is wrong, in the words of a form: a file has keys, a form has none.
func (m *maker) says(x method.Problem) string {
	key := "author.problem_" + strings.TrimPrefix(x.Key, "method.")
	if !m.r.T.Has(key) {
		return x.In(m.r.T.Lang())
	}
	var args []any
	for name, value := range x.Args {
		args = append(args, name, value)
	}
	return m.r.T.T(key, args...)
}

func (p *partPage) mistakes(m *maker, loose []string) {
	for _, says := range loose {
		p.Mistakes = append(p.Mistakes, ui.Mistake{Field: "main", Text: says})
	}
	keys := make([]string, 0, len(m.wrong))
	for k := range m.wrong {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		field := "f-" + nameOf(k)
		if !m.used[k] {
			field = "main"
		}
		p.Mistakes = append(p.Mistakes, ui.Mistake{Field: field, Text: m.wrong[k]})
	}
	if p.r.Err != nil && len(p.Mistakes) == 0 {
		p.Mistakes = p.r.Mistakes()
	}
}

// stages are the rows of the list of stages, each with the way to its own form.
func (p *partPage) stages(x *list) {
	for i := range x.Items {
		if _, ok := p.Own.Parts[x.Items[i].ID]; ok {
			x.Items[i].Href = address(p.Own.ID, x.Items[i].ID)
		}
	}
	if p.Own.Draft.Shape != method.ShapeSession && x.New != nil {
		x.New.Slots = slices.DeleteFunc(x.New.Slots, func(s slot) bool { return s.Kind == authoring.Number })
	}
	p.Stages = x
}

// around are the stages before and after this one.
func (p *partPage) around() {
	stages := p.Own.Draft.Stages
	i := slices.IndexFunc(stages, func(s method.Stage) bool { return s.ID == p.Part })
	if i < 0 {
		return
	}
	if i > 0 {
		p.Previous = ui.Link{Text: p.r.Pack(stages[i-1].Name), Href: address(p.Own.ID, stages[i-1].ID)}
	}
	if i+1 < len(stages) {
		p.Next = ui.Link{Text: p.r.Pack(stages[i+1].Name), Href: address(p.Own.ID, stages[i+1].ID)}
	}
}

func (p *partPage) head() ui.PageHead {
	r := p.r
	title := r.Pack(p.Own.Draft.Name)
	crumbs := []ui.Link{{Text: r.T.T("author.title"), Href: "/own-methods"}}
	if s, ok := p.Own.Draft.Stage(p.Part); ok {
		crumbs = append(crumbs, ui.Link{Text: title, Href: address(p.Own.ID, authoring.PackPart)})
		title = r.T.T("author.stage_title", "number", s.Number, "name", r.Pack(s.Name))
	}
	h := r.Head(title, "trajectories")
	h.Crumbs = crumbs
	if p.Part == authoring.PackPart {
		h.Lead = r.T.T("author.edit_lead")
	}
	r.Style(&h, "author")
	return h
}

// read reads what stands around the forms of a pack.
func (rm *Room) read(r *room.Request, own authoring.Pack) (Read, error) {
	x := Read{Own: own, Previews: rm.Preview != nil}
	var err error
	if x.Typed, err = rm.typed(r, own); err != nil {
		return x, err
	}
	if x.Last, err = rm.Own.Last(r.Ctx(), own); err != nil {
		return x, err
	}
	all, err := rm.Trajectories.List(r.Ctx(), r.Who())
	for _, seen := range all {
		if seen.MethodID == own.ID && !seen.State.Ended() {
			x.Walked++
		}
	}
	return x, err
}

// stands tells how a pack stands to this person.
func (x Read) stands(r *room.Request) *standing {
	own := x.Own
	s := &standing{MayPublish: own.MayPublish, Version: strconv.Itoa(own.Version), Retired: own.Retired(), CanPreview: x.Previews}
	changes := 0
	switch {
	case x.Last == nil:
		s.State, s.CanPublish = r.T.T("author.state_draft"), true
	default:
		changes = len(method.Differences(x.Last, own.Draft))
		s.State, s.CanPublish = r.T.T("author.state_published", "version", own.Published), changes > 0 || own.Retired()
	}
	if own.Retired() {
		s.State = r.T.T("author.state_retired")
	}
	if changes > 0 {
		s.Changed = r.T.T("author.changed", "n", changes)
	}
	if x.Walked > 0 {
		s.Teams = r.T.T("author.teams", "n", x.Walked)
	}
	return s
}
