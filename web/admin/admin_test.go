package admin_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/account"
	"leerkring/backup"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/internal/mail"
	"leerkring/leaving"
	"leerkring/method"
	"leerkring/roster"
	"leerkring/school"
	accountweb "leerkring/web/account"
	adminweb "leerkring/web/admin"
	"leerkring/web/room"
	"leerkring/web/room/roomtest"
)

// mailbox keeps the letters of the door.
type mailbox struct{ letters []account.Letter }

func (m *mailbox) Queue(_ context.Context, tx *db.Tx, l account.Letter) error {
	tx.AfterCommit(func() { m.letters = append(m.letters, l) })
	return nil
}

// door lets whoever is fresh do what asks to confirm.
type door struct{ fresh bool }

func (d *door) Confirmed(*room.Request) error {
	if !d.fresh {
		return errs.Invalid(account.ConfirmFirst)
	}
	return nil
}

func (d *door) Refused(r *room.Request, err error, back string, again room.Handler) error {
	if !d.fresh {
		return r.Go("/account/confirm?next=" + back)
	}
	return r.Refused(err, again)
}

// desk is a school with who looks after it, and the pages for that.
type desk struct {
	*roomtest.Site
	t        *testing.T
	d        *db.DB
	clock    *clock.Fake
	schools  *school.Service
	accounts *account.Service
	post     *mailbox
	door     *door
	id       string
	board    string
	team     string
	people   map[string]string
	tested   []string   // test mails: to whom, subject and text
	fault    mail.Fault // how they go
	none     bool       // the house has no mail server
}

func (w *desk) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *desk) who(name string) access.Who {
	w.t.Helper()
	k, err := school.Knows(w.t.Context(), w.d, w.people[name])
	w.ok(err)
	return k.Who
}

func open(t *testing.T) *desk {
	t.Helper()
	t.Parallel()
	library, err := method.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	w := &desk{t: t, d: dbtest.SQLite(t), clock: clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)), post: &mailbox{}, door: &door{fresh: true}, people: map[string]string{}}
	w.schools = school.NewService(w.d, w.clock)
	log := account.NewLog(w.clock, []byte("key"))
	w.accounts, err = account.NewService(w.d, w.clock, w.post, log, account.Config{BaseURL: "http://localhost"})
	w.ok(err)
	w.schools.OnRights(w.accounts.RightsChanged)
	found, err := w.schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"})
	w.ok(err)
	w.id, w.board, w.people["admin"] = found.SchoolID, found.BoardID, found.AdminID
	w.team, err = w.schools.AddTeam(t.Context(), w.who("admin"), w.id, school.Department, "Sectie wiskunde")
	w.ok(err)
	for name, full := range map[string]string{"leader": "Ilse Brand", "noor": "Noor Haddad", "privacy": "Farid el Amrani"} {
		w.people[name], err = w.schools.AddStaff(t.Context(), w.who("admin"), w.id, school.NewStaff{Name: full, Email: name + "@baken.example", Active: true})
		w.ok(err)
	}
	for name, kind := range map[string]access.RoleKind{"leader": access.RoleLeader, "privacy": access.RolePrivacy} {
		w.ok(w.schools.Appoint(t.Context(), w.who("admin"), w.id, w.people[name], access.Role{Kind: kind, SchoolID: w.id}))
	}
	other, err := w.schools.Found(t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"})
	w.ok(err)
	w.people["outsider"] = other.AdminID
	w.Site = roomtest.New(t, w.d, w.clock, library, account.Texts, accountweb.Texts, adminweb.Texts, roster.Texts)
	w.House.BaseURL = "http://localhost"
	w.routes(&adminweb.Room{DB: w.d, Schools: w.schools, Accounts: w.accounts, Roster: roster.NewService(w.d, w.clock, w.schools, w.accounts), Leaving: leaving.NewService(leaving.Wiring{DB: w.d, Clock: w.clock, Log: log}), Log: log, Door: w.door, Mails: func() bool { return !w.none }, Test: func(_ context.Context, to school.Person, subject, text string) (mail.Fault, error) {
		w.tested = append(w.tested, to.Email+"|"+subject+"|"+text)
		return w.fault, nil
	}})
	return w
}

