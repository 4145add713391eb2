package media

import (
	"context"
	"encoding/binary"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/access/register"
	"leerkring/internal/blob"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/internal/job"
	"leerkring/school"
)

// desk is a school with two people and a directory of files.
type desk struct {
	t           *testing.T
	db          *db.DB
	clock       *clock.Fake
	dir         string
	files       *blob.Dir
	media       *Service
	schoolID    string
	noor, joost access.Who
}

func eachDesk(t *testing.T, f func(t *testing.T, d *desk)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := clock.NewFake(clock.System{}.Now().Truncate(time.Second)) // files have the real time
		schools := school.NewService(d, now)
		founded, err := schools.Found(t.Context(), school.Founding{Board: "Bestuur", School: school.School{Name: "Het Baken"}, AdminName: "Noor Jansen", AdminEmail: "noor@baken.example"})
		if err != nil {
			t.Fatal(err)
		}
		x := &desk{t: t, db: d, clock: now, dir: t.TempDir(), schoolID: founded.SchoolID}
		if x.files, err = blob.Open(x.dir); err != nil {
			t.Fatal(err)
		}
		x.media = NewService(d, now, x.files)
		x.noor = x.who(founded.AdminID)
		id, err := schools.AddStaff(t.Context(), x.noor, x.schoolID, school.NewStaff{Name: "Joost Bos", Email: "joost@baken.example", Active: true})
		if err != nil {
			t.Fatal(err)
		}
		x.joost = x.who(id)
		f(t, x)
	})
}

func (d *desk) who(id string) access.Who {
	d.t.Helper()
	k, err := school.Knows(d.t.Context(), d.db, id)
	if err != nil {
		d.t.Fatal(err)
	}
	return k.Who
}

func (d *desk) ok(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) take(who access.Who) Picture {
	d.t.Helper()
	p, err := d.media.Take(d.t.Context(), who, d.schoolID, asJPEG(d.t, sheet(60, 40)))
	d.ok(err)
	return p
}

func (d *desk) place(who access.Who, about string, list ...Placed) error {
	return d.db.Write(d.t.Context(), func(tx *db.Tx) error {
		return Place(d.t.Context(), tx, who, d.schoolID, Ref{"contribution", about}, list...)
	})
}

func (d *desk) erase(about string, only ...string) (n int) {
	d.t.Helper()
	d.ok(d.db.Write(d.t.Context(), func(tx *db.Tx) (err error) {
		n, err = Erase(d.t.Context(), tx, Ref{"contribution", about}, d.clock.Now(), only...)
		return err
	}))
	return n
}

func (d *desk) beside(about string) []Picture {
	d.t.Helper()
	all, err := Of(d.t.Context(), d.db, "contribution", []string{about})
	d.ok(err)
	return all[about]
}

// lying are the files on the disk.
func (d *desk) lying() (out []string) {
	d.t.Helper()
	d.ok(d.files.Walk(d.t.Context(), func(name string, _ time.Time) error { out = append(out, name); return nil }))
	return out
}

func (d *desk) rows() int {
	d.t.Helper()
	n, err := db.One(d.t.Context(), d.db, `select count(*) from picture`, db.Int)
	d.ok(err)
	return n
}

// runs does the jobs that wait.
func (d *desk) runs() {
	d.t.Helper()
	runner := job.NewRunner(d.db, d.clock, slog.New(slog.DiscardHandler), 1)
	runner.Handle(KindRemove, d.media.Remove)
	_, err := runner.RunDue(d.t.Context())
	d.ok(err)
}

func keyOf(err error) string {
	if f := errs.FieldsOf(err); len(f) > 0 {
		return f[0].Key
	}
	return ""
}

