package account

import (
	"encoding/json"
	"net/http"

	"leerkring/account"
	"leerkring/internal/errs"
	"leerkring/internal/page"
	"leerkring/web/room"
)

// The island of passkeys asks in two steps: a question for the authenticator, and its
// answer. Both are JSON; a refusal is a sentence that the page shows.

// largestAnswer is the most that an authenticator may answer, in bytes.
const largestAnswer = 100_000

// answer is what the island sends back.
type answer struct {
	Challenge string          `json:"challenge"`
	Name      string          `json:"name"` // of a new passkey
	Next      string          `json:"next"`
	Answer    json.RawMessage `json:"answer"`
}

func readAnswer(r *room.Request) (answer, error) {
	var a answer
	if err := json.NewDecoder(http.MaxBytesReader(r.W, r.R.Body, largestAnswer)).Decode(&a); err != nil {
		return a, errs.Invalid("account.passkey_again")
	}
	a.Name = page.CleanLine(a.Name)
	return a, nil
}

// device tells whose device answered: what is built in is one's own; a key that was
// carried to it is used on any device.
func (a answer) device() string {
	var made struct {
		Attachment string `json:"authenticatorAttachment"`
	}
	if json.Unmarshal(a.Answer, &made) == nil && made.Attachment == "platform" {
		return string(account.Own)
	}
	return string(account.Other)
}

// BeginAdd starts adding a passkey.
func (rm *Room) BeginAdd(r *room.Request) error {
	in, err := rm.here(r)
	if err != nil {
		return refuse(r, err)
	}
	c, err := rm.Accounts.BeginPasskey(r.Ctx(), in)
	return question(r, c, err)
}

// FinishAdd keeps a new passkey.
func (rm *Room) FinishAdd(r *room.Request) error {
	a, err := readAnswer(r)
	if err != nil {
		return refuse(r, err)
	}
	in, err := rm.here(r)
	if err != nil {
		return refuse(r, err)
	}
	if a.Name == "" {
		a.Name = browserName(r.R.UserAgent())
	}
	if _, err := rm.Accounts.FinishPasskey(r.Ctx(), in, a.Challenge, a.Name, a.Answer, rm.browser(r, "")); err != nil {
		return refuse(r, err)
	}
	return goOn(r, "/account/security?said=account_passkey_added#passkeys")
}

// BeginEnter starts signing in with a passkey.
func (rm *Room) BeginEnter(r *room.Request) error {
	c, err := rm.Accounts.BeginPasskeySignIn(r.Ctx())
	return question(r, c, err)
}

// FinishEnter signs the browser in.
func (rm *Room) FinishEnter(r *room.Request) error {
	a, err := readAnswer(r)
	if err != nil {
		return refuse(r, err)
	}
	in, err := rm.Accounts.FinishPasskeySignIn(r.Ctx(), a.Challenge, a.Next, a.Answer, rm.browser(r, a.device()))
	if err != nil {
		return refuse(r, err)
	}
	rm.Cookies.Set(r.W, in)
	if in.Next == "" {
		in.Next = "/week"
	}
	return goOn(r, in.Next)
}

// BeginConfirm starts confirming with a passkey.
func (rm *Room) BeginConfirm(r *room.Request) error {
	in, err := rm.waiting(r)
	if err != nil {
		return refuse(r, err)
	}
	c, err := rm.Accounts.BeginConfirm(r.Ctx(), in)
	return question(r, c, err)
}

// FinishConfirm confirms and goes on to where somebody was going.
func (rm *Room) FinishConfirm(r *room.Request) error {
	a, err := readAnswer(r)
	if err != nil {
		return refuse(r, err)
	}
	in, err := rm.Accounts.FinishConfirm(r.Ctx(), rm.Cookies.Secret(r.R), a.Challenge, a.Answer, rm.browser(r, ""))
	if err != nil {
		return refuse(r, err)
	}
	rm.Cookies.Set(r.W, in)
	return goOn(r, orAccount(account.CleanNext(a.Next)))
}

func question(r *room.Request, c account.Ceremony, err error) error {
	if err != nil {
		return refuse(r, err)
	}
	return reply(r, http.StatusOK, map[string]any{"options": json.RawMessage(c.Options), "challenge": c.Challenge})
}

func goOn(r *room.Request, to string) error {
	return reply(r, http.StatusOK, map[string]any{"go": to})
}

// refuse says in a sentence what is the matter, and where to go to mend it. A fault of
// ours goes on to the door.
func refuse(r *room.Request, err error) error {
	kind := errs.KindOf(err)
	if kind == errs.KindInternal || kind == errs.KindUnavailable {
		return err
	}
	out := map[string]any{"text": r.T.T("account.passkey_refused")}
	for _, f := range errs.FieldsOf(err) {
		out["text"] = r.Say(f)
	}
	if asksToConfirm(err) {
		out["go"] = confirmAt("/account/security#passkeys")
	}
	if errs.IsAbsent(err) {
		out["go"] = "/sign-in"
	}
	return reply(r, page.Refused(r.W, err), out)
}

func reply(r *room.Request, status int, body map[string]any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return errs.Because(err, "write an answer about a passkey")
	}
	r.W.Header().Set("Content-Type", "application/json")
	r.W.WriteHeader(status)
	_, err = r.W.Write(raw)
	return err
}
