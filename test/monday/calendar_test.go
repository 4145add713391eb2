package monday

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/access"
	"leerkring/instance"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/ics"
	"leerkring/notify"
	"leerkring/school"
	"leerkring/task"
)

// parsed is an event as another program read it: days as 2026-03-27, moments in UTC.
type parsed struct{ UID, Summary, Start, End, Status, Sequence, Class string }

const byICalendar = `
import sys, json, datetime, icalendar
def show(v):
    v = v.dt
    return v.astimezone(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ') if isinstance(v, datetime.datetime) else v.isoformat()
c = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
print(json.dumps([dict(UID=str(e['UID']), Summary=str(e['SUMMARY']), Start=show(e['DTSTART']), End=show(e['DTEND']), Status=str(e['STATUS']), Sequence=str(e['SEQUENCE']), Class=str(e['CLASS'])) for e in c.walk('VEVENT')]))
`

const byVObject = `
import sys, json, datetime, vobject
def show(v):
    v = v.value
    return v.astimezone(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ') if isinstance(v, datetime.datetime) else v.isoformat()
c = vobject.readOne(open(sys.argv[1], encoding='utf-8', newline='').read(), validate=True)
print(json.dumps([dict(UID=e.uid.value, Summary=e.summary.value, Start=show(e.dtstart), End=show(e.dtend), Status=e.status.value, Sequence=e.sequence.value, Class=getattr(e, 'class').value) for e in c.vevent_list]))
`

// readers are two programs that share nothing with what writes the calendar.
var readers = map[string]string{"icalendar": byICalendar, "vobject": byVObject}

