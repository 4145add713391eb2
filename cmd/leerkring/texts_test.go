package main

import (
	"testing"

	"leerkring/internal/i18n"
	"leerkring/method"
)

func TestEveryTextIsThereInEveryLanguage(t *testing.T) {
	t.Parallel()
	catalog, err := texts()
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, token := range method.Tokens {
		words = append(words, string(token))
	}
	if err := i18n.Check(catalog, words...); err != nil {
		t.Error(err)
	}
}
