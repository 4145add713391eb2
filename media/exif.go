package media

import (
	"bytes"
	"encoding/binary"
	"image"
)

// turn is how the pixels of a photo lie, as a camera writes it: 1 is upright, 2 to 8 are
// the other ways to lay a sheet.
type turn uint16

const upright turn = 1

// Where a camera writes it.
const (
	orientation = 0x0112 // the tag
	short       = 3      // its type: a number of two bytes
	maxTags     = 1000
)

// Markers of a JPEG.
const (
	markerSOS  = 0xda
	markerEOI  = 0xd9
	markerAPP1 = 0xe1
)

var exifStart = []byte("Exif\x00\x00")

// segment is one part of a JPEG: a marker and what stands behind it.
type segment struct {
	marker byte
	body   []byte
}

// segments goes through a JPEG part by part, until visit says that it has enough or until
// the file ends or makes no sense. Pixels of a scan are passed over.
func segments(raw []byte, visit func(segment) (more bool)) {
	at := 2
	for at+4 <= len(raw) {
		marker := raw[at+1]
		switch {
		case raw[at] != 0xff, marker == 0, marker == 0xff: // filling, which decoders pass over
			at++
			continue
		case marker == markerEOI:
			return
		case marker == 0x01 || marker >= 0xd0 && marker <= 0xd7: // stands alone
			at += 2
			continue
		}
		end := at + 2 + int(binary.BigEndian.Uint16(raw[at+2:]))
		if end < at+4 || end > len(raw) {
			return
		}
		if !visit(segment{marker, raw[at+4 : end]}) {
			return
		}
		at = end
		if marker == markerSOS {
			at += pixels(raw[at:])
		}
	}
}

// pixels is how long the compressed pixels are that raw begins with: until a marker that
// cannot be part of them.
func pixels(raw []byte) int {
	for i := 0; i+1 < len(raw); i++ {
		if raw[i] == 0xff && raw[i+1] != 0 && raw[i+1] != 0xff && (raw[i+1] < 0xd0 || raw[i+1] > 0xd7) {
			return i
		}
	}
	return len(raw)
}

// scans counts how often a JPEG goes over its picture; 0 for another file.
func scans(raw []byte) (n int) {
	if !bytes.HasPrefix(raw, jpegStart) {
		return 0
	}
	segments(raw, func(s segment) bool {
		if s.marker == markerSOS {
			n++
		}
		return n <= maxScans
	})
	return n
}

// turnOf reads how a photo lies; upright when it does not say, or says nonsense.
func turnOf(raw []byte) turn {
	found := upright
	segments(raw, func(s segment) bool {
		if s.marker == markerAPP1 && bytes.HasPrefix(s.body, exifStart) {
			found = turnIn(s.body[len(exifStart):])
			return false
		}
		return s.marker != markerSOS
	})
	return found
}

// turnIn reads the first list of tags of what a camera wrote.
func turnIn(tiff []byte) turn {
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return upright
	}
	at := int64(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > int64(len(tiff)) {
		return upright
	}
	n := min(int(order.Uint16(tiff[at:])), maxTags)
	tags := tiff[at+2:]
	for ; n > 0 && len(tags) >= 12; n, tags = n-1, tags[12:] {
		if order.Uint16(tags) != orientation || order.Uint16(tags[2:]) != short || order.Uint32(tags[4:]) != 1 {
			continue
		}
		if t := turn(order.Uint16(tags[8:])); t >= 1 && t <= 8 {
			return t
		}
		return upright
	}
	return upright
}

// apply lays a picture upright.
func (t turn) apply(src *image.RGBA) *image.RGBA {
	if t <= upright || t > 8 {
		return src
	}
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if t >= 5 {
		dst = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			dx, dy := t.goes(x, y, w, h)
			copy(dst.Pix[dst.PixOffset(dx, dy):][:4], src.Pix[src.PixOffset(x, y):][:4])
		}
	}
	return dst
}

// goes is where a pixel of a picture of w by h lies when it is upright.
func (t turn) goes(x, y, w, h int) (int, int) {
	switch t {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}
