package media_test

import (
	"testing"

	"leerkring/internal/i18n/i18ntest"
	"leerkring/media"
)

// Every refusal has its sentence in both languages, and every sentence has its refusal.
func TestEveryRefusalHasItsSentence(t *testing.T) {
	t.Parallel()
	i18ntest.Sentences(t, i18ntest.Room{Name: "media", Texts: media.Texts})
}
