package ui

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sort"

	"github.com/a-h/templ"
)

// Icon draws a Lucide icon in the colour of the text around it. It is hidden from
// screen readers: the words beside it, or the label of its button, say the same.
// An unknown name is a mistake of the programmer and fails the page.
func Icon(name string, size Size) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		drawing, ok := icons[name]
		if !ok {
			return fmt.Errorf("icon %q is not in the set", name)
		}
		class := "ic"
		if size != Medium {
			class += " ic--" + string(size)
		}
		_, err := io.WriteString(w, `<svg class="`+class+`" viewBox="0 0 24 24" aria-hidden="true">`+drawing+`</svg>`)
		return err
	})
}

// HasIcon says whether a name, read from a pack for example, is in the set.
func HasIcon(name string) bool { _, ok := icons[name]; return ok }

// IconNames lists the set in alphabetical order.
func IconNames() []string {
	names := make([]string, 0, len(icons))
	for name := range icons {
		names = append(names, name)
	}
	sort.Strings(names)
	return slices.Clip(names)
}
