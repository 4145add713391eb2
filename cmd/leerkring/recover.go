package main

import (
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"leerkring/backup"
)

type keysCommand struct {
	Show    keysShow    `cmd:"" help:"Print the keys of this installation, to keep on paper: without them no backup opens."`
	Recover keysRecover `cmd:"" help:"Read the keys from paper (standard input) and write them to their file."`
}

type keysShow struct {
	Data string `help:"Directory of the embedded database." default:"data" type:"path"`
	Keys string `help:"File with the keys of this installation." type:"path"`
}

type keysRecover struct {
	Data string `help:"Directory of the embedded database." default:"data" type:"path"`
	Keys string `help:"New file for the keys." type:"path"`
}

// onPaper is an alphabet without letters that are read as another.
var onPaper = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

const sumBytes = 4

// paper writes keys as groups of four with a check in them.
func paper(keys []byte) string {
	sum := sha256.Sum256(keys)
	text := onPaper.EncodeToString(append(append([]byte{}, keys...), sum[:sumBytes]...))
	var groups []string
	for len(text) > 4 {
		groups, text = append(groups, text[:4]), text[4:]
	}
	return strings.Join(append(groups, text), " ")
}

var errSlip = errors.New("these are not the keys: there is a slip in them, or something is missing")

// fromPaper reads them back, as somebody typed them.
func fromPaper(typed string) ([]byte, error) {
	text := strings.NewReplacer("O", "0", "I", "1", "L", "1", " ", "", "-", "", "\n", "", "\r", "", "\t", "").Replace(strings.ToUpper(typed))
	raw, err := onPaper.DecodeString(text)
	if err != nil || len(raw) != keyBytes+sumBytes {
		return nil, errSlip
	}
	keys := raw[:keyBytes]
	sum := sha256.Sum256(keys)
	if string(sum[:sumBytes]) != string(raw[keyBytes:]) {
		return nil, errSlip
	}
	return keys, nil
}

// Run prints the keys.
func (c *keysShow) Run(s *streams) error {
	keys, err := readKeys(c.Keys, c.Data)
	if err != nil {
		return err
	}
	mark, err := backup.Mark(keys)
	if err != nil {
		return err
	}
	fmt.Fprintln(s.out, paper(keys))
	_, err = fmt.Fprintf(s.err, "These are the keys %s. Who has them and a backup can read everything: keep them on paper or in a vault, not beside the backups.\n", mark)
	return err
}

const longestPaper = 4 << 10

// in is where keys are typed; a test gives another.
var in io.Reader = os.Stdin

// Run writes the keys to their file.
func (c *keysRecover) Run(s *streams) error {
	at := keysAt(c.Keys, c.Data)
	if _, err := os.Stat(at); err == nil {
		return fmt.Errorf("%s is there already; nothing was written", at)
	}
	fmt.Fprintln(s.err, "Type the keys, and end with an empty line or Ctrl-D:")
	typed, err := untilEmpty(in)
	if err != nil {
		return err
	}
	keys, err := fromPaper(typed)
	if err != nil {
		return err
	}
	if err := writeKeys(at, keys); err != nil {
		return err
	}
	mark, err := backup.Mark(keys)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "the keys %s are in %s\n", mark, at)
	return err
}

// untilEmpty reads lines up to an empty one.
func untilEmpty(r io.Reader) (string, error) {
	raw, err := io.ReadAll(io.LimitReader(&stopAtEmpty{r: r}, longestPaper))
	return string(raw), err
}

type stopAtEmpty struct {
	r    io.Reader
	last byte
	some bool
	end  bool
}

func (s *stopAtEmpty) Read(p []byte) (int, error) {
	if s.end || len(p) == 0 {
		return 0, io.EOF
	}
	n, err := s.r.Read(p[:1])
	if n == 1 {
		s.end = p[0] == '\n' && s.last == '\n' && s.some
		s.some = s.some || p[0] > ' '
		s.last = p[0]
	}
	return n, err
}
