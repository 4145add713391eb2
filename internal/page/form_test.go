package page_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/internal/i18n"
	"leerkring/internal/page"
)

func post(body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/plan", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	return r
}

// refusal writes err as "field: key", or "" when there is none.
func refusal(t testing.TB, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	if !errs.Is(err, errs.KindInvalid) {
		t.Fatalf("not a refusal of input: %v", err)
	}
	var out []string
	for _, f := range errs.FieldsOf(err) {
		out = append(out, f.Name+": "+f.Key)
	}
	return strings.Join(out, ", ")
}

const id1, id2 = "01h455vb4pex5vsknk084sn02q", "01h455vb4pex5vsknk084sn02r"

func TestFieldsThatStandForAList(t *testing.T) {
	t.Parallel()
	f := page.ReadForm(post("n-b=2&n-a=1&n=0&name-c=3&n-d-e=4&n-=5"))
	var got []string
	for key, name := range f.Keyed("n") {
		got = append(got, key+"="+name+"="+f.Line(name, 9))
	}
	if want := []string{"=n-=5", "a=n-a=1", "b=n-b=2", "d-e=n-d-e=4"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for key := range f.Keyed("n") { // whoever stops, gets no more
		got = append(got[:0], key)
		break
	}
	if len(got) != 1 {
		t.Errorf("%q", got)
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		body    string
		read    func(*page.Form) any
		want    any
		refused string
	}{
		"a line":                            {"a=+Plan++van%0A%09ons+", func(f *page.Form) any { return f.Line("a", 20) }, "Plan van ons", ""},
		"a line without what hides":         {"a=Jan%E2%80%AE%E2%80%8B%C2%ADsen%E3%85%A4", func(f *page.Form) any { return f.Line("a", 20) }, "Jansen", ""},
		"a line in one Unicode form":        {"a=Zoe%CC%88", func(f *page.Form) any { return f.Line("a", 3) }, "Zoë", ""},
		"a line that is too long":           {"a=abcd", func(f *page.Form) any { return f.Line("a", 3) }, "abcd", "a: form.too_long"},
		"characters, not bytes":             {"a=%C3%A9%C3%A9%C3%A9", func(f *page.Form) any { return f.Line("a", 3) }, "ééé", ""},
		"several lines":                     {"a=%0D%0Aeen%0D%0A%09twee%07%0D%0A", func(f *page.Form) any { return f.Text("a", 20) }, "een\n\ttwee", ""},
		"emoji stay whole":                  {"a=%F0%9F%91%A9%E2%80%8D%F0%9F%8F%AB", func(f *page.Form) any { return f.Text("a", 20) }, "👩\u200d🏫", ""},
		"NUL":                               {"a=x%00y", func(f *page.Form) any { return f.Line("a", 20) }, "xy", "a: form.characters"},
		"broken UTF-8":                      {"a=x%ffy", func(f *page.Form) any { return f.Text("a", 20) }, "xy", "a: form.characters"},
		"broken UTF-8 nobody asked for":     {"b=%ff", func(f *page.Form) any { return f.Text("a", 20) }, "", "b: form.characters"},
		"a field that was not sent":         {"", func(f *page.Form) any { return f.Line("a", 3) }, "", ""},
		"a field sent twice":                {"a=1&a=2", func(f *page.Form) any { return f.Line("a", 3) }, "1", "a: form.twice"},
		"a number":                          {"a=+12+", func(f *page.Form) any { return f.Int("a", 1, 12) }, 12, ""},
		"a number that is none":             {"a=1e3", func(f *page.Form) any { return f.Int("a", 1, 12) }, 0, "a: form.number"},
		"a number beyond every type":        {"a=99999999999999999999", func(f *page.Form) any { return f.Int("a", 1, 12) }, 0, "a: form.number"},
		"a number that is too high":         {"a=13", func(f *page.Form) any { return f.Int("a", 1, 12) }, 0, "a: form.between"},
		"no number":                         {"a=", func(f *page.Form) any { return f.Int("a", 1, 12) }, 0, ""},
		"a day of a browser":                {"a=2026-03-19", func(f *page.Form) any { return f.Date("a") }, clock.Date("2026-03-19"), ""},
		"a day of a person":                 {"a=19-3-2026", func(f *page.Form) any { return f.Date("a") }, clock.Date("2026-03-19"), ""},
		"a day with slashes":                {"a=9/11/2026", func(f *page.Form) any { return f.Date("a") }, clock.Date("2026-11-09"), ""},
		"a day that does not exist":         {"a=2026-02-30", func(f *page.Form) any { return f.Date("a") }, clock.Date(""), "a: form.date"},
		"a day of another age":              {"a=1-1-0026", func(f *page.Form) any { return f.Date("a") }, clock.Date(""), "a: form.date"},
		"a choice":                          {"a=yes", func(f *page.Form) any { return f.Choice("a", "yes", "no") }, "yes", ""},
		"no choice":                         {"", func(f *page.Form) any { return f.Choice("a", "yes", "no") }, "", ""},
		"a choice that was not offered":     {"a=admin", func(f *page.Form) any { return f.Choice("a", "yes", "no") }, "", "a: form.choice"},
		"a tick":                            {"a=on", func(f *page.Form) any { return f.Bool("a") }, true, ""},
		"no tick":                           {"", func(f *page.Form) any { return f.Bool("a") }, false, ""},
		"a tick that is none":               {"a=maybe", func(f *page.Form) any { return f.Bool("a") }, false, "a: form.choice"},
		"an id":                             {"a=" + id1, func(f *page.Form) any { return f.ID("a") }, id1, ""},
		"an id that cannot be":              {"a=1+or+1", func(f *page.Form) any { return f.ID("a") }, "", "a: form.choice"},
		"ids, each once":                    {"a=" + id1 + "&a=" + id2 + "&a=" + id1 + "&a=", func(f *page.Form) any { return f.IDs("a", 2) }, []string{id1, id2}, ""},
		"ids with a stranger":               {"a=" + id1 + "&a=x", func(f *page.Form) any { return f.IDs("a", 2) }, []string(nil), "a: form.choice"},
		"too many ids":                      {"a=" + id1 + "&a=" + id2, func(f *page.Form) any { return f.IDs("a", 1) }, []string(nil), "a: form.too_many"},
		"choices":                           {"a=x&a=y", func(f *page.Form) any { return f.Choices("a", "x", "y", "z") }, []string{"x", "y"}, ""},
		"choices with one not offered":      {"a=x&a=q", func(f *page.Form) any { return f.Choices("a", "x", "y", "z") }, []string(nil), "a: form.choice"},
		"lines":                             {"a=+een+&a=&a=twee", func(f *page.Form) any { return f.Lines("a", 2, 4) }, []string{"een", "twee"}, ""},
		"too many lines":                    {"a=een&a=twee", func(f *page.Form) any { return f.Lines("a", 1, 4) }, []string(nil), "a: form.too_many"},
		"a line of a list that is too long": {"a=een&a=twee", func(f *page.Form) any { return f.Lines("a", 2, 3) }, []string{"een", "twee"}, "a: form.too_long"},
		"a way on":                          {"next=/plan%3Fa%3D1", func(f *page.Form) any { return f.Next("next") }, "/plan?a=1", ""},
		"a way out":                         {"next=//evil.example", func(f *page.Form) any { return f.Next("next") }, "", ""},
		"a broken escape":                   {"a=%zz", func(f *page.Form) any { return f.Line("a", 9) }, "", ": form.unreadable"},
		"a name that is too long":           {strings.Repeat("n", 101) + "=1", func(f *page.Form) any { return len(f.Names()) }, 0, ": form.unreadable"},
		"too many fields":                   {strings.Repeat("a=1&", 2000), func(f *page.Form) any { return len(f.Names()) }, 0, ": form.too_many_fields"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := page.ReadForm(post(x.body))
			got := x.read(f)
			if list, ok := got.([]string); ok && !slices.Equal(list, x.want.([]string)) || !ok && got != x.want {
				t.Errorf("%q, want %q", got, x.want)
			}
			if r := refusal(t, f.Err()); r != x.refused {
				t.Errorf("refused %q, want %q", r, x.refused)
			}
		})
	}
}

