package school

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
)

// Person is somebody with an account.
type Person struct {
	ID          string
	BoardID     string
	Name        string
	Email       string
	Language    string // "" follows the school
	Theme       string // "" follows the device
	Hue         int    // colour of the avatar, one of Hues
	WorkingDays []int  // 1 is Monday; an empty list means: every school day
	AwayUntil   clock.Date
	State       State
	Guest       bool
	Version     int
	MadeAt      time.Time
}

// State is where an account stands.
type State string

// The states of an account.
const (
	Invited   State = "invited"
	Active    State = "active"
	Suspended State = "suspended"
	Left      State = "left"
)

// Hues are the colours of avatars that the styles know.
var Hues = []int{25, 35, 55, 85, 110, 130, 160, 185, 205, 220, 235, 270, 285, 300, 335, 350}

// HueOf picks a colour that stays the same for a name.
func HueOf(name string) int {
	sum := 0
	for _, r := range name {
		sum = sum*31 + int(r)
	}
	return Hues[uint(sum)%uint(len(Hues))]
}

// Initials returns one or two capitals of a name; prefixes such as «de» and «van» are passed over.
func Initials(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "?"
	}
	first := firstLetter(words[0])
	for i := len(words) - 1; i > 0; i-- {
		if r, _ := utf8.DecodeRuneInString(words[i]); strings.ToUpper(string(r)) == string(r) {
			return first + firstLetter(words[i])
		}
	}
	return first
}

func firstLetter(word string) string {
	r, _ := utf8.DecodeRuneInString(word)
	return strings.ToUpper(string(r))
}

// FirstName returns the part of a name by which colleagues call each other.
func FirstName(name string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return first
}

// Works reports whether the person works on the weekday of d.
func (p Person) Works(d clock.Date) bool {
	if len(p.WorkingDays) == 0 {
		return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
	}
	return slices.Contains(p.WorkingDays, int(d.Weekday()))
}

// Away reports whether the person said to be away on day d. A reason is never kept.
func (p Person) Away(d clock.Date) bool { return p.AwayUntil != "" && d < p.AwayUntil }

// Details are what a person tells about the own account.
type Details struct {
	Name        string
	Language    string
	Theme       string
	WorkingDays []int
	AwayUntil   clock.Date
}

// Check refuses details that cannot be kept.
func (d Details) Check(today clock.Date) error {
	refused := []error{CheckName(d.Name)}
	if !slices.Contains([]string{"", "nl", "en"}, d.Language) {
		refused = append(refused, errs.Invalid("school.language_unknown").On("language"))
	}
	if !slices.Contains([]string{"", "light", "dark"}, d.Theme) {
		refused = append(refused, errs.Invalid("school.theme_unknown").On("theme"))
	}
	for _, day := range d.WorkingDays {
		if day < 1 || day > 5 {
			refused = append(refused, errs.Invalid("school.day_unknown").On("days"))
			break
		}
	}
	if d.AwayUntil != "" && (d.AwayUntil <= today || today.Days(d.AwayUntil) > longestAway) {
		refused = append(refused, errs.Invalid("school.away_until_day").On("away"))
	}
	return errs.Join(refused...)
}

// CheckEmail refuses what is no mail address.
func CheckEmail(email string) error {
	at := strings.LastIndexByte(email, '@')
	if at < 1 || len(email) > 200 || strings.ContainsAny(email, " \t\r\n<>,;\"") || !strings.Contains(email[at:], ".") {
		return errs.Invalid("school.email_shape").On("email")
	}
	return nil
}

// Email is the one form in which addresses are kept and compared.
func Email(email string) string { return strings.ToLower(strings.TrimSpace(email)) }
