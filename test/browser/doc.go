// Package browser lets tests use Leerkring as people do: in a real Chromium, by
// the words on the screen.
//
// Words: a browser is one Chromium process, shared by all tests of a package; a
// person is somebody with cookies and a screen of their own in it.
//
//	func TestMain(m *testing.M) { browser.Main(m) }
//
//	noor := browser.New(t, address).Person("Noor", browser.Phone)
//	noor.Goto("/sign-in")
//	noor.Fill("E-mailadres", "noor@example.org")
//	noor.Click("Ga verder")
//	noor.See("Mijn week")
//	noor.Axe()
//
// Promises: things are found by their accessible name, so what a test can do a
// screen reader can do too; a click is a real press at a place where nothing lies
// over the target; a page that asks another host, throws, or breaks its own
// content security policy fails the test; nothing sleeps for a fixed time.
//
// The tests of this folder and its neighbours have the build tag browser, because
// they need Chromium: the test command of the README installs it and sets the tag.
package browser