func (w *desk) routes(a *adminweb.Room) {
	w.Route("GET", "/admin", a.People)
	w.Route("GET", "/admin/people/new", a.Add)
	w.Route("POST", "/admin/people", a.AddOne)
	w.Route("POST", "/admin/people/list", upload(a.LookAtList))
	w.Route("POST", "/admin/people/list/apply", upload(a.BringIn))
	w.Route("POST", "/admin/people/list/rest", upload(a.Rest))
	w.Route("POST", "/admin/people/invite", a.InviteWaiting)
	w.Route("GET", "/admin/people/{id}", a.Person)
	w.Route("POST", "/admin/people/{id}", a.Edit)
	w.Route("GET", "/admin/erasures", a.Erasures)
	w.Route("POST", "/admin/erasures/go", a.AllowErasing)
	w.Route("POST", "/admin/people/{id}/invite", a.Invite)
	w.Route("POST", "/admin/people/{id}/uninvite", a.Uninvite)
	w.Route("POST", "/admin/people/{id}/suspend", a.Suspend)
	w.Route("POST", "/admin/people/{id}/restore", a.Restore)
	w.Route("POST", "/admin/people/{id}/passkeys", a.ForgetPasskeys)
	w.Route("POST", "/admin/people/{id}/tokens", a.RevokeTokens)
	w.Route("POST", "/admin/people/{id}/roles", a.Appoint)
	w.Route("POST", "/admin/people/{id}/roles/take", a.Relieve)
	w.Route("GET", "/admin/teams", a.Teams)
	w.Route("POST", "/admin/teams", a.AddTeam)
	w.Route("POST", "/admin/teams/{id}", a.RenameTeam)
	w.Route("GET", "/admin/school/form", a.Settings)
	w.Route("POST", "/admin/school", a.SaveSettings)
	w.Route("GET", "/admin/log", a.SecurityLog)
	w.Route("GET", "/admin/outbox", a.Outbox)
	w.Route("GET", "/admin/backups", a.Backups)
	w.Route("POST", "/admin/outbox/test", a.TestMail)
	w.Route("GET", "/outbox", a.Mailbox)
}

// upload lets a route take a file, as the map of pages does.
func upload(h room.Handler) room.Handler {
	return func(r *room.Request) error {
		r.Upload = 1 << 20
		return h(r)
	}
}

func (w *desk) done(name, said, path string, fields ...string) {
	w.t.Helper()
	if r := w.Post(w.people[name], path, fields...); !strings.Contains(r.Location, "said="+said) {
		w.t.Fatalf("%s by %s: %d, %q, %v %s", path, name, r.Status, r.Location, r.Err, r.Body)
	}
}

func (w *desk) absent(name, path string, fields ...string) {
	w.t.Helper()
	if r := w.Post(w.people[name], path, fields...); r.Status != http.StatusNotFound {
		w.t.Errorf("%s by %s: %d %q", path, name, r.Status, r.Location)
	}
}

func (w *desk) count(sql string, args ...any) int {
	w.t.Helper()
	n, err := db.One(w.t.Context(), w.d, sql, db.Int, args...)
	w.ok(err)
	return n
}

func (w *desk) page(name string) string { return "/admin/people/" + w.people[name] }

// posts are all acts of this room with what they send.
func (w *desk) posts() map[string][]string {
	at := w.page("noor")
	return map[string][]string{
		"/admin/people": {"name", "Bo Berg", "email", "bo@baken.example"}, "/admin/people/list": {"people", "Bo Berg; bo@baken.example"},
		"/admin/people/list/apply": {"people", "Bo Berg; bo@baken.example", "digest", "x"}, "/admin/people/list/rest": {"people", "Bo Berg; bo@baken.example"}, "/admin/people/invite": nil, at: {"version", "1", "name", "Noor", "email", "noor@baken.example"},
		at + "/invite": nil, at + "/uninvite": nil, at + "/suspend": nil, at + "/restore": nil, at + "/passkeys": nil, at + "/tokens": nil,
		at + "/roles": {"role", "admin"}, w.page("admin") + "/roles/take": {"role", "admin"}, "/admin/teams": {"name", "Talen", "kind", "department"},
		"/admin/outbox/test":     nil,
		"/admin/teams/" + w.team: {"name", "Talen", "kind", "department"}, "/admin/school": {"version", "1", "name", "Van mij", "sector", "vo", "language", "nl", "change_cap", "2"},
	}
}

