package sample

import (
	"strings"

	"leerkring/access"
	"leerkring/internal/ident"
	"leerkring/school"
)

// The school of the samples and its board.
var (
	BoardID  = ID("b")
	SchoolID = ID("s")
)

// The people of Het Baken College, as far as the samples need them.
var (
	Noor    = person("1", "Noor Haddad", 25)
	Marieke = person("2", "Marieke de Wit", 300)
	Joost   = person("3", "Joost Verbeek", 235)
	Samira  = person("4", "Samira El Idrissi", 160)
	Thijs   = person("5", "Thijs Kamp", 85)
	Esra    = person("6", "Esra Okur", 110)
	Wim     = person("7", "Wim Hoekstra", 285)
)

// ID is an invented id that ends in a mark.
func ID(mark string) string { return strings.Repeat("0", ident.Length-len(mark)) + mark }

func person(mark, name string, hue int) school.Person {
	return school.Person{ID: ID(mark), BoardID: BoardID, Name: name, Hue: hue}
}

// Who is somebody of the school, as the rights see them.
func Who(p school.Person) access.Who {
	return access.Who{ID: p.ID, BoardID: BoardID, Kind: access.Staff, Schools: []string{SchoolID}}
}
