// Package handover keeps the work going when somebody falls ill or leaves: it lists what a
// person carries, hands it over, takes it back on the day that they return, and lets a
// substitute step in for a while.
//
// It knows nothing of the things themselves: each room tells what is carried in it and passes
// it on by its own rule (carry.Source). What is somebody's own has no kind there, so that
// nothing here can show it, move it, or betray that it is there. Why somebody is away is asked
// nowhere and kept nowhere.
//
// The way of one thing while dirk stands in for lead:
//
//	lead ── first day, and each turn after it: what is new ──▶ dirk ── settled ──▶ stays dirk's
//	 ▲                                                         │ ▲
//	 │                                                    eva stands in for dirk: it goes on
//	 │                                                    under lead's name, and back on her last day
//	 ├── last day, «I am back», taken or given back ◀──────────┘
//	 └── lead's account is closed: it lies under that name, and the group takes it up («van niemand»)
//
// A thing is asked once in the days of one substitute (a row of handover_item, also when it could not
// go), so that nothing goes round when people stand in for each other, and what somebody took back stays.
package handover
