package session

import (
	"slices"
	"strconv"

	"leerkring/access"
	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// eventPage is a page of an event where people choose among tables or workshops.
type eventPage struct {
	*circlePage
	P session.Programme
}

// event reads the programme of the address.
func (rm *Room) event(r *room.Request) (*eventPage, error) {
	p, err := rm.open(r)
	if err != nil {
		return nil, err
	}
	programme, err := rm.Sessions.Programme(r.Ctx(), r.Who(), p.V.ID)
	return &eventPage{circlePage: p, P: programme}, err
}

// headOf begins the head of a page below the event.
func (p *eventPage) headOf(title string) ui.PageHead {
	h := p.r.Head(title, "")
	name := p.title()
	if p.V.Title != "" {
		name = p.V.Title
	}
	h.Crumbs = []ui.Link{{Text: p.r.T.T("session.list_title"), Href: "/sessions"}, {Text: name, Href: p.Path}}
	p.r.Style(&h, "session")
	p.r.Style(&h, "offers")
	return h
}

// thing is what one offer is called: a workshop, a table.
func (p *eventPage) thing() string { return p.r.Pack(p.V.Pack.Session.Offers.Name) }

// rounds are the stages in which offers run.
func (p *eventPage) rounds() []string { return p.V.Pack.Session.Offers.Rounds }

func (p *eventPage) roundName(round string) string {
	if s, ok := p.V.Pack.Stage(round); ok {
		return p.r.Pack(s.Name)
	}
	return round
}

// hours are when a round is held as planned.
func (p *eventPage) hours(round string) string {
	at := p.V.StartsAt
	for _, s := range p.V.Steps() {
		if s.Stage.ID == round {
			return p.r.T.Range(at, at.Add(s.Length()))
		}
		at = at.Add(s.Length())
	}
	return ""
}

// hosts are who does it, in words.
func (p *eventPage) hosts(o session.Offer) string {
	var names []string
	for _, id := range o.Hosts {
		names = append(names, p.name(id))
	}
	return p.r.T.List(names)
}

// note is who does an offer and where.
func (p *eventPage) note(o session.Offer) string {
	if o.Room == "" {
		return p.r.T.T("session.offer_with", "names", p.hosts(o))
	}
	return p.r.T.T("session.offer_with_in", "names", p.hosts(o), "room", o.Room)
}

// room is how much room is left, in words.
func (p *eventPage) room(o session.Offer, round string) string {
	if p.P.MyPlace(round).OfferID == o.ID {
		return p.r.T.T("session.places_mine")
	}
	if p.P.MyLine(o.ID, round) > 0 {
		return p.r.T.T("session.places_line")
	}
	if n := p.P.Free(o, round); n > 0 {
		return p.r.T.T("session.places_left", "n", n)
	}
	return p.r.T.T("session.places_none")
}

// left is the same for who organises: nobody reads there that they can wait.
func (p *eventPage) left(o session.Offer, round string) string {
	if p.P.Free(o, round) == 0 {
		return p.r.T.T("session.places_full")
	}
	return p.room(o, round)
}

// route is what somebody does in one round.
type route struct {
	Round, Hours, Title, Note string
	Seated, Waits             bool
	Gone                      string // what they chose and does not go on
}

// route is the person's own way through the day.
func (p *eventPage) route() []route {
	var out []route
	for _, round := range p.rounds() {
		x := route{Round: p.roundName(round), Hours: p.hours(round), Title: p.r.T.T("session.route_open")}
		place := p.P.MyPlace(round)
		hosted, _, hosts := p.P.Hosting(round)
		switch o, ok := p.P.Offer(place.OfferID); {
		case ok:
			x.Title, x.Note, x.Seated = o.Title, p.note(o), true
		case hosts:
			x.Title, x.Note, x.Seated = p.r.T.T("session.route_hosts", "title", hosted.Title), hosted.Room, true
		}
		for _, c := range p.P.Mine(round) {
			o, ok := p.P.Offer(c.OfferID)
			if !ok {
				continue
			}
			if o.State == session.Dropped {
				x.Gone = p.r.T.T("session.route_gone", "title", o.Title)
			} else if n := p.P.MyLine(c.OfferID, round); n > 0 {
				x.Waits = true
				x.Note = join(x.Note, p.r.T.T("session.route_line", "title", o.Title, "n", n))
			}
		}
		out = append(out, x)
	}
	return out
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + ". " + b
}

// later is a moment after the event.
type later struct {
	On   clock.Date
	Text string
	Of   string // the offer that it follows, "" for all
}

// follows are the moments after the event: those of the method for everybody, and those of what the
// person goes to. all gives those of every offer, for who organises.
func (p *eventPage) follows(all bool) []later {
	var out []later
	for _, m := range p.V.Pack.Session.After {
		out = append(out, later{On: p.day().Add(m.Days), Text: p.r.Pack(m.Text)})
	}
	for _, o := range p.P.Offers {
		mine := o.HostedBy(p.V.Who.ID)
		for _, round := range p.rounds() {
			mine = mine || p.P.MyPlace(round).OfferID == o.ID
		}
		if o.State == session.Open && o.FollowOn != "" && (mine || all) {
			out = append(out, later{On: o.FollowOn, Text: o.FollowText, Of: o.Title})
		}
	}
	slices.SortStableFunc(out, func(a, b later) int { return b.On.Days(a.On) })
	return out
}

// wishes are the options of one wish in a round: what can be chosen, with what was chosen.
func (p *eventPage) wishes(round string, n int) []ui.Option {
	chosen := ""
	for _, c := range p.P.Mine(round) {
		if c.Wish == n {
			chosen = c.OfferID
		}
	}
	if p.r.Err != nil && p.r.Typed != nil && p.r.Typed.Typed("round") == round {
		chosen = p.r.Typed.Typed("wish" + strconv.Itoa(n))
	}
	out := []ui.Option{{Value: "", Text: p.r.T.T("session.wish_none"), On: chosen == ""}}
	for _, o := range p.P.Running(round) {
		if !o.HostedBy(p.V.Who.ID) {
			out = append(out, ui.Option{Value: o.ID, Text: p.r.T.T("session.wish_option", "title", o.Title, "room", p.room(o, round)), On: o.ID == chosen})
		}
	}
	return out
}

// wishField is one select of a round; only the round that came back shows what is wrong.
func (p *eventPage) wishField(round string, n int) ui.Field {
	name := "wish" + strconv.Itoa(n)
	f := ui.Field{Name: name, ID: "f-" + name + "-" + round, Label: p.r.T.T("session." + name)}
	if p.r.Typed != nil && p.r.Typed.Typed("round") == round {
		if f.Error = p.r.Error(name); f.Error != "" {
			f.ID = "f-" + name
		}
	}
	return f
}

// known says to whom somebody's choice is known: who makes the programme, by name.
func (p *eventPage) known() string {
	var names []string
	for _, x := range p.organisers() {
		if x.PersonID != p.V.Who.ID {
			names = append(names, p.name(x.PersonID))
		}
	}
	if len(names) == 0 {
		return p.r.T.T("session.choice_seen_own")
	}
	return p.r.T.T("session.choice_seen", "names", p.r.T.List(names))
}

// organisers are who makes the programme.
func (p *eventPage) organisers() []session.Person {
	return slices.DeleteFunc(slices.Clone(p.V.People), func(x session.Person) bool {
		return x.State == session.Out || x.PersonID != p.V.MadeBy && x.Role != session.RoleOrganiser
	})
}

// mayPropose reports whether the person asking can still offer something.
func (p *eventPage) mayPropose() bool {
	return !p.V.State.Over() && p.V.Me.PersonID != "" && p.V.May(access.Edit)
}

// Offers is where people choose, and see their own way through the day.
func (rm *Room) Offers(r *room.Request) error {
	p, err := rm.event(r)
	if err != nil {
		return err
	}
	return offersOf(r, p)
}

// OffersPage is that page as it was read.
func OffersPage(r *room.Request, x Read) error {
	return offersOf(r, &eventPage{circle(r, x.View, x.Drafts), x.Programme})
}

func offersOf(r *room.Request, p *eventPage) error {
	h := p.headOf(r.T.T("session.offers_title"))
	h.Lead = p.when()
	return r.Page(h, offers(p))
}

// Choose says what somebody would like in a round.
func (rm *Room) Choose(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	round := f.Line("round", 60)
	var wishes []string
	for _, name := range []string{"wish1", "wish2", "wish3"} {
		if x := f.ID(name); x != "" {
			wishes = append(wishes, x)
		}
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Offers)
	}
	got, err := rm.Sessions.Choose(r.Ctx(), r.Who(), id, "", round, wishes)
	if err != nil {
		return r.Refused(err, rm.Offers)
	}
	said := "session_placed"
	switch {
	case len(wishes) == 0:
		said = "session_choice_gone"
	case got.OfferID == "":
		said = "session_in_line"
	case got.Wish > 1:
		said = "session_placed_next"
	}
	return r.Said("/sessions/"+id+"/offers", said)
}

