package sample

import (
	"html"
	"net/http"
	"strings"
)

// cutOff does to a board what its script does while the network is away: the bar is shown, a card
// that was hung up waits in its lane, and the foot says so.
type cutOff struct {
	http.ResponseWriter
	card, waits, help string
	missed            string
}

func (c *cutOff) Write(page []byte) (int, error) {
	s := string(page)
	bar := c.between(s, `<div data-offline role="status"><template>`, `</template>`)
	s = c.swap(s, `<template>`+bar+`</template>`, bar)
	card := c.between(s, `<template id="w-card">`, `</template>`)
	card = c.swap(card, `<p data-text></p>`, `<p data-text>`+html.EscapeString(c.card)+`</p>`)
	s = c.swap(s, `data-lane="todo">`, `data-lane="todo">`+card)
	s = c.swap(s, html.EscapeString(c.help), html.EscapeString(c.waits))
	_, err := c.ResponseWriter.Write([]byte(s))
	return len(page), err
}

func (c *cutOff) between(s, from, to string) string {
	_, after, ok := strings.Cut(s, from)
	in, _, closed := strings.Cut(after, to)
	if !ok || !closed {
		c.missed = from
	}
	return in
}

func (c *cutOff) swap(s, was, is string) string {
	if !strings.Contains(s, was) {
		c.missed = was
	}
	return strings.Replace(s, was, is, 1)
}
