package authoring

import (
	"context"
	"strconv"
	"strings"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/writing"
)

// DraftKey names what somebody is typing in a part, on the version of it that they read: what a
// colleague saves meanwhile is not lost by it.
func DraftKey(id, part string, base int) string {
	return typingIn(id, part) + strconv.Itoa(base)
}

// TypingIn begins the keys of what somebody is typing in a pack.
func TypingIn(id string) string { return "own_pack/" + id + "/" }

func typingIn(id, part string) string { return TypingIn(id) + part + "/" }

// Typed is what somebody was typing in a part and did not save, as the form names it.
type Typed struct {
	Base   int          // the version of the part that they read
	Was    writing.Body // the values of that version
	Fields writing.Body
}

// Typing gives the newest of what somebody typed in each part, out of their drafts under the key
// of the pack. Was is still empty.
func (p Pack) Typing(drafts map[string]writing.Body) map[string]Typed {
	out := map[string]Typed{}
	for key, fields := range drafts {
		part, version, ok := strings.Cut(strings.TrimPrefix(key, TypingIn(p.ID)), "/")
		base, err := strconv.Atoi(version)
		at, known := p.Parts[part]
		if ok && err == nil && known && base > 0 && base <= at && base > out[part].Base {
			out[part] = Typed{Base: base, Fields: fields}
		}
	}
	return out
}

// At gives the values of a part in one of its versions. The caller has reached the pack.
func (s *Service) At(ctx context.Context, p Pack, part string, version int) (writing.Body, error) {
	if version == p.Parts[part] {
		return Fill(p.Draft, part), nil
	}
	was, err := writing.At(ctx, s.db, RefOf(p.ID, part), version)
	return was.Body, err
}

// Forget lets go of what the person asking was typing in a part. Who: staff of the school, of
// their own.
func (s *Service) Forget(ctx context.Context, who access.Who, id, part string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, _, err := reach(ctx, tx, who, id, access.Edit); err != nil {
			return err
		}
		return writing.DropOwn(ctx, tx, who.ID, typingIn(id, part))
	})
}
