package ui

import (
	"hash/fnv"
	"strconv"
	"strings"
	"unicode"
)

// Person is somebody as the pages show them: a round picture with initials for a
// colleague, a rounded square without name or initials for a pupil.
type Person struct {
	Name     string
	Initials string // made from Name when empty
	Hue      int    // one of Hues; made from Name when nought
	Pupil    bool
	Note     string // what stands under the name: subject, role
}

// Hues are the colours of the round pictures, as angles on the colour wheel.
var Hues = []int{25, 35, 55, 85, 110, 130, 160, 185, 205, 220, 235, 270, 285, 300, 335, 350}

// HueOf gives somebody's colour from a text that does not change, their id.
func HueOf(id string) int {
	h := fnv.New32a()
	h.Write([]byte(id))
	return Hues[int(h.Sum32())%len(Hues)]
}

// InitialsOf takes the first letter of a name and that of the next word with a
// capital, so that "Marieke de Wit" gives MW.
func InitialsOf(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return ""
	}
	first := firstLetter(words[0])
	for _, word := range words[1:] {
		if l := firstLetter(word); l != "" && strings.ToUpper(l) == l && !strings.HasPrefix(word, "'") && !strings.HasPrefix(word, "’") {
			return strings.ToUpper(first) + l
		}
	}
	return strings.ToUpper(first)
}

func firstLetter(word string) string {
	for _, r := range word {
		if unicode.IsLetter(r) {
			return string(r)
		}
	}
	return ""
}

func (p Person) initials() string {
	if p.Initials != "" {
		return p.Initials
	}
	return InitialsOf(p.Name)
}

// hue is the class that carries the colour; pupils all have the same one.
func (p Person) hue() string {
	if p.Pupil {
		return "av--ll"
	}
	if p.Hue != 0 {
		return "a" + strconv.Itoa(p.Hue)
	}
	return "a" + strconv.Itoa(HueOf(p.Name))
}
