package room

import (
	"github.com/a-h/templ"

	"leerkring/web/ui"
)

// OnPaper offers what a page shows to take along: to print from the browser, and as the
// three kinds of file below an address; who may not
// take it along has no address, and can print what is on the screen. more are other papers of the same. what names it for
// who listens.
func (r *Request) OnPaper(address, what string, more ...ui.Link) templ.Component {
	p := ui.PaperOf{Title: r.T.T("paper.title"), Print: r.T.T("paper.print"), What: what}
	if address == "" {
		return ui.OnPaper(p)
	}
	p.Hint, p.More = r.T.T("paper.hint"), more
	for _, f := range []string{"pdf", "docx", "odt"} {
		p.Files = append(p.Files, ui.Link{Text: r.T.T("paper." + f), Href: address + "/" + f})
	}
	return ui.OnPaper(p)
}
