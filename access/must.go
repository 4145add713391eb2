package access

import "leerkring/internal/errs"

// Must returns nil when the person may, and otherwise the very error that a
// thing which does not exist gives: nobody can tell the two apart.
func Must(who Who, action Action, object Object) error {
	if May(who, action, object) {
		return nil
	}
	return errs.Absent()
}
