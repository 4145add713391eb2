// Package leerkring carries what stands beside the rooms at the root of the
// source, so that the one binary can show it without the source at hand.
package leerkring

import _ "embed"

// Features is features.yaml: which page and test carry out which practice of
// the inventory, and what still waits for a capability.
//
//go:embed features.yaml
var Features []byte
