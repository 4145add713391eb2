package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"leerkring/instance"
)

// bar shows on a terminal how far a long command is; elsewhere it shows nothing.
type bar struct {
	w  io.Writer // nil when nobody looks
	mu sync.Mutex
	is string
}

func newBar(w io.Writer) *bar {
	f, ok := w.(*os.File)
	if !ok {
		return &bar{}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &bar{}
	}
	return &bar{w: w}
}

const barWidth = 30

func (b *bar) show(p instance.Progress) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.w == nil || p.Total <= 0 {
		return
	}
	n := min(int(p.Done*barWidth/p.Total), barWidth)
	line := fmt.Sprintf("\r%-7s [%s%s] %3d%%", p.Step, strings.Repeat("#", n), strings.Repeat(".", barWidth-n), min(p.Done*100/p.Total, 100))
	if line != b.is {
		b.is = line
		fmt.Fprint(b.w, line)
	}
}

// end clears the line.
func (b *bar) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.w != nil && b.is != "" {
		fmt.Fprintf(b.w, "\r%s\r", strings.Repeat(" ", len(b.is)))
		b.is = ""
	}
}
