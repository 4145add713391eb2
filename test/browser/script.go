package browser

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
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