// offerPage is the form of one offer.
type offerPage struct {
	*eventPage
	Offer session.Offer
	Tends bool
}

// NewOffer asks what somebody would like to offer.
func (rm *Room) NewOffer(r *room.Request) error {
	p, err := rm.event(r)
	if err != nil {
		return err
	}
	if !p.mayPropose() {
		return errs.Absent()
	}
	o := session.Offer{Places: max(1, p.V.Pack.Session.Offers.Places), Rounds: p.rounds()[:1], Hosts: []string{r.Who().ID}}
	h := p.headOf(r.T.T("session.offer_new", "thing", p.thing()))
	h.Crumbs = append(h.Crumbs, ui.Link{Text: r.T.T("session.offers_title"), Href: p.Path + "/offers"})
	return r.Page(h, offerForm(&offerPage{p, o, true}))
}

// Offer shows one offer, and to who tends it the form.
func (rm *Room) Offer(r *room.Request) error {
	p, err := rm.event(r)
	if err != nil {
		return err
	}
	id, err := r.ID("offer")
	if err != nil {
		return err
	}
	o, ok := p.P.Offer(id)
	if !ok {
		return errs.Absent()
	}
	h := p.headOf(o.Title)
	h.Crumbs = append(h.Crumbs, ui.Link{Text: r.T.T("session.offers_title"), Href: p.Path + "/offers"})
	h.Lead = p.note(o)
	x := &offerPage{p, o, p.P.Tends(o)}
	if x.Tends {
		return r.Page(h, offerForm(x))
	}
	return r.Page(h, offerShown(x))
}

