package db

import "context"

// Beside returns a context whose acts are not the one that Once counts: what a request
// prepares before its act, and what it puts aside after a refusal.
func Beside(ctx context.Context) context.Context {
	return context.WithValue(ctx, onceKey{}, (*once)(nil))
}
