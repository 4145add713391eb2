// Package ui holds the frame of every page and the parts that pages are made of.
//
// Words: a part is a templ component with its own small struct; a tone says how
// serious something is; the stip is the yellow dot that means here and now; a
// voice is text that a person wrote, set in the serif typeface.
//
// Promises:
//   - A part knows no school, no rights and no language: it gets sentences that
//     are already made. Only the frame asks for its own few words, through Texts.
//   - Every part reads and works without script, is announced by its name, and
//     carries no style attribute and no script in its text.
//   - Nothing of a part relies on colour alone.
//
// The drawings of circles are in ring, the placing of names in a chart in spread,
// the comparing of two texts in worddiff, samples of every state in gallery.
package ui

// Texts makes the sentences of one language.
type Texts interface {
	// T gives the text of a key; args are names and values in turn.
	T(key string, args ...any) string
	// Lang is the language of all of them, as in an HTML lang attribute.
	Lang() string
}

// Tone says how serious something is. It is never alone: a word or an icon says
// the same.
type Tone string

const (
	Calm  Tone = ""        // information
	Good  Tone = "ok"      // done, arranged
	Mind  Tone = "let"     // waits for something, asks for attention
	Wrong Tone = "fout"    // broken: a field, a lost upload; never a person
	Fresh Tone = "nu"      // new, now
	Hint  Tone = "potlood" // a tip
)

// Size of a part that comes in more than one.
type Size string

const (
	Medium Size = ""
	Small  Size = "sm"
	Large  Size = "lg"
)

// Link is a text that leads somewhere.
type Link struct{ Text, Href string }
