package config_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"leerkring/internal/config"
)

func TestOnlyOurVariablesAreKept(t *testing.T) {
	t.Parallel()
	e := config.Of([]string{"PATH=/bin", "LEERKRING_BASE_URL=https://a.example/?b=c", "LEERKRING_=x", "leerkring_addr=:1", "LEERKRING_EMPTY=", "nonsense"})
	if want := (config.Env{"base-url": "https://a.example/?b=c", "empty": ""}); !maps.Equal(e, want) {
		t.Errorf("%v", e)
	}
	if e.Get("base-url") != "https://a.example/?b=c" || e.Get("gone") != "" || config.Variable("base-url") != "LEERKRING_BASE_URL" {
		t.Error("a flag does not find its variable")
	}
}

func TestSystemIsTheProcess(t *testing.T) {
	t.Setenv("LEERKRING_TEST_OF_CONFIG", "here")
	if got := config.System().Get("test-of-config"); got != "here" {
		t.Errorf("%q", got)
	}
}

func TestAFlagWinsOverItsVariable(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		args, env []string
		want      string
	}{
		"neither":     {nil, nil, ":8080"},
		"variable":    {nil, []string{"LEERKRING_LISTEN_ON=:1"}, ":1"},
		"flag":        {[]string{"--listen-on=:2"}, []string{"LEERKRING_LISTEN_ON=:1"}, ":2"},
		"another one": {nil, []string{"LEERKRING_OTHER=:1"}, ":8080"},
	} {
		var flags struct {
			ListenOn string `default:":8080"`
		}
		p, err := kong.New(&flags, kong.Resolvers(config.Of(x.env).Resolver()))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Parse(x.args); err != nil || flags.ListenOn != x.want {
			t.Errorf("%s: %q %v", name, flags.ListenOn, err)
		}
	}
}

func TestASlipOfThePenIsFound(t *testing.T) {
	t.Parallel()
	e := config.Of([]string{"LEERKRING_ADDR=:1", "LEERKRING_ADRR=:1", "LEERKRING_SMTP_PASSWORD_FILE=/x", "LEERKRING_BASE_UR=x"})
	if got := e.Unknown("addr", "smtp-password"); !slices.Equal(got, []string{"LEERKRING_ADRR", "LEERKRING_BASE_UR"}) {
		t.Errorf("%q", got)
	}
}

func TestSecrets(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, s string, mode os.FileMode) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(s), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		return file
	}
	good := write("good", "hush\n", 0o600)
	for name, x := range map[string]struct {
		env          []string
		want, refuse string
	}{
		"not set":                {nil, "", ""},
		"in the variable":        {[]string{"LEERKRING_SMTP_PASSWORD=hush"}, "hush", ""},
		"in a file":              {[]string{"LEERKRING_SMTP_PASSWORD_FILE=" + good}, "hush", ""},
		"in both":                {[]string{"LEERKRING_SMTP_PASSWORD=hush", "LEERKRING_SMTP_PASSWORD_FILE=" + good}, "", "both set"},
		"in a file for everyone": {[]string{"LEERKRING_SMTP_PASSWORD_FILE=" + write("open", "hush", 0o640)}, "", "chmod 600"},
		"in a file too large":    {[]string{"LEERKRING_SMTP_PASSWORD_FILE=" + write("large", strings.Repeat("hush", 20_000), 0o600)}, "", "too large"},
		"in a directory":         {[]string{"LEERKRING_SMTP_PASSWORD_FILE=" + dir}, "", "no file"},
		"in no file":             {[]string{"LEERKRING_SMTP_PASSWORD_FILE=" + dir + "/none"}, "", "no such file"},
	} {
		got, err := config.Of(x.env).Secret("smtp-password")
		if got != x.want || (err == nil) != (x.refuse == "") || err != nil && (!strings.Contains(err.Error(), x.refuse) || strings.Contains(err.Error(), "hush")) {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
}
