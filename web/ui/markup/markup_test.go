package markup

import (
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ html, fault string }{
		"a right piece":             {`<p class="a">één <b>twee</b><br> <a href="/x">drie</a></p>`, ""},
		"a field with its label":    {`<label for="f-a">A</label><input id="f-a" name="a">`, ""},
		"a label around its field":  {`<label><input type="radio" name="a"> ja</label>`, ""},
		"a heading in a summary":    {`<details><summary><h3>A</h3></summary><p>b</p></details>`, ""},
		"a drawing with a title":    {`<svg role="img" aria-labelledby="t"><title id="t">A &lt; b</title><path d="M0 0"/></svg>`, ""},
		"text that looks like tags": {`<textarea aria-label="a"><p></textarea>`, ""},
		"an icon button":            {`<button type="submit" aria-label="Sluit"><svg aria-hidden="true"></svg></button>`, ""},
		"never closed":              {`<div><p>a</p>`, "div is never closed"},
		"closed in the wrong order": {`<b><i>a</b></i>`, `</b> closes "i"`},
		"a block in a paragraph":    {`<p>a<div>b</div></p>`, "div stands in p"},
		"a block in a link in a p":  {`<p><a href="/x"><div>b</div></a></p>`, "div stands in p"},
		"a button in a link":        {`<a href="/x"><button>b</button></a>`, "both can be pressed"},
		"a form in a form":          {`<form><div><form></form></div></form>`, "another form"},
		"a line outside a list":     {`<div><li>a</li></div>`, "li stands in div"},
		"something else in a list":  {`<ul><div>a</div></ul>`, "ul holds div"},
		"a style attribute":         {`<p style="color: red">a</p>`, "style attribute"},
		"a script in the page":      {`<script>alert(1)</script>`, "a script stands in the page"},
		"a handler":                 {`<p onclick="x()">a</p>`, "handler in onclick"},
		"a script as address":       {`<a href=" JavaScript:x()">a</a>`, "runs script"},
		"an id twice":               {`<p id="a">a</p><p id="a">b</p>`, "more than once"},
		"a label for nothing":       {`<label for="b">A</label>`, `no id "b"`},
		"a field without label":     {`<input name="a">`, "has no label"},
		"a link without words":      {`<a href="/x"><svg aria-hidden="true"></svg></a>`, "nothing that can be read out"},
		"a hidden word is no name":  {`<button><span aria-hidden="true">x</span></button>`, "nothing that can be read out"},
		"a drawing without a name":  {`<svg><path d="M0 0"></path></svg>`, "neither named nor hidden"},
		"an attribute twice":        {`<p class="a" class="b">a</p>`, "class twice"},
		"a value without quotes":    {`<p class=a>a</p>`, "no quotes"},
		"a jump to nowhere":         {`<a href="#x">a</a>`, `no id "x"`},
	} {
		got := strings.Join(Check(c.html), "; ")
		if c.fault == "" && got != "" || !strings.Contains(got, c.fault) {
			t.Errorf("%s: got %q, want %q", name, got, c.fault)
		}
	}
}
