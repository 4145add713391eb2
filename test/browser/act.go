package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// command makes a step of a protocol command whose answer nobody needs.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// ask runs a command of the protocol and gives its answer.
func ask[P, R any](p *Person, c cdp.Command[P, R], params P) (R, error) {
	ctx, cancel := context.WithTimeout(p.ctx, limit)
	defer cancel()
	return chromedp.Call(ctx, c, params)
}

// Goto opens a path of the server, or a full address on it.
func (p *Person) Goto(path string) {
	p.t.Helper()
	address, err := p.base.Parse(path)
	if err != nil {
		p.fail("go to %q: %v", path, err)
	}
	p.do("go to "+path, chromedp.Navigate(address.String()))
	p.settle()
}

// Reload asks for the page again.
func (p *Person) Reload() {
	p.t.Helper()
	p.do("reload", chromedp.Reload())
	p.settle()
}

// Back goes to the page before.
func (p *Person) Back() {
	p.t.Helper()
	history, err := ask(p, page.GetNavigationHistory, cdp.Empty{})
	if err == nil && history.CurrentIndex == 0 {
		err = errors.New("this is the first page")
	}
	if err != nil {
		p.fail("go back: %v", err)
	}
	// A page that the browser kept does not load again: there is no event to wait for.
	before := history.Entries[history.CurrentIndex-1]
	p.do("go back", command(page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: before.ID}))
	p.settle()
}

// Click presses the button, link, box or summary with this name.
func (p *Person) Click(name string) {
	p.t.Helper()
	p.press(pressable, name)
	p.clicks++
	p.settle()
}

// Clicks is how often this person has clicked: what a task costs.
func (p *Person) Clicks() int { return p.clicks }

// Choose ticks the box, radio or switch with this name, unless it is on already.
func (p *Person) Choose(name string) {
	p.t.Helper()
	one := p.wait(choosable, name)
	if call[bool](p, one.id, "function() { return this.checked === true || this.selected === true }") {
		return
	}
	p.Click(name)
}

// Fill writes text in the field with this label, in place of what was there.
func (p *Person) Fill(label, text string) {
	p.t.Helper()
	one := p.wait(fillable, label)
	kind := call[string](p, one.id, "function() { this.focus(); return this.type ?? '' }")
	switch kind {
	case "date", "time", "month", "range", "color":
		// Their keys depend on the language of the browser: set and tell.
		set(p, one.id, text)
	case "select-one":
		p.pick(one, text)
	default:
		call[any](p, one.id, "function() { this.select ? this.select() : getSelection().selectAllChildren(this) }")
		if text == "" {
			p.Press(kb.Delete)
			return
		}
		p.do("write in "+label, command(input.InsertText, input.InsertTextParams{Text: text}))
	}
}

// Type presses the keys of text one by one in what has focus.
func (p *Person) Type(text string) {
	p.t.Helper()
	p.do("type", chromedp.KeyEvent(text))
}

// Press presses one key: kb.Tab, kb.Enter, kb.Escape.
func (p *Person) Press(key string) {
	p.t.Helper()
	p.do("press a key", chromedp.KeyEvent(key))
	p.settle()
}

// Focused is the accessible name of what has focus: the one the keyboard is on.
func (p *Person) Focused() string {
	p.t.Helper()
	return Eval[string](p, `(() => {
		const e = document.activeElement;
		return (e.labels?.[0]?.innerText ?? e.getAttribute("aria-label") ?? e.innerText ?? "").trim().replace(/\s+/g, " ");
	})()`)
}

// Upload chooses a file of this machine in the field with this label.
func (p *Person) Upload(label, path string) {
	p.t.Helper()
	one := p.wait([]string{"button", "textbox"}, label)
	p.do("upload", command(dom.SetFileInputFiles, dom.SetFileInputFilesParams{BackendNodeID: one.id, Files: []string{path}}))
}

func (p *Person) pick(one thing, text string) {
	p.t.Helper()
	chosen := call[bool](p, one.id, `function() {
		const option = [...this.options].find((o) => o.text.trim() === `+quoted(text)+`);
		if (!option) return false;
		this.value = option.value;
		this.dispatchEvent(new Event("input", {bubbles: true}));
		this.dispatchEvent(new Event("change", {bubbles: true}));
		return true;
	}`)
	if !chosen {
		p.fail("%q has no choice %q", one.name, text)
	}
}

func set(p *Person, id cdp.BackendNodeID, text string) {
	p.t.Helper()
	call[any](p, id, `function() {
		this.value = `+quoted(text)+`;
		this.dispatchEvent(new Event("input", {bubbles: true}));
		this.dispatchEvent(new Event("change", {bubbles: true}));
	}`)
}

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

// Eval runs script in the page and gives its result; a promise is awaited.
func Eval[T any](p *Person, script string) T {
	p.t.Helper()
	result, err := eval[T](p, script)
	if err != nil {
		p.fail("script: %v", err)
	}
	return result
}

func eval[T any](p *Person, script string) (result T, err error) {
	reply, err := ask(p, runtime.Evaluate, runtime.EvaluateParams{
		Expression: script, ReturnByValue: new(true), AwaitPromise: new(true), UserGesture: new(true),
	})
	if err == nil {
		err = decode(reply.Result, reply.ExceptionDetails, &result)
	}
	return result, err
}

// call runs a function on one element.
func call[T any](p *Person, id cdp.BackendNodeID, function string) T {
	p.t.Helper()
	var result T
	node, err := ask(p, dom.ResolveNode, dom.ResolveNodeParams{BackendNodeID: id})
	if err == nil && node.Object == nil {
		err = errors.New("the element is gone")
	}
	if err != nil {
		p.fail("element: %v", err)
	}
	reply, err := ask(p, runtime.CallFunctionOn, runtime.CallFunctionOnParams{
		ObjectID: node.Object.ObjectID, FunctionDeclaration: function, ReturnByValue: new(true),
	})
	if err == nil {
		err = decode(reply.Result, reply.ExceptionDetails, &result)
	}
	if err != nil {
		p.fail("element: %v in %s", err, strings.TrimSpace(function))
	}
	return result
}

// decode gives what a script returned, or what it threw.
func decode(result *runtime.RemoteObject, thrown *runtime.ExceptionDetails, into any) error {
	if thrown != nil {
		return errors.New(exception(thrown))
	}
	if result == nil || len(result.Value) == 0 {
		return nil
	}
	return json.Unmarshal(result.Value, into)
}
