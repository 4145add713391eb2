package media

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

var (
	jpegStart = []byte{0xff, 0xd8, 0xff}
	pngStart  = []byte("\x89PNG\r\n\x1a\n")
)

// format is a kind of picture that we read: those that every phone can send. A phone that
// keeps its photos as HEIC sends a JPEG when a page asks for that.
type format struct {
	config func([]byte) (image.Config, error)
	decode func([]byte) (image.Image, error)
	turn   func([]byte) turn
}

// formatOf looks at the content. A file that is two things at once is read as the first.
func formatOf(raw []byte) (format, bool) {
	switch {
	case bytes.HasPrefix(raw, jpegStart):
		return format{
			config: func(b []byte) (image.Config, error) { return jpeg.DecodeConfig(bytes.NewReader(b)) },
			decode: func(b []byte) (image.Image, error) { return jpeg.Decode(bytes.NewReader(b)) },
			turn:   turnOf,
		}, true
	case bytes.HasPrefix(raw, pngStart):
		return format{
			config: func(b []byte) (image.Config, error) { return png.DecodeConfig(bytes.NewReader(b)) },
			decode: func(b []byte) (image.Image, error) { return png.Decode(bytes.NewReader(b)) },
			turn:   func([]byte) turn { return upright },
		}, true
	}
	return format{}, false
}

// measure tells how many pixels decoding would make, without decoding, and refuses what
// must not be decoded at all.
func measure(raw []byte) (int, error) {
	if len(raw) > MaxUpload {
		return 0, errTooLarge
	}
	f, ok := formatOf(raw)
	if !ok {
		return 0, errNoPicture
	}
	c, err := f.config(raw)
	if err != nil || c.Width <= 0 || c.Height <= 0 {
		return 0, errors.Join(errDamaged, err)
	}
	if c.Width > maxPixels || c.Height > maxPixels/c.Width {
		return 0, errPixels
	}
	// Each scan goes over the whole picture: thousands of empty ones cost minutes.
	if scans(raw) > maxScans {
		return 0, errDamaged
	}
	return c.Width * c.Height, nil
}

// drawn is a picture as it is kept.
type drawn struct {
	raw           []byte
	width, height int
}

// drawAnew decodes a file that was measured and draws it anew: upright, not too large, on
// white, with nothing of the file but its pixels.
func drawAnew(raw []byte) (drawn, error) {
	f, ok := formatOf(raw)
	if !ok {
		return drawn{}, errNoPicture
	}
	src, err := f.decode(raw)
	if err != nil {
		return drawn{}, errors.Join(errDamaged, err)
	}
	dst := f.turn(raw).apply(scaled(src))
	var out bytes.Buffer
	if err := jpeg.Encode(&out, dst, &jpeg.Options{Quality: quality}); err != nil {
		return drawn{}, err
	}
	return drawn{out.Bytes(), dst.Bounds().Dx(), dst.Bounds().Dy()}, nil
}

// scaled draws a picture on white, no larger than we keep it. A large one is halved first:
// the quick way to scale looks at four pixels, and would drop thin lines between them.
func scaled(src image.Image) *image.RGBA {
	for {
		w, h := src.Bounds().Dx(), src.Bounds().Dy()
		last := max(w, h) <= 2*side
		if last {
			w, h = fitting(w, h)
		} else {
			w, h = max(1, w/2), max(1, h/2)
		}
		dst := image.NewRGBA(image.Rect(0, 0, w, h))
		draw.Draw(dst, dst.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
		draw.ApproxBiLinear.Scale(dst, dst.Bounds(), src, src.Bounds(), draw.Over, nil)
		if last {
			return dst
		}
		src = dst
	}
}

// fitting scales down to the longest side that we keep; never up.
func fitting(w, h int) (int, int) {
	longest := max(w, h)
	if longest <= side {
		return w, h
	}
	return max(1, w*side/longest), max(1, h*side/longest)
}
