// Package assets holds what the browser loads beside the pages: styles, islands,
// fonts, the mark. They lie built in dist, inside the binary.
//
// Words: a plain name is what a page calls a file ("app.css", "page/plan.css");
// its address has a hash of the content in it, so that browsers may keep it for
// ever and a new version is a new address.
//
// Promises: no file comes from another host; an unknown address is 404; a name
// that does not exist stops the program in the first test that renders the page.
//
// Sources lie in src (and beside the pages of a room); `go run -C tools ./assets`
// builds them. See docs/developing.md.
package assets
