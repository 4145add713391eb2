package browser

import (
	"context"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// wait finds one thing, as long as it takes.
func (p *Person) wait(roles []string, name string) (one thing) {
	p.t.Helper()
	err := p.until(func() (err error) {
		one, err = p.find(roles, name)
		return err
	})
	if err != nil {
		p.fail("%v", err)
	}
	return one
}

// press is a press of the mouse in the middle of a thing. It waits until nothing
// lies over it: a bar at the bottom, a toast.
func (p *Person) press(roles []string, name string) {
	p.t.Helper()
	var x, y float64
	err := p.until(func() error {
		one, err := p.find(roles, name)
		if err != nil {
			return err
		}
		x, y, err = p.middle(one)
		return err
	})
	if err == nil {
		err = p.try(chromedp.MouseClickXY(x, y))
	}
	if err != nil {
		p.fail("click: %v", err)
	}
}

// middle scrolls to a thing and gives the place to press it. The native box of a
// check or radio may be drawn by its label: then the label is pressed.
func (p *Person) middle(one thing) (x, y float64, err error) {
	if err := p.try(command(dom.ScrollIntoViewIfNeeded, dom.ScrollIntoViewIfNeededParams{BackendNodeID: one.id})); err != nil {
		return 0, 0, err
	}
	boxes, err := ask(p, dom.GetContentQuads, dom.GetContentQuadsParams{BackendNodeID: one.id})
	if err != nil {
		return 0, 0, err
	}
	if len(boxes.Quads) == 0 || len(boxes.Quads[0]) < 8 {
		return 0, 0, fmt.Errorf("%s %q has no place on the screen", one.role, one.name)
	}
	quad := boxes.Quads[0]
	x, y = (quad[0]+quad[4])/2, (quad[1]+quad[5])/2
	over := call[string](p, one.id, fmt.Sprintf(`function() {
		const top = document.elementFromPoint(%f, %f);
		if (!top || top === this || this.contains(top) || top.contains(this) && top.closest("label")) return "";
		if ([...(this.labels ?? [])].some((l) => l === top || l.contains(top))) return "";
		return top.outerHTML.slice(0, 120);
	}`, x, y))
	if over != "" {
		return 0, 0, fmt.Errorf("%s %q lies under %s", one.role, one.name, over)
	}
	return x, y, nil
}

// Settle waits until what a script began has come: for tests that send something themselves.
func (p *Person) Settle() {
	p.t.Helper()
	p.settle()
}

// settle waits until a click or a page has had its effect: a page that was asked
// for is there, and what scripts asked for has come.
func (p *Person) settle() {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	for calm := 0; calm < 3; {
		select {
		case <-ctx.Done():
			return // a page that never rests: what follows says what is missing
		case <-time.After(20 * time.Millisecond):
		}
		// A round trip, so that events of before it have been heard.
		_, err := chromedp.Call(ctx, page.GetNavigationHistory, cdp.Empty{})
		if err == nil && p.page.quiet() {
			calm++
		} else {
			calm = 0
		}
	}
}
