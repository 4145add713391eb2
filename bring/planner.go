package bring

import (
	"archive/zip"
	"slices"
	"strconv"
	"strings"

	"leerkring/internal/errs"
	"leerkring/internal/foreign"
)

// Limits of a workbook.
const (
	mostColumns  = 100
	mostUnpacked = 24 << 20
	mostSheets   = 10
	headWithin   = 30 // rows above the names of the columns
)

// readPlanner reads the workbook that Planner makes of a plan: somewhere in it stands a table of tasks.
func readPlanner(raw []byte) (Board, error) {
	z, err := foreign.Open(raw, foreign.Limits{Entries: 1_000, Unpacked: mostUnpacked, Ratio: 100})
	if err == nil {
		err = foreign.PlainXML(z)
	}
	if err != nil {
		return Board{}, refusal(err)
	}
	if !slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == "xl/workbook.xml" }) {
		return Board{}, errs.Invalid("bring.not_a_board").On("file")
	}
	var found plan
	name, there, sheets := "", false, 0
	err = foreign.Workbook(raw, foreign.Sheets{Rows: MaxEntries + headWithin, Columns: mostColumns, Unpacked: mostUnpacked, Clean: text}, func(rows [][]string) bool {
		if name == "" { // it may stand in a sheet of its own
			name = planName(rows)
		}
		if !there {
			found, there = tasksIn(rows)
		}
		sheets++
		return sheets < mostSheets && (!there || name == "")
	})
	if err != nil {
		return Board{}, refusal(err)
	}
	if !there {
		return Board{}, errs.Invalid("bring.not_a_board").On("file")
	}
	b := found.board()
	b.Name = name
	return b, nil
}

// plan is a table of tasks: where its columns stand, and its rows.
type plan struct {
	at     map[string]int
	guess  Days
	unread []string
	rows   [][]string
}

// tasksIn finds the table in a sheet: a row that names a column for tasks and one for buckets.
func tasksIn(rows [][]string) (plan, bool) {
	for i, row := range rows[:min(len(rows), headWithin)] {
		p := plan{at: map[string]int{}, guess: DayFirst, rows: rows[i+1:]}
		for j, cell := range row {
			word := fold(cell)
			c := named(words.Columns, word)
			if _, twice := p.at[c]; c != "" && !twice {
				p.at[c] = j
			} else if c != "left" {
				p.unread = with(p.unread, line(cell))
			}
			if slices.Contains(words.Days["month_first"], word) {
				p.guess = MonthFirst
			}
		}
		_, tasks := p.at["name"]
		if _, buckets := p.at["bucket"]; tasks && buckets {
			return p, true
		}
	}
	return plan{}, false
}

// planName is what stands beside the name of the plan, above the tasks or in a sheet of its own.
func planName(rows [][]string) string {
	for i, row := range rows[:min(len(rows), headWithin)] {
		for j, cell := range row {
			if !slices.Contains(words.Above["plan"], fold(cell)) {
				continue
			}
			if j+1 < len(row) && named(words.Columns, fold(row[j+1])) == "" {
				return line(row[j+1])
			}
			if i+1 < len(rows) && j < len(rows[i+1]) && len(row) < 4 {
				return line(rows[i+1][j])
			}
		}
	}
	return ""
}

func (p plan) cell(row []string, column string) string {
	if j, ok := p.at[column]; ok && j < len(row) {
		return row[j]
	}
	return ""
}

func (p plan) board() Board {
	b := Board{Origin: Planner, Unread: p.unread}
	at, taken := map[string]int{}, map[string]int{}
	var days []string
	for _, row := range p.rows {
		c := p.card(row)
		if c.Name == "" && c.ID == "" {
			continue
		}
		if c.ID == "" { // by its name, which stays when the card moves
			c.ID = "=" + fold(c.Name)
			if taken[c.ID]++; taken[c.ID] > 1 {
				c.ID += "=" + strconv.Itoa(taken[c.ID])
			}
		} else if taken[c.ID]++; taken[c.ID] > 1 {
			continue
		}
		bucket := line(p.cell(row, "bucket"))
		i, known := at[bucket]
		if !known {
			i, at[bucket] = len(b.Lists), len(b.Lists)
			b.Lists = append(b.Lists, List{Name: bucket})
		}
		if b.Lists[i].Cards = append(b.Lists[i].Cards, c); c.Due != "" {
			days = append(days, c.Due)
		}
	}
	b.Days, b.Doubt = order(days, p.guess)
	return b
}

func (p plan) card(row []string) Card {
	progress := named(words.Progress, fold(p.cell(row, "progress")))
	c := Card{ID: line(p.cell(row, "id")), Name: line(p.cell(row, "name")), Text: text(p.cell(row, "text")), Due: line(p.cell(row, "due")),
		Done: progress == "done" || line(p.cell(row, "completed")) != "", Busy: progress == "busy"}
	for _, who := range listed(p.cell(row, "people")) {
		c.People = with(c.People, who)
	}
	for _, l := range listed(p.cell(row, "labels")) {
		c.Labels = with(c.Labels, l)
	}
	whole := false
	if done, of, ok := strings.Cut(p.cell(row, "steps_done"), "/"); ok {
		whole = line(done) == line(of)
	}
	for _, s := range listed(p.cell(row, "steps")) {
		if len(c.Steps) < maxWithin {
			c.Steps = append(c.Steps, Step{Text: s, Done: whole})
		}
	}
	return c
}

// listed are the parts of a cell.
func listed(s string) []string {
	var out []string
	for _, x := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '\n' }) {
		if x = line(x); x != "" {
			out = append(out, x)
		}
	}
	return out
}
