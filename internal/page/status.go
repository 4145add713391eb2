package page

import (
	"net/http"

	"leerkring/internal/errs"
)

// statuses is the one table from refusals to what HTTP calls them.
var statuses = map[errs.Kind]struct {
	status int
	retry  string // seconds after which trying again makes sense
}{
	errs.KindInternal:    {http.StatusInternalServerError, ""},
	errs.KindInvalid:     {http.StatusUnprocessableEntity, ""},
	errs.KindAbsent:      {http.StatusNotFound, ""},
	errs.KindConflict:    {http.StatusConflict, ""},
	errs.KindLimited:     {http.StatusTooManyRequests, "60"},
	errs.KindUnavailable: {http.StatusServiceUnavailable, "5"},
}

// Status is the status of a refusal.
func Status(err error) int {
	if err == nil {
		return http.StatusOK
	}
	return statuses[errs.KindOf(err)].status
}

// Refused gives the status of a refusal and sets the headers that go with it.
func Refused(w http.ResponseWriter, err error) int {
	if retry := statuses[errs.KindOf(err)].retry; err != nil && retry != "" {
		w.Header().Set("Retry-After", retry)
	}
	return Status(err)
}
