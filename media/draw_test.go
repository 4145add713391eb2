package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"runtime"
	"strings"
	"testing"
	"time"

	"leerkring/internal/errs"
)

// made is what the house keeps of a file, or why it refuses.
func made(raw []byte) (drawn, error) {
	if _, err := measure(raw); err != nil {
		return drawn{}, err
	}
	return drawAnew(raw)
}

func TestAPhotoIsKeptAsASmallerJPEG(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		raw        []byte
		wide, high int
	}{
		{"a small JPEG", asJPEG(t, sheet(640, 480)), 640, 480},
		{"a small PNG", asPNG(t, sheet(640, 480)), 640, 480},
		{"a large one", asJPEG(t, sheet(2400, 1800)), 2000, 1500},
		{"a large one that stands", asJPEG(t, sheet(1800, 2400)), 1500, 2000},
		{"a strip", asPNG(t, sheet(30000, 1)), 2000, 1},
		{"a point", asPNG(t, sheet(1, 1)), 1, 1},
		{"grey", asJPEG(t, image.NewGray(image.Rect(0, 0, 100, 50))), 100, 50},
	} {
		d, err := made(c.raw)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got, err := jpeg.DecodeConfig(bytes.NewReader(d.raw))
		if err != nil || d.width != c.wide || d.height != c.high || got.Width != c.wide || got.Height != c.high {
			t.Errorf("%s: %d by %d, the file %d by %d, want %d by %d (%v)", c.name, d.width, d.height, got.Width, got.Height, c.wide, c.high, err)
		}
	}
}

// A thin line on a photo of eight thousand pixels is still a line afterwards.
func TestThinLinesSurvive(t *testing.T) {
	t.Parallel()
	m := image.NewGray(image.Rect(0, 0, 8000, 400))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	for x := 3; x < 8000; x += 40 {
		for y := range 400 {
			m.Pix[y*m.Stride+x] = 0
		}
	}
	d := scaled(m)
	if d.Bounds().Dx() != 2000 {
		t.Fatal(d.Bounds())
	}
	dark := 0
	for x := range 2000 {
		if r, _, _, _ := d.At(x, 50).RGBA(); r < 0xd000 {
			dark++
		}
	}
	if dark < 200 {
		t.Errorf("%d of 200 lines are left", dark)
	}
}

func TestWhatIsClearIsWhite(t *testing.T) {
	t.Parallel()
	d, err := made(asPNG(t, image.NewNRGBA(image.Rect(0, 0, 40, 40))))
	if err != nil {
		t.Fatal(err)
	}
	m, err := jpeg.Decode(bytes.NewReader(d.raw))
	if err != nil {
		t.Fatal(err)
	}
	if r, _, _, _ := m.At(20, 20).RGBA(); r < 0xf000 {
		t.Errorf("a clear sheet became %v", m.At(20, 20))
	}
}

