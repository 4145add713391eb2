// Package i18n holds every sentence that a person reads, in every language.
//
// A Catalog is built once, from the text files that lie beside the pages
// (text.nl.toml, text.en.toml). A Texts is the catalog as one person sees it:
// in a language, with the words of a sector, in the time of a school.
//
// A text has placeholders in single braces. {name} is a value that the page
// gives; {leerling} is a word of the sector; a first capital in the placeholder
// puts a capital on what it becomes. A text with plural forms is a table with
// one and other, chosen by the value n.
//
// Promises: every text is read and compiled at start, and a mistake in a file
// stops the program there. Check finds what one language has and another lacks.
// A text that is missing all the same is shown as its key and logged once.
package i18n
