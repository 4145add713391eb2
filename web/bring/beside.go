package bring

import (
	"strings"

	"leerkring/bring"
)

// once is a text that did not fit as a heading and what stands below it, with nothing in both. A text
// begins with the name of its card: that is the heading, as long as what the card became begins with it. A name that
// was too long itself has none, for the text says it whole. Above words that somebody chose
// instead of the name, the text stays as it was.
func once(x bring.Beside) (head, below string) {
	name, more, _ := strings.Cut(x.Rest, "\n")
	switch {
	case strings.HasPrefix(x.Body, name):
		return name, more
	case strings.HasPrefix(name, strings.TrimSuffix(x.Body, "…")):
		return "", x.Rest
	}
	return x.Body, x.Rest
}
