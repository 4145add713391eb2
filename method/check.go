package method

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// maxCore is how many questions, and how many criteria, a stage may ask of
// every team. More would be a form.
const maxCore = 3

// patterns are the rules for single words, named by the pack tag of a field.
var patterns = map[string]*regexp.Regexp{
	"packid":  regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`),
	"id":      regexp.MustCompile(`^[a-z][a-z0-9]*([._-][a-z0-9]+)*$`),
	"version": regexp.MustCompile(`^(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})$`),
	"row":     regexp.MustCompile(`^(LA|LB|S[0-9])(-[A-Z0-9]+(\.[0-9]+)?)*-[0-9]{2,3}$`),
	"url":     regexp.MustCompile(`^https?://[^\s/?#@]+\.[^\s@]+$`),
}

// ranges are the rules for numbers: smallest, largest. Zero is not given.
var ranges = map[string][2]int{"weeks": {1, 104}, "minutes": {1, 480}, "count": {1, 999}, "rung": {1, 5}}

const maxID = 64

// Check tells what a pack that was read gets wrong in meaning: ids, languages,
// words, weights, facts and the order of stages. Problems with Hint set are
// advice on style and keep nobody from using the pack.
func Check(p *Pack) []Problem {
	c := &checker{ids: map[string]bool{}, pack: p}
	p.walk(c.visit)
	return capped(c.found)
}

// checker gathers problems over one pack, or over one kind of list.
type checker struct {
	pack  *Pack // nil for cards and other lists
	ids   map[string]bool
	fills bool                 // square brackets may stand in texts
	phase func(id string) bool // knows the stages of all packs; nil inside one
	found []Problem

	faults, hints int
}

// tell notes a fault. Past the cap nothing more is made: each one costs a look
// through the file, and nobody reads the rest.
func (c *checker) tell(at place, key string, args ...string) {
	if c.faults++; c.faults <= maxProblems {
		c.found = append(c.found, at.tell(key, args...))
	}
}

func (c *checker) hint(at place, key string, args ...string) {
	if c.hints++; c.hints <= maxProblems {
		p := at.tell(key, args...)
		p.Hint = true
		c.found = append(c.found, p)
	}
}

// visit holds one value against the rules of its field and type.
func (c *checker) visit(at place, v reflect.Value, rules string) {
	has := strings.Split(rules, ",")
	if slices.Contains(has, "required") && isMissing(v) {
		c.tell(at, "missing", "key", lastKey(at.path))
		return
	}
	switch x := v.Interface().(type) {
	case Text:
		c.text(at, x)
	case closed:
		c.word(at, v.String(), x.values())
	default:
		c.plain(at, v, has)
	}
	c.unique(at, v)
	c.meaning(at, v.Interface())
}

// isMissing says that nothing is given. A struct other than a text is never
// missing as a whole: its own fields tell what they lack.
func isMissing(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Struct:
		text, ok := v.Interface().(Text)
		return ok && text.Empty()
	}
	return v.IsZero()
}

// plain checks strings and numbers by the named rules of their field.
func (c *checker) plain(at place, v reflect.Value, rules []string) {
	for _, rule := range rules {
		switch {
		case v.Kind() == reflect.String && patterns[rule] != nil:
			if s := v.String(); s != "" && (!patterns[rule].MatchString(s) || (len(s) > maxID && rule != "url")) {
				c.tell(at, "bad_"+rule, "value", s)
			}
		case v.Kind() == reflect.Int && ranges[rule] != [2]int{}:
			r := ranges[rule]
			if n := v.Int(); n != 0 && (n < int64(r[0]) || n > int64(r[1])) {
				c.tell(at, "out_of_range", "key", lastKey(at.path), "from", strconv.Itoa(r[0]), "to", strconv.Itoa(r[1]))
			}
		}
	}
	if list, ok := v.Interface().([]string); ok {
		seen := make(map[string]bool, len(list))
		for i, s := range list {
			if seen[s] {
				c.tell(at.index(i), "twice_in_list", "value", s)
			}
			seen[s] = true
		}
	}
}

// word checks a value of a closed list.
func (c *checker) word(at place, value string, known []string) {
	if value == "" || slices.Contains(known, value) {
		return
	}
	if near := nearest(value, known); near != "" {
		c.tell(at, "unknown_word_near", "value", value, "near", near)
		return
	}
	c.tell(at, "unknown_word", "value", value, "known", strings.Join(known, ", "))
}

