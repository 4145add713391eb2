// Package sample makes whole pages of rooms for the gallery: the handlers and templates of the
// product, with invented people and without a database.
//
// Words: a book is the sentences that the pages of one room need. Promises: a page is registered
// in both languages; it is the same bytes each time, stands still, and asks no server for anything.
package sample

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"regexp"
	"sync"
	"time"

	"github.com/a-h/templ"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/i18n"
	"leerkring/internal/page"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/web/ui/gallery"
)

// Now is the moment of every sample: a Thursday afternoon.
var Now = time.Date(2026, 3, 19, 14, 20, 0, 0, time.UTC)

// Book is what the pages of one room are written with.
type Book struct{ catalog func() *i18n.Catalog }

// NewBook takes the sentences of a room, beside those that every room needs.
func NewBook(texts ...fs.FS) *Book {
	return &Book{sync.OnceValue(func() *i18n.Catalog {
		return i18n.Must(append([]fs.FS{page.Texts, ui.TextFiles, access.Texts, room.Texts, school.Texts, trajectory.Texts}, texts...)...)
	})}
}

// languages are those that every page is shown in, with what the gallery says of it.
var languages = []struct{ tag, says string }{{"nl", ""}, {"en", ", in English"}}

// Page registers a page in one state, as somebody sees it.
func (b *Book) Page(name, state string, who school.Person, draw func(r *room.Request) error) {
	for _, lang := range languages {
		gallery.Register(name, state+lang.says, func(theme string) templ.Component {
			return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
				return b.write(ctx, w, lang.tag, theme, who, draw)
			})
		})
	}
}

func (b *Book) write(ctx context.Context, w io.Writer, lang, theme string, who school.Person, draw func(r *room.Request) error) error {
	reply := &recorder{header: http.Header{}}
	r, err := b.request(ctx, reply, lang, theme, who)
	if err == nil {
		err = draw(r)
	}
	if err == nil {
		_, err = w.Write(still(reply.body.Bytes()))
	}
	return err
}

// request is one of a browser that somebody sits at.
func (b *Book) request(ctx context.Context, w http.ResponseWriter, lang, theme string, who school.Person) (*room.Request, error) {
	library, err := method.Builtin()
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "/", http.NoBody)
	if err != nil {
		return nil, err
	}
	home := school.School{ID: SchoolID, BoardID: BoardID, Name: "Het Baken College", Sector: school.Secondary, Language: lang, Zone: "Europe/Amsterdam"}
	who.Theme = theme
	words := library.Words(method.Sector(home.Sector), lang, nil)
	house := &room.House{Clock: clock.NewFake(Now), Catalog: b.catalog(), Library: library, Rooms: rooms}
	return &room.Request{
		W: w, R: req, House: house, SignIn: "sample", Words: words, T: house.Catalog.Texts(lang, words.All(), home.Location()),
		Known: school.Known{Person: who, Who: Who(who), Schools: []school.School{home}},
	}, nil
}

var rooms = []room.Entry{
	{Key: "week", Href: "/week", Icon: "calendar"}, {Key: "trajectories", Href: "/trajectories", Icon: "orbit"},
	{Key: "people", Href: "/people", Icon: "users"}, {Key: "school", Href: "/school", Icon: "school"},
}

var (
	script = regexp.MustCompile(`<script [^>]*></script>`)
	drawn  = regexp.MustCompile(`(name="(?:idempotency_key|[^"]*newid)" value=")[^"]*"`)
)

// still takes away what would ask a server, and what chance put in.
func still(page []byte) []byte {
	return drawn.ReplaceAll(script.ReplaceAll(page, nil), []byte(`${1}sample"`))
}

// recorder keeps an answer in memory.
type recorder struct {
	header http.Header
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(int)             {}
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }

// Library is what the packs of samples come from.
func Library() *method.Library {
	library, err := method.Builtin()
	if err != nil {
		panic(fmt.Sprintf("sample: %v", err)) // the tests of the library find it first
	}
	return library
}
