package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leerkring/web/ui/gallery"
)

func TestMain(m *testing.M) {
	gallery.SetStyles(styles()...)
	os.Exit(m.Run())
}

func TestEveryPageIsServed(t *testing.T) {
	t.Parallel()
	server := site()
	paths := []string{"/"}
	for _, f := range files() {
		paths = append(paths, "/"+f.name)
	}
	for _, path := range paths {
		reply := httptest.NewRecorder()
		server.ServeHTTP(reply, httptest.NewRequest(http.MethodGet, path, nil))
		if reply.Code != http.StatusOK || !isPage(reply.Body.Bytes()) {
			t.Errorf("%s: status %d", path, reply.Code)
		}
		if dark := strings.Contains(reply.Body.String(), `data-theme="dark"`); dark != strings.HasSuffix(path, ".dark.html") {
			t.Errorf("%s: dark is %v", path, dark)
		}
	}
	reply := httptest.NewRecorder()
	server.ServeHTTP(reply, httptest.NewRequest(http.MethodGet, "/nothing.html", nil))
	if reply.Code != http.StatusNotFound {
		t.Errorf("what is not there answers %d", reply.Code)
	}
}

func TestFilesStandOnTheirOwn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var said strings.Builder
	if err := run(t.Context(), []string{"--out", dir}, &said); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(dir, "frame-page-week.html"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(page), `"/assets/`) {
		t.Error("a page asks for a file from the root of a server")
	}
	_, after, found := strings.Cut(string(page), `rel="stylesheet" href="`)
	style, _, _ := strings.Cut(after, `"`)
	css, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(style)))
	if !found || err != nil || !strings.Contains(string(css), "--potlood") {
		t.Fatalf("style %q: %v", style, err)
	}
	fonts := 0
	for _, m := range loads.FindAllSubmatch(css, -1) {
		font := filepath.Join(dir, filepath.Dir(filepath.FromSlash(style)), string(m[1])+string(m[2]))
		if _, err := os.Stat(font); err != nil {
			t.Errorf("the style asks for %s: %v", font, err)
		}
		fonts++
	}
	if fonts < 4 {
		t.Errorf("only %d files are loaded by the style", fonts)
	}
	if !strings.Contains(said.String(), dir) {
		t.Errorf("it said %q", said.String())
	}
}

func TestServeTellsItsAddressAndEnds(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	read, write := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- run(ctx, []string{"--addr", "127.0.0.1:0"}, write) }()
	line := make([]byte, 100)
	n, err := read.Read(line)
	address := strings.TrimSpace(string(line[:n]))
	if err != nil || !strings.HasPrefix(address, "http://127.0.0.1:") {
		t.Fatalf("it said %q: %v", address, err)
	}
	reply, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	_ = reply.Body.Close()
	stop()
	if err := <-done; err != nil || reply.StatusCode != http.StatusOK {
		t.Errorf("status %d, ended with %v", reply.StatusCode, err)
	}
}

func TestWrongUsage(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--nonsense"}, {"something"}} {
		if err := run(t.Context(), args, io.Discard); !errors.Is(err, errUsage) {
			t.Errorf("%v: %v", args, err)
		}
	}
}