func TestNobodyElseLooksAfterAccounts(t *testing.T) {
	w := open(t)
	before := w.count(`select count(*) from journal`)
	for _, name := range []string{"leader", "noor"} {
		for _, path := range []string{"/admin", "/admin/people/new", w.page("noor"), "/admin/teams", "/admin/school/form", "/admin/log", "/admin/outbox", "/admin/backups"} {
			if r := w.Get(w.people[name], path); r.Status != http.StatusNotFound {
				t.Errorf("%s opens %s: %d", name, path, r.Status)
			}
		}
	}
	for path, fields := range w.posts() {
		for _, name := range []string{"leader", "noor", "privacy"} {
			w.absent(name, path, fields...)
		}
		w.absent("outsider", path, append(fields, "school", w.id)...)
	}
	for _, path := range []string{"/admin?school=" + w.id, w.page("noor"), "/admin/log?school=" + w.id} {
		if r := w.Get(w.people["outsider"], path); r.Status != http.StatusNotFound {
			t.Errorf("another board opens %s: %d", path, r.Status)
		}
	}
	if after := w.count(`select count(*) from journal`); after != before {
		t.Errorf("refused acts wrote %d entries", after-before)
	}
}

func TestThePrivacyOfficerReads(t *testing.T) {
	w := open(t)
	page := w.Get(w.people["privacy"], "/admin")
	page.Has(t, "Noor Haddad", "noor@baken.example", "Privacy-officer", "Logboek")
	page.Lacks(t, "/admin/people/new", "/admin/outbox", "/admin/school/form")
	one := w.Get(w.people["privacy"], w.page("noor"))
	one.Has(t, "Noor heeft geen rol")
	one.Lacks(t, "/suspend", "<input class")
	w.Get(w.people["privacy"], "/admin/teams").Lacks(t, "Maak een team")
	w.Get(w.people["privacy"], "/admin/log").Has(t, "Wie wanneer binnenkwam, staat hier niet")
}

func TestWhatChangesRightsAsksToConfirm(t *testing.T) {
	w := open(t)
	w.door.fresh = false
	at := w.page("noor")
	for path, fields := range map[string][]string{at + "/suspend": nil, at + "/roles": {"role", "admin"}, at + "/passkeys": nil, at + "/tokens": nil, at: {"version", "1", "name", "Noor Haddad", "email", "ander@baken.example"}} {
		if r := w.Post(w.people["admin"], path, fields...); r.Location != "/account/confirm?next="+at {
			t.Errorf("%s goes to %q (%d, %v)", path, r.Location, r.Status, r.Err)
		}
	}
	if n := w.count(`select count(*) from person where id = $1 and state = 'active' and email = 'noor@baken.example' and version = 1`, w.people["noor"]); n != 1 {
		t.Error("something changed")
	}
	w.done("admin", "admin_person_saved", at, "version", "1", "name", "Noor Haddad", "email", "noor@baken.example", "subject", "wiskunde", "teams", w.team)
	w.Get(w.people["admin"], at).Has(t, `value="wiskunde"`)
}

