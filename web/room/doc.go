// Package room is what every room of the web shares: who is asking, the frame around a
// page, forms that come back with what was typed, and the sentences of refusals.
//
// A handler gets one Request and returns an error; the outer door turns a refusal into
// the right page. Handlers render into a buffer: there are no half pages.
package room
