package access

import "embed"

// Texts holds the sentences "who can see this", in every language.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Sentence is the one line that says who can see something: a text key with its
// values, an icon, and the sentences that follow it. Two Also at most is usual.
type Sentence struct {
	Line
	Icon Icon
	Also []Line
}

// Line is one text key with its values as name, value pairs.
type Line struct {
	Key  string
	Args []any
}

// Icon is the sign beside the sentence.
type Icon string

// The icons, one per form.
const (
	IconOwn       Icon = "own"
	IconTwo       Icon = "two"
	IconCircle    Icon = "circle"
	IconPart      Icon = "part"
	IconSchool    Icon = "school"
	IconBlind     Icon = "blind"
	IconAnonymous Icon = "anonymous"
)

// Audience is what the matrix cannot know: the names and numbers in the
// sentence. It only ever adds words; whether somebody may see comes from May.
type Audience struct {
	Shared      []string // to whom the owner gave it, or the other of the two, by name
	SharedLeads bool     // the one name is the writer's manager
	Circle      int      // how many sit in a closed circle, the writer included
	Guests      []string // names of guests of this trajectory, meeting or circle
	Pupils      bool     // it has pupil members
	Unnamed     bool     // no writer's name stands with it, or the reader is not the writer
	Threshold   int      // answers needed before anything is shown; 0 means 5
}

// VisibleTo says who can see the object. It asks May for a set of typical
// people and puts into words what came back, so that the sentence cannot drift
// from the guard. It is written for the object's owner and for whoever is about
// to write one; for other readers set Unnamed.
func VisibleTo(object Object, a Audience) Sentence {
	now := sees(object, a)
	later := now
	if object.Sealed {
		object.Sealed = false
		later = sees(object, a)
	}
	switch hidden := object.Kind == HiddenContribution; {
	case !later.anybody():
		return Sentence{Line: line("anonymous", "n", threshold(a)), Icon: IconAnonymous}
	case hidden:
		s := later.sentence(a)
		if now != later {
			s.Also = append(s.Also, line("together"))
		}
		s.Also = append(s.Also, line("hidden_name"))
		return s
	case now != later && !now.others():
		s := later.sentence(a)
		s.Line, s.Icon = line("blind"), IconBlind
		if later.school {
			s.Also = append([]Line{line("after_open")}, s.Also...)
		}
		return s
	}
	return later.sentence(a)
}

func threshold(a Audience) int { return max(a.Threshold, 5) }

func line(key string, args ...any) Line { return Line{Key: "visibility." + key, Args: args} }

// sentence puts readers into words: the widest form that is true, then those
// whom that form leaves out.
func (r readers) sentence(a Audience) Sentence {
	also := r.also(a)
	more := ""
	if len(also) > 0 {
		more = "_more"
	}
	unnamed := ""
	if a.Unnamed {
		unnamed = "_unnamed"
	}
	s := Sentence{}
	switch {
	case r.school:
		s.Line, s.Icon = line("open"+unnamed), IconSchool
	case r.joiner:
		s.Line, s.Icon = line("part"+more+unnamed), IconPart
	case r.circle || r.named && len(a.Shared) > 1:
		s.Line, s.Icon = r.circleLine(a, more), IconCircle
	case r.named && more != "":
		s.Line, s.Icon = line("you_and", "name", a.Shared[0]), IconTwo
	case r.named && a.SharedLeads:
		s.Line, s.Icon = line("pair_manager", "name", a.Shared[0]), IconTwo
	case r.named:
		s.Line, s.Icon = line("pair", "name", a.Shared[0]), IconTwo
	case more != "":
		s.Line, s.Icon = line("you"), IconOwn
	default:
		s.Line, s.Icon = line("own"), IconOwn
	}
	// Guests come last and leave the form as it is: "only the six in this circle" counts them in.
	if r.guest && len(a.Guests) > 0 {
		s.Also = append(s.Also, line("guests", "names", a.Guests))
	}
	s.Also = append(s.Also, also...)
	return s
}

func (r readers) circleLine(a Audience, more string) Line {
	n := a.Circle
	if !r.circle {
		n = len(a.Shared) + 1
	}
	if n < 2 {
		return line("ring" + more)
	}
	return line("circle"+more, "n", n)
}

// also lists those who see it and are not in the form.
func (r readers) also(a Audience) (lines []Line) {
	add := func(yes bool, key string, args ...any) {
		if yes {
			lines = append(lines, line(key, args...))
		}
	}
	add(r.named && (r.joiner || r.circle) && !r.school || r.outsider && r.school, "named", "names", a.Shared)
	add(r.leader && !r.school, "leaders")
	add(r.elsewhere, "elsewhere")
	add(r.board, "board")
	add(r.admin, "admin")
	add(r.privacy, "privacy")
	add(r.pupil && a.Pupils, "pupils")
	add(r.link, "link")
	return lines
}