// text is a field of the form of an offer.
func (p *offerPage) text(name, label, kept string) ui.Field {
	return ui.Field{Name: name, Label: label, Value: p.r.Was(name, kept), Error: p.r.Error(name), Wide: true}
}

// hostOptions are who can do it: everybody who is asked.
func (p *offerPage) hostOptions() []ui.Option {
	var out []ui.Option
	for _, x := range p.V.People {
		if x.State != session.Out {
			out = append(out, ui.Option{Value: x.PersonID, Text: x.Name, On: p.r.WasOn("hosts", x.PersonID, p.Offer.HostedBy(x.PersonID))})
		}
	}
	return out
}

func (p *offerPage) roundOptions() []ui.Option {
	var out []ui.Option
	for _, round := range p.rounds() {
		out = append(out, ui.Option{Value: round, Text: p.roundName(round), On: p.r.WasOn("rounds", round, p.Offer.In(round))})
	}
	return out
}

// lacks are the names of what is still empty.
func (p *eventPage) lacks(o session.Offer) []string {
	var out []string
	for _, id := range o.Lacks(p.V.Pack) {
		switch id {
		case "follow_on", "follow_text":
			if text := p.r.T.T("session.offer_follow"); !slices.Contains(out, text) {
				out = append(out, text)
			}
		default:
			for _, f := range p.V.Pack.Session.Offers.Asks {
				if f.ID == id {
					out = append(out, p.r.Pack(f.Text))
				}
			}
		}
	}
	return out
}

