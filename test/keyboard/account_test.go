//go:build browser

package keyboard

import (
	"regexp"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"leerkring/test/browser"
)

var codeInLetter = regexp.MustCompile(`code: (\S{4} \S{4})`)

// TestAccessibility_KeyboardAccount comes in, shows who it is, and looks after the own account.
func TestAccessibility_KeyboardAccount(t *testing.T) {
	h := open(t)
	t.Run("sign in", func(t *testing.T) {
		k, email := h.stranger(t, "sign in"), h.program.Role("docent").Email
		k.Goto("/sign-in")
		k.presses("Nederlands")
		k.finds("the door")
		k.writes("Je mailadres van school", email)
		k.Press(kb.Enter)
		k.See("Kijk in je mail")
		code := codeInLetter.FindStringSubmatch(h.letter(t, email))
		if code == nil {
			t.Fatalf("the letter has no code: %q", h.letter(t, email))
		}
		k.finds("the code")
		k.to("De code uit de mail")
		k.pastes(code[1]) // nobody has to remember or retype eight letters (WCAG 2.2, 3.3.8)
		k.presses("Ga naar binnen")
		k.Goto("/week")
		k.See("Mijn week")
	})
	t.Run("passkey", func(t *testing.T) {
		k := h.comes(t, "passkey step-up", "docent")
		k.Passkey()
		k.Goto("/account/security")
		k.finds("ways in")
		k.writes("Naam van de passkey", "Mijn laptop")
		k.presses("Voeg een passkey toe")
		k.See("Je passkey staat klaar")
		k.finds("one passkey")
		h.forgets(t)
		k.Goto("/account/confirm")
		k.finds("show who you are")
		k.presses("Gebruik je passkey")
		k.Goto("/account/security")
		k.See("Mijn laptop")
	})
	t.Run("own account", func(t *testing.T) {
		k := h.comes(t, "own account", "kartrekker")
		k.presses("MW, menu van Marieke de Wit")
		k.See("Meld je af")
		k.Press(kb.Escape)
		k.NotSee("Meld je af")
		if at := k.Stands().Name; at != "MW, menu van Marieke de Wit" {
			t.Errorf("after Escape the keyboard is on %q", at)
		}
		k.Press(kb.Enter)
		k.presses("Mijn gegevens")
		k.finds("own account")
		k.writes("Je naam", "")
		k.presses("Bewaar")
		k.See("Bewaard")
		k.Goto("/account/security")
		k.finds("sign-ins")
	})
}

// pastes puts text in the field as the clipboard does. A page that refuses that fails.
func (k *hands) pastes(text string) {
	k.t.Helper()
	refused := browser.Eval[bool](k.Person, `(() => {
		const e = document.activeElement, data = new DataTransfer();
		data.setData("text/plain", `+"`"+text+"`"+`);
		const refused = !e.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
		document.execCommand("insertText", false, `+"`"+text+"`"+`);
		return refused || e.value !== `+"`"+text+"`"+`;
	})()`)
	if refused {
		k.t.Errorf("%s: pasting is refused", k.flow)
	}
}
