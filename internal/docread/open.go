package docread

import (
	"archive/zip"
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
)

// openReader reads the words of an OpenDocument text.
type openReader struct {
	builder
	paras   []*written
	lists   int
	covered int                   // cells that the one before them takes, in its row
	styles  map[string]*openStyle // those that the document made for itself
	style   *openStyle            // the one that is being read
	spans   []bool                // the stretches that are open, bold or not
}

// openStyle is what a style says.
type openStyle struct {
	parent string
	bold   bool
}

func open(f *zip.File) ([]Block, error) {
	o := &openReader{styles: map[string]*openStyle{}}
	if err := walk(f, o.start, o.endOf, o.words); err != nil {
		return nil, err
	}
	if o.full() {
		return nil, ErrLong
	}
	return o.out, nil
}

// leftOpen are parts that are not the text of a document.
var leftOpen = map[string]bool{"tracked-changes": true, "annotation": true, "note": true, "table-of-content": true, "hidden-text": true, "ruby-text": true, "forms": true}

func (o *openReader) start(_ trail, e xml.StartElement) bool {
	name := e.Name.Local
	if leftOpen[name] || o.full() {
		return true
	}
	switch name {
	case "style":
		if o.style = (&openStyle{parent: attr(e, "parent-style-name")}); len(o.styles) < 5_000 {
			o.styles[attr(e, "name")] = o.style
		}
	case "text-properties":
		if o.style != nil && attr(e, "font-weight") == "bold" {
			o.style.bold = true
		}
	case "span":
		s := o.styles[attr(e, "style-name")]
		o.spans = append(o.spans, s != nil && s.bold)
	case "h", "p":
		o.paras = append(o.paras, o.paragraph(e))
	case "list":
		o.lists++
	case "table":
		o.beginTable()
	case "table-row":
		o.beginRow()
	case "table-cell":
		n, err := strconv.Atoi(attr(e, "number-columns-spanned"))
		if err != nil {
			n = 1
		}
		o.covered = min(max(n, 1), maxColumns) - 1
		o.beginCell(o.covered + 1)
	case "covered-table-cell":
		if o.covered--; o.covered < 0 { // it goes on from above
			o.beginCell(1)
			if c := o.cell(); c != nil {
				c.again = true
			}
			o.endCell()
		}
		return true
	case "s", "tab":
		o.say(" ")
	case "line-break":
		o.say("\n")
	}
	return false
}

func (o *openReader) paragraph(e xml.StartElement) *written {
	p := &written{item: o.lists > 0}
	if e.Name.Local == "h" {
		p.level, p.item = 1, false
		if n, err := strconv.Atoi(attr(e, "outline-level")); err == nil {
			p.level = max(n, 1)
		}
	}
	style := attr(e, "style-name")
	if s := o.styles[style]; s != nil && s.parent != "" {
		style = s.parent
		o.spans = append(o.spans[:0], s.bold)
	} else {
		o.spans = o.spans[:0]
	}
	if style == "Title" {
		p.level = 1
	}
	if n, ok := strings.CutPrefix(style, "Heading_20_"); ok && p.level == 0 {
		p.level, p.item = 1, false
		if at, err := strconv.Atoi(n); err == nil {
			p.level = max(at, 1)
		}
	}
	return p
}

func (o *openReader) say(s string) {
	if len(o.paras) > 0 {
		o.paras[len(o.paras)-1].say(s, slices.Contains(o.spans, true))
	}
}

func (o *openReader) words(at trail, s string) {
	for i := range at {
		switch at.up(i) {
		case "p", "h":
			o.say(strings.ReplaceAll(s, "\n", " "))
			return
		case "span", "a", "bookmark", "meta", "meta-field":
		default:
			return // a field, a title of a picture
		}
	}
}

func (o *openReader) endOf(name string) {
	switch name {
	case "h", "p":
		if n := len(o.paras); n > 0 {
			p := o.paras[n-1]
			o.paras = o.paras[:n-1]
			o.end(p)
		}
	case "span":
		if n := len(o.spans); n > 0 {
			o.spans = o.spans[:n-1]
		}
	case "list":
		o.lists--
	case "table":
		o.endTable()
	case "table-cell":
		o.endCell()
	}
}
