package method

import (
	"leerkring/method"
	"leerkring/web/room"
)

// most is how many common ways stand on top.
const most = 7

// Way is one way of working as somebody chooses it: the need first, the name second.
type Way struct {
	ID, Href, Need, Note string
	Look                 bool // it can be looked at, and not be started yet
	On                   bool // it is the one that was chosen
}

// Group is one need with its ways.
type Group struct {
	ID, Name string
	Ways     []Way
	Look     bool // none of them can be started yet
}

// Start is the address where a way of working is started, or nothing.
func Start(p *method.Pack) string {
	switch p.Begins() {
	case method.BeginsTrajectory:
		return "/trajectories/new?method=" + p.ID + "#begin"
	case method.BeginsSession:
		return "/sessions/new?method=" + p.ID
	}
	return ""
}

// WayOf is a way that leads to where it is started, else to where it can be looked at.
func WayOf(r *room.Request, p *method.Pack) Way {
	w := Way{ID: p.ID, Href: Start(p), Need: r.Pack(p.Need), Note: r.T.T("method.note", "name", r.Pack(p.Name), "duration", r.Pack(p.Duration))}
	if w.Href == "" {
		w.Href, w.Look = "/methods/"+p.ID, true
	}
	return w
}

// Often are the ways that most teams begin with.
func Often(r *room.Request, library *method.Library) []Way {
	var out []Way
	for _, p := range library.Often() {
		if len(out) < most && p.Begins() != method.BeginsLater {
			out = append(out, WayOf(r, p))
		}
	}
	return out
}

// Groups are all ways by need. What stands among others already is left out.
func Groups(r *room.Request, library *method.Library, but []Way) []Group {
	stands := map[string]bool{}
	for _, w := range but {
		stands[w.ID] = true
	}
	var out []Group
	for _, s := range library.Shelves() {
		g := Group{ID: string(s.ID), Name: r.Pack(s.Name), Look: true}
		for _, p := range s.Packs {
			if !stands[p.ID] {
				w := WayOf(r, p)
				g.Ways, g.Look = append(g.Ways, w), g.Look && w.Look
			}
		}
		if len(g.Ways) > 0 {
			out = append(out, g)
		}
	}
	return out
}
