package main

import (
	"strings"
	"testing"

	"leerkring/web"
	"leerkring/web/room"
)

// Every page leads to its own answer on the page of help, and no answer is about a page that
// is not there.
func TestEveryPageHasItsHelp(t *testing.T) {
	t.Parallel()
	var patterns []string
	for _, r := range pages() {
		patterns = append(patterns, r.Pattern)
		if r.Method == "GET" && r.Door == web.SignedIn && !nobodysPage(r.Pattern) && room.TopicOf(r.Pattern) == "" {
			t.Errorf("%s: what is said of this page on the page of help? Add it to room.Topics, with its title and sentence under [help] in web/account/text.*.toml", r.Pattern)
		}
	}
	for _, topic := range room.Topics {
		for _, page := range topic.Pages {
			found := false
			for _, p := range patterns {
				found = found || p == page || strings.HasPrefix(p, page+"/")
			}
			if !found {
				t.Errorf("topic %s is about %s, and there is no such page", topic.ID, page)
			}
		}
	}
}

// nobodysPage is what only leads on, or is read by a script.
func nobodysPage(pattern string) bool {
	return pattern == "/{$}" || pattern == "/help" || strings.HasPrefix(pattern, "/live/")
}
