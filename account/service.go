package account

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/go-webauthn/webauthn/webauthn"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/ident"
	"leerkring/internal/outgoing"
	"leerkring/internal/sealed"
)

// Config is what the installation decides.
type Config struct {
	// BaseURL is where people reach the house. Every link is made from it, never from a
	// request, and passkeys hold for its host only.
	BaseURL string
	// Demo lets links and tokens be used as often as needed. Only the demo sets it, and
	// without it reusable links in a database are dead.
	Demo bool
	// Key seals what lies in the database and must not be read there. Without one a key is
	// made for this run.
	Key []byte
	// Outgoing calls the logins of schools. Without one only public addresses are called.
	Outgoing *http.Client
}

// Service is what can be done at the door.
type Service struct {
	db    *db.DB
	clock clock.Clock
	post  Post
	log   *Log
	base  *url.URL
	keys  *webauthn.WebAuthn // nil where the base address is a bare IP address: no passkeys there
	demo  bool
	box   *sealed.Box
	out   *http.Client
	known sync.Map // logins that were looked up, by id
	hash  hasher
	also  func(ctx context.Context, tx *db.Tx, personID string) error // what other rooms take away when an account closes
}

// EndsAlso lets another room take away what it gave somebody whose account closes, in that
// act. It is called once, before the first act.
func (s *Service) EndsAlso(f func(ctx context.Context, tx *db.Tx, personID string) error) { s.also = f }

// NewService returns the acts of this room on a database. Letters go out through post.
func NewService(d *db.DB, c clock.Clock, post Post, log *Log, cfg Config) (*Service, error) {
	base, err := url.Parse(cfg.BaseURL)
	if err != nil || base.Host == "" || (base.Scheme != "https" && base.Scheme != "http") || base.RawQuery != "" || base.Fragment != "" {
		return nil, fmt.Errorf("base address must look like https://leerkring.school.nl")
	}
	base.Path = strings.TrimRight(base.Path, "/")
	keys, err := ceremonies(base)
	if err != nil {
		return nil, fmt.Errorf("passkeys for %s: %w", base.Host, err)
	}
	if len(cfg.Key) == 0 {
		cfg.Key = []byte(ident.Secret())
	}
	box, err := sealed.New(cfg.Key)
	if err != nil {
		return nil, err
	}
	if cfg.Outgoing == nil {
		cfg.Outgoing = outgoing.New(outgoing.Options{})
	}
	return &Service{db: d, clock: c, post: post, log: log, base: base, keys: keys, demo: cfg.Demo, box: box, out: cfg.Outgoing, hash: newHasher()}, nil
}

// Paths of the pages that a link opens; the secret is the last part.
const (
	SignInPath     = "/sign-in/link/"
	InvitationPath = "/invitations/"
)

func (s *Service) address(path, secret string) string { return s.base.String() + path + secret }
