package access

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"pgregory.net/rapid"
)

func readTexts(t testing.TB, language string) map[string]string {
	t.Helper()
	file, err := Texts.ReadFile("text." + language + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	var tables map[string]map[string]string
	if err := toml.Unmarshal(file, &tables); err != nil {
		t.Fatal(err)
	}
	flat := map[string]string{}
	for table, texts := range tables {
		for key, text := range texts {
			flat[table+"."+key] = text
		}
	}
	return flat
}

func (l Line) in(t testing.TB, texts map[string]string) string {
	t.Helper()
	text, ok := texts[l.Key]
	if !ok {
		t.Fatalf("no text %s", l.Key)
	}
	for i := 0; i+1 < len(l.Args); i += 2 {
		value := l.Args[i+1]
		if names, ok := value.([]string); ok {
			value = strings.Join(names, ", ")
		}
		text = strings.ReplaceAll(text, fmt.Sprintf("{%s}", l.Args[i]), fmt.Sprint(value))
	}
	if strings.ContainsAny(strings.ReplaceAll(text, "{leerlingen}", ""), "{}") {
		t.Fatalf("%s: a value is missing: %s", l.Key, text)
	}
	return text
}

func (s Sentence) in(t testing.TB, texts map[string]string) string {
	t.Helper()
	parts := []string{s.Line.in(t, texts)}
	for _, l := range s.Also {
		parts = append(parts, l.in(t, texts))
	}
	return strings.Join(parts, " ")
}

func TestWhoCanSeeThis(t *testing.T) {
	t.Parallel()
	at := func(kind Kind) Object {
		return Object{Kind: kind, BoardID: "board", SchoolID: "school", OwnerID: "me", TeamIDs: []string{"team"}}
	}
	open := func(o Object) Object { o.Open = true; return o }
	sealed := func(o Object) Object { o.Sealed = true; return o }
	boardWide := func(o Object) Object { o.SchoolID = ""; return o }
	unsealed := func(o Object) Object { o.Unsealed = true; return o }
	consent := func(o Object) Object { o.Consent = true; return o }
	dutch, english := readTexts(t, "nl"), readTexts(t, "en")
	for _, c := range []struct {
		name   string
		object Object
		a      Audience
		icon   Icon
		nl, en string
	}{
		{name: "a reflection that nobody was shown", object: at(Reflection), icon: IconOwn,
			nl: "Alleen jij ziet dit.", en: "Only you see this."},
		{name: "a draft", object: at(Draft), icon: IconOwn,
			nl: "Alleen jij ziet dit.", en: "Only you see this."},
		{name: "a reflection shown to one colleague", object: at(Reflection), a: Audience{Shared: []string{"Karim"}}, icon: IconTwo,
			nl: "Jij en Karim zien dit. Verder niemand, ook je leidinggevende niet.", en: "You and Karim see this. Nobody else, your manager included."},
		{name: "feedback to one's own manager", object: at(Feedback), a: Audience{Shared: []string{"Ans"}, SharedLeads: true}, icon: IconTwo,
			nl: "Jij en Ans zien dit. Verder niemand.", en: "You and Ans see this. Nobody else."},
		{name: "a reflection shown to three", object: at(Reflection), a: Audience{Shared: []string{"Karim", "Ans", "Bo"}}, icon: IconCircle,
			nl: "Alleen de 4 mensen in deze kring zien dit. Wie later komt, ziet het niet.", en: "Only the 4 people in this circle see this. Anyone who joins later does not."},
		{name: "a case in an intervision of six", object: at(IntervisionCase), a: Audience{Circle: 6}, icon: IconCircle,
			nl: "Alleen de 6 mensen in deze kring zien dit. Wie later komt, ziet het niet.", en: "Only the 6 people in this circle see this. Anyone who joins later does not."},
		{name: "a case in a circle that is not counted yet", object: at(SessionNote), icon: IconCircle,
			nl: "Alleen de mensen in deze kring zien dit. Wie later komt, ziet het niet.", en: "Only the people in this circle see this. Anyone who joins later does not."},
		{name: "a contribution in an open trajectory", object: open(at(Contribution)), icon: IconSchool,
			nl: "Alle collega’s op school zien dit, met je naam. Wie later meedoet ook.", en: "All colleagues at school see this, with your name. So will those who join later."},
		{name: "the same, read by somebody else", object: open(at(Contribution)), a: Audience{Unnamed: true}, icon: IconSchool,
			nl: "Alle collega’s op school zien dit. Wie later meedoet ook.", en: "All colleagues at school see this. So will those who join later."},
		{name: "a contribution in a trajectory that is not open", object: at(Contribution), icon: IconPart,
			nl: "Alleen wie meedoet ziet dit, met je naam. Wie later meedoet ook.", en: "Only those who take part see this, with your name. So will those who join later."},
		{name: "a plan that is not open: the leaders read it", object: at(Plan), icon: IconPart,
			nl: "Wie meedoet ziet dit, met je naam. Wie later meedoet ook. De schoolleiding ziet dit ook.", en: "Those who take part see this, with your name. So will those who join later. The school's leaders see this too."},
		{name: "guests are said with every form", object: at(Contribution), a: Audience{Guests: []string{"Ines", "Tom"}}, icon: IconPart,
			nl: "Alleen wie meedoet ziet dit, met je naam. Wie later meedoet ook. Gasten van buiten de school zien dit ook: Ines, Tom.",
			en: "Only those who take part see this, with your name. So will those who join later. Guests from outside the school see this too: Ines, Tom."},
		{name: "guests who cannot see it are not said", object: at(Reflection), a: Audience{Guests: []string{"Ines"}}, icon: IconOwn,
			nl: "Alleen jij ziet dit.", en: "Only you see this."},
		{name: "pupils who take part", object: open(at(Contribution)), a: Audience{Pupils: true}, icon: IconSchool,
			nl: "Alle collega’s op school zien dit, met je naam. Wie later meedoet ook. De {leerlingen} die meedoen zien dit ook.",
			en: "All colleagues at school see this, with your name. So will those who join later. The {leerlingen} who take part see this too."},
		{name: "a blind round", object: sealed(at(Contribution)), icon: IconBlind,
			nl: "We zien elkaars antwoord pas als iedereen klaar is, of de ronde sluit. Dan met naam.", en: "We see each other's answers once everybody is done, or the round closes. Then with names."},
		{name: "a blind round that the school reads afterwards", object: sealed(open(at(Contribution))), icon: IconBlind,
			nl: "We zien elkaars antwoord pas als iedereen klaar is, of de ronde sluit. Dan met naam. Daarna zien alle collega’s op school het ook.",
			en: "We see each other's answers once everybody is done, or the round closes. Then with names. After that, all colleagues at school see it too."},
		{name: "a hidden name", object: sealed(at(HiddenContribution)), a: Audience{Circle: 8}, icon: IconCircle,
			nl: "Alleen de 8 mensen in deze kring zien dit. Wie later komt, ziet het niet. We lezen alles tegelijk, als de ronde sluit. De anderen zien je tekst, niet je naam. Binnen een dag na de ronde wissen we die.",
			en: "Only the 8 people in this circle see this. Anyone who joins later does not. We read everything at the same time, when the round closes. Others see your text, not your name. We erase it within a day after the round."},
		{name: "an answer in a scan", object: at(ScanAnswer), icon: IconAnonymous,
			nl: "Je naam wordt niet bij je antwoord bewaard. Uitkomsten zien we na sluiting, vanaf 5 antwoorden.", en: "Your name is not kept with your answer. We all see results after closing, from 5 answers up."},
		{name: "an answer of a pupil", object: at(PupilAnswers), a: Audience{Threshold: 10}, icon: IconAnonymous,
			nl: "Je naam wordt niet bij je antwoord bewaard. Uitkomsten zien we na sluiting, vanaf 10 antwoorden.", en: "Your name is not kept with your answer. We all see results after closing, from 10 answers up."},
		{name: "a threshold is never said lower than it is", object: at(Ballot), a: Audience{Threshold: 2}, icon: IconAnonymous,
			nl: "Je naam wordt niet bij je antwoord bewaard. Uitkomsten zien we na sluiting, vanaf 5 antwoorden.", en: "Your name is not kept with your answer. We all see results after closing, from 5 answers up."},
		{name: "one's own account", object: at(Account), icon: IconOwn,
			nl: "Jij ziet dit. De beheerder ziet dit ook. De functionaris gegevensbescherming ziet dit ook.", en: "You see this. The administrator sees this too. The data protection officer sees this too."},
		{name: "a video in break-glass", object: unsealed(at(Video)), a: Audience{Shared: []string{"Karim"}}, icon: IconTwo,
			nl: "Jij en Karim zien dit. De functionaris gegevensbescherming ziet dit ook.", en: "You and Karim see this. The data protection officer sees this too."},
		{name: "a video of consent shown to an expert", object: consent(at(Video)), a: Audience{Shared: []string{"Ines"}}, icon: IconTwo,
			nl: "Jij en Ines zien dit. Verder niemand, ook je leidinggevende niet.", en: "You and Ines see this. Nobody else, your manager included."},
		{name: "a poster with a link", object: at(Publication), icon: IconPart,
			nl: "Wie meedoet ziet dit, met je naam. Wie later meedoet ook. De schoolleiding ziet dit ook. Wie de link heeft, ziet dit ook.",
			en: "Those who take part see this, with your name. So will those who join later. The school's leaders see this too. Whoever has the link sees this too."},
		{name: "a method of the whole board", object: boardWide(at(Method)), icon: IconSchool,
			nl: "Alle collega’s op school zien dit, met je naam. Wie later meedoet ook. Collega’s op onze andere scholen zien dit ook.",
			en: "All colleagues at school see this, with your name. So will those who join later. Colleagues at our other schools see this too."},
		{name: "a source that the board was shown", object: at(Library), a: Audience{Shared: []string{"het bestuur"}}, icon: IconSchool,
			nl: "Alle collega’s op school zien dit, met je naam. Wie later meedoet ook. Dit lezen ook mee: het bestuur.", en: "All colleagues at school see this, with your name. So will those who join later. Also reading this: het bestuur."},
		{name: "people asked for a decision from outside the group", object: at(Decision), a: Audience{Shared: []string{"Bo"}}, icon: IconPart,
			nl: "Wie meedoet ziet dit, met je naam. Wie later meedoet ook. Dit lezen ook mee: Bo.", en: "Those who take part see this, with your name. So will those who join later. Also reading this: Bo."},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := VisibleTo(c.object, c.a)
			if got := s.in(t, dutch); got != c.nl {
				t.Errorf("nl\n got %s\nwant %s", got, c.nl)
			}
			if got := s.in(t, english); got != c.en {
				t.Errorf("en\n got %s\nwant %s", got, c.en)
			}
			if s.Icon != c.icon {
				t.Errorf("icon %s, want %s", s.Icon, c.icon)
			}
		})
	}
}