func TestAPictureWaitsAndGetsItsPlace(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		p, about := d.take(d.noor), ident.At(d.clock.Now())
		if n := len(d.beside(about)); n > 0 {
			t.Errorf("%d pictures before it has its place", n)
		}
		if waits, err := d.media.Waits(t.Context(), d.noor, p.ID); err != nil || !waits {
			t.Errorf("its maker finds it waiting: %v %v", waits, err)
		}
		for name, refused := range map[string]error{
			"somebody else's":     d.place(d.joost, about, Placed{p.ID, "Drie pijlen"}),
			"one that is not":     d.place(d.noor, about, Placed{ident.At(d.clock.Now()), "Drie pijlen"}),
			"without words":       d.place(d.noor, about, Placed{p.ID, "  "}),
			"with too many words": d.place(d.noor, about, Placed{p.ID, strings.Repeat("é", maxAlt+1)}),
		} {
			want := map[string]string{"without words": "media.alt_empty", "with too many words": "form.too_long_max"}[name]
			if want == "" {
				want = "media.gone"
			}
			if keyOf(refused) != want {
				t.Errorf("%s: %v, want %s", name, refused, want)
			}
		}
		d.ok(d.place(d.noor, about, Placed{p.ID, " Drie pijlen "}))
		got := d.beside(about)
		if len(got) != 1 || got[0].ID != p.ID || got[0].Alt != "Drie pijlen" || got[0].Width != 60 || got[0].Height != 40 {
			t.Fatalf("%+v", got)
		}
		if raw, err := d.media.Read(got[0]); err != nil || corners(t, raw) != "rgbw" {
			t.Errorf("%d bytes, %v", len(raw), err)
		}
		if err := d.place(d.noor, ident.At(d.clock.Now()), Placed{p.ID, "Nog eens"}); keyOf(err) != "media.gone" {
			t.Errorf("a second place: %v", err)
		}
		if waits, _ := d.media.Waits(t.Context(), d.noor, p.ID); waits {
			t.Error("it still waits")
		}
		d.ok(d.media.Discard(t.Context(), d.noor, p.ID)) // it has its place: nothing happens
		if len(d.beside(about)) != 1 {
			t.Error("a picture in its place was put aside")
		}
	})
}

func TestThreeBesideOneTextAndNoMore(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		about := ident.At(d.clock.Now())
		for range MaxBeside {
			d.ok(d.place(d.noor, about, Placed{d.take(d.noor).ID, "Bord"}))
		}
		one := d.take(d.noor)
		if err := d.place(d.noor, about, Placed{one.ID, "Bord"}); keyOf(err) != "media.too_many" {
			t.Errorf("a fourth: %v", err)
		}
		if n := len(d.beside(about)); n != MaxBeside {
			t.Errorf("%d beside it", n)
		}
	})
}

func TestThereIsAnEndToTheRoom(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		raw := asJPEG(t, sheet(20, 20))
		take := func(who access.Who) error {
			_, err := d.media.Take(t.Context(), who, d.schoolID, raw)
			return err
		}
		weigh := func(who string, n int) {
			d.ok(d.db.Write(t.Context(), func(tx *db.Tx) error {
				_, err := db.Exec(t.Context(), tx, `insert into picture (id, school_id, author_id, about_kind, about_id, alt, width, height, bytes, hash, made_at) values ($1, $2, $3, 'x', 'x', 'x', 1, 1, $4, '', $5)`,
					ident.At(d.clock.Now()), d.schoolID, db.Null(who), n, d.clock.Now())
				return err
			}))
		}
		for range maxWaiting {
			d.ok(take(d.noor))
		}
		if err := take(d.noor); keyOf(err) != "media.too_many_waiting" {
			t.Errorf("more that wait: %v", err)
		}
		weigh(d.joost.ID, ofPerson)
		if err := take(d.joost); keyOf(err) != "media.person_full" {
			t.Errorf("a person who keeps much: %v", err)
		}
		lying := len(d.lying())
		if lying != maxWaiting {
			t.Errorf("%d files, want %d: a refusal leaves none", lying, maxWaiting)
		}
		for range 6 {
			weigh("", 2_000_000_000)
		}
		third := d.noor
		d.ok(d.db.Write(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, `delete from picture where about_id = ''`)
			return err
		}))
		if err := take(third); keyOf(err) != "media.school_full" {
			t.Errorf("a school that keeps much: %v", err)
		}
	})
}

func TestRemovedWordsTakeTheirFileAlong(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		a, b, waiting := d.take(d.noor), d.take(d.noor), d.take(d.noor)
		about, other := ident.At(d.clock.Now()), ident.At(d.clock.Now())
		d.ok(d.place(d.noor, about, Placed{a.ID, "Een"}, Placed{b.ID, "Twee"}))
		c := d.take(d.noor)
		d.ok(d.place(d.noor, other, Placed{c.ID, "Drie"}))
		if n := d.erase(about, c.ID); n != 0 || d.rows() != 4 {
			t.Errorf("a picture beside other words: %d", n)
		}
		if n := d.erase(about, a.ID); n != 1 || len(d.beside(about)) != 1 {
			t.Errorf("one of two: %d", n)
		}
		if len(d.lying()) != 4 {
			t.Error("a file went before its row was surely gone")
		}
		if n := d.erase(about); n != 1 {
			t.Errorf("the rest: %d", n)
		}
		d.ok(d.media.Discard(t.Context(), d.joost, waiting.ID)) // not his
		d.runs()
		if got := d.lying(); len(got) != 2 {
			t.Errorf("%d files are left, want those of other words and the one that waits", len(got))
		}
		d.ok(d.media.Discard(t.Context(), d.noor, waiting.ID))
		d.runs()
		if got := d.lying(); len(got) != 1 || got[0] != c.ID {
			t.Errorf("left: %v", got)
		}
	})
}

