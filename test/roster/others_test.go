package roster

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"leerkring/access"
	"leerkring/account"
	"leerkring/roster"
	"leerkring/school"
)

const list = "Naam;E-mail;Team;Werkdagen;Functie\r\nRenée Visscher;renee@baken.example;Sectie wiskunde;ma di do;mentor\r\nJoël van ’t Hof;joel@baken.example;;ma-wo;\r\n"

func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range files {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sheet is a workbook as Excel makes one: a title, dates and numbers where people typed something else.
func sheet(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	put := func(at string, v any) {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	put("A1", "Personeel")
	for i, h := range []string{"Personeelsnummer", "Voornaam", "Tussenvoegsel", "Achternaam", "E-mail", "Team", "Dagen"} {
		put(string(rune('A'+i))+"3", h)
	}
	for i, v := range []any{123456789012, "Renée", "", "Visscher", "renee@baken.example", "sectie Wiskunde", "ma di do"} {
		put(string(rune('A'+i))+"4", v)
	}
	for i, v := range []any{42, "Joël", "van ’t", "Hof", "joel@baken.example", "", time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)} { // typed as 1-5
		put(string(rune('A'+i))+"5", v)
	}
	if err := f.SetCellFormula("Sheet1", "H4", `=CONCATENATE("a","b")`); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// oneRoster11 are the files that the standard describes, version 1.1: role and place stand in the line.
func oneRoster11(t testing.TB) []byte {
	return zipped(t, map[string]string{
		"manifest.csv": "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.users,bulk\n",
		"orgs.csv":     "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\nd1,,,Stichting Kust,district,,\no1,,,Het Baken,school,,d1\no2,,,De Vloed,school,,d1\ndep,,,Sectie wiskunde,department,,o1\n",
		"users.csv": "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n" +
			"u1,,,true,\"o1,dep\",teacher,rvisscher,,Renée,Visscher,,,renee@baken.example,,,,,\n" +
			"u2,,,true,o1,administrator,jhof,,Joël,van ’t Hof,,,joel@baken.example,,,,,\n" +
			"u3,,,true,o1,student,leerling1,,Piet,Jansen,,,piet@leerling.baken.example,,,,8,geheim\n" +
			"u4,,,true,o1,parent,ouder1,,An,Jansen,,,an@thuis.example,,,u3,,\n" +
			"u5,,,true,o2,teacher,elders,,Eef,Elders,,,eef@vloed.example,,,,,\n" +
			"u6,tobedeleted,,true,o1,teacher,weg,,Wim,Weg,,,wim@baken.example,,,,,\n" +
			"u7,,,false,o1,aide,uit,,Uma,Uit,,,uma@baken.example,,,,,\n",
	})
}

// oneRoster12 is version 1.2: roles have a file of their own, and classes say what is taught.
func oneRoster12(t testing.TB) []byte {
	return zipped(t, map[string]string{
		"baken/manifest.csv":    "propertyName,value\noneroster.version,1.2\n",
		"baken/orgs.csv":        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,active,2026-01-01T00:00:00.000Z,Het Baken,school,,\n",
		"baken/users.csv":       "\ufeff\"sourcedId\",\"status\",\"dateLastModified\",\"enabledUser\",\"username\",\"userIds\",\"givenName\",\"familyName\",\"middleName\",\"identifier\",\"email\",\"sms\",\"phone\",\"agentSourcedIds\",\"grades\",\"password\",\"userMasterIdentifier\",\"resourceSourcedIds\",\"preferredGivenName\",\"preferredMiddleName\",\"preferredFamilyName\",\"primaryOrgSourcedId\",\"pronouns\"\n\"u1\",\"active\",\"\",\"true\",\"rv\",\"\",\"Renata\",\"Visscher\",\"\",\"\",\"renee@baken.example\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"Renée\",\"\",\"\",\"o1\",\"\"\n\"u2\",\"active\",\"\",\"true\",\"jh\",\"\",\"Joël\",\"van ’t Hof\",\"\",\"\",\"joel@baken.example\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"o1\",\"\"\n\"s1\",\"active\",\"\",\"true\",\"ll\",\"\",\"Piet\",\"Jansen\",\"\",\"\",\"piet@leerling.example\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"o1\",\"\"\n",
		"baken/roles.csv":       "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\nr1,active,,u1,primary,teacher,,,o1,\nr2,active,,u2,primary,systemAdministrator,,,o1,\nr3,active,,s1,primary,student,,,o1,\n",
		"baken/classes.csv":     "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods,resourceSourcedIds\nc1,active,,2A wiskunde,,,,scheduled,,o1,,Sectie wiskunde,,,\n",
		"baken/enrollments.csv": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\ne1,active,,c1,o1,u1,teacher,true,,\ne2,active,,c1,o1,s1,student,,,\n",
	})
}

func encoded(t testing.TB, how func([]byte) ([]byte, error)) []byte {
	t.Helper()
	raw, err := how([]byte(list))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestProofF_RosterFilesOfOthers brings the same two people in from the files that schools have. The same
// file a second time changes nothing.
func TestProofF_RosterFilesOfOthers(t *testing.T) {
	utf16 := func(e unicode.Endianness) func([]byte) ([]byte, error) {
		return unicode.UTF16(e, unicode.UseBOM).NewEncoder().Bytes
	}
	for name, file := range map[string]func(testing.TB) []byte{
		"semicolons":    func(testing.TB) []byte { return []byte(list) },
		"utf8-bom":      func(testing.TB) []byte { return []byte("\ufeff" + list) },
		"windows-1252":  func(t testing.TB) []byte { return encoded(t, charmap.Windows1252.NewEncoder().Bytes) },
		"utf16-le":      func(t testing.TB) []byte { return encoded(t, utf16(unicode.LittleEndian)) },
		"utf16-be":      func(t testing.TB) []byte { return encoded(t, utf16(unicode.BigEndian)) },
		"tabs":          func(testing.TB) []byte { return []byte(strings.ReplaceAll(list, ";", "\t")) },
		"commas":        func(testing.TB) []byte { return []byte(strings.ReplaceAll(list, ";", ",")) },
		"sep-line":      func(testing.TB) []byte { return []byte("sep=;\r\n" + list) },
		"xlsx":          sheet,
		"oneroster-1.1": oneRoster11,
		"oneroster-1.2": oneRoster12,
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *town) {
				p := w.reads(file(t))
				l := w.look(p)
				before := w.state()
				if name == "xlsx" { // the date that Excel made of 1-5 is asked
					if roster.Count(l.Findings, roster.Unclear) != 1 {
						t.Fatalf("%+v", l.Findings)
					}
					for _, f := range l.Findings {
						if f.Verdict == roster.Unclear {
							p.Choices.Days = map[string][]int{f.Key: f.Week.Days}
						}
					}
				}
				if w.state() != before {
					t.Error("looking changed something")
				}
				if out := w.brings(p); out.New != 2 || out.Waiting != 0 {
					t.Fatalf("%+v: %+v", out, w.look(p).Findings)
				}
				people, err := school.ByEmail(t.Context(), w.d, "renee@baken.example")
				w.ok(err)
				other, err := school.ByEmail(t.Context(), w.d, "joel@baken.example")
				w.ok(err)
				if people[0].Name != "Renée Visscher" || other[0].Name != "Joël van ’t Hof" || other[0].State != school.Invited {
					t.Errorf("%q %q", people[0].Name, other[0].Name)
				}
				if n := w.count(`select count(*) from team_member where person_id = $1`, people[0].ID); n != 1 {
					t.Errorf("%d teams", n)
				}
				if n := w.count(`select count(*) from person where name like '%Jansen%' or email like '%vloed.example' and email <> 'oda@vloed.example' or email like 'wim%' or email like 'uma%'`); n != 0 {
					t.Error("a pupil, a parent, somebody of another school or somebody who left came in")
				}
				if n := w.count(`select count(*) from role where person_id in ($1, $2)`, people[0].ID, other[0].ID); n != 0 {
					t.Error("a file gave a role")
				}
				if len(w.post.letters) != 2 {
					t.Errorf("%d letters", len(w.post.letters))
				}
				after := w.state()
				p.Choices = roster.Choices{}
				if out := w.brings(p); out != (roster.Brought{}) || w.state() != after || len(w.post.letters) != 2 {
					t.Errorf("a second time: %+v\n%+v", out, w.look(p).Findings)
				}
			})
		})
	}
}