func TestAnAccountFromInvitationToSuspension(t *testing.T) {
	w := open(t)
	w.Get(w.people["admin"], "/admin/people/new").Has(t, "Zet mensen erin", "Bea Heer van Het Baken vraagt je om mee te doen.", "Sectie wiskunde")
	w.Post(w.people["admin"], "/admin/people", "name", "Bo Berg", "email", "bo").Has(t, "Dit lijkt geen e-mailadres", `value="Bo Berg"`)
	w.done("admin", "admin_added_invited", "/admin/people", "name", "Bo Berg", "email", "bo@baken.example", "subject", "Frans", "teams", w.team, "invite", "true")
	if len(w.post.letters) != 1 || w.post.letters[0].Email != "bo@baken.example" || w.post.letters[0].By != "Bea Heer" {
		t.Fatalf("letters %+v", w.post.letters)
	}
	id, err := db.One(t.Context(), w.d, `select id from person where email = 'bo@baken.example'`, db.Str)
	w.ok(err)
	w.people["bo"] = id
	w.Get(w.people["admin"], "/admin?show=invited").Has(t, "Bo Berg", "uitgenodigd")
	w.Get(w.people["admin"], w.page("bo")).Has(t, "nam die nog niet aan", "Stuur nog een uitnodiging", "Trek de uitnodiging in")
	w.done("admin", "admin_invited", w.page("bo")+"/invite")
	w.done("admin", "admin_uninvited", w.page("bo")+"/uninvite")
	w.done("admin", "admin_suspended", w.page("bo")+"/suspend")
	w.Get(w.people["admin"], w.page("bo")).Has(t, "staat stil. Alles is er nog.", "Zet weer aan")
	w.Post(w.people["admin"], w.page("bo")+"/suspend").Has(t, "staat al stil")
	w.done("admin", "admin_restored", w.page("bo")+"/restore")
	w.done("admin", "admin_passkeys_gone", w.page("bo")+"/passkeys")
	w.done("admin", "admin_tokens_gone", w.page("bo")+"/tokens")
	w.Post(w.people["admin"], w.page("admin")+"/suspend").Has(t, "Je eigen account kun je niet stilzetten")
	w.Get(w.people["admin"], w.page("admin")).Lacks(t, "/suspend", "/passkeys")
	log := w.Get(w.people["admin"], "/admin/log")
	log.Has(t, "Bea Heer nodigde Bo Berg uit.", "Bea Heer zette het account van Bo Berg stil.", "Bea Heer haalde de passkeys van Bo Berg weg.")
	w.Lang = "en"
	w.Get(w.people["admin"], "/admin/log").Has(t, "Bea Heer invited Bo Berg.")
	w.Get(w.people["admin"], w.page("bo")).Has(t, "Send another invitation")
}

func TestAnotherAddressIsAnotherWayIn(t *testing.T) {
	w := open(t)
	at := w.page("noor")
	w.Post(w.people["admin"], at, "version", "1", "name", "Noor Haddad", "email", "bea@baken.example").Has(t, "Dit mailadres heeft iemand anders al")
	w.done("admin", "admin_person_saved", at, "version", "1", "name", "Noor Haddad", "email", "n.haddad@baken.example")
	if len(w.post.letters) != 1 || w.post.letters[0].Email != "noor@baken.example" || w.post.letters[0].Kind != account.LetterAddress {
		t.Errorf("the old address was not told: %+v", w.post.letters)
	}
	w.Post(w.people["admin"], at, "version", "1", "name", "Noor Haddad", "email", "n.haddad@baken.example").Has(t, "Iemand anders paste dit net aan")
	w.Get(w.people["admin"], "/admin/log").Has(t, "Bea Heer gaf Noor Haddad een ander mailadres.")
}

