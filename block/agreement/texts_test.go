package agreement_test

import (
	"testing"

	"leerkring/block/agreement"
	"leerkring/internal/i18n/i18ntest"
)

// Every refusal has its sentence in both languages, and every sentence has its refusal.
func TestEveryRefusalHasItsSentence(t *testing.T) {
	t.Parallel()
	kinds := []string{"agreement.proposed", "agreement.agreed", "agreement.changed", "agreement.settled", "agreement.retired", "agreement.taken_off", "agreement.placed"} // of the journal
	i18ntest.Sentences(t, i18ntest.Room{Name: "agreement", Texts: agreement.Texts, Not: kinds})
}
