package roster

import (
	"strings"
	"testing"

	"leerkring/access"
	"leerkring/school"
)

func person(id, name, email string, more ...func(*school.Account)) school.Account {
	a := school.Account{Staff: school.Staff{Person: school.Person{ID: id, Name: name, Email: email, State: school.Active, WorkingDays: []int{1, 2, 3, 4, 5}}}}
	for _, m := range more {
		m(&a)
	}
	return a
}

// here is a school as the rows meet it.
func here() Known {
	return Known{
		School:  school.School{ID: "s1", Name: "Het Baken"},
		ActorID: "p9",
		Teams:   []school.Team{{ID: "t1", Name: "Sectie wiskunde"}, {ID: "t2", Name: "Jan, Piet"}, {ID: "t3", Name: "Onderbouw"}},
		Accounts: []school.Account{
			person("p1", "Noor Haddad", "noor@baken.example", func(a *school.Account) { a.TeamIDs, a.Subject = []string{"t1"}, "wiskunde" }),
			person("p2", "Sem Stil", "sem@baken.example", func(a *school.Account) { a.State = school.Suspended }),
			person("p3", "Gast Vrij", "gast@uni.example", func(a *school.Account) { a.Guest = true }),
			person("p4", "Kees Bruins", "kees@baken.example"),
			person("p5", "Ilse Brand", "ilse@baken.example", func(a *school.Account) { a.Roles = []access.Role{{Kind: access.RoleLeader}} }),
			person("p6", "Daan Weg", "daan@baken.example", func(a *school.Account) { a.State = school.Suspended }),
			person("p7", "Rob Dicht", "rob@baken.example", func(a *school.Account) {
				a.State, a.Roles = school.Suspended, []access.Role{{Kind: access.RoleAdmin}}
			}),
			person("p8", "Lot Blijft", "lot.nieuw@baken.example", func(a *school.Account) { a.WorkingDays = []int{1, 2} }),
			person("p9", "Bea Heer", "bea@baken.example", func(a *school.Account) { a.Roles = []access.Role{{Kind: access.RoleAdmin}} }),
		},
		Elsewhere: []school.Elsewhere{{ID: "e1", Email: "eva@baken.example", State: school.Active, School: "De Vloed"}, {ID: "e2", Email: "dicht@baken.example", State: school.Suspended}},
		Entries: []Entry{
			{Key: "lot@baken.example", PersonID: "p8", Given: Given{Name: "Lot Blijft", Email: "lot@baken.example", Days: []int{1, 2, 3}, Week: "ma-wo", TeamIDs: []string{"t1"}}},
			{Key: "daan@baken.example", PersonID: "p6", Given: Given{Name: "Daan Weg", Email: "daan@baken.example"}, Gone: true},
			{Key: "#77", PersonID: "p4", Given: Given{Name: "Kees Bruins", Email: "kees@baken.example"}},
		},
	}
}

const heads = "Naam; E-mail; Teams; Werkdagen; Functie; Vak; Personeelsnummer; Status\n"

func compare(t testing.TB, k Known, text string, c Choices) []Finding {
	t.Helper()
	s, err := ReadText(text)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := Rows(s, Guess(s.Cells, k.Teams))
	if err != nil {
		t.Fatal(err)
	}
	return Compare(s.Source, rows, k, c)
}

// says is a finding in short: verdict, first reason, what changes.
func says(f Finding) string {
	var out []string
	out = append(out, string(f.Verdict))
	for _, w := range f.Why {
		out = append(out, strings.TrimPrefix(w.Key, "roster."))
	}
	for _, c := range f.Changes {
		out = append(out, c.What+":"+c.From+">"+c.To)
	}
	for _, n := range f.Notes {
		out = append(out, "note "+strings.TrimPrefix(n.Key, "roster."))
	}
	return strings.Join(out, " | ")
}