func TestRolesEndSignIns(t *testing.T) {
	w := open(t)
	at := w.page("noor")
	in := func() int { return w.count(`select count(*) from sign_in where person_id = $1`, w.people["noor"]) }
	url, err := w.accounts.LinkFor(t.Context(), w.people["noor"])
	w.ok(err)
	_, err = w.accounts.SpendLink(t.Context(), url[strings.LastIndex(url, "/")+1:], account.Browser{Device: account.Own})
	w.ok(err)
	if in() != 1 {
		t.Fatal("noor is not in")
	}
	w.Post(w.people["admin"], at+"/roles", "role", "team_leader").Has(t, "Kies het team van deze teamleider")
	w.Post(w.people["admin"], at+"/roles").Has(t, "Kies een van de antwoorden")
	w.done("admin", "admin_role_given", at+"/roles", "role", "team_leader", "team", w.team)
	if in() != 0 {
		t.Error("noor is still in with the rights of before")
	}
	page := w.Get(w.people["admin"], at)
	page.Has(t, "Teamleider van Sectie wiskunde", "Neem terug: Teamleider van Sectie wiskunde")
	w.Post(w.people["admin"], at+"/roles", "role", "team_leader", "team", w.team).Has(t, "doet dit al")
	w.done("admin", "admin_role_taken", at+"/roles/take", "role", "team_leader", "team", w.team)
	w.Post(w.people["admin"], w.page("admin")+"/roles/take", "role", "admin").Has(t, "enige beheerder")
	w.done("admin", "admin_role_given", at+"/roles", "role", "board")
	w.Get(w.people["admin"], "/admin?show=roles").Has(t, "Bestuur")
	w.done("admin", "admin_role_taken", at+"/roles/take", "role", "board", "board", "true")
	w.Get(w.people["admin"], "/admin/log").Has(t, "Bea Heer veranderde de rollen van Noor Haddad.")
}

// Who is added to the board gets that right in the same act, after showing once more who presses; the
// letter says that the board asks. With two schools only an admin of the board can.
func TestSomebodyOfTheBoardIsAdded(t *testing.T) {
	w := open(t)
	const path = "/admin/people"
	fields := []string{"name", "Wil Wal", "email", "wil@bestuur.example", "subject", "Frans", "teams", w.team, "of", "board", "invite", "true"}
	w.Get(w.people["admin"], path+"/new").Has(t, "Bij het bestuur", `name="of"`)
	w.door.fresh = false
	if got := w.Post(w.people["admin"], path, fields...); !strings.HasPrefix(got.Location, "/account/confirm?next=/admin/people/new") || w.count(`select count(*) from person where name = 'Wil Wal'`) != 0 {
		t.Errorf("without showing who it is: %d %s", got.Status, got.Location)
	}
	w.door.fresh = true
	w.Post(w.people["admin"], path, "name", "Wil Wal", "email", "wil", "of", "board").Has(t, "Dit lijkt geen e-mailadres", `value="board" checked`)
	w.Post(w.people["admin"], path, "name", "Wil Wal", "email", "wil@bestuur.example", "of", "pope").Has(t, "Kies een van de antwoorden")
	w.done("admin", "admin_added_invited", path, fields...)
	if n := w.count(`select count(*) from person p join role r on r.person_id = p.id and r.kind = 'board' where p.name = 'Wil Wal' and not exists (select 1 from staff f where f.person_id = p.id) and not exists (select 1 from team_member m where m.person_id = p.id)`); n != 1 {
		t.Errorf("%d are of the board only", n)
	}
	if l := w.post.letters[len(w.post.letters)-1]; l.Email != "wil@bestuur.example" || l.School != "" || l.Board != "Stichting Kust" || l.By != "Bea Heer" {
		t.Errorf("the letter: %+v", l)
	}
	w.Post(w.people["admin"], path, fields...).Has(t, "doet dit al")
	w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `insert into school (id, board_id, name, sector, language, zone, made_at) values ($1, $2, 'Tweede', 'vo', 'nl', 'Europe/Amsterdam', '2026-01-01T00:00:00.000000Z')`, ident.At(w.clock.Now()), w.board)
		return err
	}))
	w.Get(w.people["admin"], path+"/new").Lacks(t, "Bij het bestuur")
	w.Post(w.people["admin"], path, "name", "Tom Wal", "email", "tom@bestuur.example", "of", "board").Has(t, "geeft een beheerder van het bestuur")
}

