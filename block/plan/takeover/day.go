package takeover

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"leerkring/internal/clock"
)

// span is a time as a plan says it: its days, or else its words.
type span struct {
	From, To clock.Date
	Words    string
}

var (
	dayInNumbers = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$`)
	dayInISO     = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	dayInWords   = regexp.MustCompile(`^(\d{1,2})e? (\pL+)\.?(?: (\d{4}))?$`)
)

// when reads a time. What is not clearly a day stays words: week 17, before the holiday, and a
// day that is none. due is a column that says when something is ready.
func when(text string, today clock.Date, due bool) span {
	text = strings.TrimSpace(text)
	s := span{Words: text}
	for _, sign := range words.Days.Between {
		a, b, ok := strings.Cut(text, sign)
		if !ok || strings.TrimSpace(a) == "" {
			continue
		}
		from, okFrom := day(complete(stripFrom(a), b), today)
		to, okTo := day(b, today)
		if okFrom && okTo && from <= to {
			return span{From: from, To: to}
		}
	}
	if rest, ok := after(words.Days.From, text); ok {
		if d, ok := day(rest, today); ok {
			return span{From: d}
		}
		return s
	}
	if rest, ok := after(words.Days.Until, text); ok {
		if d, ok := day(rest, today); ok {
			return span{To: d}
		}
		return s
	}
	if d, ok := day(text, today); ok {
		if due {
			return span{To: d}
		}
		return span{From: d, To: d}
	}
	return s
}

// complete gives the first of two days the month and the year that only the last one says.
func complete(a, b string) string {
	last := dayInWords.FindStringSubmatch(strings.Trim(strings.TrimSpace(b), ".,;:"))
	a = strings.TrimSpace(a)
	switch {
	case last == nil:
	case len(a) < 3 && isNumber(a):
		return a + " " + last[2] + " " + last[3]
	case last[3] != "":
		if first := dayInWords.FindStringSubmatch(a); first != nil && first[3] == "" {
			return a + " " + last[3]
		}
	}
	return a
}

func stripFrom(s string) string {
	if rest, ok := after(words.Days.From, s); ok {
		return rest
	}
	return s
}

// after cuts the word from a text that it begins with.
func after(list []string, text string) (string, bool) {
	parts := strings.Fields(text)
	for n := min(3, len(parts)-1); n > 0; n-- {
		if slices.Contains(list, fold(strings.Join(parts[:n], " "))) {
			return strings.Join(parts[n:], " "), true
		}
	}
	return "", false
}

// day reads one day. Without its year it is the one of this school year.
func day(text string, today clock.Date) (clock.Date, bool) {
	text = strings.Trim(strings.TrimSpace(text), ".,;:")
	if rest, ok := after(words.Days.Weekdays, text); ok {
		text = rest
	}
	if dayInISO.MatchString(text) {
		return date(text[:4], text[5:7], text[8:], today)
	}
	if m := dayInNumbers.FindStringSubmatch(text); m != nil {
		if len(m[3]) == 2 {
			m[3] = "20" + m[3]
		}
		return date(m[3], m[2], m[1], today)
	}
	m := dayInWords.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	month := monthOf(m[2])
	if month == 0 {
		return "", false
	}
	year := m[3]
	if year == "" {
		year = strconv.Itoa(schoolYear(today, month))
	}
	return date(year, strconv.Itoa(month), m[1], today)
}

func monthOf(word string) int {
	for i, names := range words.Days.Months {
		if slices.Contains(strings.Fields(names), fold(word)) {
			return i + 1
		}
	}
	return 0
}

// august is the month in which a school year begins.
const august = 8

// schoolYear is the year of a month in the school year that today lies in.
func schoolYear(today clock.Date, month int) int {
	now := today.Time()
	first := now.Year()
	if int(now.Month()) < august {
		first--
	}
	if month < august {
		return first + 1
	}
	return first
}

// date is a day that is in the calendar, and near enough to belong to a plan.
func date(year, month, dayOf string, today clock.Date) (clock.Date, bool) {
	y, errY := strconv.Atoi(year)
	m, errM := strconv.Atoi(month)
	d, errD := strconv.Atoi(dayOf)
	near := today.Time().Year()
	if errY != nil || errM != nil || errD != nil || y < near-5 || y > near+10 {
		return "", false
	}
	pad := func(n int) string { return string([]byte{byte('0' + n/10%10), byte('0' + n%10)}) }
	out, err := clock.ParseDate(strconv.Itoa(y) + "-" + pad(m) + "-" + pad(d))
	return out, err == nil
}

// saysTime reports words about a time.
func saysTime(text string, today clock.Date) bool {
	if s := when(text, today, false); s.Words == "" {
		return true
	}
	parts := strings.Fields(fold(text))
	return len(parts) > 0 && len(parts) <= 6 && slices.ContainsFunc(parts, func(p string) bool {
		return monthOf(p) > 0 || slices.Contains(words.Days.Time, p)
	})
}

// saysWho reports words that name people, by the form of names.
func saysWho(text string) bool {
	if strings.ContainsAny(text, ".?!:;0123456789") || len(text) > 80 {
		return false
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",/&+()", r) })
	if len(parts) == 0 || len(parts) > 10 {
		return false
	}
	if slices.Contains(words.Names.Roles, fold(parts[0])) {
		return len(parts) <= 5
	}
	for _, p := range parts {
		first := []rune(p)[0]
		if !unicode.IsUpper(first) && !slices.Contains(words.Names.Inside, fold(p)) {
			return false
		}
	}
	return unicode.IsUpper([]rune(parts[0])[0])
}
