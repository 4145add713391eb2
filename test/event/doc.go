// Package event proves what must hold when a whole school chooses at once.
package event
