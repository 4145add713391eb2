package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"leerkring/account"
	"leerkring/instance"
	"leerkring/internal/blob"
	"leerkring/internal/db"
	"leerkring/internal/i18n"
	"leerkring/internal/job"
	"leerkring/leaving"
	"leerkring/method"
	"leerkring/notify"
)

// leavingPlan is what goes along with somebody and what erasing takes, by the register. That
// the register and the rooms fit is a matter of the program, not of its data.
var leavingPlan = sync.OnceValue(func() leaving.Plan {
	p, err := leaving.NewPlan(kept(), mine())
	if err != nil {
		panic(err)
	}
	return p
})

// speak gives texts where no page and no school says in which words.
func speak() leaving.Speak {
	all := sync.OnceValue(func() func(lang string) *i18n.Texts {
		catalog, err := texts()
		if err != nil {
			panic(err) // the program would not have begun
		}
		library, err := method.Builtin()
		if err != nil {
			panic(err)
		}
		return func(lang string) *i18n.Texts {
			return catalog.Texts(lang, library.Words(method.Sector("vo"), lang, nil).All(), nil)
		}
	})
	return func(lang string) *i18n.Texts { return all()(lang) }
}

// goodbye wires the room that lets people take their things along, and erases.
func (h *house) goodbye() {
	h.leaving = leaving.NewService(leaving.Wiring{
		DB: h.db, Clock: h.clock, Log: account.NewLog(h.clock, h.set.LogKey), Plan: leavingPlan(), Pictures: h.files, Speak: speak(),
		Exports: sync.OnceValues(func() (*blob.Dir, error) {
			dir, err := dataOf(h.set)
			if err != nil {
				return nil, err
			}
			return blob.Open(instance.Exports(dir))
		}),
		Remove: func(ctx context.Context, id string) error {
			return h.pictures.Remove(ctx, job.Job{Payload: job.IDs{"picture": id}})
		},
	})
	h.accounts.EndsAlso(func(ctx context.Context, tx *db.Tx, personID string) error {
		return errors.Join(notify.End(ctx, tx, personID), h.leaving.End(ctx, tx, personID))
	})
}

// letGo are the jobs of that room.
func (h *house) letGo() {
	h.jobs.Handle(leaving.KindMake, h.leaving.Make)
	h.jobs.Handle(leaving.KindErase, h.leaving.Run)
	h.jobs.Handle(leaving.KindClean, h.leaving.Clean)
	h.jobs.Repeat(leaving.KindClean, job.Every(time.Hour))
	h.jobs.Handle(leaving.KindKeep, h.leaving.Keep)
	h.jobs.Repeat(leaving.KindKeep, job.Every(time.Hour))
}