func TestBothLanguagesHaveEveryTextWithTheSameValues(t *testing.T) {
	t.Parallel()
	dutch, english := readTexts(t, "nl"), readTexts(t, "en")
	for key, text := range dutch {
		if claims[strings.TrimPrefix(key, "visibility.")] == nil {
			t.Errorf("%s: the tests do not know what a reader understands of it", key)
		}
		for _, value := range []string{"{name}", "{names}", "{n}", "{leerlingen}"} {
			if strings.Contains(text, value) != strings.Contains(english[key], value) {
				t.Errorf("%s: %s in one language only", key, value)
			}
		}
		for _, sentence := range strings.Split(text, ". ") {
			if n := len(strings.Fields(sentence)); n > 17 {
				t.Errorf("%s: a sentence of %d words", key, n)
			}
		}
	}
	if len(dutch) != len(english) || len(dutch) != len(claims) {
		t.Errorf("%d texts in Dutch, %d in English, %d known to the tests", len(dutch), len(english), len(claims))
	}
}

// claims is what a reader understands of each text: who can see it. Written
// apart from the code that chooses the text.
var claims = map[string][]string{
	"own": {"owner"}, "you": {"owner"},
	"pair": {"owner", "named"}, "pair_manager": {"owner", "named"}, "you_and": {"owner", "named"},
	"circle": {"owner", "named", "present"}, "circle_more": {"owner", "named", "present"},
	"ring": {"owner", "named", "present"}, "ring_more": {"owner", "named", "present"},
	"part": {"owner", "joined"}, "part_more": {"owner", "joined"},
	"part_unnamed": {"owner", "joined"}, "part_more_unnamed": {"owner", "joined"},
	"open": {"owner", "joined", "colleague"}, "open_unnamed": {"owner", "joined", "colleague"},
	"blind": {"owner", "joined"}, "after_open": {"colleague"}, "together": {}, "hidden_name": {},
	"anonymous": {}, "guests": {"guest"}, "pupils": {"pupil"}, "named": {"named"}, "leaders": {"leader"},
	"board": {"board"}, "admin": {"admin"}, "privacy": {"privacy"}, "elsewhere": {"elsewhere", "colleague"}, "link": {"link"},
}

