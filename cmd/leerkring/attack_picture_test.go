package main

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"leerkring/block/contribution"
	"leerkring/instance"
	"leerkring/internal/blob"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/ident"
	"leerkring/web"
)

// photo is what a phone sends: sideways, with the place in it.
func photo(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 300, 200))
	for x := range 300 {
		m.SetRGBA(x, 100, color.RGBA{200, 0, 0, 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	exif := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00GPSLatitude52.0907N")
	head := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(exif)+2))...)
	return append(append(head, exif...), b.Bytes()[2:]...)
}

// upload sends a form with a photo; a nil photo is none chosen.
func (s *siege) upload(c *caller, address string, raw []byte, fields ...string) answer {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(fields); i += 2 {
		s.ok(w.WriteField(fields[i], fields[i+1]))
	}
	if raw != nil {
		f, err := w.CreateFormFile("photo", "../../x.html")
		s.ok(err)
		_, err = f.Write(raw)
		s.ok(err)
	}
	s.ok(w.Close())
	return s.ask(c, http.MethodPost, address, b.String(), func(r *http.Request) { r.Header.Set("Content-Type", w.FormDataContentType()) })
}

// openQuestion is a question of a trajectory that is answered in words now.
func (s *siege) openQuestion(c *caller, trajectoryID string) string {
	s.t.Helper()
	seen, err := s.h.trajectories.Reach(s.t.Context(), s.h.db, s.who(c.id), trajectoryID)
	s.ok(err)
	pack, err := s.h.trajectories.PackOf(s.t.Context(), s.h.db, seen.Trajectory)
	s.ok(err)
	stage, ok := pack.Stage(seen.StageID)
	if !ok {
		s.t.Fatal("no stage")
	}
	for _, q := range stage.Questions {
		if q.Block == "contribution" && q.Form != "blind" && contribution.MayAnswer(seen, &q, nil) {
			return q.ID
		}
	}
	s.t.Fatal("no question")
	return ""
}

func (s *siege) count(sql string) int {
	s.t.Helper()
	n, err := db.One(s.t.Context(), s.h.db, sql, db.Int)
	s.ok(err)
	return n
}

// TestProofF3_APhotoAtTheDoor: a photo goes in by one form and comes out by one address,
// with the rights of its words, and whatever is sent the typed text is not lost.
func TestProofF3_APhotoAtTheDoor(t *testing.T) {
	t.Parallel()
	eachSiege(t, func(t *testing.T, s *siege) {
		staff := s.caller("staff") // leads the trajectory «own», which is open to the school
		question := s.openQuestion(staff, s.own)
		form, key := "/trajectories/"+s.own+"/answers", ident.Code(20)
		words := []string{"element", question, "body", "Dit stond op de flip-over.", "alt", "Drie pijlen naar het midden"}

		for name, bad := range map[string]struct {
			raw  []byte
			says string
		}{
			"HTML":           {[]byte("<!doctype html><script>alert(1)</script>"), "geen foto die wij kunnen lezen"},
			"half a photo":   {photo(t)[:400], "kwam niet heel aan"},
			"more than fits": {append(photo(t), make([]byte, 13<<20)...), "groter dan 12 MB"},
		} {
			a := s.upload(staff, form, bad.raw, words...)
			if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, bad.says) || !strings.Contains(a.body, "Dit stond op de flip-over.") || !strings.Contains(a.body, "Drie pijlen naar het midden") {
				t.Errorf("%s: %d, says why: %v, keeps the words: %v", name, a.status, strings.Contains(a.body, bad.says), strings.Contains(a.body, "Dit stond"))
			}
		}
		if n := s.count(`select count(*) from picture`); n != 0 {
			t.Errorf("%d pictures of what was refused", n)
		}

		// No other form takes a file, nor a body of that size.
		for _, other := range []string{"/trajectories/" + s.own + "/rounds", "/account"} {
			if a := s.upload(staff, other, photo(t), "element", question); a.status != http.StatusUnprocessableEntity {
				t.Errorf("%s with a file: %d", other, a.status)
			}
			if a := s.upload(staff, other, make([]byte, 2<<20)); a.status != http.StatusRequestEntityTooLarge {
				t.Errorf("%s with 2 MB: %d", other, a.status)
			}
		}

		// Without words for it the photo waits, and goes along with the form the next time.
		a := s.upload(staff, form, photo(t), "element", question, "body", "Dit stond op de flip-over.")
		kept := regexp.MustCompile(`name="photo_kept" value="(\w+)"`).FindStringSubmatch(a.body)
		if a.status != http.StatusUnprocessableEntity || kept == nil || !strings.Contains(a.body, "wat erop staat") {
			t.Fatalf("without alt: %d", a.status)
		}
		full := append([]string{"idempotency_key", key, "photo_kept", kept[1]}, words...)
		for range 2 { // a double click
			if a = s.upload(staff, form, nil, full...); a.status != http.StatusSeeOther {
				t.Fatalf("with alt: %d", a.status)
			}
		}
		// the same, with the file in both
		again := append([]string{"idempotency_key", ident.Code(20)}, words...)
		for range 2 {
			if a = s.upload(staff, form, photo(t), again...); a.status != http.StatusSeeOther {
				t.Fatalf("with the file: %d", a.status)
			}
		}
		if n := s.count(`select count(*) from contribution where body = 'Dit stond op de flip-over.'`); n != 2 {
			t.Errorf("%d answers of two forms", n)
		}
		if placed, waiting := s.count(`select count(*) from picture where about_id <> ''`), s.count(`select count(*) from picture where about_id = ''`); placed != 2 || waiting != 0 {
			t.Errorf("%d pictures have their place, %d wait", placed, waiting)
		}

		page := s.get(staff, "/trajectories/"+s.own+"/questions/"+question).body
		found := regexp.MustCompile(`<img src="(/trajectories/\w+/contributions/(\w+)/pictures/(\w+))" width="200" height="300" alt="Drie pijlen naar het midden" loading="lazy"`).FindAllStringSubmatch(page, -1)
		if len(found) != 2 {
			t.Fatalf("%d photos in the thread", len(found))
		}
		src, words1, pic := found[0][1], found[0][2], found[0][3]
		s.photoIsBare(src)
		s.photoHasTheRightOfItsWords(src, words1, pic, found[1][3])
		s.photoGoesWithItsWords(staff, src, words1, pic)
	})
}