func TestARowSaysWhatItWouldDo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ line, want string }{
		"somebody new":                               {"Bo Berg; bo@baken.example; onderbouw; ma di; docent", "new"},
		"somebody new with an address only":          {"Bo Berg; BO@baken.example", "new"},
		"a team with a comma in its name":            {"Bo Berg; bo@baken.example; jan, piet", "new"},
		"a colleague as she is":                      {"Noor Haddad; noor@baken.example; Sectie wiskunde; ma di wo do vr; ; wiskunde", "same"},
		"an empty cell takes nothing away":           {"Noor Haddad; noor@baken.example", "same"},
		"another way to write a name is no change":   {"N. Haddad; noor@baken.example", "same"},
		"a team more":                                {"Noor Haddad; noor@baken.example; Onderbouw", "changed | teams:Sectie wiskunde>Sectie wiskunde, Onderbouw"},
		"other days":                                 {"Noor Haddad; noor@baken.example; ; ma-wo", "changed | days:1 2 3 4 5>1 2 3"},
		"another subject":                            {"Noor Haddad; noor@baken.example; ; ; ; rekenen", "changed | subject:wiskunde>rekenen"},
		"a function":                                 {"Noor Haddad; noor@baken.example; ; ; mentor", "changed | function:>mentor"},
		"a function that is a role elsewhere":        {"Bo Berg; bo@baken.example; ; ; Schoolleider, kartrekker", "new | note role_word | note role_word"},
		"no name":                                    {"; bo@baken.example", "refused | name_missing"},
		"a reserved name":                            {"Beheerder; bo@baken.example", "refused | school.name_reserved"},
		"no address":                                 {"Bo Berg; ; ; ma", "unclear | no_email"},
		"half an address":                            {"Bo Berg; bo@", "unclear | email_shape"},
		"a team that is not there":                   {"Bo Berg; bo@baken.example; OB HV", "unclear | team_unknown"},
		"days that can mean two things":              {"Bo Berg; bo@baken.example; ; 0,8", "unclear | days_unclear"},
		"two things unclear":                         {"Bo Berg; bo@baken.example; OB HV; 0,8", "unclear | team_unknown | days_unclear"},
		"a suspended account":                        {"Sem Stil; sem@baken.example", "unclear | suspended"},
		"a suspended account with a role":            {"Rob Dicht; rob@baken.example", "refused | back_role"},
		"somebody who left by the list comes back":   {"Daan Weg; daan@baken.example", "back"},
		"a guest":                                    {"Gast Vrij; gast@uni.example", "unclear | guest"},
		"somebody of another school":                 {"Eva Dijk; eva@baken.example", "unclear | elsewhere"},
		"a closed account of another school":         {"Dirk Dicht; dicht@baken.example", "refused | elsewhere_closed"},
		"the same name, another address":             {"noor haddad; noor2@baken.example", "unclear | same_name"},
		"an initial":                                 {"N. Haddad; noor2@baken.example", "unclear | same_name"},
		"one letter":                                 {"Noord Haddad; noor2@baken.example", "unclear | same_name"},
		"a namesake with another first name":         {"Petra Haddad; petra@baken.example", "new"},
		"the same name without an address":           {"Noor Haddad; ", "unclear | same_name"},
		"another address by the number":              {"Kees Bruins; k.bruins@baken.example; ; ; ; ; 77", "changed | email:kees@baken.example>k.bruins@baken.example"},
		"the address of somebody else":               {"Kees Bruins; noor@baken.example; ; ; ; ; 77", "refused | address_taken"},
		"the address of somebody elsewhere":          {"Kees Bruins; eva@baken.example; ; ; ; ; 77", "refused | address_taken"},
		"what was corrected here stays":              {"Lot Blijft; lot@baken.example; Sectie wiskunde; ma-wo", "same"},
		"what the list says anew does not":           {"Lot Blijft; lot@baken.example; ; ma-do", "changed | days:1 2>1 2 3 4"},
		"a name that the list changed":               {"Lot Blijft-Berg; lot@baken.example", "changed | name:Lot Blijft>Lot Blijft-Berg"},
		"a formula is a word":                        {"=HYPERLINK(1); bo@baken.example; ; ; =1+1", "new"},
		"a function without end":                     {"Bo Berg; bo@baken.example; ; ; ; " + strings.Repeat("x", 90), "refused | long_word"},
		"the administration says that she is gone":   {"Noor Haddad; noor@baken.example; ; ; ; ; ; tobedeleted", "leaving"},
		"the administration says the leader is gone": {"Ilse Brand; ilse@baken.example; ; ; ; ; ; tobedeleted", "leaving | leave_role"},
		"gone before coming":                         {"Bo Berg; bo@baken.example; ; ; ; ; ; inactive", "same"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := compare(t, here(), heads+c.line, Choices{})[0]
			if got := says(f); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAnAddressOfSomebodyWithARoleStaysByHand(t *testing.T) {
	t.Parallel()
	k := here()
	k.Entries = append(k.Entries, Entry{Key: "#1", PersonID: "p5", Given: Given{Name: "Ilse Brand", Email: "ilse@baken.example"}})
	if got := says(compare(t, k, heads+"Ilse Brand; boef@elders.example; ; ; ; ; 1", Choices{})[0]); got != "refused | role_address" {
		t.Error(got)
	}
	f := compare(t, k, heads+"Ilse Brand; boef@elders.example", Choices{})[0]
	if got := says(f); got != "unclear | same_name" {
		t.Fatal(got)
	}
	if got := says(compare(t, k, heads+"Ilse Brand; boef@elders.example", Choices{Same: map[string]string{f.Key: "p5"}})[0]); got != "refused | role_address" {
		t.Error(got)
	}
}

func TestWhatIsUnclearIsChosen(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		line   string
		choose func(*Choices, string)
		want   string
	}{
		"an address":                   {"Bo Berg; ", func(c *Choices, k string) { c.Emails = map[string]string{k: "Bo@baken.example"} }, "new"},
		"an address that is none":      {"Bo Berg; ", func(c *Choices, k string) { c.Emails = map[string]string{k: "bo"} }, "unclear | email_shape"},
		"days":                         {"Bo Berg; bo@baken.example; ; 0,8", func(c *Choices, k string) { c.Days = map[string][]int{k: {1, 2}} }, "new"},
		"the same person":              {"Noor Haddad; noor2@baken.example", func(c *Choices, k string) { c.Same = map[string]string{k: "p1"} }, "changed | email:noor@baken.example>noor2@baken.example"},
		"another person":               {"Noor Haddad; noor2@baken.example", func(c *Choices, k string) { c.Same = map[string]string{k: AnotherOne} }, "new"},
		"a person that is not likely":  {"Noor Haddad; noor2@baken.example", func(c *Choices, k string) { c.Same = map[string]string{k: "p4"} }, "unclear | same_name"},
		"the same without an address":  {"Noor Haddad; ; Onderbouw", func(c *Choices, k string) { c.Same = map[string]string{k: "p1"} }, "changed | teams:Sectie wiskunde>Sectie wiskunde, Onderbouw"},
		"a team to make":               {"Bo Berg; bo@baken.example; OB HV", func(c *Choices, _ string) { c.Teams = map[string]string{TeamKey("ob-hv"): MakeIt} }, "new"},
		"a team that is meant":         {"Bo Berg; bo@baken.example; OB HV", func(c *Choices, _ string) { c.Teams = map[string]string{TeamKey("OB HV"): "t3"} }, "new"},
		"a team that is left out":      {"Bo Berg; bo@baken.example; OB HV", func(c *Choices, _ string) { c.Teams = map[string]string{TeamKey("OB HV"): LeaveIt} }, "new"},
		"a team of another school":     {"Bo Berg; bo@baken.example; OB HV", func(c *Choices, _ string) { c.Teams = map[string]string{TeamKey("OB HV"): "t99"} }, "unclear | team_unknown"},
		"a suspended account may open": {"Sem Stil; sem@baken.example", func(c *Choices, k string) { c.Yes = map[string]bool{k: true} }, "back"},
		"an account with a role not":   {"Rob Dicht; rob@baken.example", func(c *Choices, k string) { c.Yes = map[string]bool{k: true} }, "refused | back_role"},
		"somebody of another school":   {"Eva Dijk; eva@baken.example", func(c *Choices, k string) { c.Yes = map[string]bool{k: true} }, "new"},
		"a guest":                      {"Gast Vrij; gast@uni.example", func(c *Choices, k string) { c.Yes = map[string]bool{k: true} }, "new"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := compare(t, here(), heads+c.line, Choices{})[0]
			choices := Choices{}
			c.choose(&choices, f.Key)
			if got := says(compare(t, here(), heads+c.line, choices)[0]); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestPeopleTwiceInAList(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lines string
		want  []string
	}{
		"once for each team":              {"Bo Berg; bo@baken.example; Onderbouw\nBo Berg; bo@baken.example; Sectie wiskunde", []string{"new"}},
		"two names with one address":      {"Bo Berg; bo@baken.example\nBo Bos; bo@baken.example", []string{"new", "refused | twice"}},
		"once by number, once by address": {"Kees Bruins; kees@baken.example; ; ; ; ; 77\nKees B; kees@baken.example", []string{"same", "refused | twice"}},
		"other days":                      {"Bo Berg; bo@baken.example; ; ma\nBo Berg; bo@baken.example; ; di", []string{"new", "refused | twice"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := here()
			k.Entries = k.Entries[2:]
			var got []string
			for _, f := range compare(t, k, heads+c.lines, Choices{}) {
				if f.Verdict != Leaving {
					got = append(got, says(f))
				}
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got %q", got)
			}
		})
	}
	f := compare(t, here(), heads+"Bo Berg; bo@baken.example; Onderbouw; ; mentor\nBo Berg; bo@baken.example; Sectie wiskunde; ; docent", Choices{})[0]
	if len(f.Set.Join) != 2 || strings.Join(f.Set.Functions, ",") != "mentor,docent" {
		t.Errorf("%+v", f.Set)
	}
}

func TestWhoIsNotInTheListIsLeaving(t *testing.T) {
	t.Parallel()
	var got []string
	for _, f := range compare(t, here(), heads+"Bo Berg; bo@baken.example", Choices{})[1:] {
		got = append(got, f.Name+" "+says(f))
	}
	if strings.Join(got, ";") != "Kees Bruins leaving;Lot Blijft leaving" { // Daan left before; the others never came by a list
		t.Errorf("%q", got)
	}
	s, err := ReadText("sourcedId\tstatus\tname\temail\torg\tteams\tfunction\n1\t\tBo Berg\tbo@baken.example\t\t\tteacher\n")
	if err != nil || s.Source != OneRoster {
		t.Fatal(s.Source, err)
	}
}

func TestATeamThatTheListGaveIsTakenAgain(t *testing.T) {
	t.Parallel()
	k := here()
	k.Entries = []Entry{{Key: "noor@baken.example", PersonID: "p1", Given: Given{Name: "Noor Haddad", Email: "noor@baken.example", TeamIDs: []string{"t1"}}}}
	f := compare(t, k, heads+"Noor Haddad; noor@baken.example; Onderbouw", Choices{})[0]
	if got := says(f); got != "changed | teams:Sectie wiskunde>Onderbouw" || len(f.Set.Leave) != 1 {
		t.Error(got)
	}
	if got := says(compare(t, k, heads+"Noor Haddad; noor@baken.example; ", Choices{})[0]); got != "same" {
		t.Error("an empty cell took a team away: " + got)
	}
}

func TestColumnsInAnyOrderAndLanguage(t *testing.T) {
	t.Parallel()
	want := "Bo van den Berg / bo@baken.example / Onderbouw / 1 2 / docent"
	for name, text := range map[string]string{
		"dutch":                    "Werkdagen;Functie;E-mailadres;Naam;Sectie\nma di;docent;bo@baken.example;Bo van den Berg;Onderbouw",
		"english":                  "Email,Full name,Department,Working days,Job title\nbo@baken.example,Bo van den Berg,Onderbouw,Mon Tue,docent",
		"first name and surname":   "Voornaam\tTussenvoegsel\tAchternaam\tE-mail\tTeam\tDagen\tFunctie\nBo\tvan den\tBerg\tbo@baken.example\tOnderbouw\tma di\tdocent",
		"a surname first":          "Naam;E-mail;Team;Dagen;Functie\n\"Berg, Bo van den\";bo@baken.example;Onderbouw;ma di;docent",
		"a title above it":         "Personeelslijst\n\nNaam;E-mail (werk);Team;Dagen;Functie\nBo van den Berg;bo@baken.example;Onderbouw;ma di;docent",
		"a column for each day":    "Naam;E-mail;Team;ma;di;wo;do;vr;Functie\nBo van den Berg;bo@baken.example;Onderbouw;x;x;;nee;0;docent",
		"no names of columns":      "Bo van den Berg; bo@baken.example; docent; Onderbouw; ma di",
		"the sign named":           "sep=|\nNaam|E-mail|Team|Dagen|Functie\nBo van den Berg|bo@baken.example|Onderbouw|ma di|docent",
		"in quotation marks":       "\"Naam\",\"E-mail\",\"Team\",\"Dagen\",\"Functie\"\r\n\"Bo van den\nBerg\",\"bo@baken.example\",\"Onderbouw\",\"ma di\",\"docent\"\r\n",
		"a column that is unknown": "Kamer;Naam;E-mail;Team;Dagen;Functie\n2.04;Bo van den Berg;mailto:Bo@baken.example;Onderbouw;ma di;docent",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := compare(t, here(), text, Choices{})[0]
			function := strings.Join(f.Functions, ",")
			if name == "no names of columns" {
				function = f.Subject // the third column is a subject there
			}
			if got := strings.Join([]string{f.Name, f.Email, teamNames(f.Given.TeamIDs, here().Teams), DaysText(f.Week.Days), function}, " / "); got != want {
				t.Errorf("got %s", got)
			}
		})
	}
	for text, key := range map[string]string{"Kamer;E-mail\n2.04;x@y.example": "roster.no_name_column", "Naam;Kamer\nBo;1": "roster.no_email_column", "Naam;E-mail": "roster.empty"} {
		s, err := ReadText(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Rows(s, Guess(s.Cells, nil)); err == nil || !strings.Contains(err.Error(), key) {
			t.Errorf("%q: %v", text, err)
		}
	}
	s, _ := ReadText("Kamer;Post\nBo Berg;bo@baken.example")
	rows, err := Rows(s, Guess(s.Cells, nil).With(map[int]Column{0: Name, 1: Email}))
	if err != nil || rows[0].Name != "Kamer" && rows[0].Name != "Bo Berg" {
		t.Errorf("%v %+v", err, rows)
	}
}

func TestADigestNamesWhatWasShown(t *testing.T) {
	t.Parallel()
	a := Digest(compare(t, here(), heads+"Bo Berg; bo@baken.example", Choices{}))
	k := here()
	k.Accounts = append(k.Accounts, person("p10", "Bo Berg", "bo@baken.example"))
	for name, b := range map[string]string{
		"another list":  Digest(compare(t, here(), heads+"Bo Bos; bo@baken.example", Choices{})),
		"another house": Digest(compare(t, k, heads+"Bo Berg; bo@baken.example", Choices{})),
		"other days":    Digest(compare(t, here(), heads+"Bo Berg; bo@baken.example; ; ma", Choices{})),
	} {
		if a == b {
			t.Error(name + " has the same digest")
		}
	}
}
