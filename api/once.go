package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/writing"
)

// receipt is what a write answers: where the new thing is, or nothing.
type receipt struct{ href string }

var done receipt

func made(href string, err error) (receipt, error) { return receipt{href}, err }

func did(err error) (receipt, error) { return done, err }

// wrote is did for an act on a text, which others may have changed meanwhile.
func wrote(part int) func(*writing.Clash, error) (receipt, error) {
	return func(clash *writing.Clash, err error) (receipt, error) {
		if err == nil && clash != nil {
			err = &clashed{clash, part}
		}
		return done, err
	}
}

var keyShape = regexp.MustCompile(`^[A-Za-z0-9_-]{8,100}$`)

// write lets a write with a key be done once, and answered the same each time.
func write[I any](c *call, rt route, in *I, h func(c *call, in *I) (receipt, error)) (receipt, error) {
	if rt.versioned { // before anything is done, also for what is not there
		if _, err := c.base(0); err != nil {
			return done, err
		}
	}
	mark, err := markOf(rt, in, c.ifMatch)
	if err != nil {
		return done, err
	}
	clean(in)
	if c.key == "" {
		return h(c, in)
	}
	if !keyShape.MatchString(c.key) {
		return done, &refusal{status: http.StatusUnprocessableEntity, key: "api.key_shape", at: "header.Idempotency-Key"}
	}
	key := "api/" + c.key
	if was, err := db.ReplyTo(c.ctx, c.DB, c.who.ID, key); err != nil || was.Status != 0 {
		return c.asBefore(was, mark, in, err)
	}
	c.ctx = db.Once(c.ctx, c.who.ID, key)
	r, err := h(c, in)
	if errors.Is(err, db.ErrRepeated) {
		return c.again(key, mark, in)
	}
	return r, c.remember(key, mark, r, err)
}

// markOf tells one request from another that carries the same key.
func markOf(rt route, in any, ifMatch string) (string, error) {
	raw, err := json.Marshal(in)
	if err != nil {
		return "", fmt.Errorf("mark of %s: %w", rt, err)
	}
	sum := sha256.Sum256([]byte(rt.String() + "\n" + ifMatch + "\n" + string(raw)))
	return hex.EncodeToString(sum[:8]), nil
}

// remember keeps what was answered: ids and versions, no text. It returns err. That it
// could not be kept is no reason to call a write that was done refused.
func (c *call) remember(key, mark string, r receipt, err error) error {
	reply := db.Reply{Status: http.StatusOK, Location: mark + " " + r.href}
	var clash *clashed
	if errors.As(err, &clash) {
		reply = db.Reply{Status: http.StatusConflict, Location: strings.Join([]string{mark, clash.Ref.Kind, clash.Ref.ID, strconv.Itoa(clash.Current), clash.YoursID, strconv.Itoa(clash.part)}, " ")}
	} else if err != nil {
		return err // nothing was done
	}
	if e := db.SetReply(c.ctx, c.DB, c.who.ID, key, reply); e != nil {
		c.Log.Error("reply not kept", "error", e.Error())
	}
	return err
}

// How long a repeated write waits for the first one to be answered.
const (
	againTries = 25
	againWait  = 80 * time.Millisecond
)

// again answers a write whose twin is being done, or was a moment ago.
func (c *call) again(key, mark string, in any) (receipt, error) {
	reply, err := db.ReplyTo(c.ctx, c.DB, c.who.ID, key)
	for try := 0; err == nil && reply.Status == 0 && try < againTries; try++ {
		select {
		case <-c.ctx.Done():
			return done, errs.Unavailable("db.busy", c.ctx.Err())
		case <-time.After(againWait):
		}
		reply, err = db.ReplyTo(c.ctx, c.DB, c.who.ID, key)
	}
	if err == nil && reply.Status == 0 { // the answer was lost, in a crash between the act and its reply
		return done, &refusal{status: http.StatusConflict, key: "api.done_already", kind: typeDone}
	}
	return c.asBefore(reply, mark, in, err)
}

// asBefore is the answer that was given the first time.
func (c *call) asBefore(reply db.Reply, mark string, in any, err error) (receipt, error) {
	if err != nil {
		return done, err
	}
	was, rest, _ := strings.Cut(reply.Location, " ")
	if was != mark {
		return done, &refusal{status: http.StatusUnprocessableEntity, key: "api.key_reused", kind: typeReused, at: "header.Idempotency-Key"}
	}
	if reply.Status == http.StatusConflict {
		if of, ok := in.(interface{ trajectoryID() string }); ok { // rights are read anew, also for what was told before
			if _, err := c.seen(of.trajectoryID()); err != nil {
				return done, err
			}
		}
		return done, c.clashAgain(rest)
	}
	return receipt{rest}, nil
}

// clashAgain is the clash as it was told the first time, read anew from the versions: to
// nobody but the writer whose text is kept there.
func (c *call) clashAgain(kept string) error {
	f := strings.Fields(kept)
	if len(f) != 5 {
		return fmt.Errorf("a reply that cannot be read again")
	}
	ref := writing.Ref{Kind: f[0], ID: f[1]}
	all, err := writing.History(c.ctx, c.DB, ref)
	if err != nil {
		return err
	}
	current, _ := strconv.Atoi(f[2]) // as it was written above
	part, _ := strconv.Atoi(f[4])
	x := &clashed{&writing.Clash{Ref: ref, Current: current, YoursID: f[3]}, part}
	for _, v := range all {
		switch {
		case v.ID == f[3] && v.AuthorID == c.who.ID:
			x.Yours = v.Body
		case v.Version == current && v.Kept == "current":
			x.Theirs = v.Body
		}
	}
	if x.Yours == nil {
		return errs.Absent()
	}
	return x
}
