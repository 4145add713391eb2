package main

import (
	"leerkring/method"
	"leerkring/school"
)

// wordsFor are the words that a person reads packs in.
func (h *house) wordsFor(k school.Known) *method.Words {
	sc := k.Home()
	lang := k.Person.Language
	if lang == "" {
		lang = sc.Language
	}
	own := map[method.Token]method.Text{}
	for token, word := range sc.Words {
		own[method.Token(token)] = method.Text{NL: word, EN: word}
	}
	return h.library.Words(method.Sector(sc.Sector), lang, own)
}
