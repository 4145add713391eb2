package main

import "runtime/debug"

const (
	garbage   = 300       // per cent of what lasts: little lasts here, and a page leaves much behind
	mostly    = 240 << 20 // bytes from which the collector works harder
	untouched = 100       // what Go does when nobody says otherwise
)

// settle gives back what starting took, and lets pages leave more behind before it is
// collected. An operator's own GOGC counts more.
func settle() {
	debug.FreeOSMemory()
	if was := debug.SetGCPercent(garbage); was != untouched {
		debug.SetGCPercent(was)
		return
	}
	debug.SetMemoryLimit(mostly)
}