func readBy(t *testing.T, script string, raw []byte) []parsed {
	t.Helper()
	file := filepath.Join(t.TempDir(), "calendar.ics")
	if err := os.WriteFile(file, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("/usr/bin/python3", "-c", script, file) // the one that Debian's modules are for
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s\n%s", err, said.String(), raw)
	}
	var list []parsed
	if err := json.Unmarshal(out, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// TestProofF_TwoOthersReadTheCalendar: what is hard in a calendar, read by two programs of
// others: both nights on which the clock changes, folding, escaping, days, what was called off.
func TestProofF_TwoOthersReadTheCalendar(t *testing.T) {
	t.Parallel()
	ams := clock.Zone("Europe/Amsterdam")
	long := strings.Repeat("Wat merken leerlingen, en waaraan; zie «ons» plan\\ — ", 8) + "één"
	night := func(day clock.Date) time.Time { return day.At(1, 30, ams) }
	cal := ics.Calendar{Name: "Leerkring", Lang: "nl", Host: "leerkring.example", Events: []ics.Event{
		{UID: "a", Start: clock.Date("2026-03-27").At(15, 10, ams), End: clock.Date("2026-03-27").At(16, 10, ams), Title: long, Sequence: 3, Place: "lokaal 1.08; achter", Note: long, Link: "https://leerkring.example/x"},
		{UID: "b", Start: clock.Date("2026-03-30").At(15, 10, ams), End: clock.Date("2026-03-30").At(16, 10, ams), Title: "Na de nacht"},
		{UID: "c", Start: night("2026-03-29"), End: night("2026-03-29").Add(2 * time.Hour), Title: "Over het uur dat er niet is"},
		{UID: "d", Start: night("2026-10-25"), End: night("2026-10-25").Add(2 * time.Hour), Title: "Over het uur dat er twee keer is"},
		{UID: "e", On: "2026-10-25", Title: "Een dag van 25 uur", Free: true},
		{UID: "f", On: "2026-04-25", Last: "2026-05-03", Title: "Meivakantie", Free: true},
		{UID: "g", On: "2026-03-29", Title: "x\r\nEND:VEVENT\r\nATTENDEE:mailto:evil@example.com", Cancelled: true, Sequence: 9},
		{UID: "h", Start: clock.Date("2026-03-27").At(9, 0, ams), End: clock.Date("2026-03-27").At(10, 0, ams), Title: "Bezet", Private: true},
	}}
	want := []parsed{
		{"a@leerkring.example", long, "2026-03-27T14:10:00Z", "2026-03-27T15:10:00Z", "CONFIRMED", "3", "PUBLIC"},
		{"b@leerkring.example", "Na de nacht", "2026-03-30T13:10:00Z", "2026-03-30T14:10:00Z", "CONFIRMED", "0", "PUBLIC"},
		{"c@leerkring.example", "Over het uur dat er niet is", "2026-03-29T00:30:00Z", "2026-03-29T02:30:00Z", "CONFIRMED", "0", "PUBLIC"},
		{"d@leerkring.example", "Over het uur dat er twee keer is", "2026-10-24T23:30:00Z", "2026-10-25T01:30:00Z", "CONFIRMED", "0", "PUBLIC"},
		{"e@leerkring.example", "Een dag van 25 uur", "2026-10-25", "2026-10-26", "CONFIRMED", "0", "PUBLIC"},
		{"f@leerkring.example", "Meivakantie", "2026-04-25", "2026-05-04", "CONFIRMED", "0", "PUBLIC"},
		{"g@leerkring.example", "x END:VEVENT ATTENDEE:mailto:evil@example.com", "2026-03-29", "2026-03-30", "CANCELLED", "9", "PUBLIC"},
		{"h@leerkring.example", "Bezet", "2026-03-27T08:00:00Z", "2026-03-27T09:00:00Z", "CONFIRMED", "0", "PRIVATE"},
	}
	raw := cal.Bytes()
	for name, script := range readers {
		if d := cmp.Diff(want, readBy(t, script, raw)); d != "" {
			t.Errorf("%s reads something else: %s", name, d)
		}
	}
}

// TestProofF_ACalendarOfTheRunningHouse: the address as a calendar program asks it, before
// and after a change, and after the account is closed.
func TestProofF_ACalendarOfTheRunningHouse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data := mkdir(t, filepath.Join(dir, "data"))
	w := &town{t: t, house: NewHouse(t, dir, "sqlite:"+instance.File(data), "127.0.0.1:"+"1")}
	var path, noor, taskID string
	w.inside("2026-03-20T10:00:00Z", func(d *db.DB, c clock.Clock) {
		ctx := t.Context()
		schools := school.NewService(d, c)
		made, err := schools.Found(ctx, school.Founding{Board: "Kust", School: school.School{Name: "Het Baken"}, AdminName: "Noor Haddad", AdminEmail: "noor@" + Domain})
		w.ok(err)
		noor = made.AdminID
		k, err := school.Knows(ctx, d, noor)
		w.ok(err)
		w.ok(schools.AddPeriods(ctx, k.Who, made.SchoolID, []school.Period{{Kind: school.Holiday, Name: "Meivakantie", From: "2026-04-25", To: "2026-05-03"}}))
		address, err := notify.NewService(d, c, schools, nil, nil, Base).MakeFeed(ctx, k.Who, "telefoon", func(context.Context, *db.Tx, string) error { return nil })
		w.ok(err)
		path = strings.TrimPrefix(address, Base)
		w.ok(d.Write(ctx, func(tx *db.Tx) error {
			made, err := task.Add(ctx, tx, access.Who{ID: noor}, task.New{SchoolID: made.SchoolID, SourceKind: "meeting", SourceID: "x", OwnerID: noor, Body: "haalt; drie, voorbeelden op", DueOn: "2026-03-27"}, c.Now())
			taskID = made.ID
			return err
		}))
	})
	ask := func(tag string) (int, string, []byte) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.house.Address()+path, nil)
		w.ok(err)
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		res, err := http.DefaultClient.Do(r)
		w.ok(err)
		defer res.Body.Close()
		raw, err := io.ReadAll(res.Body)
		w.ok(err)
		if res.StatusCode == http.StatusOK && !strings.HasPrefix(res.Header.Get("Content-Type"), "text/calendar") {
			t.Errorf("it is %s", res.Header.Get("Content-Type"))
		}
		return res.StatusCode, res.Header.Get("ETag"), raw
	}
	w.house.Clock(at(t, "2026-03-20T10:00:00Z"))
	w.house.Open()
	status, tag, raw := ask("")
	for name, script := range readers {
		list := readBy(t, script, raw)
		if status != http.StatusOK || len(list) != 2 || list[0].Summary != "Meivakantie" || list[1].Summary != "Taak: haalt; drie, voorbeelden op" || list[1].Start != "2026-03-27" || list[1].UID != "task-"+taskID+"@leerkring.example" {
			t.Errorf("%s reads %d %+v", name, status, list)
		}
	}
	if status, again, body := ask(tag); status != http.StatusNotModified || again != tag || len(body) != 0 {
		t.Errorf("asked again: %d, %d bytes", status, len(body))
	}
	w.house.Clock(at(t, "2026-03-21T10:00:00Z"))
	if status, _, _ := ask(tag); status != http.StatusNotModified {
		t.Errorf("a day later: %d", status)
	}
	change := func(sql string) {
		t.Helper()
		d, err := db.Open(t.Context(), w.house.database)
		w.ok(err)
		defer func() { w.ok(d.Close()) }()
		w.ok(d.Write(t.Context(), func(tx *db.Tx) error { _, err := db.Exec(t.Context(), tx, sql); return err }))
	}
	change(`update task set due_on = '2026-03-30', version = version + 1`)
	if status, now, raw := ask(tag); status != http.StatusOK || now == tag || !strings.Contains(string(raw), "20260330") || !strings.Contains(string(raw), "SEQUENCE:2") {
		t.Errorf("after a change: %d\n%s", status, raw)
	}
	change(`update person set state = 'suspended'`)
	if status, _, raw := ask(tag); status != http.StatusNotFound || strings.Contains(string(raw), "VCALENDAR") {
		t.Errorf("after the account was closed: %d", status)
	}
}
