package monday

import (
	"os"
	"strings"
	"testing"
	"time"

	"leerkring/internal/mail"
)

func mkdir(t *testing.T, path string) string {
	t.Helper()
	if err := os.MkdirAll(path, 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestProofF_OneRecipientWhateverSomebodyIsCalled (T-I4): names and subjects that would
// begin a header of their own, before a real server.
func TestProofF_OneRecipientWhateverSomebodyIsCalled(t *testing.T) {
	t.Parallel()
	post := Start(t, "ann", "evil")
	smtp, err := mail.NewSMTP(mail.SMTPSettings{Server: "smtp://" + post.Address(), From: "leerkring@" + Domain, FromName: "Leerkring"})
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{
		"Ann\r\nBcc: evil@" + Domain, "Ann\nCc: evil@" + Domain, "Ann\u2028Bcc: evil@" + Domain, `Ann" <evil@` + Domain + `>, "x`, "Ann, evil@" + Domain, "<b>Ann</b>", "=?utf-8?q?Ann=0D=0ABcc:_evil=40" + Domain + "?=", strings.Repeat("é", 400),
	} {
		m := mail.Message{ID: "m" + strings.Repeat("x", i+1), At: time.Date(2026, 3, 23, 6, 30, 0, 0, time.UTC), Address: "ann@" + Domain, Name: name, Subject: name, Text: name + "\r\n.\r\nRCPT TO:<evil@" + Domain + ">\r\n", HTML: "<p>x</p>", Unsubscribe: Base + "/mail/stop/x"}
		if err := smtp.Deliver(t.Context(), m, nil); err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		got := post.Read("ann")
		if len(got) != i+1 {
			t.Fatalf("%q: %d mails", name, len(got))
		}
		l := got[i]
		to, err := l.Header.AddressList("To")
		if err != nil || len(to) != 1 || to[0].Address != "ann@"+Domain || l.Header.Get("Cc")+l.Header.Get("Bcc") != "" {
			t.Errorf("%q: %v %v", name, l.Header, err)
		}
		if l.Header.Get("List-Unsubscribe") != "<"+Base+"/mail/stop/x>" {
			t.Errorf("%q: %s", name, l.Header.Get("List-Unsubscribe"))
		}
	}
	if got := post.Read("evil"); len(got) != 0 {
		t.Errorf("%d mails to somebody else", len(got))
	}
}

// TestProofF_AMailboxThatIsNoneIsRefused: the server's final no is told apart from away.
func TestProofF_AMailboxThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	post := Start(t, "ann")
	smtp, err := mail.NewSMTP(mail.SMTPSettings{Server: "smtp://" + post.Address(), From: "leerkring@" + Domain})
	if err != nil {
		t.Fatal(err)
	}
	m := mail.Message{ID: "a", At: time.Date(2026, 3, 23, 6, 30, 0, 0, time.UTC), Address: "nobody@" + Domain, Subject: "x", Text: "x"}
	if err := smtp.Deliver(t.Context(), m, nil); err == nil || !strings.Contains(err.Error(), mail.ErrRefused.Error()) || strings.Contains(err.Error(), "nobody@") {
		t.Errorf("%v", err)
	}
	post.Down()
	if err := smtp.Deliver(t.Context(), m, nil); mail.FaultOf(err) != mail.FaultAway {
		t.Errorf("%v", err)
	}
}
