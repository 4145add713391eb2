// Package cost measures what tests bound: what hostile input may take.
package cost

import (
	"runtime"
	"syscall"
	"testing"
	"time"
)

// Most is what one hostile file may take on the processor (trust.md T-F1).
const Most = 2 * time.Second

// Of tells what f costs this process: time on the processor, and bytes asked for in all. Time on
// the wall would say how busy the machine is. Nothing else may run in the process meanwhile.
func Of(t testing.TB, f func()) (took time.Duration, asked uint64) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	began := spent(t)
	f()
	took = spent(t) - began
	runtime.ReadMemStats(&after)
	return took, after.TotalAlloc - before.TotalAlloc
}

func spent(t testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