func TestTeamsAndTheSchool(t *testing.T) {
	w := open(t)
	w.Get(w.people["admin"], "/admin/teams").Has(t, "Sectie wiskunde", "een vak, 0 mensen", "Maak een team")
	w.done("admin", "admin_team_added", "/admin/teams", "name", "Talen", "kind", "stream")
	w.Post(w.people["admin"], "/admin/teams", "name", "Talen", "kind", "stream").Has(t, "Er is al een team met deze naam", `href="#f-name"`)
	w.Post(w.people["admin"], "/admin/teams/"+w.team, "name", "Talen", "kind", "stream").Has(t, "Er is al een team met deze naam", `href="#name-`+w.team)
	w.done("admin", "admin_team_saved", "/admin/teams/"+w.team, "name", "Exact", "kind", "stream")

	page := w.Get(w.people["admin"], "/admin/school/form")
	page.Has(t, `value="Het Baken"`, "Eigen woorden", `name="word-docent"`)
	w.done("admin", "admin_school_saved", "/admin/school", "version", "1", "name", "Het Nieuwe Baken", "sector", "mbo", "language", "nl", "change_cap", "3", "word-docent", "coach", "word-klas", "")
	w.Get(w.people["admin"], "/admin/school/form").Has(t, `value="Het Nieuwe Baken"`, `value="coach"`, `value="3"`)
	w.Post(w.people["admin"], "/admin/school", "version", "1", "name", "Oud", "sector", "vo", "language", "nl", "change_cap", "3").Has(t, "Iemand anders paste dit net aan", `value="Oud"`)
	w.Post(w.people["admin"], "/admin/school", "version", "2", "name", "H", "sector", "vo", "language", "nl", "change_cap", "3", "word-docent", "{x}").Has(t, "Een eigen woord heeft hooguit")
	if n := w.count(`select count(*) from security_log where kind = 'school.changed' and reach = 'work'`); n != 1 {
		t.Errorf("%d entries about the settings", n)
	}
	w.Get(w.people["admin"], "/admin/log").Lacks(t, "veranderde de gegevens van de school") // of the work: for the privacy officer
	w.Get(w.people["privacy"], "/admin/log").Has(t, "Bea Heer veranderde de gegevens van de school.")
	w.Lang = "en"
	w.Get(w.people["admin"], "/admin/teams").Has(t, "Make a team")
	w.Get(w.people["admin"], "/admin/school/form").Has(t, "Words of your own")
}

func TestTheMailThatWaits(t *testing.T) {
	w := open(t)
	w.Get(w.people["admin"], "/admin/outbox").Has(t, "Er is geen post om te tonen")
	put := func(key string, private bool) {
		w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
			return mail.Queue(t.Context(), tx, mail.Message{Key: key, Kind: "notify.week", BoardID: w.board, PersonID: w.people["noor"], At: w.clock.Now(), Address: "noor@baken.example", Name: "Noor Haddad",
				Subject: "Je week", Text: "Dag Noor.\n\nhttp://localhost/week\n\nMeer vragen we niet.", Private: private})
		}))
	}
	put("week", false)
	for _, key := range []string{"a", "b", "c", "d"} {
		put(key, true)
	}
	page := w.Get(w.people["admin"], "/admin/outbox")
	page.Has(t, "Noor Haddad (noor@baken.example)", "Je week", "wacht")
	page.Lacks(t, "4 berichten", "Dag Noor.")
	put("e", true)
	w.Get(w.people["admin"], "/admin/outbox").Has(t, "5 berichten")

	if r := w.Get(w.people["noor"], "/outbox"); r.Status != http.StatusNotFound {
		t.Errorf("a mailbox outside a demo: %d", r.Status)
	}
	w.House.Demo = true
	own := w.Get(w.people["noor"], "/outbox")
	own.Has(t, "Je week", "Meer vragen we niet.", `href="/week"`)
	w.Get(w.people["admin"], "/outbox").Has(t, "Nog geen post")
	w.Lang = "en"
	w.Get(w.people["noor"], "/outbox").Has(t, "Only you see this.")
}

