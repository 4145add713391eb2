// Package session is a facilitated protocol, live on every phone: the stages of a pack one
// after the other, with a clock that all see, somebody whose turn it is, places to write in, and
// a harvest at the end. It works for six people in a room with one laptop as well as for six online.
//
// Words. A step is one stage of the pack as it runs; a stage that goes round is several steps. The
// circle is the people of one session. Who leads it is the host, who brings something in the
// presenter: never the same person. A text is what somebody writes in a field of a step.
//
// Promises. What is said in a closed circle stays with those who were there when it was said: not a
// leader, not the maker of the program's accounts, not who came later. It is erased thirty days
// after the session, unless its writer keeps it. What somebody takes along, their own card, is theirs
// alone: it stays until they erase it, and only they are asked after it. Only what somebody releases
// goes further, word by word. Nobody sees who spoke how long, who passed, or who pressed stop. A phone
// that falls away loses nothing: every act is kept at once, and anybody of the circle can go on leading.
//
// The time is never kept by a process: where a session is follows from when its step began.
package session
