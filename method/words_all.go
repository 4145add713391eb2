package method

import "maps"

// All returns every token with its word, for the texts of the pages.
func (w *Words) All() map[string]string { return maps.Clone(w.tokens) }