// T-F3: what is no picture, pretends to be one, or would drown us, is refused with a
// sentence, quickly and in little memory.
func TestProofF3_WhatIsNoPictureIsRefused(t *testing.T) {
	photo := asJPEG(t, sheet(320, 240))
	flood := with(photo)
	for range 3000 { // empty scans, each over the whole picture
		flood = append(flood[:len(flood)-2], part(markerSOS, []byte{1, 1, 0, 0, 63, 0})...)
		flood = append(flood, 0xff, markerEOI)
	}
	for _, c := range []struct {
		name, key string
		raw       []byte
	}{
		{"nothing", "media.no_picture", nil},
		{"text", "media.no_picture", []byte("dit is geen foto")},
		{"HTML", "media.no_picture", []byte("<!doctype html><script>alert(1)</script>")},
		{"SVG", "media.no_picture", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)},
		{"GIF", "media.no_picture", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;")},
		{"PDF", "media.no_picture", []byte("%PDF-1.7\n")},
		{"HEIC", "media.no_picture", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")},
		{"HTML before a JPEG", "media.no_picture", append([]byte("<html>"), photo...)},
		{"a JPEG that ends at once", "media.damaged", photo[:20]},
		{"a JPEG of half", "media.damaged", photo[:len(photo)/2]},
		{"a PNG of half", "media.damaged", asPNG(t, sheet(320, 240))[:200]},
		{"a start without more", "media.damaged", jpegStart},
		{"a PNG that claims 10 gigapixels", "media.too_many_pixels", claims(100_000, 100_000)},
		{"a PNG that claims all there is", "media.damaged", claims(1<<31-1, 1<<31-1)},
		{"a PNG of one long line", "media.too_many_pixels", claims(1<<31-1, 1)},
		{"a PNG without size", "media.damaged", claims(0, 0)},
		{"a JPEG that claims 4 gigapixels", "media.too_many_pixels", resized(photo, 65535, 65535)},
		{"a JPEG without size", "media.damaged", resized(photo, 0, 0)},
		{"a PNG that claims 40 megapixels and has none", "media.damaged", claims(8000, 5000)},
		{"a JPEG that claims more than it has", "media.damaged", resized(photo, 6000, 6000)},
		{"thousands of scans", "media.damaged", flood},
		{"too large a file", "media.too_large", append(with(photo), make([]byte, MaxUpload)...)},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		d, err := made(c.raw)
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		if f := errs.FieldsOf(err); err == nil || len(f) != 1 || f[0].Key != c.key || f[0].Name != Field || errs.KindOf(err) != errs.KindInvalid {
			t.Errorf("%s: %d bytes, %v; want %s", c.name, len(d.raw), err, c.key)
		}
		if used := after.TotalAlloc - before.TotalAlloc; took > 2*time.Second || used > 256<<20 {
			t.Errorf("%s took %v and %d MB", c.name, took, used>>20)
		}
	}
}

// A file that is two things at once is a picture and nothing else afterwards.
func TestProofF3_OnlyPixelsStay(t *testing.T) {
	t.Parallel()
	hidden := "<script>alert(document.cookie)</script>"
	for name, raw := range map[string][]byte{
		"behind a JPEG":       append(asJPEG(t, sheet(64, 64)), hidden...),
		"behind a PNG":        append(asPNG(t, sheet(64, 64)), "PK\x03\x04"+hidden...),
		"in a remark":         with(asJPEG(t, sheet(64, 64)), part(0xfe, []byte(hidden))),
		"in a JPEG's profile": with(asJPEG(t, sheet(64, 64)), part(0xe2, []byte("ICC_PROFILE\x00"+hidden))),
	} {
		d, err := made(raw)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if bytes.Contains(d.raw, []byte("script")) || bytes.Contains(d.raw, []byte("PK")) && strings.Contains(name, "PNG") {
			t.Errorf("%s: it is still there", name)
		}
	}
}

// T-V4 for pictures: place, device and author are nowhere in what is kept.
func TestProofV4_PlaceDeviceAndAuthorAreGone(t *testing.T) {
	t.Parallel()
	secrets := []string{"GPSLatitude52.0907N", "TelefoonVanNoor", "xmp:Creator=Noor", "iPhone 17 Pro"}
	raw := with(asJPEG(t, sheet(200, 100)),
		exif(binary.BigEndian, 1, secrets[0]+secrets[3]),
		part(markerAPP1, []byte("http://ns.adobe.com/xap/1.0/\x00"+secrets[2])),
		part(0xed, []byte("Photoshop 3.0\x00"+secrets[1])))
	for _, s := range secrets {
		if !bytes.Contains(raw, []byte(s)) {
			t.Fatalf("the photo does not hold %q: the test proves nothing", s)
		}
	}
	d, err := made(raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range append(secrets, "Exif", "GPS", "adobe", "Photoshop") {
		if bytes.Contains(d.raw, []byte(s)) {
			t.Errorf("%q is still there", s)
		}
	}
	segments(d.raw, func(s segment) bool {
		if s.marker >= 0xe0 && s.marker <= 0xef || s.marker == 0xfe {
			t.Errorf("a segment %x of %d bytes came along", s.marker, len(s.body))
		}
		return true
	})
}

// The photo of somebody who held the phone sideways stands upright, whichever way.
func TestAPhotoIsLaidUpright(t *testing.T) {
	t.Parallel()
	// How the corners of the sheet lie in the file, for each way of lying, so that the
	// upright photo has red and green above, blue and white below.
	lies := map[uint16]string{1: "rgbw", 2: "grwb", 3: "wbgr", 4: "bwrg", 5: "rbgw", 6: "gwrb", 7: "wgbr", 8: "brwg"}
	for n, corner := range lies {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			d, err := made(with(asJPEG(t, laid(corner, 80, 40)), exif(order, n, "x")))
			if err != nil {
				t.Fatal(err)
			}
			if got := corners(t, d.raw); got != "rgbw" {
				t.Errorf("lying as %d: %s", n, got)
			}
			if turned := n >= 5; turned != (d.height == 80) || turned != (d.width == 40) {
				t.Errorf("lying as %d: %d by %d", n, d.width, d.height)
			}
		}
	}
	for _, nonsense := range []uint16{0, 9, 65535} {
		d, err := made(with(asJPEG(t, sheet(80, 40)), exif(binary.BigEndian, nonsense, "x")))
		if err != nil || corners(t, d.raw) != "rgbw" {
			t.Errorf("lying as %d: %v", nonsense, err)
		}
	}
}

// laid is a sheet with these colours in its corners.
func laid(corners string, w, h int) *image.RGBA {
	colours := map[byte]color.RGBA{'r': {220, 20, 20, 255}, 'g': {20, 200, 20, 255}, 'b': {20, 20, 220, 255}, 'w': {255, 255, 255, 255}}
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			i := 0
			if x >= w/2 {
				i++
			}
			if y >= h/2 {
				i += 2
			}
			m.SetRGBA(x, y, colours[corners[i]])
		}
	}
	return m
}

func TestRefusalsAreAboutTheFile(t *testing.T) {
	t.Parallel()
	if !errors.Is(TooLarge(), errTooLarge) || errs.FieldsOf(TooLarge())[0].Name != "photo" {
		t.Error(TooLarge())
	}
}

func FuzzExif(f *testing.F) {
	photo := asJPEG(f, sheet(16, 16))
	f.Add(photo)
	f.Add(with(photo, exif(binary.BigEndian, 6, "woord")))
	f.Add(with(photo, exif(binary.LittleEndian, 8, "woord")))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if got := turnOf(raw); got < upright || got > 8 {
			t.Errorf("lying as %d", got)
		}
		if n := scans(raw); n < 0 || n > maxScans+1 {
			t.Errorf("%d scans", n)
		}
	})
}

func FuzzPicture(f *testing.F) {
	f.Add(asJPEG(f, sheet(16, 16)))
	f.Add(asPNG(f, sheet(16, 16)))
	f.Add(claims(100, 100))
	f.Fuzz(func(t *testing.T, raw []byte) {
		n, err := measure(raw)
		if err != nil || n > 1_000_000 {
			return
		}
		d, err := drawAnew(raw)
		if err != nil {
			return
		}
		c, err := jpeg.DecodeConfig(bytes.NewReader(d.raw))
		if err != nil || c.Width != d.width || c.Height != d.height || max(c.Width, c.Height) > side {
			t.Errorf("%v: %d by %d, said %d by %d", err, c.Width, c.Height, d.width, d.height)
		}
	})
}