// classesOf are the words by which a sentence can mean this person.
func classesOf(who Who, o Object) (classes []string) {
	add := func(yes bool, class string) {
		if yes {
			classes = append(classes, class)
		}
	}
	add(who.ID == o.OwnerID, "owner")
	add(o.SharedWithMe || o.MyRole.Has(AsGiver|AsReceiver|AsVisitor|AsAddressee), "named")
	joined := who.Kind == Staff && o.MyRole.Has(AsMember|AsLead|AsStandIn) || o.MyRole.Has(AsCoach)
	add(joined && o.PresentFromStart, "present")
	add(joined, "joined")
	if who.Kind == Staff {
		add(slices.Contains(who.Schools, o.SchoolID), "colleague")
		add(o.SchoolID == "", "elsewhere")
		add(o.MyRole.Has(AsSponsor), "leader")
	}
	for _, r := range who.Roles {
		leads := r.Kind == RoleLeader || r.Kind == RoleTeamLeader
		add(leads && r.reaches(&o), "leader")
		add(leads && r.reaches(&o), "colleague") // whoever leads here works here
		add(r.Kind == RoleBoard, "board")
		add(r.Kind == RoleAdmin, "admin")
		add(r.Kind == RolePrivacy, "privacy")
	}
	add(who.Kind == Guest || o.MyRole.Has(AsGuest), "guest")
	add(who.Kind == Pupil, "pupil")
	add(who.Kind == LinkHolder, "link")
	return classes
}