// T-R2: a crash between the file and its row leaves a file without a row, never the other
// way round; the sweep takes it after a day, and not before.
func TestProofR2_ACrashBetweenFileAndRow(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		kept := d.take(d.noor)
		about := ident.At(d.clock.Now())
		d.ok(d.place(d.noor, about, Placed{kept.ID, "Bord"}))
		lost := ident.At(d.clock.Now())
		d.ok(d.files.Put(lost, strings.NewReader("half a photo")))
		half := filepath.Join(d.dir, kept.ID[len(kept.ID)-2:], ident.At(d.clock.Now())[:24]+kept.ID[len(kept.ID)-2:]+".new")
		d.ok(os.WriteFile(half, []byte("x"), 0o600))
		waits := d.take(d.joost)
		d.ok(d.media.Sweep(t.Context(), job.Job{}))
		if n := len(d.lying()); n != 4 {
			t.Fatalf("a young file went: %d left", n)
		}
		d.clock.Move(25 * time.Hour)
		for range 2 { // the second run finds nothing to do
			d.ok(d.media.Sweep(t.Context(), job.Job{}))
			d.runs()
		}
		if got := d.lying(); len(got) != 1 || got[0] != kept.ID {
			t.Errorf("left: %v, want %s", got, kept.ID)
		}
		if len(d.beside(about)) != 1 || d.rows() != 1 {
			t.Errorf("%d rows; %s waited a day", d.rows(), waits.ID)
		}
	})
}

func TestAFailedFileLeavesNoRow(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		d.ok(d.files.Close()) // the disk is away
		_, err := d.media.Take(t.Context(), d.noor, d.schoolID, asJPEG(t, sheet(20, 20)))
		if errs.KindOf(err) != errs.KindUnavailable || keyOf(err) != "media.store" {
			t.Errorf("%v", err)
		}
		if n := d.rows(); n != 0 {
			t.Errorf("%d rows", n)
		}
	})
}

// A database that is not the one of these files must not cost them.
func TestASweepStopsAndAsksBeforeItTakesMuch(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		for range fewFiles + 1 {
			d.ok(d.files.Put(ident.At(d.clock.Now()), strings.NewReader("x")))
		}
		d.clock.Move(25 * time.Hour)
		if err := d.media.Sweep(t.Context(), job.Job{}); err == nil || !strings.Contains(err.Error(), "no row") {
			t.Errorf("%v", err)
		}
		if n := len(d.lying()); n != fewFiles+1 {
			t.Errorf("%d files are left", n)
		}
	})
}

// A file that changed on disk, or went, is told and never shown.
func TestADamagedFileIsNotShown(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		p := d.take(d.noor)
		path := filepath.Join(d.dir, p.ID[len(p.ID)-2:], p.ID)
		raw, err := os.ReadFile(path)
		d.ok(err)
		raw[len(raw)/2] ^= 1
		d.ok(os.WriteFile(path, raw, 0o600))
		if got, err := d.media.Read(p); err == nil || errs.KindOf(err) != errs.KindInternal {
			t.Errorf("%d bytes, %v", len(got), err)
		}
		d.ok(os.Remove(path))
		if got, err := d.media.Read(p); err == nil {
			t.Errorf("%d bytes of nothing", len(got))
		}
	})
}

func TestNobodyInParticularTakesNothing(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		if _, err := d.media.Take(t.Context(), access.Who{}, d.schoolID, asJPEG(t, sheet(9, 9))); !errs.IsAbsent(err) {
			t.Errorf("%v", err)
		}
		ctx, stop := context.WithCancel(t.Context())
		d.ok(d.media.decodes.Acquire(t.Context(), atOnce)) // everything is busy
		stop()
		if _, err := d.media.Take(ctx, d.noor, d.schoolID, asJPEG(t, sheet(9, 9))); err == nil || !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		if len(d.lying()) > 0 || d.rows() > 0 {
			t.Error("something was left")
		}
	})
}

func TestNothingOfTheCameraTouchesTheDisk(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		secret := "GPSLatitude52.0907N"
		p, err := d.media.Take(t.Context(), d.noor, d.schoolID, with(asJPEG(t, sheet(60, 40)), exif(binary.BigEndian, 1, secret)))
		d.ok(err)
		d.ok(filepath.WalkDir(d.dir, func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path)
			if strings.Contains(string(raw), secret) {
				t.Errorf("%s holds it (%s)", path, p.ID)
			}
			return err
		}))
	})
}

func TestEveryColumnIsInTheRegister(t *testing.T) {
	for _, wrong := range register.Check(Data) {
		t.Error(wrong)
	}
	files := 0
	for _, e := range Data {
		if e.Kind == register.InFile {
			files++
		}
	}
	if files != 2 {
		t.Errorf("%d kinds of files are registered", files)
	}
}
