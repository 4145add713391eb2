package bring

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"leerkring/internal/errs"
	"leerkring/internal/foreign"
)

// ReadFile reads a board by what is in the file, whatever its name says.
func ReadFile(raw []byte) (Board, error) {
	var b Board
	var err error
	switch body := bytes.TrimSpace(bytes.TrimPrefix(raw, []byte{0xEF, 0xBB, 0xBF})); {
	case len(body) == 0:
		return b, errs.Invalid("bring.file_empty").On("file")
	case foreign.IsZip(raw):
		b, err = readPlanner(raw)
	case foreign.IsCompound(raw):
		return b, errs.Invalid("bring.file_old").On("file")
	case body[0] == '{':
		b, err = readTrello(body)
	default:
		return b, errs.Invalid("bring.not_a_board").On("file")
	}
	if err == nil {
		err = b.check()
	}
	if err != nil {
		return Board{}, err
	}
	return b, nil
}

// refusal says in our words what is wrong with a file.
func refusal(err error) error {
	switch {
	case errors.Is(err, foreign.ErrBomb), errors.Is(err, foreign.ErrPaths):
		return errs.Invalid("bring.file_strange").On("file")
	case errors.Is(err, foreign.ErrWide):
		return errs.Invalid("bring.file_wide", "n", mostColumns).On("file")
	}
	return errs.Invalid("bring.file_damaged").On("file")
}

// Limits of a board that goes along in a form: packed, and unpacked.
const (
	mostPacked = 600_000
	mostPlain  = 16 << 20
)

// Pack is the board as it goes along with what somebody chooses about it.
func (b Board) Pack() (string, error) {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if err := json.NewEncoder(z).Encode(b); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	s := base64.RawURLEncoding.EncodeToString(out.Bytes())
	if len(s) > mostPacked {
		return "", errs.Invalid("bring.much_text").On("file")
	}
	return s, nil
}

// Unpack reads a board that went along. It came from a browser: it is as strange as a file.
func Unpack(s string) (Board, error) {
	damaged := errs.Invalid("bring.choose_again").On("file")
	z, err := gzip.NewReader(base64.NewDecoder(base64.RawURLEncoding, strings.NewReader(s)))
	if err != nil {
		return Board{}, damaged
	}
	raw, err := io.ReadAll(io.LimitReader(z, mostPlain+1))
	if err != nil || len(raw) > mostPlain {
		return Board{}, damaged
	}
	if things, err := bounded(raw); err != nil || things > 3*MaxEntries {
		return Board{}, damaged
	}
	var b Board
	if json.Unmarshal(raw, &b) != nil || b.Origin != Trello && b.Origin != Planner || b.check() != nil {
		return Board{}, damaged
	}
	b.tidy()
	return b, nil
}

// tidy cleans what may have been changed underway.
func (b *Board) tidy() {
	b.Name = line(b.Name)
	var unread []string
	for _, s := range b.Unread {
		unread = with(unread, line(s))
	}
	b.Unread = unread
	for i := range b.Lists {
		l := &b.Lists[i]
		l.Name = line(l.Name)
		for j := range l.Cards {
			c := &l.Cards[j]
			c.Name, c.Text, c.Due = line(c.Name), text(c.Text), line(c.Due)
			for _, list := range []*[]string{&c.People, &c.Labels, &c.Links} {
				var clean []string
				for _, s := range *list {
					clean = with(clean, line(s))
				}
				*list = clean
			}
			for k := range c.Steps {
				c.Steps[k].Text = line(c.Steps[k].Text)
			}
		}
	}
}
