package school

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
)

// Also is what another room does in the same act, given by the caller: a sign-in that
// ends, an invitation, a line in the security log. nil is nothing.
type Also func(ctx context.Context, tx *db.Tx) error

func (a Also) do(ctx context.Context, tx *db.Tx) error {
	if a == nil {
		return nil
	}
	return a(ctx, tx)
}

// Settings are what an admin decides about a school.
type Settings struct {
	Name      string
	Sector    Sector
	Language  string
	Words     map[string]string // the school's own words, by token; an empty one is the sector's
	ChangeCap int
	Colour    Colour // "" leaves it as it is
}

// Settle changes the settings of a school. Who: an admin of the school. version is the one
// that the page showed.
func (s *Service) Settle(ctx context.Context, who access.Who, schoolID string, version int, n Settings, also Also) error {
	own, err := ownWords(n.Words)
	if err != nil {
		return err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		sc, err := s.allowed(ctx, tx, who, access.Edit, access.SchoolSettings, schoolID)
		if err != nil {
			return err
		}
		next := sc.with(n, own)
		if err := next.Check(); err != nil {
			return err
		}
		changed, err := db.Exec(ctx, tx, `update school set name = $3, sector = $4, language = $5, zone = $6, words = $7, change_cap = $8, colour = $9, version = version + 1
			where id = $1 and version = $2`, schoolID, version, next.Name, string(next.Sector), next.Language, next.Zone, db.JSON(own), next.ChangeCap, string(next.Colour))
		if err != nil {
			return err
		}
		if changed == 0 {
			return errs.Conflict("form.changed_meanwhile")
		}
		if err := journal.Append(ctx, tx, journal.Entry{At: s.clock.Now(), ActorID: who.ID, Kind: "school.changed", ObjectKind: "school", ObjectID: schoolID, SchoolID: schoolID, From: version, To: version + 1}); err != nil {
			return err
		}
		return also.do(ctx, tx)
	})
	return errs.Because(err, "settings of school %s", schoolID)
}

// with returns the school with other settings. A school that moves to the other country
// and never chose a zone gets the zone of that country.
func (s School) with(n Settings, own map[string]string) School {
	usual := withDefaults(School{Sector: s.Sector}).Zone
	if s.Zone == usual {
		s.Zone = withDefaults(School{Sector: n.Sector}).Zone
	}
	s.Name, s.Sector, s.Language, s.Words, s.ChangeCap = strings.TrimSpace(n.Name), n.Sector, n.Language, own, n.ChangeCap
	if n.Colour != "" {
		s.Colour = n.Colour
	}
	return s
}

const (
	mostWords   = 30
	longestWord = 30
)

var wordToken = regexp.MustCompile(`^[a-z]{2,30}$`)

// ownWords keeps the words that were filled in. A word stands in sentences: no braces, for
// those are places for words, and nothing that cannot be seen.
func ownWords(words map[string]string) (map[string]string, error) {
	own := map[string]string{}
	var refused []error
	for token, word := range words {
		word = strings.TrimSpace(word)
		switch {
		case word == "":
		case !wordToken.MatchString(token), utf8.RuneCountInString(word) > longestWord, strings.ContainsAny(word, "{}[]<>"), strings.ContainsFunc(word, unseen):
			refused = append(refused, errs.Invalid("school.own_word", "n", longestWord).On("word-"+token))
		default:
			own[token] = word
		}
	}
	if len(own) > mostWords {
		refused = append(refused, errs.Invalid("school.own_words_many", "n", mostWords))
	}
	return own, errs.Join(refused...)
}

// Schools returns the schools of the own board whose accounts who may read, by name: what
// an admin and a privacy officer look after.
func (s *Service) Schools(ctx context.Context, who access.Who) ([]School, error) {
	all, err := db.All(ctx, s.db, `select `+schoolColumns+` from school s where s.board_id = $1 order by s.name, s.id`, schoolFields, who.BoardID)
	var out []School
	for _, sc := range all {
		if access.May(who, access.Read, object(access.Account, sc)) {
			out = append(out, sc)
		}
	}
	return out, err
}
