package account_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"leerkring/account"
	"leerkring/internal/i18n"
)

// Every refusal and every letter has its words, in both languages.
func TestEveryKeyHasItsWords(t *testing.T) {
	t.Parallel()
	c := i18n.Must(account.Texts)
	if err := i18n.Check(c); err != nil {
		t.Error(err)
	}
	raw, err := account.Texts.ReadFile("text.nl.toml")
	must(t, err)
	files, err := filepath.Glob("*.go")
	must(t, err)
	key := regexp.MustCompile(`"account\.([a-z_]+)"`)
	used := map[string]bool{}
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		source, err := os.ReadFile(f)
		must(t, err)
		for _, m := range key.FindAllStringSubmatch(string(source), -1) {
			used[m[1]] = true
			if !regexp.MustCompile(`(?m)^(\[account\.)?` + m[1] + `( = |\])`).Match(raw) {
				t.Errorf("account.%s has no words", m[1])
			}
		}
	}
	if len(used) < 25 {
		t.Errorf("only %d keys found", len(used))
	}
	for _, kind := range []account.LetterKind{account.LetterLink, account.LetterConfirm, account.LetterInvitation, account.LetterPasskey, account.LetterToken, account.LetterAddress, account.LetterWayChanged} {
		if !strings.Contains(string(raw), "[account.mail."+string(kind)+"]") {
			t.Errorf("the letter %s has no words", kind)
		}
	}
}

// A sentence that tells what happened is short enough to read between two lessons.
func TestSentencesAreShort(t *testing.T) {
	t.Parallel()
	for file, most := range map[string]int{"text.nl.toml": 15, "text.en.toml": 18} {
		raw, err := account.Texts.ReadFile(file)
		must(t, err)
		if !utf8.Valid(raw) {
			t.Fatal(file)
		}
		for _, m := range regexp.MustCompile(`(?m)^\w+ = "(.*)"$`).FindAllStringSubmatch(string(raw), -1) {
			for _, sentence := range regexp.MustCompile(`[.?!] `).Split(m[1], -1) {
				if n := len(strings.Fields(sentence)); n > most {
					t.Errorf("%s: %d words: %s", file, n, sentence)
				}
			}
		}
	}
}
