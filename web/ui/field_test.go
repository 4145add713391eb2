package ui

import "testing"

func TestFieldTellsWhatIsWrongAndKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	html := render(t, TextField(Field{Name: "day", Label: "Welke dag?", Hint: "Een dag die nog komt.", Error: "Kies een dag.", Value: `3 "maart"`, Required: true, Max: 20}))
	has(t, html, `<label for="f-day">`, `id="f-day-hint"`, `id="f-day-error"`, `aria-describedby="f-day-hint f-day-error"`,
		`aria-invalid="true"`, `aria-required="true"`, `maxlength="20"`, `value="3 &#34;maart&#34;"`, "field--error", `type="text"`)
	lacks(t, html, " required")
}

func TestPlainFieldSaysNoMoreThanItHas(t *testing.T) {
	t.Parallel()
	html := render(t, TextArea(Field{Name: "a", ID: "b", Label: "A", Quiet: true, Value: "\neen"}))
	has(t, html, `<label for="b" class="sr">`, ">\n\neen</textarea>", `rows="2"`)
	lacks(t, html, "aria-describedby", "aria-invalid", "maxlength")
}

func TestSelectKeepsGroupsInOrder(t *testing.T) {
	t.Parallel()
	html := render(t, Select(Field{Name: "a", Label: "A"}, []Option{{Value: "1", Text: "een"}, {Value: "2", Text: "twee", Group: "G"}, {Value: "3", Text: "drie", Group: "G", On: true}}))
	has(t, html, `<option value="1">een</option><optgroup label="G"><option value="2">twee</option><option value="3" selected>drie</option></optgroup>`)
}

func TestErrorOfChoicesLeadsToTheFirst(t *testing.T) {
	t.Parallel()
	html := render(t, Choices(Set{Name: "who", Legend: "Wie?", Error: "Kies iemand.", Options: []Option{{Value: "m", Text: "M"}, {Value: "j", Text: "J", On: true}}}))
	has(t, html, `id="f-who"`, `id="f-who-j"`, `aria-describedby="f-who-error"`, `value="j" checked`)
	if html := render(t, ErrorSummary("Er klopt iets niet", nil)); html != "" {
		t.Errorf("a summary of nothing: %s", html)
	}
}

func TestStagesBeforeTheChosenOneAreBeen(t *testing.T) {
	t.Parallel()
	html := render(t, PhaseChoice(Set{Name: "p", Legend: "P", Options: []Option{{Value: "1"}, {Value: "2", On: true}, {Value: "3"}}}))
	has(t, html, `class="f1 v"`, `class="f3"`, `class="f5"`)
}

func TestButtonThatIsOffSendsNothing(t *testing.T) {
	t.Parallel()
	html := render(t, Button(Btn{Text: "Later", Off: true}))
	has(t, html, `type="button"`, `aria-disabled="true"`)
	lacks(t, html, "submit", " disabled")
	has(t, render(t, Button(Btn{Text: "Nu", Name: "a", Value: "b", Action: "/c", Form: "d"})), `type="submit"`, `name="a"`, `value="b"`, `formaction="/c"`, `form="d"`)
}
