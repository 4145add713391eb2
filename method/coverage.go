package method

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Carrier is an element that carries a row out, and its file.
type Carrier struct {
	Element string `json:"element"`
	File    string `json:"file"`
}

// Row is one practice of the inventory and what became of it.
type Row struct {
	ID        string    `json:"id"`
	Kind      string    `json:"kind"`
	CoveredBy []Carrier `json:"covered_by"`
	// WaitingFor names the capability that a row without carrier waits for.
	WaitingFor string `json:"waiting_for"`
}

// Report says for every row of the inventory who carries it.
type Report struct {
	Rows []Row `json:"rows"`
	// Unknown are covers that name no row: a slip of the pen that would hide a
	// gap. Problems are entries of features.yaml that prove nothing.
	Unknown  []Reference `json:"-"`
	Problems []Problem   `json:"-"`
}

// Reference is one row that an element claims to carry.
type Reference struct {
	Row string
	Carrier
}

// Count is how many rows are carried, waiting and neither.
func (r *Report) Count() (carried, waiting, uncovered int) {
	for _, row := range r.Rows {
		switch {
		case len(row.CoveredBy) > 0:
			carried++
		case row.WaitingFor != "":
			waiting++
		default:
			uncovered++
		}
	}
	return carried, waiting, uncovered
}

// Only keeps the rows whose id begins with one of the prefixes; all of them
// when there are none.
func (r *Report) Only(prefixes []string) *Report {
	if len(prefixes) == 0 {
		return r
	}
	within := func(id string) bool {
		return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(id, p) })
	}
	out := &Report{Problems: r.Problems, Rows: []Row{}}
	for _, row := range r.Rows {
		if within(row.ID) {
			out.Rows = append(out.Rows, row)
		}
	}
	for _, u := range r.Unknown {
		if within(u.Row) {
			out.Unknown = append(out.Unknown, u)
		}
	}
	return out
}

// Coverage lays everything that names rows beside the inventory. With source
// it also looks whether the pages and tests of the features exist; nil leaves
// that out.
func Coverage(lib *Library, features []Feature, demo []Reference, inventory, source fs.FS) (*Report, error) {
	rows, err := readInventory(inventory)
	if err != nil {
		return nil, err
	}
	r := &Report{Rows: rows}
	at := make(map[string]int, len(rows))
	for i, row := range rows {
		at[row.ID] = i
	}
	for _, ref := range slices.Concat(references(lib), demo, featureReferences(features)) {
		i, known := at[ref.Row]
		if !known {
			r.Unknown = append(r.Unknown, ref)
		} else if !slices.Contains(rows[i].CoveredBy, ref.Carrier) {
			rows[i].CoveredBy = append(rows[i].CoveredBy, ref.Carrier)
		}
	}
	for _, f := range features {
		for _, id := range f.Covers {
			if i, known := at[id]; known && f.WaitingFor != "" {
				rows[i].WaitingFor = f.WaitingFor
			} else if !known && f.WaitingFor != "" {
				r.Unknown = append(r.Unknown, Reference{id, Carrier{f.WaitingFor, featureFile}})
			}
		}
	}
	for i := range rows {
		if len(rows[i].CoveredBy) > 0 {
			rows[i].WaitingFor = ""
		}
	}
	if source != nil {
		p, err := readProof(source)
		if err != nil {
			return nil, fmt.Errorf("source: %w", err)
		}
		r.Problems = p.missing(features)
	}
	return r, nil
}

func references(lib *Library) (out []Reference) {
	for _, e := range lib.Elements() {
		for _, row := range e.Covers {
			out = append(out, Reference{row, Carrier{e.ID, e.File}})
		}
	}
	return out
}

func featureReferences(features []Feature) (out []Reference) {
	for _, f := range features {
		for _, row := range f.Covers {
			if f.WaitingFor == "" {
				out = append(out, Reference{row, Carrier{f.Page, featureFile}})
			}
		}
	}
	return out
}
