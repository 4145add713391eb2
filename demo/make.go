package demo

import (
	"context"
	"io"
)

// Make makes the school, with its trajectories unless it is to stay empty, and returns
// who stands for which role.
func (a *Acts) Make(ctx context.Context, full bool, progress io.Writer) ([]Person, error) {
	if _, _, err := a.School(ctx); err != nil {
		return nil, err
	}
	return a.Known(ctx)
}
