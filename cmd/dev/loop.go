package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// loop builds and runs the program, again and again.
type loop struct {
	out     io.Writer
	args    []string
	running *exec.Cmd
	ended   chan struct{}
}

var binary = filepath.Join("out", "dev", "leerkring")

// turn does the work, builds, and replaces the running program when all went well.
func (l *loop) turn(ctx context.Context, w work) {
	var steps [][]string
	if w.assets {
		steps = append(steps, []string{"go", "run", "-C", "tools", "./assets"})
	}
	for _, room := range w.rooms {
		steps = append(steps, []string{"go", "tool", "-modfile=tools.mod", "templ", "generate", "-path", room})
	}
	steps = append(steps, []string{"go", "build", "-o", binary, "./cmd/leerkring"})
	for _, step := range steps {
		if text, err := exec.CommandContext(ctx, step[0], step[1:]...).CombinedOutput(); err != nil {
			fmt.Fprintf(l.out, "dev: %v: %v\n%s", step, err, text)
			return
		}
	}
	l.stop()
	l.start()
}

func (l *loop) start() {
	cmd := exec.Command(binary, l.args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, l.out, l.out
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(l.out, "dev:", err)
		return
	}
	ended := make(chan struct{})
	l.running, l.ended = cmd, ended
	go func() {
		defer close(ended)
		// A program that ended says why by itself; the next change starts it again.
		_ = cmd.Wait()
	}()
}

// stop ends the program as an operator would, and by force when it does not go.
func (l *loop) stop() {
	if l.running == nil {
		return
	}
	_ = l.running.Process.Signal(os.Interrupt) // an error: it is gone already
	select {
	case <-l.ended:
	case <-time.After(5 * time.Second):
		_ = l.running.Process.Kill()
		<-l.ended
	}
	l.running = nil
}
