package plan_test

import (
	"testing"

	"leerkring/block/plan"
	"leerkring/internal/i18n/i18ntest"
)

// Every refusal has its sentence in both languages, and every sentence has its refusal.
func TestEveryRefusalHasItsSentence(t *testing.T) {
	t.Parallel()
	i18ntest.Sentences(t, i18ntest.Room{Name: "plan", Texts: plan.Texts})
}
