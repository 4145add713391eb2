package media

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

// sheet is a picture with a corner of its own colour each: so one sees how it lies.
func sheet(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 255, 255, 255}
			switch {
			case x < w/2 && y < h/2:
				c = color.RGBA{220, 20, 20, 255} // red: left above
			case x >= w/2 && y < h/2:
				c = color.RGBA{20, 200, 20, 255} // green: right above
			case x < w/2:
				c = color.RGBA{20, 20, 220, 255} // blue: left below
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

// corners are the colours of a picture as letters, from left above to right below.
func corners(t *testing.T, raw []byte) string {
	t.Helper()
	m, err := jpeg.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	b := m.Bounds()
	out := ""
	for _, y := range []int{b.Dy() / 8, b.Dy() - 1 - b.Dy()/8} {
		for _, x := range []int{b.Dx() / 8, b.Dx() - 1 - b.Dx()/8} {
			r, g, b, _ := m.At(x, y).RGBA()
			switch {
			case r > 0x8000 && g > 0x8000 && b > 0x8000:
				out += "w"
			case r > g && r > b:
				out += "r"
			case g > b:
				out += "g"
			default:
				out += "b"
			}
		}
	}
	return out
}

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// part is one segment of a JPEG.
func part(marker byte, body []byte) []byte {
	out := []byte{0xff, marker, 0, 0}
	binary.BigEndian.PutUint16(out[2:], uint16(len(body)+2))
	return append(out, body...)
}

// with puts segments behind the start of a JPEG, where a camera writes them.
func with(raw []byte, parts ...[]byte) []byte {
	out := append([]byte{}, raw[:2]...)
	for _, p := range parts {
		out = append(out, p...)
	}
	return append(out, raw[2:]...)
}

// exif is what a camera writes: how the photo lies, and words that nobody may find again.
func exif(order binary.AppendByteOrder, lies uint16, words string) []byte {
	b := []byte("Exif\x00\x00")
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		b = append(b, "II*\x00"...)
	} else {
		b = append(b, "MM\x00*"...)
	}
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(b, 0x010f) // who made the camera
	b = order.AppendUint16(b, 2)
	b = order.AppendUint32(b, uint32(len(words)))
	b = order.AppendUint32(b, 38)
	b = order.AppendUint16(b, orientation)
	b = order.AppendUint16(b, short)
	b = order.AppendUint32(b, 1)
	b = order.AppendUint16(b, lies)
	b = append(b, 0, 0)
	b = order.AppendUint32(b, 0)
	return part(markerAPP1, append(b, words...))
}

// claims is a PNG of a few bytes that says how large it is.
func claims(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = binary.BigEndian.AppendUint32(head, h)
	head = append(head, 8, 6, 0, 0, 0)
	out := append([]byte{}, pngStart...)
	out = binary.BigEndian.AppendUint32(out, 13)
	out = append(out, head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

// resized is a JPEG whose head says another size.
func resized(raw []byte, w, h uint16) []byte {
	out := append([]byte{}, raw...)
	for i := 0; i+9 < len(out); i++ {
		if out[i] == 0xff && out[i+1] == 0xc0 {
			binary.BigEndian.PutUint16(out[i+5:], h)
			binary.BigEndian.PutUint16(out[i+7:], w)
			return out
		}
	}
	panic("no head")
}
