// Package houserules holds the rules of the house as tests: which room may import which,
// where the edges are, what we are built from. A drawing does not stop anyone; a test does.
package houserules