// TestProofF_RosterOneRosterCountsPupils: pupils and parents are counted, and nothing of them is in the
// text that goes on.
func TestProofF_RosterOneRosterCountsPupils(t *testing.T) {
	t.Parallel()
	s, err := roster.ReadFile(oneRoster11(t))
	if err != nil || s.LeftOut != (roster.LeftOut{Pupils: 1, Parents: 1}) || s.Source != roster.OneRoster {
		t.Fatalf("%+v %v", s.LeftOut, err)
	}
	for _, word := range []string{"Piet", "Jansen", "leerling", "geheim", "thuis", "student", "parent"} {
		if strings.Contains(s.Text(), word) {
			t.Errorf("%q goes on", word)
		}
	}
	if again, err := roster.ReadText(s.Text()); err != nil || again.Source != roster.OneRoster || again.Text() != s.Text() {
		t.Errorf("the text is not the same when it is read again: %v", err)
	}
}

// TestProofF_RosterWhoLeavesAndComesBack: nobody leaves unless the admin says so; who leaves
// is out at once; who comes back has the own account, and what was theirs.
func TestProofF_RosterWhoLeavesAndComesBack(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.brings(text(list))
		renee := w.idOf("renee@baken.example")
		link := w.post.letters[0].URL
		for _, l := range w.post.letters {
			if l.PersonID == renee {
				link = l.URL
			}
		}
		in, err := w.accounts.Accept(t.Context(), link[strings.LastIndex(link, "/")+1:], account.Browser{Device: account.Own})
		w.ok(err)
		w.ok(w.schools.Update(t.Context(), access.Who{ID: renee}, school.Details{Name: "Renée Visscher", WorkingDays: []int{1, 2}}, "2026-03-19"))
		less := "Naam;E-mail;Werkdagen\nJoël van ’t Hof;joel@baken.example;ma-wo\n"
		l := w.look(text(less))
		if roster.Count(l.Findings, roster.Leaving) != 1 {
			t.Fatalf("%+v", l.Findings)
		}
		before := w.state()
		if out := w.brings(text(less)); out.Left != 0 || w.state() != before {
			t.Errorf("somebody left whom nobody sent away: %+v", out)
		}
		p := text(less)
		p.Choices.Leave = map[string]bool{renee: true, w.people["leader"]: true, w.people["admin"]: true, w.people["noor"]: true}
		if out := w.brings(p); out.Left != 1 {
			t.Errorf("%+v", out)
		}
		if _, err := w.accounts.Authenticate(t.Context(), in.Secret); err == nil {
			t.Error("who left is still in")
		}
		if n := w.count(`select count(*) from person where state = 'suspended'`); n != 1 {
			t.Errorf("%d suspended: a leader, an admin or somebody who never came by a list left", n)
		}
		w.brings(text(list))
		if w.idOf("renee@baken.example") != renee {
			t.Fatal("who came back has another account")
		}
		if n := w.count(`select count(*) from person where id = $1 and state = 'active' and working_days = '[1,2]'`, renee); n != 1 {
			t.Error("who came back is not as she was")
		}
	})
}