func TestTimeOfDay(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]struct {
		hour, minute int
		ok           bool
		refused      string
	}{
		"15:10": {15, 10, true, ""}, "15.10": {15, 10, true, ""}, "9:05": {9, 5, true, ""}, "": {0, 0, false, ""},
		"24:00": {0, 0, false, "at: form.time"}, "half drie": {0, 0, false, "at: form.time"}, "15.10.20": {0, 0, false, "at: form.time"},
	} {
		f := page.ReadForm(post(url.Values{"at": {in}}.Encode()))
		hour, minute, ok := f.Clock("at")
		if r := refusal(t, f.Err()); hour != want.hour || minute != want.minute || ok != want.ok || r != want.refused {
			t.Errorf("%q: %d.%02d %v, refused %q", in, hour, minute, ok, r)
		}
	}
}

func TestSeveralRefusalsComeTogether(t *testing.T) {
	t.Parallel()
	f := page.ReadForm(post("title=abcd&on=nooit&n=2"))
	f.Line("title", 3)
	f.Date("on")
	f.Int("n", 1, 5)
	f.Refuse("n", "plan.too_soon", "on", "x")
	if got := refusal(t, f.Err()); got != "title: form.too_long, on: form.date, n: plan.too_soon" {
		t.Error(got)
	}
	if args := errs.FieldsOf(f.Err())[0].Args; !slices.Equal(args, []any{"n", 4, "max", 3}) {
		t.Errorf("%v", args)
	}
}

