// Package sample shows the forms in which a school makes a way of working its own, for the
// gallery: as they begin, with what was changed, and when something cannot be.
package sample

import (
	"embed"
	"fmt"

	"leerkring/authoring"
	"leerkring/method"
	"leerkring/web/author"
	"leerkring/web/room"
	"leerkring/web/room/sample"
	"leerkring/writing"
)

//go:embed text.nl.toml text.en.toml
var texts embed.FS

var book = sample.NewBook(author.Texts, authoring.Texts, writing.Texts, texts)

// copied is the copy of a pack as a school begins to change it.
func copied(from string) author.Read {
	pack, _ := sample.Library().Latest(from)
	own, problems := pack.Own(from+"-x5k2m7q", "1.0.0")
	if own == nil {
		panic(fmt.Sprintf("sample: a copy of %s: %v", from, problems)) // the tests of authoring find it first
	}
	x := author.Read{Previews: true, Own: authoring.Pack{ID: own.ID, SchoolID: sample.SchoolID, Origin: string(pack.Source()), Draft: own, Version: 1,
		Parts: map[string]int{authoring.PackPart: 1}, MadeBy: sample.Noor.ID, MadeAt: sample.Now, ChangedAt: sample.Now, MayPublish: true}}
	for _, id := range own.Order {
		x.Own.Parts[id] = 1
	}
	return x
}

// says puts a sentence of these samples in both languages of a body.
func says(r *room.Request, b writing.Body, key, text string) {
	b[key+".nl"], b[key+".en"] = r.T.T("sample."+text), r.T.T("sample."+text)
}

// changed is that copy, published, and changed since.
func changed(r *room.Request) (author.Read, error) {
	x := copied("incidentmethode")
	x.Last, x.Own.Published, x.Own.Version, x.Walked = x.Own.Draft, "1.1.0", 4, 2
	for _, step := range []struct {
		part   string
		change func(b writing.Body)
	}{
		{authoring.PackPart, func(b writing.Body) {
			says(r, b, "name", "name")
			b["session.rules"] = "im.r2 im.r1 im.r3"
			b["session.pitfalls"] += " p-xnew"
			says(r, b, "session.pitfalls.p-xnew.text", "rule")
		}},
		{"kiezen", func(b writing.Body) { says(r, b, "aim", "aim"); b["live.minutes"] = "8" }},
	} {
		body := authoring.Fill(x.Own.Draft, step.part)
		step.change(body)
		values, _ := authoring.Apply(x.Own.Draft, step.part, body)
		next, problems := method.Rewrite(values)
		if faults := method.Faults(problems); next == nil || len(faults) > 0 {
			return x, fmt.Errorf("a changed copy: %v", faults)
		}
		x.Own.Draft = next
	}
	return x, nil
}

// refused is a form that was sent and cannot be kept.
func refused(x author.Read, part string, change func(b writing.Body)) author.Sent {
	body := authoring.Fill(x.Own.Draft, part)
	change(body)
	values, _ := authoring.Apply(x.Own.Draft, part, body)
	about, problems := method.Rewrite(values)
	if about == nil {
		about = x.Own.Draft
	}
	return author.Sent{Body: body, Problems: method.Faults(problems), About: about, Base: 1}
}
