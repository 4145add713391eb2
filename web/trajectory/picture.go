package trajectory

import (
	"strconv"

	"leerkring/access"
	"leerkring/block/contribution"
	"leerkring/internal/errs"
	"leerkring/internal/page"
	"leerkring/media"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// What a phone is asked for: with these kinds it makes a JPEG of a photo that it keeps in a
// kind of its own, and offers the camera as well as the photos that are there. Asking for
// the camera alone would shut out the photo that was made during the hour.
const photoKinds = "image/jpeg,image/png"

// Hidden fields of a form whose photo was taken in, and that came back for another reason.
const (
	keptPhoto = "photo_kept"
	leftPhoto = "photo_off"
)

// picture is a photo in a thread.
type picture struct {
	ID            string
	Href          string // the photo on its own
	Width, Height string
	Alt           string
}

// photoForm is where a photo is chosen, with the words for whoever does not see it.
type photoForm struct {
	File ui.Field
	Alt  ui.Field
	Kept string // the id of a photo that came with the form before
	Off  bool
	Open bool
}

func picturesOf(seen trajectory.Seen, c contribution.Contribution) (out []picture) {
	for _, p := range c.Pictures {
		out = append(out, picture{ID: p.ID, Href: "/trajectories/" + seen.ID + "/contributions/" + c.ID + "/pictures/" + p.ID,
			Width: strconv.Itoa(p.Width), Height: strconv.Itoa(p.Height), Alt: p.Alt})
	}
	return out
}

// photoFields makes the fields for a photo; id names them where forms repeat.
func photoFields(r *room.Request, id, was, wrong func(string) string) photoForm {
	f := photoForm{Kept: was(keptPhoto), Off: was(leftPhoto) != ""}
	f.File = ui.Field{Name: media.Field, Label: r.T.T("trajectory.photo"), Hint: r.T.T("trajectory.photo_hint", "max", media.MaxUpload>>20), Error: wrong(media.Field)}
	f.Alt = ui.Field{Name: media.AltField, Label: r.T.T("trajectory.photo_alt"), Hint: r.T.T("trajectory.photo_alt_hint"), Value: was(media.AltField), Error: wrong(media.AltField), Max: 300}
	f.File.ID, f.Alt.ID = id(media.Field), id(media.AltField)
	f.Open = f.Kept != "" || f.Alt.Value != "" || f.File.Error != "" || f.Alt.Error != ""
	return f
}

// photo takes in the photo of a form. When the form comes back for another reason, the photo
// stays: a phone does not keep what its camera made for a page.
func (rm *Room) photo(r *room.Request, f *page.Form, schoolID string) ([]media.Placed, error) {
	kept, off, alt := f.ID(keptPhoto), f.Bool(leftPhoto), f.Line(media.AltField, 600)
	file, chosen := f.File(media.Field)
	switch {
	case file.TooBig:
		return nil, media.TooLarge()
	case chosen:
		p, err := rm.Media.Take(r.Ctx(), r.Who(), schoolID, file.Data)
		if err != nil {
			return nil, err
		}
		if err := rm.putAside(r, kept); err != nil {
			return nil, err
		}
		kept = p.ID
		f.Set(leftPhoto, "")
	case off && kept != "":
		if err := rm.putAside(r, kept); err != nil {
			return nil, err
		}
		kept = ""
	}
	f.Set(keptPhoto, kept)
	if kept == "" {
		return nil, nil
	}
	p := media.Placed{ID: kept, Alt: alt}
	return []media.Placed{p}, p.Check()
}

func (rm *Room) putAside(r *room.Request, id string) error {
	if id == "" {
		return nil
	}
	return rm.Media.Discard(r.Ctx(), r.Who(), id)
}

// refusedWith shows a form again with its photo, or puts the photo aside when the form goes
// another way: it was sent twice, or what it was for is not there.
func (rm *Room) refusedWith(r *room.Request, err error, again room.Handler) error {
	kept := r.Form().Typed(keptPhoto)
	if kept == "" {
		return r.Refused(err, again)
	}
	switch errs.KindOf(err) {
	case errs.KindInvalid, errs.KindConflict, errs.KindLimited, errs.KindUnavailable:
		if waits, e := rm.Media.Waits(r.Ctx(), r.Who(), kept); e == nil && !waits {
			r.Form().Set(keptPhoto, "")
		}
		return r.Refused(err, again)
	}
	if e := rm.putAside(r, kept); e != nil {
		return errs.Because(err, "and the photo: %v", e)
	}
	return err
}

// Picture sends a photo, with the right of the words beside it, read now.
func (rm *Room) Picture(r *room.Request) error {
	id, cid, err := rm.ids(r)
	if err != nil {
		return err
	}
	pid, err := r.ID("picture")
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	p, err := rm.Contributions.Picture(r.Ctx(), q, seen, cid, pid)
	if err != nil {
		return err
	}
	raw, err := rm.Media.Read(p)
	if err != nil {
		return err
	}
	r.W.Header().Set("Cache-Control", "private, no-store")
	r.W.Header().Set("Content-Disposition", "inline")
	page.Send(r.W, r.R, 200, media.Kind, raw)
	return nil
}

// AddPicture puts a photo beside one's own words.
func (rm *Room) AddPicture(r *room.Request) error {
	id, cid, err := rm.ids(r)
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err == nil {
		err = rm.Contributions.MayPicture(r.Ctx(), q, seen, cid)
	}
	if err != nil {
		return err
	}
	f := r.Form()
	placed, err := rm.photo(r, f, seen.SchoolID)
	if err == nil && len(placed) == 0 {
		err = errs.Invalid("trajectory.photo_none").On(media.Field)
	}
	if err := errs.Join(f.Err(), err); err != nil {
		return rm.refusedWith(r, err, rm.One)
	}
	if err := rm.Contributions.AddPicture(r.Ctx(), r.Who(), id, cid, placed[0]); err != nil {
		return rm.refusedWith(r, err, rm.One)
	}
	return r.Said("/trajectories/"+id+"/contributions/"+cid, "photo_added")
}

// RemovePicture takes one's own photo away; the words stay.
func (rm *Room) RemovePicture(r *room.Request) error {
	id, cid, err := rm.ids(r)
	if err != nil {
		return err
	}
	pid, err := r.ID("picture")
	if err != nil {
		return err
	}
	if err := rm.Contributions.RemovePicture(r.Ctx(), r.Who(), id, cid, pid); err != nil {
		return r.Refused(err, rm.One)
	}
	return r.Said("/trajectories/"+id+"/contributions/"+cid, "photo_removed")
}

// mayWrite refuses who cannot answer here at all, before a file is looked at.
func mayWrite(seen trajectory.Seen) error {
	if seen.May(access.Create, access.Contribution, "") {
		return nil
	}
	return seen.Must(access.Create, access.Reaction, "")
}
