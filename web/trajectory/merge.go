package trajectory

import (
	"strconv"

	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

// Merge shows two versions of one text side by side, with a field in which the person
// makes one of them. Nothing of either is lost: both are kept.
func Merge(r *room.Request, c *writing.Clash, field, action string) *ui.MergeOf {
	f := r.Field(field, "trajectory.merged", c.Yours[field])
	f.Voice, f.Rows = true, 5
	return &ui.MergeOf{
		Note:   r.T.T("trajectory.merge_note"),
		Mine:   ui.Version{Title: r.T.T("trajectory.merge_mine"), Text: c.Yours[field]},
		Theirs: ui.Version{Title: r.T.T("trajectory.merge_theirs"), Text: c.Theirs[field]},
		Form:   ui.FormOf{Action: action, Hidden: r.Hidden(ui.Pair{Name: "version", Value: strconv.Itoa(c.Current)})},
		Merged: f,
	}
}
