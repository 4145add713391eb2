package web

import (
	"sync"
	"time"

	"leerkring/internal/errs"
	"leerkring/media"
	"leerkring/web/room"
)

// uploads are the only routes that take a file.
var uploads = map[string]bool{
	"POST /trajectories/{id}/answers":                               true,
	"POST /trajectories/{id}/contributions/{contribution}/pictures": true,
	"POST /trajectories/{id}/bring":                                 true,
	"POST /trajectories/{id}/bring/apply":                           true, // the board that was looked at goes along
	"POST /trajectories/{id}/plan/own":                              true,
	"POST /trajectories/{id}/plan/own/apply":                        true, // the plan that was looked at goes along
	"POST /trajectories/own":                                        true,
	"POST /trajectories/own/apply":                                  true, // here too
	"POST /own-methods/import":                                      true,
	"POST /own-methods/import/apply":                                true, // the text that was looked at goes along
	"POST /admin/people/list":                                       true,
	"POST /admin/people/list/apply":                                 true, // so does the list
	"POST /admin/people/list/rest":                                  true,
}

// downloads are routes whose file may be large.
var downloads = map[string]bool{"GET /account/leave/exports/{export}": true}

// downloadTime is how long a phone on a poor line may take for all its photos.
const downloadTime = 30 * time.Minute

const (
	// largestForm is more than a file may be: one that is too large is read and left, so
	// that what was typed beside it comes back with a sentence that says so.
	largestForm = 48 << 20
	// uploadTime is how long a phone on a poor line may take.
	uploadTime = 3 * time.Minute
	// mostUploads bounds the memory of files that come in: a whole team at once.
	mostUploads = 16
)

// gate lets a bounded number of files come in at the same time; others wait.
type gate struct {
	once  sync.Once
	slots chan struct{}
}

// upload waits until there is room to read a file, and lets the request take one.
func (s *Server) upload(r *room.Request) error {
	s.uploading.once.Do(func() { s.uploading.slots = make(chan struct{}, mostUploads) })
	select {
	case s.uploading.slots <- struct{}{}:
		r.Upload = media.MaxUpload
		return nil
	case <-r.Ctx().Done():
		return errs.Unavailable("media.busy", r.Ctx().Err())
	}
}

// leave makes room again, unless there was none.
func (g *gate) leave(entered error) {
	if entered == nil {
		<-g.slots
	}
}