func TestHowItStandsWithBackups(t *testing.T) {
	w := open(t)
	now := w.clock.Now()
	w.Get(w.people["admin"], "/admin/backups").Has(t, "Er is nog geen back-up.", "nog nooit", "leerkring restore --try /srv/back-ups/leerkring-20261129-020000.backup")
	m := backup.Made{Head: backup.Head{ID: "01back0000000000000000000a", MadeAt: now.Add(-8 * 24 * time.Hour)}, Bytes: 12_345_678}
	w.ok(backup.Note(t.Context(), w.d, backup.Asked, m, now))
	w.Get(w.people["admin"], "/admin/backups").Has(t, "De laatste back-up is 8 dagen oud.", "12,3 MB", "nog nooit")
	m.Head.ID, m.Head.MadeAt = "01back0000000000000000000b", now.Add(-7*24*time.Hour)
	w.ok(backup.Note(t.Context(), w.d, backup.Asked, m, now))
	w.ok(backup.Note(t.Context(), w.d, backup.Upgrade, backup.Made{Head: backup.Head{ID: "01back0000000000000000000c", MadeAt: now}}, now))
	w.ok(backup.NoteTried(t.Context(), w.d, "01back0000000000000000000a", now, 1, now))
	page := w.Get(w.people["admin"], "/admin/backups")
	page.Has(t, "Laatste back-up", "Kopie voor een nieuwe versie")
	page.Lacks(t, "dagen oud", "nog nooit", "nog geen")
	w.Lang = "en"
	w.Get(w.people["admin"], "/admin/backups").Has(t, "Read back after that")
}

func TestHowItStandsWithTheMailServer(t *testing.T) {
	w := open(t)
	admin := w.people["admin"]
	w.Get(admin, "/admin/outbox").Has(t, "De mailserver neemt berichten aan", "minder dan vijf berichten")
	w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `update mail_server set away_since_at = $1, fault = 'auth'`, w.clock.Now().Add(-3*time.Hour))
		return err
	}))
	for i := range 9 {
		w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
			return mail.Queue(t.Context(), tx, mail.Message{Key: fmt.Sprint(i), Kind: "notify.week", BoardID: w.board, PersonID: w.people["noor"], At: w.clock.Now(), Later: true, Once: true, Private: true})
		}))
	}
	page := w.Get(admin, "/admin/outbox")
	page.Has(t, "De mailserver is weg sinds", "De mailserver kent ons niet", "Er wachten 5 berichten", "Er gaat niets verloren")
	page.Lacks(t, "9 berichten wachten", "Er wachten 9")
	w.Lang = "en"
	w.Get(admin, "/admin/outbox").Has(t, "The mail server has been away since", "5 messages wait")
}

func TestAHouseWithoutAMailServerSaysSo(t *testing.T) {
	w := open(t)
	w.none = true
	page := w.Get(w.people["admin"], "/admin/outbox")
	page.Has(t, "Er is nog geen mailserver")
	page.Lacks(t, "De mailserver neemt berichten aan")
}

func TestATestMailSaysWhatIsWrong(t *testing.T) {
	w := open(t)
	admin := w.people["admin"]
	page := w.Post(admin, "/admin/outbox/test")
	page.Has(t, "De mailserver nam de testmail aan")
	if len(w.tested) != 1 || !strings.HasPrefix(w.tested[0], "bea@baken.example|Testmail van Leerkring|Dag Bea.\n\n") {
		t.Errorf("%q", w.tested)
	}
	for _, fault := range []mail.Fault{"none", mail.FaultAway, mail.FaultTLS, mail.FaultAuth, mail.FaultSender, mail.FaultBusy, mail.FaultOther, "refused", "again"} {
		w.fault = fault
		page := w.Post(admin, "/admin/outbox/test")
		page.Lacks(t, "nam de testmail aan", "admin.fault_")
		if page.Status != http.StatusOK {
			t.Errorf("%s: %d", fault, page.Status)
		}
	}
}

