package media

import (
	"time"

	"leerkring/internal/errs"
)

// Picture is a picture as it is kept: a JPEG, upright.
type Picture struct {
	ID     string
	Alt    string // what it shows; "" while it waits
	Width  int
	Height int
	hash   string
}

// Kind is what every picture is, whatever it came as.
const Kind = "image/jpeg"

// Limits. A phone's photo of today has 12 to 50 megapixels and 3 to 10 MB.
const (
	MaxUpload  = 12 << 20       // bytes of a file as it comes
	maxPixels  = 40_000_000     // of a file as it comes
	side       = 2000           // pixels of the longest side of what is kept: text on a board stays readable
	MaxBeside  = 3              // pictures beside one text
	maxAlt     = 300            // characters
	ofPerson   = 300 << 20      // bytes that one person may keep: some hundreds of pictures
	ofSchool   = 10 << 30       // bytes of a school
	maxWaiting = 20             // pictures of one person that wait
	waitsFor   = 24 * time.Hour // as trust.md says of abandoned uploads
	megabyte   = 1 << 20        //
	megapixel  = 1_000_000      //
	quality    = 82             // of the JPEG
	maxScans   = 100            // of a JPEG: cameras write one, the web about ten
	atOnce     = 2 * perPicture // pixels that are being decoded at the same time
	perPicture = maxPixels / 2  // a small one counts for this: two at once, or one large
	tooMany    = 0.05           // part of the files that a sweep may take without asking
	fewFiles   = 20             // a sweep of so few needs no asking
	sweepAfter = 24 * time.Hour // younger files may still get their row
)

// Placed is a waiting picture that gets its place.
type Placed struct {
	ID  string
	Alt string
}

// Ref names the words that a picture belongs to.
type Ref struct{ Kind, ID string }

// Refusals. All of them are about the file, except the one about the words beside it.
var (
	errTooLarge  = errs.Invalid("media.too_large", "max", MaxUpload/megabyte).On(Field)
	errNoPicture = errs.Invalid("media.no_picture").On(Field)
	errPixels    = errs.Invalid("media.too_many_pixels", "max", maxPixels/megapixel).On(Field)
	errDamaged   = errs.Invalid("media.damaged").On(Field)
	errGone      = errs.Invalid("media.gone").On(Field)
	errMany      = errs.Invalid("media.too_many", "max", MaxBeside).On(Field)
	errPerson    = errs.Invalid("media.person_full").On(Field)
	errSchool    = errs.Invalid("media.school_full").On(Field)
	errWaiting   = errs.Limited("media.too_many_waiting")
)

// Names of the fields of a form that takes a picture.
const (
	Field    = "photo"
	AltField = "alt"
)

// TooLarge is the refusal of a file that was too large to read.
func TooLarge() error { return errTooLarge }
