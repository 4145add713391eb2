package instance

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"
)

// Command is one thing that the command line can ask of a running server.
type Command func(ctx context.Context, input json.RawMessage) (any, error)

type call struct {
	Command string          `json:"command"`
	Input   json.RawMessage `json:"input"`
}

type answer struct {
	Output   json.RawMessage `json:"output,omitempty"`
	Error    string          `json:"error,omitempty"`
	Progress *Progress       `json:"progress,omitempty"` // more follows
}

// Progress is how far a command is that takes long.
type Progress struct {
	Step  string `json:"step"`
	Done  int64  `json:"done"`
	Total int64  `json:"total"`
}

type tellKey struct{}

// Tell tells whoever asked for a command how far it is.
func Tell(ctx context.Context, p Progress) {
	if f, ok := ctx.Value(tellKey{}).(func(Progress)); ok {
		f(p)
	}
}

// WithTell returns a context whose progress is told to f.
func WithTell(ctx context.Context, f func(Progress)) context.Context {
	return context.WithValue(ctx, tellKey{}, f)
}

// biggest is the most that one call or answer may be: a list of ten thousand people.
const biggest = 8 << 20

func socketPath(dir string) string { return filepath.Join(dir, socketFile) }

// Listen answers commands on the socket of a data directory until ctx ends. Only the
// user who runs the server can open the socket.
func Listen(ctx context.Context, dir string, commands map[string]Command) error {
	path := socketPath(dir)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) { // left behind by a crash; we hold the lock
		return fmt.Errorf("socket: %w", err)
	}
	old := umask(0o177)
	l, err := net.Listen("unix", path)
	umask(old)
	if err != nil {
		return fmt.Errorf("socket: %w", err)
	}
	stop := context.AfterFunc(ctx, func() { _ = l.Close() }) // closing ends the loop below
	defer stop()
	for {
		c, err := l.Accept()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("socket: %w", err)
		}
		go serve(ctx, c, commands)
	}
}

func serve(ctx context.Context, c net.Conn, commands map[string]Command) {
	defer c.Close()
	_ = c.SetDeadline(deadline(patience)) // a connection that is gone answers by itself
	var in call
	if err := json.NewDecoder(&limited{c, biggest}).Decode(&in); err != nil {
		return
	}
	_ = c.SetReadDeadline(time.Time{})
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() { // who asked went away: then nobody wants it any more
		_, _ = c.Read(make([]byte, 1))
		stop()
	}()
	ctx = WithTell(ctx, teller(c))
	var out answer
	run, ok := commands[in.Command]
	if !ok {
		out.Error = "this server does not know that command"
	} else if v, err := run(ctx, in.Input); err != nil {
		out.Error = err.Error()
	} else if out.Output, err = json.Marshal(v); err != nil {
		out.Error = err.Error()
	}
	_ = c.SetWriteDeadline(deadline(patience))
	_ = json.NewEncoder(c).Encode(out) // the caller sees a broken line when it fails
}

// patience is how long the other side may take to say or hear something.
const patience = time.Minute

// often is the least time between two lines about progress.
const often = 100 * time.Millisecond

// teller writes progress to a connection, now and then.
func teller(c net.Conn) func(Progress) {
	var last time.Time
	step := ""
	return func(p Progress) {
		now := deadline(0)
		if p.Step == step && now.Sub(last) < often {
			return
		}
		last, step = now, p.Step
		_ = c.SetWriteDeadline(now.Add(patience))
		_ = json.NewEncoder(c).Encode(answer{Progress: &p}) // who went away stops the command by that
	}
}

type limited struct {
	net.Conn
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errors.New("too long")
	}
	if len(p) > l.left {
		p = p[:l.left]
	}
	n, err := l.Conn.Read(p)
	l.left -= n
	return n, err
}

// Running reports whether a server answers on the socket of a data directory.
func Running(dir string) bool {
	c, err := net.Dial("unix", socketPath(dir))
	if err != nil {
		return false
	}
	return c.Close() == nil
}

// Ask gives a command to the running server of a data directory. Progress is told to the
// context's Tell; when ctx ends, the server stops.
func Ask(ctx context.Context, dir, command string, input, output any) error {
	raw, err := json.Marshal(input)
	if err != nil {
		return err
	}
	c, err := net.Dial("unix", socketPath(dir))
	if err != nil {
		return fmt.Errorf("reach the running server: %w", err)
	}
	defer c.Close()
	defer context.AfterFunc(ctx, func() { _ = c.Close() })() // the server notices
	if err := json.NewEncoder(c).Encode(call{command, raw}); err != nil {
		return fmt.Errorf("reach the running server: %w", err)
	}
	lines := bufio.NewScanner(c)
	lines.Buffer(nil, biggest)
	for lines.Scan() {
		var out answer
		if err := json.Unmarshal(lines.Bytes(), &out); err != nil {
			return fmt.Errorf("hear from the running server: %w", err)
		}
		switch {
		case out.Progress != nil:
			Tell(ctx, *out.Progress)
		case out.Error != "":
			return errors.New(out.Error)
		default:
			return json.Unmarshal(out.Output, output)
		}
	}
	if ctx.Err() != nil {
		return errors.New("broken off")
	}
	return fmt.Errorf("the running server broke off: %w", errors.Join(lines.Err(), io.ErrUnexpectedEOF))
}