func TestWhatWasTypedIsShownAgain(t *testing.T) {
	t.Parallel()
	f := page.ReadForm(post("title=+a%00%ffb+&kind=x&kind=y"))
	f.Line("title", 1)
	if got := f.Typed("title"); got != " a\ufffdb " {
		t.Errorf("%q", got)
	}
	if !f.Chosen("kind", "y") || f.Chosen("kind", "z") || f.Typed("gone") != "" || !f.Has("kind") || f.Has("gone") {
		t.Error("what was chosen is lost")
	}
}

func TestFieldsNobodyAskedFor(t *testing.T) {
	t.Parallel()
	const body = "title=x&role=admin&owner_id=1"
	for name, x := range map[string]struct {
		options []page.Option
		refused string
	}{
		"are left":                         {nil, ""},
		"are refused where a form says so": {[]page.Option{page.Strict()}, "owner_id: form.unknown, role: form.unknown"},
	} {
		f := page.ReadForm(post(body), x.options...)
		f.Line("title", 10)
		if got := refusal(t, f.Err()); got != x.refused {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestBodiesThatAreNoForm(t *testing.T) {
	t.Parallel()
	jsonBody := post("a=1")
	jsonBody.Header.Set("Content-Type", "application/json")
	big := post("a=" + strings.Repeat("x", 100))
	big.Body = http.MaxBytesReader(httptest.NewRecorder(), big.Body, 10)
	for name, x := range map[string]struct {
		r       *http.Request
		refused string
	}{
		"another kind": {jsonBody, ": form.unreadable"},
		"too big":      {big, ": form.too_big"},
	} {
		f := page.ReadForm(x.r)
		if got := f.Line("a", 9); got != "" || refusal(t, f.Err()) != x.refused {
			t.Errorf("%s: %q %v", name, got, f.Err())
		}
	}
}

func TestQuery(t *testing.T) {
	t.Parallel()
	f := page.ReadQuery(httptest.NewRequest(http.MethodGet, "/search?q=lezen&kind=a&kind=b", nil))
	if q, kinds := f.Line("q", 20), f.Choices("kind", "a", "b"); q != "lezen" || len(kinds) != 2 || f.Err() != nil {
		t.Errorf("%q %q %v", q, kinds, f.Err())
	}
}

func TestEverySentenceIsInEveryLanguage(t *testing.T) {
	t.Parallel()
	c, err := i18n.New(page.Texts)
	if err == nil {
		err = i18n.Check(c)
	}
	if err != nil {
		t.Error(err)
	}
}

func FuzzForm(f *testing.F) {
	for _, s := range []string{"a=1&b=%ff&a=2", "%zz", "a=Zoe%CC%88%E2%80%AE", "a;b=c", "a=%00", strings.Repeat("&", 3000), "a=%E1%85%A0", "a=%F3%A0%81%81"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		form := page.ReadForm(post(body))
		for _, name := range append(form.Names(), "a") {
			line, text := form.Line(name, 10), form.Text(name, 10)
			clean(t, line, "")
			clean(t, text, "\n\t\u200d\u200c")
			if page.CleanLine(line) != line || page.CleanText(text) != text {
				t.Errorf("%q and %q are not clean after cleaning", line, text)
			}
			form.Int(name, 0, 9)
			form.Date(name)
			form.IDs(name, 3)
			if n := form.Next(name); n != "" && !page.Local(n) {
				t.Errorf("%q leads away", n)
			}
			if !utf8.ValidString(form.Typed(name)) {
				t.Errorf("typed %q", form.Typed(name))
			}
		}
		if err := form.Err(); err != nil && !errs.Is(err, errs.KindInvalid) {
			t.Error(err)
		}
	})
}

func clean(t *testing.T, s, allowed string) {
	t.Helper()
	if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) || s != strings.TrimSpace(s) {
		t.Errorf("%q is not clean", s)
	}
	for _, c := range s {
		if !strings.ContainsRune(allowed, c) && (unicode.Is(unicode.Cc, c) || unicode.Is(unicode.Cf, c)) {
			t.Errorf("%q holds %U", s, c)
		}
	}
}

func BenchmarkForm(b *testing.B) {
	body := []byte("title=Plan+van+de+sectie&body=" + strings.Repeat("Een+zin+over+lezen.%0D%0A", 40) + "&on=2026-03-19&team=" + id1)
	b.ReportAllocs()
	for b.Loop() {
		r, err := http.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
		if err != nil {
			b.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		f := page.ReadForm(r)
		f.Line("title", 100)
		f.Text("body", 4000)
		f.Date("on")
		f.ID("team")
		if f.Err() != nil {
			b.Fatal(f.Err())
		}
	}
}
