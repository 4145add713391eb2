package evidence

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"leerkring/internal/errs"
	"leerkring/writing"
)

// Source is something that somebody brought.
type Source struct {
	Of          SourceType
	Title       string
	Where       string // a reference in words, or a web address
	Says        string // what it says
	Strength    Strength
	Stance      Stance
	Appraisal   Appraisal
	Translation string // what it means for our own pupils: one sentence
	BroughtBy   string // the person who brought it; "" is who wrote it down
}

// SourceType is where a source comes from.
type SourceType string

// The types of source.
const (
	Literature  SourceType = "literature"
	Expert      SourceType = "expert"
	OtherSchool SourceType = "other_school"
	OwnData     SourceType = "own_data"
	Interview   SourceType = "interview"
	Observation SourceType = "observation"
	Experience  SourceType = "experience"
)

// SourceTypes are all types, in the order in which they are offered.
var SourceTypes = []SourceType{Literature, Expert, OtherSchool, OwnData, Interview, Observation, Experience}

// Strength is how firm a source is, in words; "" while nobody weighed it.
type Strength string

// The strengths, from faint to firm.
const (
	FirstImpression Strength = "first_impression"
	Indication      Strength = "indication"
	Firm            Strength = "firm"
)

// Strengths are all strengths, from faint to firm.
var Strengths = []Strength{FirstImpression, Indication, Firm}

// Level is a strength as a number of dots: 1 to 3, and 0 while nobody weighed it.
func (s Strength) Level() int { return slices.Index(Strengths, s) + 1 }

// Stance is how a source stands towards what the team already thought; "" while nobody
// said so.
type Stance string

// The stances.
const (
	Agrees  Stance = "agrees"
	Opposes Stance = "opposes"
	Mixed   Stance = "mixed"
)

// Stances are all stances.
var Stances = []Stance{Agrees, Mixed, Opposes}

// Aspect is one question of the light form by which a team judges a source.
type Aspect string

// The aspects.
const (
	Relevant Aspect = "relevant"
	Usable   Aspect = "usable"
	Credible Aspect = "credible"
	Recent   Aspect = "recent"
	Fits     Aspect = "fits" // our own context
)

// Aspects are all aspects, in the order of the form.
var Aspects = []Aspect{Relevant, Usable, Credible, Recent, Fits}

// Verdict is the answer on one aspect; "" while nobody answered.
type Verdict string

// The verdicts.
const (
	Yes     Verdict = "yes"
	Partly  Verdict = "partly"
	No      Verdict = "no"
	Unknown Verdict = "unknown"
)

// Verdicts are all verdicts, in the order in which they are offered.
var Verdicts = []Verdict{Yes, Partly, No, Unknown}

// Judgement is a verdict with a few words.
type Judgement struct {
	Verdict Verdict
	Note    string
}

// Appraisal is how a team judges a source; aspects without an answer are left out.
type Appraisal map[Aspect]Judgement

// Kind is SourceKind.
func (Source) Kind() Kind { return SourceKind }

// Check refuses a source without a title or type, and what is too long.
func (s Source) Check() error {
	refused := []error{
		says("title", s.Title, maxTitle, "evidence.title_empty"), fits("where", s.Where, maxPlace), fits("says", s.Says, maxSays),
		fits("translation", s.Translation, maxSentence), oneOf("strength", s.Strength, Strengths), oneOf("stance", s.Stance, Stances),
	}
	if !slices.Contains(SourceTypes, s.Of) {
		refused = append(refused, errs.Invalid("evidence.type_choose").On("of"))
	}
	for aspect, j := range s.Appraisal {
		field := string(aspect)
		if !slices.Contains(Aspects, aspect) {
			refused = append(refused, errs.Invalid("form.choice").On(field))
			continue
		}
		refused = append(refused, oneOf(field, j.Verdict, Verdicts), fits(field+"_note", j.Note, maxNote))
	}
	return errs.Join(refused...)
}

func (s Source) person() string { return s.BroughtBy }

func (s Source) body() writing.Body {
	b := words("of", string(s.Of), "title", s.Title, "where", s.Where, "says", s.Says, "strength", string(s.Strength), "stance", string(s.Stance),
		"translation", s.Translation, "brought_by", s.BroughtBy)
	for _, a := range Aspects {
		j := s.Appraisal[a]
		for k, v := range words(string(a), string(j.Verdict), string(a)+"_note", j.Note) {
			b[k] = v
		}
	}
	return b
}

// SourceOf reads a source back from the words of one of its versions.
func SourceOf(b writing.Body) Source {
	s := Source{Of: SourceType(b["of"]), Title: b["title"], Where: b["where"], Says: b["says"], Strength: Strength(b["strength"]), Stance: Stance(b["stance"]),
		Translation: b["translation"], BroughtBy: b["brought_by"]}
	for _, a := range Aspects {
		if j := (Judgement{Verdict(b[string(a)]), b[string(a)+"_note"]}); j != (Judgement{}) {
			if s.Appraisal == nil {
				s.Appraisal = Appraisal{}
			}
			s.Appraisal[a] = j
		}
	}
	return s
}

// Translated reports whether it says what it means for our own pupils.
func (s Source) Translated() bool { return strings.TrimSpace(s.Translation) != "" }

// Link is the web address in Where, and "" when it is a reference in words. Only plain
// https addresses become a link.
func (s Source) Link() string {
	u, err := url.Parse(s.Where)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.ContainsFunc(s.Where, notInLink) {
		return ""
	}
	return s.Where
}

func notInLink(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || !unicode.IsGraphic(r)
}

// ByStrength puts firm sources first, then those that are translated, then new ones.
func ByStrength(a, b Held[Source]) int {
	return cmp.Or(cmp.Compare(b.Is.Strength.Level(), a.Is.Strength.Level()), compareBool(b.Is.Translated(), a.Is.Translated()), b.MadeAt.Compare(a.MadeAt), cmp.Compare(b.ID, a.ID))
}

func compareBool(a, b bool) int { return cmp.Compare(yes(a), yes(b)) }
