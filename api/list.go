package api

import (
	"encoding/base64"
	"slices"
	"strings"

	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/school"
)

// Paged is how a collection is asked for, a piece at a time.
type Paged struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many at most."`
	Cursor string `query:"cursor" maxLength:"100" doc:"The next of the piece before; nothing for the first."`
}

// List is a piece of a collection.
type List[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"Cursor of the next piece; not there at the end."`
}

// The cursor is the id of the last thing that was given. Ids are made in the order of
// time, so a piece is the same whatever is added or taken away meanwhile.
func cursorOf(id string) string { return base64.RawURLEncoding.EncodeToString([]byte("after " + id)) }

func (p Paged) after() (string, error) {
	if p.Cursor == "" {
		return "", nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(p.Cursor)
	id, ok := strings.CutPrefix(string(raw), "after ")
	if err != nil || !ok || !(ident.Valid(id) || packID(id)) {
		return "", &refusal{status: 422, key: "api.cursor", at: "query.cursor"}
	}
	return id, nil
}

// packID reports the shape of a name that packs and plan versions go by.
func packID(id string) bool {
	return id != "" && len(id) <= 64 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-.") == ""
}

// piece cuts a collection that was read whole: in the order of ids, after the cursor.
func piece[F, T any](p Paged, all []F, id func(F) string, show func(F) T) (List[T], error) {
	after, err := p.after()
	if err != nil {
		return List[T]{}, err
	}
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b F) int { return strings.Compare(id(a), id(b)) })
	out := List[T]{Items: []T{}}
	for _, x := range all {
		if id(x) <= after {
			continue
		}
		if len(out.Items) == p.Limit {
			out.Next = cursorOf(after)
			break
		}
		out.Items = append(out.Items, show(x))
		after = id(x)
	}
	return out, nil
}

// one finds a thing in a list that was read whole; what is not in it is absent.
func one[T any](all []T, is func(T) bool) (T, error) {
	if at := slices.IndexFunc(all, is); at >= 0 {
		return all[at], nil
	}
	return *new(T), errs.Absent()
}

// Person is somebody as others may know them.
type Person struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// person is somebody whose id is known; nil for nobody.
func person(people names, id string) *Person {
	if id == "" {
		return nil
	}
	return &Person{id, people[id].Name}
}

// names are people by id, as rooms give them.
type names = map[string]school.Person