func (s *siege) photoIsBare(src string) {
	a := s.get(s.caller("staff"), src)
	if _, err := jpeg.Decode(strings.NewReader(a.body)); err != nil || a.status != http.StatusOK || strings.Contains(a.body, "GPS") || strings.Contains(a.body, "Exif") {
		s.t.Errorf("%d, %v", a.status, err)
	}
	for name, want := range map[string]string{"Content-Type": "image/jpeg", "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff",
		"Cross-Origin-Resource-Policy": "same-origin", "Content-Encoding": "", "Etag": "", "Last-Modified": ""} {
		if got := a.header.Get(name); got != want {
			s.t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func (s *siege) photoHasTheRightOfItsWords(src, words, pic, otherPic string) {
	route, ok := s.routeOf(http.MethodGet, src)
	if !ok || route.Door != web.SignedIn {
		s.t.Fatalf("%s is on no map", src)
	}
	for _, open := range []bool{true, false} {
		s.exec(`update trajectory set open = $2 where id = $1`, s.own, open)
		for _, c := range s.cast {
			if c.cookie == "" {
				continue
			}
			a := s.get(c, src)
			if got, want := a.status == http.StatusOK, s.surely(c, route, src) && s.reads(c, src); got != want || !got && a.status != http.StatusNotFound {
				s.t.Errorf("open %v: %s gets %d, the matrix says %v", open, c.name, a.status, want)
			}
		}
	}
	s.exec(`update trajectory set open = true where id = $1`, s.own)
	if a := s.get(s.caller("anonymous"), src); a.status != http.StatusSeeOther || strings.Contains(a.body, "JFIF") {
		s.t.Errorf("before signing in: %d", a.status)
	}
	absent := s.get(s.caller("staff"), strings.Replace(src, pic, ident.At(s.h.clock.Now()), 1))
	for name, address := range map[string]string{
		"a photo of other words":      strings.Replace(src, pic, otherPic, 1),
		"words that are not":          strings.Replace(src, words, ident.At(s.h.clock.Now()), 1),
		"another trajectory":          strings.Replace(src, s.own, s.target, 1),
		"no id":                       strings.Replace(src, pic, "leerkring.db", 1),
		"a path that leads elsewhere": strings.Replace(src, pic, "..%2f..%2fleerkring.db", 1),
	} {
		if a := s.get(s.caller("staff"), address); a.status != http.StatusNotFound || name != "a path that leads elsewhere" && a.body != absent.body {
			s.t.Errorf("%s: %d, the same page: %v", name, a.status, a.body == absent.body)
		}
	}
}

func (s *siege) photoGoesWithItsWords(staff *caller, src, words, pic string) {
	t := s.t
	for _, name := range []string{"member", "leader", "guest", "other"} {
		if a := s.ask(s.caller(name), http.MethodPost, src+"/remove", ""); a.status != http.StatusNotFound {
			t.Errorf("%s takes it away: %d", name, a.status)
		}
	}
	if a := s.get(staff, src); a.status != http.StatusOK {
		t.Fatalf("it went: %d", a.status)
	}
	if a := s.ask(staff, http.MethodPost, "/trajectories/"+s.own+"/contributions/"+words+"/withdraw", ""); a.status != http.StatusSeeOther {
		t.Fatalf("withdraw: %d", a.status)
	}
	if a := s.get(staff, src); a.status != http.StatusNotFound {
		t.Errorf("after the words were withdrawn: %d", a.status)
	}
	s.h.upkeep()
	_, err := s.h.jobs.RunDue(t.Context())
	s.ok(err)
	if f, err := s.h.files.Get(pic); err == nil {
		raw, _ := io.ReadAll(f)
		t.Errorf("its file is still there: %d bytes", len(raw))
	}
	// The files of the house hold nothing that a phone wrote.
	if n := s.count(`select count(*) from picture`); n != 1 {
		t.Errorf("%d rows are left", n)
	}
}

// TestFilesLieInTheDataDirectory with a PostgreSQL too; without one the house does not open.
func TestFilesLieInTheDataDirectory(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for database, data := range map[string]string{"sqlite:" + dir + "/leerkring.db": "", "postgres://x/y": dir} {
		files, err := openFiles(settings{Database: database, Data: data})
		if err != nil {
			t.Fatal(err)
		}
		id := ident.At(clock.System{}.Now())
		if err := files.Put(id, strings.NewReader("x")); err != nil {
			t.Error(err)
		}
		same, err := blob.Open(instance.Files(dir))
		if err == nil {
			_, err = same.Get(id)
		}
		if err != nil {
			t.Errorf("%s: %v", database, err)
		}
	}
	if _, err := openFiles(settings{Database: "postgres://x/y"}); err == nil {
		t.Error("files in no directory")
	}
}
