package instance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
	Output json.RawMessage `json:"output,omitempty"`
	Error  string          `json:"error,omitempty"`
}

// biggest is the most that one call or answer may be.
const biggest = 1 << 20

func socketPath(dir string) string { return filepath.Join(dir, "leerkring.sock") }

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
	_ = c.SetDeadline(deadline(time.Minute)) // a connection that is gone answers by itself
	var in call
	if err := json.NewDecoder(&limited{c, biggest}).Decode(&in); err != nil {
		return
	}
	var out answer
	run, ok := commands[in.Command]
	if !ok {
		out.Error = "this server does not know that command"
	} else if v, err := run(ctx, in.Input); err != nil {
		out.Error = err.Error()
	} else if out.Output, err = json.Marshal(v); err != nil {
		out.Error = err.Error()
	}
	_ = json.NewEncoder(c).Encode(out) // the caller sees a broken line when it fails
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

// Ask gives a command to the running server of a data directory.
func Ask(dir, command string, input, output any) error {
	raw, err := json.Marshal(input)
	if err != nil {
		return err
	}
	c, err := net.Dial("unix", socketPath(dir))
	if err != nil {
		return fmt.Errorf("reach the running server: %w", err)
	}
	defer c.Close()
	if err := json.NewEncoder(c).Encode(call{command, raw}); err != nil {
		return fmt.Errorf("reach the running server: %w", err)
	}
	var out answer
	if err := json.NewDecoder(&limited{c, biggest}).Decode(&out); err != nil {
		return fmt.Errorf("hear from the running server: %w", err)
	}
	if out.Error != "" {
		return errors.New(out.Error)
	}
	return json.Unmarshal(out.Output, output)
}