func TestOneOfSeveralSchools(t *testing.T) {
	w := open(t)
	second := "01sch00000000000000000000a"
	w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `insert into school (id, board_id, name, sector, language, zone, made_at) select $1, board_id, 'De Tweede', sector, language, zone, made_at from school where id = $2`, second, w.id)
		return err
	}))
	if r := w.Get(w.people["admin"], "/admin?school="+second); r.Status != http.StatusNotFound {
		t.Errorf("the admin of one school opens another: %d", r.Status)
	}
	for _, path := range []string{"/admin/outbox", "/admin/backups"} {
		if r := w.Get(w.people["admin"], path); r.Status != http.StatusNotFound {
			t.Errorf("%s of a whole board opens for an admin of one school: %d", path, r.Status)
		}
	}
	w.Post(w.people["admin"], w.page("noor")+"/roles", "role", "board").Has(t, "Een rol voor het hele bestuur")
	w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `update role set school_id = null where kind = 'admin' and person_id = $1`, w.people["admin"])
		return err
	}))
	page := w.Get(w.people["admin"], "/admin?school="+second)
	page.Has(t, "De accounts van De Tweede", "Het Baken")
	page.Lacks(t, "Noor Haddad")
	w.done("admin", "admin_team_added", "/admin/teams", "name", "Talen", "kind", "stream", "school", second)
	w.Get(w.people["admin"], "/admin/teams?school="+second).Has(t, "Talen")
	w.Get(w.people["admin"], "/admin/teams").Lacks(t, ">Talen<")
	w.Get(w.people["admin"], "/admin/outbox").Has(t, "Er is geen post om te tonen")
}

// A run of erasing that stopped asks who looks after the board: where it has one school, the admin of
// that one. An admin of one of two schools is not asked and cannot let it go on.
func TestWhoIsAskedWhenARunOfErasingStopped(t *testing.T) {
	w := open(t)
	stop := func(sql string) {
		w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, sql, w.board)
			return err
		}))
	}
	const path, text = "/admin/erasures", "Er zou meer weggaan dan gewoonlijk, van 14 mensen"
	stopped := func() int { return w.count(`select count(*) from retention_run where state = 'stopped'`) }
	stop(`insert into retention_run (board_id, at, state, why, people) values ($1, '2026-03-19T12:00:00.000000Z', 'stopped', 'many', 14)`)
	w.Get(w.people["admin"], path).Has(t, text, "/admin/erasures/go")
	w.Get(w.people["privacy"], path).Has(t, text)
	w.Get(w.people["privacy"], path).Lacks(t, "/admin/erasures/go")
	for _, name := range []string{"privacy", "leader", "noor", "outsider"} {
		if w.Post(w.people[name], path+"/go"); stopped() != 1 {
			t.Fatalf("%s lets it go on", name)
		}
	}
	stop(`insert into school (id, board_id, name, sector, language, zone, made_at) values ('000000000000000000000000zz', $1, 'Tweede', 'vo', 'nl', 'Europe/Amsterdam', '2026-01-01T00:00:00.000000Z')`)
	w.Get(w.people["admin"], path).Lacks(t, text)
	if w.Post(w.people["admin"], path+"/go"); stopped() != 1 {
		t.Fatal("an admin of one of two schools lets it go on")
	}
	stop(`delete from school where id = '000000000000000000000000zz' and board_id = $1`)
	w.done("admin", "admin_erasing_goes_on", path+"/go")
	if stopped() != 0 {
		t.Error("it waits still")
	}
}

func TestThePageOfAccountsAsksTheSameHoweverMany(t *testing.T) {
	w := open(t)
	look := func() { w.Get(w.people["admin"], "/admin"); w.Get(w.people["admin"], "/admin/log") }
	add := func(name string) {
		w.done("admin", "admin_added_invited", "/admin/people", "name", name, "email", strings.ToLower(strings.ReplaceAll(name, " ", "."))+"@baken.example", "invite", "true", "teams", w.team)
	}
	add("Sam Vos")
	few := w.Counting(look)
	for _, name := range []string{"Cas Bo", "Bo Berg", "Eva Dijk"} {
		add(name)
	}
	if many := w.Counting(look); many != few {
		t.Errorf("%d queries, later %d", few, many)
	}
}
