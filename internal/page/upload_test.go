package page_test

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"leerkring/internal/errs"
	"leerkring/internal/page"
)

type field struct{ name, file, value string }

func sent(t testing.TB, fields ...field) *http.Request {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range fields {
		var err error
		var to io.Writer
		if f.file == "" {
			to, err = w.CreateFormField(f.name)
		} else {
			to, err = w.CreateFormFile(f.name, strings.TrimSuffix(f.file, "-"))
		}
		if err == nil {
			_, err = io.WriteString(to, f.value)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/", &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return r
}

func TestAFormWithAFile(t *testing.T) {
	t.Parallel()
	r := sent(t, field{name: "body", value: "regel een\r\nregel twee\u202e"}, field{"photo", "../../etc/passwd", "\x00\x01beeld"}, field{name: "alt", value: " wit  bord "})
	if !page.IsUpload(r) {
		t.Error("it is not seen as a form with files")
	}
	f := page.ReadUpload(r, 100)
	file, ok := f.File("photo")
	if f.Text("body", 100) != "regel een\nregel twee" || f.Line("alt", 100) != "wit bord" || !ok || file.TooBig || string(file.Data) != "\x00\x01beeld" || f.Err() != nil {
		t.Errorf("%+v %v %v", file, ok, f.Err())
	}
	if f.Typed("photo") != "" {
		t.Error("a file passes for words")
	}
	f.Set("kept", "x")
	if f.Typed("kept") != "x" {
		t.Error("what the house keeps is not shown again")
	}
}

func TestNoFileChosen(t *testing.T) {
	t.Parallel()
	f := page.ReadUpload(sent(t, field{name: "body", value: "woorden"}, field{"photo", "-", ""}), 100)
	if _, ok := f.File("photo"); ok || f.Err() != nil || f.Line("body", 100) != "woorden" {
		t.Errorf("%v", f.Err())
	}
}

// A file that is too large costs nothing of what was typed, before it and behind it.
func TestATooLargeFileKeepsTheWords(t *testing.T) {
	t.Parallel()
	f := page.ReadUpload(sent(t, field{name: "body", value: "woorden"}, field{"photo", "a.jpg", strings.Repeat("x", 101)}, field{name: "alt", value: "bord"}), 100)
	file, ok := f.File("photo")
	if !ok || !file.TooBig || file.Data != nil || f.Line("body", 10) != "woorden" || f.Line("alt", 10) != "bord" || f.Err() != nil {
		t.Errorf("%+v %v %v", file, ok, f.Err())
	}
	if file, _ := page.ReadUpload(sent(t, field{"photo", "a.jpg", strings.Repeat("x", 100)}), 100).File("photo"); file.TooBig || len(file.Data) != 100 {
		t.Errorf("one that just fits: %v", file.TooBig)
	}
}

func TestAnUploadThatCannotBeRead(t *testing.T) {
	t.Parallel()
	half := sent(t, field{name: "body", value: "woorden"}, field{"photo", "a.jpg", strings.Repeat("x", 50)})
	raw, err := io.ReadAll(half.Body)
	if err != nil {
		t.Fatal(err)
	}
	half.Body = io.NopCloser(bytes.NewReader(raw[:len(raw)-70]))
	noBorder := sent(t, field{name: "body", value: "woorden"})
	noBorder.Header.Set("Content-Type", "multipart/form-data")
	limited := sent(t, field{name: "body", value: "woorden"}, field{"photo", "a.jpg", strings.Repeat("x", 5000)})
	limited.Body = http.MaxBytesReader(httptest.NewRecorder(), limited.Body, 1000)
	many := make([]field, 2100)
	for i := range many {
		many[i] = field{name: "a", value: "x"}
	}
	for name, c := range map[string]struct {
		r    *http.Request
		want string
	}{
		"broken off":         {half, "form.unreadable"},
		"without a border":   {noBorder, "form.unreadable"},
		"larger than a body": {limited, "form.too_big"},
		"many fields":        {sent(t, many...), "form.too_many_fields"},
		"very many words":    {sent(t, field{name: "body", value: strings.Repeat("x", 1<<20+1)}), "form.too_big"},
		"two files in one":   {sent(t, field{"photo", "a", "x"}, field{"photo", "b", "y"}), "form.unreadable"},
	} {
		f := page.ReadUpload(c.r, 10_000)
		if got := errs.FieldsOf(f.Err()); len(got) != 1 || got[0].Key != c.want {
			t.Errorf("%s: %v, want %s", name, f.Err(), c.want)
		}
		if name == "broken off" && f.Typed("body") != "woorden" {
			t.Errorf("%s: what did come is lost", name)
		}
	}
	twice := page.ReadUpload(sent(t, field{name: "body", value: "a"}, field{name: "body", value: "b"}), 100)
	if twice.Line("body", 10); !errs.Is(twice.Err(), errs.KindInvalid) {
		t.Errorf("a field twice: %v", twice.Err())
	}
}

func FuzzReadUpload(f *testing.F) {
	r := sent(f, field{name: "body", value: "woorden"}, field{"photo", "a.jpg", "beeld"})
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		f.Fatal(err)
	}
	kind := r.Header.Get("Content-Type")
	f.Add(kind, raw)
	f.Add("multipart/form-data; boundary=x", []byte("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n"))
	f.Fuzz(func(t *testing.T, kind string, raw []byte) {
		r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(raw))
		r.Header.Set("Content-Type", kind)
		form := page.ReadUpload(r, 64)
		if file, ok := form.File("photo"); ok && len(file.Data) > 64 {
			t.Errorf("a file of %d bytes", len(file.Data))
		}
		_ = form.Line("body", 100)
		if err := form.Err(); err != nil && errors.Unwrap(err) != nil && !errs.Is(err, errs.KindInvalid) {
			t.Error(err)
		}
	})
}