// TestTheSentenceNeverSaysLessThanMayAllows draws any person before an object of
// every kind: who may read it is meant by the sentence.
func TestTheSentenceNeverSaysLessThanMayAllows(t *testing.T) {
	t.Parallel()
	readers := 0
	rapid.Check(t, func(t *rapid.T) {
		who, o := drawWho(t), drawObject(t)
		if rapid.Bool().Draw(t, "the cast") {
			part := rapid.SampledFrom(Roles()).Draw(t, "part")
			o.SchoolID, o.TeamIDs, o.OwnerID = "school", []string{"team"}, "person-nobody"
			who, o = part.Who(Ground()), part.Sees(o, Ground())
		}
		a := Audience{Circle: 6, Guests: []string{"Ines"}, Pupils: true}
		a.Unnamed, a.SharedLeads = rapid.Bool().Draw(t, "unnamed"), rapid.Bool().Draw(t, "shared leads")
		if o.SharedWithMe || o.MyRole.Has(AsGiver|AsReceiver|AsVisitor|AsAddressee) {
			a.Shared = []string{"Karim", "Bo"}[:rapid.IntRange(1, 2).Draw(t, "shared with")]
		}
		for _, k := range Kinds() {
			if o.Kind = k; !May(who, Read, o) {
				continue
			}
			readers++
			if s := VisibleTo(o, a); !s.means(classesOf(who, o)) {
				t.Fatalf("%+v may read %+v as one of %v, but the sentence is %s with %v", who, o, classesOf(who, o), s.Key, s.Also)
			}
		}
	})
	if readers < 100 {
		t.Errorf("only %d could read anything", readers)
	}
}

func (s Sentence) means(anyOf []string) bool {
	for _, l := range append([]Line{s.Line}, s.Also...) {
		for _, class := range claims[strings.TrimPrefix(l.Key, "visibility.")] {
			if slices.Contains(anyOf, class) {
				return true
			}
		}
	}
	return false
}
