package browser

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// Missing is what a test says when there is no Chromium.
const Missing = "no Chromium: run the test command of the README"

// shared is the process that Main started for the tests of one package.
var shared context.Context

// Main runs the tests of a package with one Chromium for all of them.
func Main(m *testing.M) {
	os.Exit(func() int {
		ctx, stop, err := start()
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer stop()
		shared = ctx
		return m.Run()
	}())
}

// Browser opens pages of one server.
type Browser struct {
	t    testing.TB
	ctx  context.Context
	base *url.URL
}

// New gives a browser for the server at address. Without Main it starts a
// process of its own.
func New(t testing.TB, address string) *Browser {
	t.Helper()
	base, err := url.Parse(address)
	if err != nil || base.Host == "" {
		t.Fatalf("address of the server: %q", address)
	}
	ctx := shared
	if ctx == nil {
		own, stop, err := start()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(stop)
		ctx = own
	}
	return &Browser{t: t, ctx: ctx, base: base}
}

// Localhost gives the same address by the name localhost: a server in a test is
// at 127.0.0.1, where browsers allow no passkeys.
func Localhost(address string) string { return strings.Replace(address, "127.0.0.1", "localhost", 1) }

func start() (context.Context, func(), error) {
	program, err := Find()
	if err != nil {
		return nil, nil, err
	}
	profile, err := os.MkdirTemp("", "leerkring-browser-")
	if err != nil {
		return nil, nil, err
	}
	allocator, stopProcess := chromedp.NewExecAllocator(context.Background(), options(program, profile)...)
	ctx, stopBrowser := chromedp.NewContext(allocator)
	stop := func() {
		stopBrowser()
		stopProcess()
		removeProfile(profile)
	}
	if err := chromedp.Do(ctx); err != nil {
		stop()
		return nil, nil, fmt.Errorf("start %s: %w", program, err)
	}
	return ctx, stop, nil
}

// options start an empty Chromium that talks to nobody but the pages it shows.
func options(program, profile string) []chromedp.ExecAllocatorOption {
	return append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		chromedp.UserDataDir(profile),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("lang", "nl-NL"),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"),
	)
}

// Find gives the path of a Chromium on this machine.
func Find() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New(Missing)
}

// removeProfile waits for the last helper processes to let go of their files.
func removeProfile(dir string) {
	for range 50 {
		if os.RemoveAll(dir) == nil {
			return
		}
		<-time.After(100 * time.Millisecond)
	}
}