// written reads the form of an offer.
func (rm *Room) written(r *room.Request) (session.Offer, error) {
	p, err := rm.event(r)
	if err != nil {
		return session.Offer{}, err
	}
	f := r.Form()
	o := session.Offer{Title: f.Line("title", 240), About: f.Text("about", 1200), Room: f.Line("room", 160), Rounds: f.Choices("rounds", p.rounds()...), Places: f.Int("places", 1, 160),
		Hosts: f.IDs("hosts", 20), FollowOn: f.Date("follow_on"), FollowText: f.Line("follow_text", 400), Answers: map[string]string{}}
	for _, x := range p.V.Pack.Session.Offers.Asks {
		o.Answers[x.ID] = f.Text(x.ID, 1200)
	}
	return o, f.Err()
}

// Propose keeps a new offer.
func (rm *Room) Propose(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	o, err := rm.written(r)
	if err != nil {
		return r.Refused(err, rm.NewOffer)
	}
	if _, err := rm.Sessions.Propose(r.Ctx(), r.Who(), id, o); err != nil {
		return r.Refused(err, rm.NewOffer)
	}
	return r.Said("/sessions/"+id+"/offers", "session_proposed")
}

// offering is an act on one offer.
func (rm *Room) offering(r *room.Request, back, said string, act func(id, offer string) error) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	offer, err := r.ID("offer")
	if err != nil {
		return err
	}
	if err := act(id, offer); err != nil {
		return r.Refused(err, rm.Offer)
	}
	return r.Said("/sessions/"+id+back, said)
}

// ChangeOffer keeps what was changed in an offer.
func (rm *Room) ChangeOffer(r *room.Request) error {
	return rm.offering(r, "/offers", "session_offer_kept", func(id, offer string) error {
		o, err := rm.written(r)
		if err != nil {
			return err
		}
		return rm.Sessions.ChangeOffer(r.Ctx(), r.Who(), id, offer, r.Form().Int("version", 1, 1_000_000), o)
	})
}

// OpenOffer lets people choose an offer.
func (rm *Room) OpenOffer(r *room.Request) error {
	return rm.offering(r, "/programme", "session_offer_open", func(id, offer string) error {
		return rm.Sessions.OpenOffer(r.Ctx(), r.Who(), id, offer)
	})
}

// DropOffer takes an offer out.
func (rm *Room) DropOffer(r *room.Request) error {
	return rm.offering(r, "/offers", "session_offer_dropped", func(id, offer string) error {
		return rm.Sessions.DropOffer(r.Ctx(), r.Who(), id, offer)
	})
}

// Programme is the page of who organises: what is proposed, what it lacks, and whether it fits.
func (rm *Room) Programme(r *room.Request) error {
	p, err := rm.event(r)
	if err != nil {
		return err
	}
	if !p.P.Organises() {
		return errs.Absent()
	}
	h := p.headOf(r.T.T("session.programme_title"))
	h.Lead = p.when()
	return r.Page(h, programme(p))
}

// warnings are what does not fit yet, in words.
func (p *eventPage) warnings() []string {
	var out []string
	if session.TooManyParts(p.V.Pack, p.P.Offers) {
		out = append(out, p.r.T.T("session.warn_parts", "n", session.Parts(p.V.Pack, p.P.Offers)))
	}
	for _, round := range p.rounds() {
		if n := p.P.Short(round); n > 0 && len(p.P.Running(round)) > 0 {
			out = append(out, p.r.T.T("session.warn_short", "round", p.roundName(round), "n", n))
		}
	}
	return out
}

