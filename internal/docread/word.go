package docread

import (
	"archive/zip"
	"encoding/xml"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// style is what a Word document says of the paragraphs that have it.
type style struct {
	name    string
	basedOn string
	level   int // of a heading; 0 when it is none
	item    bool
	bold    bool
}

// isWord reports a name of Word's own XML, old or strict.
func isWord(n xml.Name) bool { return strings.Contains(n.Space, "wordprocessingml") }

// off reports a property that is switched off.
func off(e xml.StartElement) bool {
	v := attr(e, "val")
	return v == "0" || v == "false" || v == "off" || v == "none"
}

var headingName = regexp.MustCompile(`^(?:heading|kop) ?([1-9])$`)

// styles reads the styles of a document. Without them it is read as if it had none.
func styles(f *zip.File) (map[string]style, error) {
	out := map[string]style{}
	if f == nil {
		return out, nil
	}
	id := ""
	err := walk(f, func(at trail, e xml.StartElement) bool {
		s := out[id]
		switch {
		case e.Name.Local == "style":
			id, s = attr(e, "styleId"), style{}
		case at.up(1) == "style" && e.Name.Local == "name":
			s.name = strings.ToLower(attr(e, "val"))
			if m := headingName.FindStringSubmatch(s.name); m != nil && s.level == 0 {
				s.level, _ = strconv.Atoi(m[1]) // a digit
			}
			if s.name == "title" {
				s.level = 1
			}
		case at.up(1) == "style" && e.Name.Local == "basedOn":
			s.basedOn = attr(e, "val")
		case e.Name.Local == "outlineLvl" && at.up(2) == "style":
			s.level = outline(e)
		case e.Name.Local == "numId" && !off(e):
			s.item = true
		case e.Name.Local == "b" && at.up(2) == "style":
			s.bold = !off(e)
		}
		if len(out) < 5_000 || out[id] != (style{}) {
			out[id] = s
		}
		return false
	}, func(string) {}, func(trail, string) {})
	return out, err
}

// outline is the level of a heading; the tenth is the one of ordinary text.
func outline(e xml.StartElement) int {
	n, err := strconv.Atoi(attr(e, "val"))
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return n + 1
}

// wordReader reads the words of a Word document.
type wordReader struct {
	builder
	styles map[string]style
	paras  []*written // those that are open: a box with text may stand in one
	runs   []run
}

// run is a stretch of text in one look.
type run struct{ bold, hidden bool }

func word(main *zip.File, files map[string]*zip.File) ([]Block, error) {
	known, err := styles(files[path.Join(path.Dir(main.Name), "styles.xml")])
	if err != nil {
		return nil, err
	}
	w := &wordReader{styles: known}
	if err := walk(main, w.start, w.endOf, w.words); err != nil {
		return nil, err
	}
	if w.full() {
		return nil, ErrLong
	}
	return w.out, nil
}

// left are parts of a document that are not its text: what was taken out or moved away, the
// second version of what newer programs draw, and the small letters above others.
var left = map[string]bool{"del": true, "moveFrom": true, "Fallback": true, "rt": true, "instrText": true}

func (w *wordReader) start(at trail, e xml.StartElement) bool {
	name := e.Name.Local
	if left[name] || w.full() {
		return true
	}
	if !isWord(e.Name) {
		return false
	}
	switch name {
	case "p":
		w.paras = append(w.paras, &written{})
	case "r":
		w.runs = append(w.runs, run{})
	case "tbl":
		w.beginTable()
	case "tr":
		w.beginRow()
	case "tc":
		w.beginCell(1)
	case "gridSpan", "vMerge":
		if c := w.cell(); c != nil && at.up(1) == "tcPr" {
			if n, err := strconv.Atoi(attr(e, "val")); name == "gridSpan" && err == nil {
				c.span = min(max(n, 1), maxColumns)
			}
			c.again = c.again || name == "vMerge" && attr(e, "val") != "restart"
		}
	case "br", "cr", "tab", "noBreakHyphen":
		if at.up(1) == "r" {
			w.sign(name, e)
		}
	default:
		w.property(at, e)
	}
	return false
}

// sign is a letter that has a name of its own.
func (w *wordReader) sign(name string, e xml.StartElement) {
	p := w.para()
	if p == nil {
		return
	}
	switch {
	case name == "tab":
		p.text.WriteString(" ")
	case name == "noBreakHyphen":
		p.text.WriteString("-")
	case attr(e, "type") == "" || attr(e, "type") == "textWrapping":
		p.text.WriteString("\n")
	}
}

// property is how a paragraph or a run is set.
func (w *wordReader) property(at trail, e xml.StartElement) {
	p := w.para()
	if p == nil {
		return
	}
	switch name, above := e.Name.Local, at.up(1); {
	case name == "pStyle" && above == "pPr":
		p.style = attr(e, "val")
	case name == "outlineLvl" && above == "pPr":
		p.level = outline(e)
	case name == "numId" && at.up(2) == "pPr":
		p.item, p.plain = !off(e), off(e)
	case above == "rPr" && at.up(2) == "r" && len(w.runs) > 0:
		r := &w.runs[len(w.runs)-1]
		r.bold = r.bold || name == "b" && !off(e)
		r.hidden = r.hidden || name == "vanish" && !off(e)
	}
}

func (w *wordReader) para() *written {
	if len(w.paras) == 0 {
		return nil
	}
	return w.paras[len(w.paras)-1]
}

func (w *wordReader) words(at trail, s string) {
	if at.up(0) != "t" || at.up(1) != "r" || len(w.runs) == 0 {
		return
	}
	if r := w.runs[len(w.runs)-1]; !r.hidden && w.para() != nil {
		w.para().say(s, r.bold)
	}
}

func (w *wordReader) endOf(name string) {
	switch name {
	case "p":
		if p := w.para(); p != nil {
			w.paras = w.paras[:len(w.paras)-1]
			w.finish(p)
		}
	case "r":
		if len(w.runs) > 0 {
			w.runs = w.runs[:len(w.runs)-1]
		}
	case "tbl":
		w.endTable()
	case "tc":
		w.endCell()
	}
}

// finish asks the style of a paragraph what it does not say itself.
func (w *wordReader) finish(p *written) {
	id := p.style
	for range 10 { // styles rest on styles
		s, ok := w.styles[id]
		if !ok {
			break
		}
		if strings.HasPrefix(s.name, "toc ") {
			return // a list of contents says everything twice
		}
		if p.level == 0 {
			p.level = s.level
		}
		p.item = p.item || s.item && !p.plain
		if s.bold {
			p.bold = p.letters
		}
		id = s.basedOn
	}
	if p.level > 0 {
		p.item = false // a heading that counts
	}
	w.end(p)
}
