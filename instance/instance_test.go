package instance

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"testing"
	"time"
)

func TestOneProgramAtATime(t *testing.T) {
	dir := t.TempDir()
	l, err := Hold(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Hold(dir); !errors.Is(err, ErrRunning) {
		t.Fatalf("a second must be refused: %v", err)
	}
	if err := l.Release(); err != nil {
		t.Fatal(err)
	}
	again, err := Hold(dir)
	if err != nil {
		t.Fatalf("after release: %v", err)
	}
	if err := again.Release(); err != nil {
		t.Fatal(err)
	}
}

func TestCommandsReachTheRunningServer(t *testing.T) {
	dir := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- Listen(ctx, dir, map[string]Command{
			"greet": func(_ context.Context, in json.RawMessage) (any, error) {
				var name string
				if err := json.Unmarshal(in, &name); err != nil {
					return nil, err
				}
				return "dag " + name, nil
			},
			"refuse": func(context.Context, json.RawMessage) (any, error) { return nil, errors.New("no") },
		})
	}()
	for range 200 {
		if Running(dir) {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	var out string
	if err := Ask(t.Context(), dir, "greet", "Noor", &out); err != nil || out != "dag Noor" {
		t.Fatalf("%q %v", out, err)
	}
	if err := Ask(t.Context(), dir, "refuse", nil, &out); err == nil || err.Error() != "no" {
		t.Fatalf("%v", err)
	}
	if err := Ask(t.Context(), dir, "other", nil, &out); err == nil {
		t.Fatal("an unknown command must be refused")
	}
	info, err := os.Stat(socketPath(dir))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v", info.Mode(), err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
}

func TestDemoMark(t *testing.T) {
	dir := t.TempDir()
	if IsDemo(dir) || !Fresh(dir) {
		t.Fatal("a new directory is fresh and no demo")
	}
	if err := MarkDemo(dir); err != nil || !IsDemo(dir) {
		t.Fatal(err)
	}
}

func TestALongCommandTellsAndStops(t *testing.T) {
	dir := t.TempDir()
	stopped := make(chan struct{})
	go func() {
		_ = Listen(t.Context(), dir, map[string]Command{
			"count": func(ctx context.Context, _ json.RawMessage) (any, error) {
				for i := range int64(3) {
					Tell(ctx, Progress{Step: string(rune('a' + i)), Done: i, Total: 3})
				}
				return 3, nil
			},
			"wait": func(ctx context.Context, _ json.RawMessage) (any, error) {
				Tell(ctx, Progress{Step: "waiting"})
				<-ctx.Done()
				close(stopped)
				return nil, ctx.Err()
			},
		})
	}()
	for range 200 {
		if Running(dir) {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	var heard []Progress
	var out int
	if err := Ask(WithTell(t.Context(), func(p Progress) { heard = append(heard, p) }), dir, "count", nil, &out); err != nil || out != 3 || len(heard) != 3 || heard[2].Done != 2 {
		t.Fatalf("%v %d %v", heard, out, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	err := Ask(WithTell(ctx, func(Progress) { stop() }), dir, "wait", nil, &out)
	if err == nil || err.Error() != "broken off" {
		t.Fatal(err)
	}
	select {
	case <-stopped:
	case <-time.After(5 * time.Second):
		t.Fatal("the server goes on for nobody")
	}
}