// ready reports whether something can be opened.
func (p *eventPage) ready() bool {
	return slices.ContainsFunc(p.P.Offers, func(o session.Offer) bool {
		return o.State == session.Proposed && len(o.Lacks(p.V.Pack)) == 0
	})
}

// helpers are who can be asked to organise too.
func (p *eventPage) helpers() []ui.Option {
	out := []ui.Option{{Value: "", Text: p.r.T.T("session.choose_somebody"), On: true}}
	organising := p.organisers()
	for _, x := range p.V.People {
		if x.State != session.Out && !slices.ContainsFunc(organising, func(o session.Person) bool { return o.PersonID == x.PersonID }) {
			out = append(out, ui.Option{Value: x.PersonID, Text: x.Name})
		}
	}
	return out
}

// OpenReady opens all that is ready at once.
func (rm *Room) OpenReady(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if _, err := rm.Sessions.OpenReady(r.Ctx(), r.Who(), id); err != nil {
		return r.Refused(err, rm.Programme)
	}
	return r.Said("/sessions/"+id+"/programme", "session_offer_open")
}

// Organise asks somebody to make the programme too, or no longer.
func (rm *Room) Organise(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	person, yes := f.ID("person"), f.Typed("yes") != "no"
	if person == "" {
		f.Refuse("person", "form.choose")
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Programme)
	}
	if err := rm.Sessions.Organise(r.Ctx(), r.Who(), id, person, yes); err != nil {
		return r.Refused(err, rm.Programme)
	}
	return r.Said("/sessions/"+id+"/programme", "session_organises")
}

// Rooms is the list at the door of each room, for who organises.
func (rm *Room) Rooms(r *room.Request) error {
	p, err := rm.event(r)
	if err != nil {
		return err
	}
	if !p.P.Organises() {
		return errs.Absent()
	}
	h := p.headOf(r.T.T("session.rooms_title"))
	h.Crumbs = append(h.Crumbs, ui.Link{Text: r.T.T("session.programme_title"), Href: p.Path + "/programme"})
	h.Lead = p.when()
	return r.Page(h, rooms(p))
}

// full are the names of people as they stand on a list: in full.
func (p *eventPage) full(ids []string) []string {
	var out []string
	for _, id := range ids {
		x, _ := p.V.People.Find(id)
		out = append(out, x.Name)
	}
	slices.Sort(out)
	return out
}

// homeless are who has no place in a round, to choose from.
func (p *eventPage) homeless(round string) []ui.Option {
	out := []ui.Option{{Value: "", Text: p.r.T.T("session.choose_somebody"), On: true}}
	for _, id := range p.P.Nowhere(round) {
		x, _ := p.V.People.Find(id)
		out = append(out, ui.Option{Value: id, Text: x.Name})
	}
	return out
}

func (p *eventPage) roomOptions(round string) []ui.Option {
	var out []ui.Option
	for i, o := range p.P.Running(round) {
		out = append(out, ui.Option{Value: o.ID, Text: p.r.T.T("session.wish_option", "title", o.Title, "room", p.left(o, round)), On: i == 0})
	}
	return out
}

// Seat gives a colleague without a phone a place, or a place in line.
func (rm *Room) Seat(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	round, person, offer := f.Line("round", 60), f.ID("person"), f.ID("offer")
	if person == "" || offer == "" {
		f.Refuse("person", "form.choose")
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Rooms)
	}
	got, err := rm.Sessions.Choose(r.Ctx(), r.Who(), id, person, round, []string{offer})
	if err != nil {
		return r.Refused(err, rm.Rooms)
	}
	if got.OfferID == "" {
		return r.Said("/sessions/"+id+"/rooms", "session_seat_line")
	}
	return r.Said("/sessions/"+id+"/rooms", "session_seated")
}

// chooseLink is the line on the page of an event that leads to its offers, "" when it has none.
func (p *circlePage) chooseLink() string {
	if !p.V.HasOffers() {
		return ""
	}
	if p.V.State.Over() {
		return p.r.T.T("session.to_route")
	}
	return p.r.T.T("session.to_offers")
}
