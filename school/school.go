package school

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
)

// Sector is the kind of school; it decides the words, never the text.
type Sector string

// The sectors.
const (
	Primary    Sector = "po"
	Secondary  Sector = "vo"
	Vocational Sector = "mbo"
	Flanders   Sector = "vl"
)

// Sectors are all sectors, in the order in which they are offered.
var Sectors = []Sector{Primary, Secondary, Vocational, Flanders}

// Colour is the colour of a school on paper. It is one of a few: each can be read, in print
// and by who sees little contrast.
type Colour string

// The colours.
const (
	Blue   Colour = "blue"
	Teal   Colour = "teal"
	Green  Colour = "green"
	Red    Colour = "red"
	Purple Colour = "purple"
	Brown  Colour = "brown"
	Grey   Colour = "grey"
)

// Colours are all colours, in the order in which they are offered.
var Colours = []Colour{Blue, Teal, Green, Red, Purple, Brown, Grey}

// School is one school of a board.
type School struct {
	ID        string
	BoardID   string
	LevelID   string
	Name      string
	Sector    Sector
	Language  string            // nl or en, unless a person chose otherwise
	Zone      string            // IANA name, for times shown
	Region    string            // of the holiday calendar
	Words     map[string]string // the school's own words, by token
	ChangeCap int               // how many changes a team has at a time, as agreed
	Colour    Colour            // of what it puts on paper
	Version   int
	MadeAt    time.Time
}

// Location returns the zone in which the school's times are shown.
func (s School) Location() *time.Location { return clock.Zone(s.Zone) }

// Check refuses a school that cannot be kept.
func (s School) Check() error {
	var refused []error
	if n := utf8.RuneCountInString(strings.TrimSpace(s.Name)); n < 2 || n > 120 {
		refused = append(refused, errs.Invalid("school.name_length").On("name"))
	}
	if !slices.Contains(Sectors, s.Sector) {
		refused = append(refused, errs.Invalid("school.sector_unknown").On("sector"))
	}
	if s.Language != "nl" && s.Language != "en" {
		refused = append(refused, errs.Invalid("school.language_unknown").On("language"))
	}
	if !slices.Contains(Colours, s.Colour) {
		refused = append(refused, errs.Invalid("school.colour_unknown").On("colour"))
	}
	if s.ChangeCap < 1 || s.ChangeCap > 9 {
		refused = append(refused, errs.Invalid("school.change_cap").On("change_cap"))
	}
	return errs.Join(refused...)
}

func parseWords(raw string) map[string]string {
	words := map[string]string{}
	if err := json.Unmarshal([]byte(raw), &words); err != nil {
		return nil // the column is written by us as JSON; a damaged one shows the sector's words
	}
	return words
}

// Team is a group inside a school.
type Team struct {
	ID       string
	SchoolID string
	Kind     TeamKind
	Name     string
}

// TeamKind is what holds a team together.
type TeamKind string

// The kinds of team.
const (
	Department TeamKind = "department"
	YearTeam   TeamKind = "year"
	Stream     TeamKind = "stream"
	PLC        TeamKind = "plc"
	Support    TeamKind = "support"
	Leadership TeamKind = "leadership"
	OtherTeam  TeamKind = "other"
)

// TeamKinds are all kinds, in the order in which they are offered.
var TeamKinds = []TeamKind{Department, YearTeam, Stream, PLC, Support, Leadership, OtherTeam}

// Staff is a person at one school.
type Staff struct {
	Person
	Subject   string
	Functions []string
	TeamIDs   []string
}

// VisionLine is one sentence of a school's vision.
type VisionLine struct {
	ID       string
	SchoolID string
	Position int
	Body     string
	Version  int
}
