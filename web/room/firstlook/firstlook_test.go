package firstlook_test

import (
	"bytes"
	"errors"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"testing"

	"leerkring/internal/errs"
	"leerkring/internal/page"
	"leerkring/web/room"
	"leerkring/web/room/firstlook"
)

// form is one that came with a file, or without one when it is nil.
func form(t *testing.T, file []byte) *page.Form {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	if file != nil {
		part, err := m.CreateFormFile("file", "x")
		if err == nil {
			_, err = part.Write(file)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/", &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return page.ReadUpload(r, 10)
}

func TestWhereWhatAFormBringsComesFrom(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file  []byte
		along bool
		from  firstlook.Origin
		key   string
	}{
		"nothing":                    {nil, false, firstlook.Nothing, "x.missing"},
		"an empty file":              {[]byte{}, false, firstlook.Nothing, "x.missing"},
		"what went along":            {nil, true, firstlook.Along, ""},
		"a file":                     {[]byte("ten signs!"), false, firstlook.FromFile, ""},
		"a file before what is here": {[]byte("new"), true, firstlook.FromFile, ""},
		"a large file":               {[]byte("eleven sign"), false, firstlook.Nothing, "x.too_large"},
		"a large file, never what went along instead": {[]byte("eleven sign"), true, firstlook.Nothing, "x.too_large"},
	} {
		f := form(t, c.file)
		from, data := firstlook.Came(f, c.along, "x.too_large", "x.missing")
		if from != c.from || from == firstlook.FromFile && !bytes.Equal(data, c.file) || from != firstlook.FromFile && data != nil {
			t.Errorf("%s: %v %q", name, from, data)
		}
		fields := errs.FieldsOf(f.Err())
		if c.key == "" && len(fields) > 0 || c.key != "" && (len(fields) != 1 || fields[0].Key != c.key || fields[0].Name != "file") {
			t.Errorf("%s: refused %v, want %q", name, fields, c.key)
		}
	}
}

func TestAFileIsReadForWhoMayBeHere(t *testing.T) {
	t.Parallel()
	type step struct{ may, read, look, act error }
	wrong := errs.Invalid("x.wrong").On("file")
	broke := errors.New("the disk is full")
	for name, c := range map[string]struct {
		step
		want string
		err  error
	}{
		"may not be here":      {step{may: errs.Absent()}, "may", errs.Absent()},
		"cannot be read":       {step{read: wrong}, "may read page", nil},
		"something broke":      {step{read: broke}, "may read", broke},
		"done":                 {step{}, "may read act", nil},
		"the act is refused":   {step{act: wrong}, "may read act look", nil},
		"the act broke":        {step{act: broke}, "may read act", broke},
		"refused, and no look": {step{act: wrong, look: broke}, "may read act look", broke},
	} {
		did := ""
		note := func(what string, err error) error {
			if did != "" {
				did += " "
			}
			did += what
			return err
		}
		d := firstlook.Desk[string]{
			May:  func(*room.Request) error { return note("may", c.may) },
			Read: func(*room.Request) (string, error) { return "sent", note("read", c.read) },
			Page: func(*room.Request) error { return note("page", nil) },
			Look: func(_ *room.Request, s string) error {
				if s != "sent" {
					t.Errorf("%s: a look at %q", name, s)
				}
				return note("look", c.look)
			},
		}
		r := &room.Request{W: httptest.NewRecorder()}
		err := d.Do(r, func(s string) error {
			if err := note("act", c.act); err != nil {
				return d.Again(r, s, err)
			}
			return nil
		})
		if did != c.want || (err == nil) != (c.err == nil) || c.err == broke && !errors.Is(err, broke) || errs.IsAbsent(c.err) && !errs.IsAbsent(err) {
			t.Errorf("%s: %q, %v; want %q, %v", name, did, err, c.want, c.err)
		}
	}
}
