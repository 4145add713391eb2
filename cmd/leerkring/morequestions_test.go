package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"leerkring/block/agreement"
	"leerkring/block/contribution"
	"leerkring/trajectory"
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

// What the group answered by looking back together is not called empty in the last phase, and leads to
// where the answer stands; nor is what another room answers, behind «more questions».
func TestWhatLookingBackAnswersIsNotCalledEmpty(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		ctx, lead := t.Context(), r.known("lead").Who
		id, err := r.h.trajectories.Begin(ctx, lead, trajectory.Start{SchoolID: r.school, MethodID: "verbetercyclus", Title: "Lezen", Open: true, StageID: "borg"})
		r.ok(err)
		page := "/trajectories/" + id
		row := func(question string) string { // what stands at it, in the page or behind «more questions»
			t.Helper()
			_, rest, there := strings.Cut(r.sees("lead", page), `id="q-`+question+`"`)
			if !there {
				t.Fatal("not on the page: ", question)
			}
			own, _, _ := strings.Cut(rest, `id="q-`)
			return spoken(own)
		}
		if x := row("f5.q1"); !strings.Contains(x, "nog leeg") || strings.Contains(x, "bij het terugkijken") {
			t.Errorf("before looking back: %s", x)
		}
		if x := row("f5.s2"); !strings.Contains(x, "nog leeg") {
			t.Errorf("before looking back: %s", x)
		}
		if x := row("f5.q4"); strings.Contains(x, "nog leeg") || !strings.Contains(x, "Zo werken wij") {
			t.Errorf("another room answers it: %s", x)
		}
		_, err = r.h.blocks.agreements.Evaluate(ctx, lead, id, 0, agreement.Evaluation{Well: "Klein begonnen.", Problem: agreement.Smaller, Outcome: agreement.KeepIt})
		r.ok(err)
		if x := row("f5.q1"); strings.Contains(x, "nog leeg") || !strings.Contains(x, "Lees hoe jullie terugkeken") {
			t.Errorf("after looking back: %s", x)
		}
		if x := row("f5.s2"); strings.Contains(x, "nog leeg") || !strings.Contains(x, "bij het terugkijken") {
			t.Errorf("after looking back: %s", x)
		}
		href, mark, _ := strings.Cut(r.follows("lead", page, page+"/agreement#looked-h"), "#")
		if body := r.sees("lead", href); !strings.Contains(body, "Klein begonnen.") || !strings.Contains(body, `id="`+mark+`"`) {
			t.Error("the link leads to no answer")
		}
	})
}
