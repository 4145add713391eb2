package instance

import (
	"syscall"
	"time"

	"leerkring/internal/clock"
)

func umask(mask int) int { return syscall.Umask(mask) }

func deadline(d time.Duration) time.Time { return clock.System{}.Now().Add(d) }