// unique refuses a second element with an id that is taken. The pack itself
// lives in another space than its elements.
func (c *checker) unique(at place, v reflect.Value) {
	if v.Kind() != reflect.Struct || v.Type() == reflect.TypeFor[Pack]() {
		return
	}
	id := v.FieldByName("ID")
	if !id.IsValid() || id.String() == "" {
		return
	}
	if c.ids[at.element] {
		c.tell(at.below("id"), "id_twice", "id", at.element)
	}
	c.ids[at.element] = true
}

// meaning holds the rules that look at more than one field.
func (c *checker) meaning(at place, v any) {
	switch x := v.(type) {
	case Pack:
		c.session(at, x)
		c.asked(at.below("asked"), x.Asked)
	case Stage:
		c.stage(at, x)
		c.live(at, x)
	case Question:
		c.when(at, x.Weight, x.When, x.AtLeast)
		c.names(at, x)
	case Activity:
		c.when(at, x.Weight, x.When, x.AtLeast)
	case Card:
		if x.When != "" { // its absence is told already
			c.when(at, WhenStuck, x.When, x.AtLeast)
		}
		c.cardText(at, x)
		c.phases(at.below("phases"), x.Phases)
	case Note:
		c.neverStuck(at, x.Weight)
	case Checklist:
		c.neverStuck(at, x.Weight)
	case Artefact:
		c.neverStuck(at, x.Weight)
	case Resource:
		c.neverStuck(at, x.Weight)
	}
}

// stage counts what is core and follows the ways back.
func (c *checker) stage(at place, s Stage) {
	core := 0
	for i, q := range s.Questions {
		if q.Weight == Core {
			core++
			c.coreLimit(at.below("questions").index(i), core, q.ID, "too_many_core_questions")
		}
	}
	core = 0
	for i, g := range s.Gate {
		if g.Weight == Core {
			core++
			c.coreLimit(at.below("gate").index(i), core, g.ID, "too_many_core_criteria")
		}
	}
	if s.Part != "" && !slices.ContainsFunc(c.pack.Parts, func(p Chip) bool { return p.ID == s.Part }) {
		c.tell(at.below("part"), "no_such_part", "id", s.Part)
	}
	for i, back := range s.BackTo {
		to := slices.Index(c.pack.Order, back)
		if to < 0 {
			c.tell(at.below("back_to").index(i), "no_such_stage", "id", back, "known", strings.Join(c.pack.Order, ", "))
		} else if to+1 >= s.Number {
			c.tell(at.below("back_to").index(i), "back_not_earlier", "id", back)
		}
	}
}

// coreLimit tells the first one too many; the others go when that one does.
func (c *checker) coreLimit(at place, count int, id, key string) {
	if count == maxCore+1 {
		at.element = id
		c.tell(at.below("weight"), key, "limit", strconv.Itoa(maxCore))
	}
}

// when: the coach can only offer what says at which fact.
func (c *checker) when(at place, w Weight, fact Fact, atLeast int) {
	meaning, known := meaningOf(fact)
	switch {
	case w == WhenStuck && fact == "":
		c.tell(at.below("weight"), "stuck_needs_when")
	case w != WhenStuck && fact != "":
		c.tell(at.below("when"), "when_needs_stuck")
	case atLeast != 0 && fact == "":
		c.tell(at.below("at_least"), "at_least_needs_when")
	case atLeast != 0 && known && meaning.Reads != ReadsNumber:
		c.tell(at.below("at_least"), "at_least_needs_number", "fact", string(fact))
	}
}

func (c *checker) neverStuck(at place, w Weight) {
	if w == WhenStuck {
		c.tell(at.below("weight"), "stuck_not_here")
	}
}

// names: who hides a name says what a small group does instead. Blind answers
// get their names later, so blind and hidden never go together.
func (c *checker) names(at place, q Question) {
	hides := q.Names == NamesHidden || q.Names == NamesAnonymous
	if hides && q.SmallGroup == "" {
		c.tell(at.below("names"), "needs_small_group")
	}
	if hides && q.Form == FormBlind {
		c.tell(at.below("form"), "blind_and_hidden")
	}
}

// lastKey is the name of the field at the end of a path.
func lastKey(path string) string {
	path = path[strings.LastIndexByte(path, '.')+1:]
	name, _, _ := strings.Cut(path, "[")
	return name
}
