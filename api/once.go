package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"

	"leerkring/internal/db"
	"leerkring/writing"
)

// receipt is what a write answers: the id of the new thing, or nothing.
type receipt struct{ id string }

var done receipt

func made(id string, err error) (receipt, error) { return receipt{id}, err }

func did(err error) (receipt, error) { return done, err }

// wrote is did for an act on a text, which others may have changed meanwhile.
func wrote(clash *writing.Clash, err error) (receipt, error) {
	if err == nil && clash != nil {
		err = &clashed{Clash: clash}
	}
	return done, err
}

var keyShape = regexp.MustCompile(`^[A-Za-z0-9_-]{8,100}$`)

// write lets a write with a key be done once, and answered the same each time. What the
// answer needs is kept in the act's own transaction: no moment exists at which the act
// was done and its answer is lost.
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
	r, err := once(c, mark, in, h)
	var clash *clashed
	if errors.As(err, &clash) {
		clash.part = rt.moves
	}
	return r, err
}

func once[I any](c *call, mark string, in *I, h func(c *call, in *I) (receipt, error)) (receipt, error) {
	if c.key == "" {
		return h(c, in)
	}
	if !keyShape.MatchString(c.key) {
		return done, &refusal{status: http.StatusUnprocessableEntity, key: "api.key_shape", at: "header.Idempotency-Key"}
	}
	key := "api/" + c.key
	if told, before, err := db.ToldBy(c.ctx, c.DB, c.who.ID, key); err != nil || before {
		return c.again(told, mark, in, err)
	}
	c.ctx = db.OnceAs(c.ctx, db.Key{Actor: c.who.ID, Key: key, Mark: mark})
	r, err := h(c, in)
	if errors.Is(err, db.ErrRepeated) { // its twin was quicker, by a moment
		told, _, err := db.ToldBy(c.ctx, c.DB, c.who.ID, key)
		return c.again(told, mark, in, err)
	}
	return r, err
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

// again is the answer that was given, or would have been, the first time.
func (c *call) again(told db.Told, mark string, in any, err error) (receipt, error) {
	if err != nil {
		return done, err
	}
	if told.Mark != mark {
		return done, &refusal{status: http.StatusUnprocessableEntity, key: "api.key_reused", kind: typeReused, at: "header.Idempotency-Key"}
	}
	if told.Clash == "" {
		return receipt{told.Object}, nil
	}
	if of, ok := in.(interface{ trajectoryID() string }); ok { // rights are read anew, also for what was told before
		if _, err := c.seen(of.trajectoryID()); err != nil {
			return done, err
		}
	}
	return wrote(writing.ClashTold(c.ctx, c.DB, told.Clash, c.who.ID))
}
