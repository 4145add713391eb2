// Package handover keeps the work going when somebody falls ill or leaves: it lists what a
// person carries, hands it over, takes it back on the day that they return, and lets a
// substitute step in for a while.
//
// It knows nothing of the things themselves: each room tells what is carried in it and passes
// it on by its own rule (carry.Source). What is somebody's own has no kind there, so that
// nothing here can show it, move it, or betray that it is there. Why somebody is away is asked
// nowhere and kept nowhere.
package handover
