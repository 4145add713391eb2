// Package keyboard plays the main flows of the product without a mouse: Tab, the arrows,
// Enter and Space. At each stop the focus must be seen, lie under nothing, and come after the
// one before it. What a screen reader finds at each step is kept in testdata, and looked at by
// a person when it changes:
//
//	go test -tags browser ./test/keyboard -update
package keyboard
