package job

import (
	"context"
	"time"
)

// Claim leases jobs and does nothing with them: a runner that died.
func (r *Runner) Claim(ctx context.Context, n int) ([]Job, error) { return r.claim(ctx, n) }

// Renew makes a lease longer, as a working runner does by itself.
func (r *Runner) Renew(ctx context.Context, j Job) (bool, error) { return r.renew(ctx, j) }

// Settle writes how a job went.
func (r *Runner) Settle(ctx context.Context, j Job, failure error) error {
	return r.settle(ctx, j, failure)
}

// Hurry sets how long a runner waits for handlers when it has to stop.
func (r *Runner) Hurry(grace time.Duration) { r.grace = grace }

// Lease sets how long a job is leased.
func (r *Runner) Lease(d time.Duration) { r.lease = d }

// Verdict is what becomes of a job after an error.
var Verdict = verdict
