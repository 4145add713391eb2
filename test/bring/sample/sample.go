// Package sample has boards as Trello and Planner export them, made up for the tests.
package sample

import (
	_ "embed"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Trello is the board of a team, as Trello exports it.
//
//go:embed trello.json
var Trello []byte

// TrelloLater is the same board some weeks later: a card was moved and renamed, one was done, one is new.
//
//go:embed trello-later.json
var TrelloLater []byte

// heads are the columns of a plan, in Dutch and in English.
var heads = map[string][]string{
	"nl": {"Taak-id", "Taaknaam", "Bucketnaam", "Voortgang", "Prioriteit", "Toegewezen aan", "Gemaakt door", "Aanmaakdatum", "Begindatum", "Einddatum", "Is terugkerend", "Te laat", "Voltooid op", "Voltooid door", "Voltooide controlelijstitems", "Controlelijstitems", "Labels", "Beschrijving"},
	"en": {"Task ID", "Task Name", "Bucket Name", "Progress", "Priority", "Assigned To", "Created By", "Created Date", "Start date", "Due date", "Is Recurring", "Late", "Completed Date", "Completed By", "Completed Checklist Items", "Checklist Items", "Labels", "Description"},
}

// Task is a row of a plan; a day is as the file writes it.
type Task struct {
	ID, Name, Bucket, Progress, People, Due, Completed, StepsDone, Steps, Labels, Text string
}

func (t Task) row() []any {
	return []any{t.ID, t.Name, t.Bucket, t.Progress, "Medium", t.People, "Noor Haddad", "01/12/2026", "", t.Due, "false", "false", t.Completed, "", t.StepsDone, t.Steps, t.Labels, t.Text}
}

// Dutch is a plan as the Dutch Planner writes it.
var Dutch = []Task{
	{ID: "PR9aaa", Name: "Kijk bij elkaar in de les", Bucket: "Te doen", Progress: "Niet gestart", People: "Noor Haddad;Anna V.", Due: "09-04-2026", Labels: "bovenbouw", Text: "In week 14.\nMet één vraag vooraf."},
	{ID: "PR9bbb", Name: "Maak drie voorbeelden", Bucket: "Te doen", Progress: "Wordt uitgevoerd", People: "sem@baken.example", Due: "27-03-2026", StepsDone: "1/3", Steps: "wiskunde;Frans;gym"},
	{ID: "PR9ccc", Name: "Lees één artikel", Bucket: "Te doen", Progress: "Voltooid", Completed: "02-02-2026"},
	{ID: "PR9ddd", Name: "We beginnen met een succes", Bucket: "Afspraken", Progress: "Niet gestart"},
}

// English is the same plan in the English Planner, with the month first.
func English() []Task {
	out := append([]Task{}, Dutch...)
	for i, due := range []string{"04/09/2026", "03/27/2026", "", ""} {
		out[i].Due = due
	}
	out[0].Progress, out[1].Progress, out[2].Progress, out[3].Progress = "Not started", "In progress", "Completed", "Not started"
	out[2].Completed = "02/02/2026"
	return out
}

// Planner is a workbook as Planner exports a plan: in Dutch with the plan above the tasks, in
// English with it in a sheet of its own.
func Planner(t testing.TB, lang string, tasks []Task) []byte {
	t.Helper()
	book := excelize.NewFile()
	first := book.GetSheetName(0)
	row := 1
	put := func(sheet string, cells ...any) {
		at, err := excelize.CoordinatesToCellName(1, row)
		if err == nil {
			err = book.SetSheetRow(sheet, at, &cells)
		}
		if err != nil {
			t.Fatal(err)
		}
		row++
	}
	if lang == "nl" {
		put(first, "Plannaam", "Werkbord sectie talen")
		put(first, "Plan-id", "xqQg5FS2LkCp935s-FIFm2QAFkHM")
		put(first, "Exportdatum", "19-03-2026")
		row++
	}
	var head []any
	for _, h := range heads[lang] {
		head = append(head, h)
	}
	put(first, head...)
	for _, x := range tasks {
		put(first, x.row()...)
	}
	if lang == "en" {
		if _, err := book.NewSheet("Plan name"); err != nil {
			t.Fatal(err)
		}
		row = 1
		put("Plan name", "Plan name", "Werkbord sectie talen")
		put("Plan name", "Plan ID", "xqQg5FS2LkCp935s-FIFm2QAFkHM")
	}
	out, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
