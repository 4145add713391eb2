package demo

import (
	"context"
	"io"
)

// Make makes the school, with its trajectories unless it is to stay empty, and returns
// who stands for which role.
func (a *Acts) Make(ctx context.Context, full bool, progress io.Writer) ([]Person, error) {
	m, f, err := a.School(ctx, full)
	if err != nil {
		return nil, err
	}
	if full {
		if err := a.welcome(ctx, m, f); err != nil {
			return nil, err
		}
		if err := a.Cases(ctx, m, progress); err != nil {
			return nil, err
		}
		if err := a.OwnWay(ctx, m); err != nil {
			return nil, err
		}
	}
	return a.Known(ctx)
}
