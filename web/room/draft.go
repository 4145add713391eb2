package room

import (
	"github.com/a-h/templ"

	"leerkring/web/ui"
)

// DraftStatus is the quiet line below a form that is kept while it is typed.
func (r *Request) DraftStatus() templ.Component {
	return ui.DraftLine("", r.T.T("form.draft_saved_time", "time", "{time}"), r.T.T("form.draft_waiting"), r.T.T("form.draft_signed_out"))
}
