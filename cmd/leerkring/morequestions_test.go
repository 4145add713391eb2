package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"leerkring/block/contribution"
)

var behindMore = regexp.MustCompile(`<li class="split" id="q-([^"]+)">\s*<a href="(/trajectories/[^"]+)"`)

// Who answers a question behind «more questions» comes back to where it stands: the fold is open, and
// it is no longer empty.
func TestWhoAnswersAQuestionBehindMoreComesBackToIt(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		page := "/trajectories/" + r.at
		body := r.sees("lead", page)
		fold := func(body string) (open bool, row string) {
			t.Helper()
			at := strings.Index(body, "Meer vragen bij deze fase")
			if at < 0 {
				t.Fatal("no more questions")
			}
			details := body[strings.LastIndex(body[:at], "<details"):]
			tag := details[:strings.Index(details, ">")]
			return strings.Contains(tag, " open"), details[:strings.Index(details, "</details>")]
		}
		open, rows := fold(body)
		first := behindMore.FindStringSubmatch(rows)
		if open || first == nil {
			t.Fatalf("closed until somebody comes back: open %v, %s", open, rows)
		}
		var question, path string
		for _, m := range behindMore.FindAllStringSubmatch(rows, -1) { // one that is answered in words
			if strings.Contains(r.sees("lead", m[2]), `action="`+page+`/answers"`) {
				question, path = m[1], m[2]
				break
			}
		}
		if question == "" {
			t.Fatal("no question that is answered in words")
		}
		for _, f := range r.forms.formsOf(r.sees("lead", path)) {
			if f.action != page+"/answers" {
				continue
			}
			f.fields.Set("body", "Dat zagen we dinsdag.")
			f.fields.Set("kind", string(contribution.Voice))
			out := r.send("lead", http.MethodPost, f.action, f.fields)
			to := out.Header().Get("Location")
			if out.Code != http.StatusSeeOther || !strings.HasSuffix(to, "#q-"+question) {
				t.Fatalf("%d %s", out.Code, to)
			}
			to, _, _ = strings.Cut(to, "#")
			open, rows := fold(r.sees("lead", to))
			at := strings.Index(rows, `id="q-`+question+`"`)
			if !open || at < 0 {
				t.Fatalf("open %v, the question at %d", open, at)
			}
			if row := spoken(rows[at : at+strings.Index(rows[at:], "</li>")]); !strings.Contains(row, "1 bijdrage") {
				t.Errorf("the row says %q", row)
			}
			break
		}
		if open, _ := fold(r.sees("lead", page+"?q=f9.nothing")); open {
			t.Error("it opens for a question that is not behind it")
		}
	})
}
