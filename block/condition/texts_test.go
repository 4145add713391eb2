package condition_test

import (
	"testing"

	"leerkring/block/condition"
	"leerkring/internal/i18n/i18ntest"
)

// Every refusal has its sentence in both languages, and every sentence has its refusal.
func TestEveryRefusalHasItsSentence(t *testing.T) {
	t.Parallel()
	var purposes []string // put together from the name of a table
	for _, e := range condition.Data {
		purposes = append(purposes, e.Purpose)
	}
	i18ntest.Sentences(t, i18ntest.Room{Name: "condition", Texts: condition.Texts, Also: purposes, Not: []string{"condition.waived", "condition.passed", "condition.data_"}})
}
