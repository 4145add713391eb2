package meeting_test

import (
	"testing"

	"leerkring/block/meeting"
	"leerkring/internal/i18n/i18ntest"
)

// Every refusal has its sentence in both languages, and every sentence has its refusal.
func TestEveryRefusalHasItsSentence(t *testing.T) {
	t.Parallel()
	kinds := []string{"meeting.planned", "meeting.changed", "meeting.ready", "meeting.cancelled", "meeting.begun", "meeting.not_yet", "meeting.moved", "meeting.host", "meeting.closed"} // of the journal
	i18ntest.Sentences(t, i18ntest.Room{Name: "meeting", Texts: meeting.Texts, Not: kinds})
}
