package roster

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Week is what a cell says about working days: 1 is Monday.
type Week struct {
	Text string
	Days []int // when Sure: as they are; else what it might mean
	Sure bool
}

// Said reports whether the cell says anything.
func (w Week) Said() bool { return w.Text != "" }

var (
	digitRange = regexp.MustCompile(`^([1-5])\s*[-–]\s*([1-5])$`)
	digitList  = regexp.MustCompile(`^[1-5]([ ,;/+]+[1-5])+$`)
	serial     = regexp.MustCompile(`^[2-7]\d{4}(\.0+)?$`)
	dateLike   = regexp.MustCompile(`^(\d{1,2})[-/. ](\d{1,2}|[a-z]{3,9}\.?)([-/. ]\d{2,4})?$`)
	isoDate    = regexp.MustCompile(`^\d{4}-(\d{2})-(\d{2})`)
)

// ReadDays reads working days as people write them. What could mean two things is not sure:
// half a job does not say which days, and a spreadsheet makes dates of «1-5».
func ReadDays(text string) Week {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 200 {
		return Week{Text: text[:200]}
	}
	low := strings.ToLower(text)
	switch {
	case text == "":
		return Week{}
	case slices.Contains(words.Say["all"], fold(low)):
		return Week{text, []int{1, 2, 3, 4, 5}, true}
	case digitRange.MatchString(low):
		m := digitRange.FindStringSubmatch(low)
		days := span(int(m[1][0]-'0'), int(m[2][0]-'0'))
		return Week{text, days, len(days) > 1}
	case digitList.MatchString(low) && len(low) > 3: // «1,5» may be a day and a half
		return Week{text, tidy(digits(low)), true}
	case serial.MatchString(low):
		n, _ := strconv.Atoi(low[:5]) // five digits: it fits
		d := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
		return Week{text, span(d.Day(), int(d.Month())), false}
	case isoDate.MatchString(low):
		m := isoDate.FindStringSubmatch(low)
		return Week{text, span(number(m[2]), number(m[1])), false}
	case dateLike.MatchString(low):
		m := dateLike.FindStringSubmatch(low)
		return Week{text, span(number(m[1]), number(m[2])), false}
	}
	return readNames(text, low)
}

// readNames reads names of days, with ranges. Any word that is no day makes it unsure.
func readNames(text, low string) Week {
	var days []int
	sure, from, ranging := true, 0, false
	for _, tok := range tokens(low) {
		day, ok := dayOf(tok)
		switch {
		case ok && ranging && from > 0:
			days, ranging = append(days, span(from, day)...), false
			if day <= from {
				sure = false
			}
			from = day
		case ok:
			days, from = append(days, day), day
		case tok == "-" || slices.Contains(words.Say["to"], fold(tok)):
			ranging = true
		case slices.Contains(words.Say["and"], fold(tok)) && ranging, slices.Contains(words.Say["and"], fold(tok)):
		case fold(tok) == "met" && ranging, fold(tok) == "m" && ranging:
		default:
			if pairs, ok := pairsOf(tok); ok {
				days = append(days, pairs...)
				continue
			}
			sure = false
		}
	}
	days = tidy(days)
	return Week{text, days, sure && len(days) > 0 && !ranging}
}

// tokens parts a text at spaces and signs; a dash is a token of its own.
func tokens(s string) []string {
	s = strings.NewReplacer("–", " - ", "-", " - ", "t/m", " t ", "t.m.", " t ", ",", " ", ";", " ", "/", " ", "+", " ", "&", " ", ".", " ", "(", " ( ", ")", " ").Replace(s)
	return strings.Fields(s)
}

func dayOf(tok string) (int, bool) {
	name, ok := named(words.Days, fold(tok))
	if !ok {
		return 0, false
	}
	return number(name), true
}

// pairsOf reads days written together: «madido».
func pairsOf(tok string) ([]int, bool) {
	if len(tok) < 4 || len(tok)%2 != 0 || len(tok) > 10 {
		return nil, false
	}
	var out []int
	for i := 0; i < len(tok); i += 2 {
		d, ok := dayOf(tok[i : i+2])
		if !ok {
			return nil, false
		}
		out = append(out, d)
	}
	return out, true
}

func span(from, to int) []int {
	var out []int
	if from < 1 || to > 5 {
		return nil
	}
	for d := from; d <= to; d++ {
		out = append(out, d)
	}
	return out
}

func digits(s string) []int {
	var out []int
	for _, r := range s {
		if r >= '1' && r <= '5' {
			out = append(out, int(r-'0'))
		}
	}
	return out
}

// number reads a small number, or the number of a month by its name; 0 when it is neither.
func number(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	months := map[string]int{"jan": 1, "feb": 2, "mrt": 3, "mar": 3, "apr": 4, "mei": 5, "may": 5}
	if len(s) >= 3 {
		return months[s[:3]]
	}
	return 0
}

func tidy(days []int) []int {
	slices.Sort(days)
	return slices.Compact(days)
}
