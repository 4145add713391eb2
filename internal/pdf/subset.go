package pdf

import (
	"encoding/binary"
	"errors"
)

var errFont = errors.New("pdf: the font is not as expected")

// tables of a font file by name.
type tables map[string][]byte

func readTables(raw []byte) (tables, error) {
	if len(raw) < 12 {
		return nil, errFont
	}
	n := int(binary.BigEndian.Uint16(raw[4:]))
	out := tables{}
	for i := range n {
		at := 12 + 16*i
		if at+16 > len(raw) {
			return nil, errFont
		}
		from, size := int(binary.BigEndian.Uint32(raw[at+8:])), int(binary.BigEndian.Uint32(raw[at+12:]))
		if from < 0 || size < 0 || from+size > len(raw) {
			return nil, errFont
		}
		out[string(raw[at:at+4])] = raw[from : from+size]
	}
	return out, nil
}

// outlines reads glyphs out of a font and numbers them anew.
type outlines struct {
	t     tables
	long  bool
	given map[uint16]uint16 // old number → new
	order []uint16          // old numbers of parts, after the signs
	next  uint16
}

func (o *outlines) raw(i uint16) ([]byte, error) {
	loca, glyf := o.t["loca"], o.t["glyf"]
	var from, to int
	if o.long {
		if int(i)*4+8 > len(loca) {
			return nil, errFont
		}
		from, to = int(binary.BigEndian.Uint32(loca[int(i)*4:])), int(binary.BigEndian.Uint32(loca[int(i)*4+4:]))
	} else {
		if int(i)*2+4 > len(loca) {
			return nil, errFont
		}
		from, to = 2*int(binary.BigEndian.Uint16(loca[int(i)*2:])), 2*int(binary.BigEndian.Uint16(loca[int(i)*2+2:]))
	}
	if from > to || to > len(glyf) {
		return nil, errFont
	}
	return glyf[from:to], nil
}

// Flags of a part of a glyph that is made of others.
const (
	wordsArgs  = 0x0001
	hasScale   = 0x0008
	more       = 0x0020
	hasXYScale = 0x0040
	has2x2     = 0x0080
	hasProgram = 0x0100
)

// renumbered is a glyph whose parts have their new numbers; new parts are put in the order.
func (o *outlines) renumbered(i uint16) ([]byte, error) {
	raw, err := o.raw(i)
	if err != nil || len(raw) < 10 || int16(binary.BigEndian.Uint16(raw)) >= 0 {
		return raw, err
	}
	out := append([]byte(nil), raw...)
	for at := 10; ; {
		if at+4 > len(out) {
			return nil, errFont
		}
		flags, part := binary.BigEndian.Uint16(out[at:]), binary.BigEndian.Uint16(out[at+2:])
		n, ok := o.given[part]
		if !ok {
			n = o.next
			o.next++
			o.given[part] = n
			o.order = append(o.order, part)
		}
		binary.BigEndian.PutUint16(out[at+2:], n)
		binary.BigEndian.PutUint16(out[at:], flags&^hasProgram)
		at += 6
		if flags&wordsArgs != 0 {
			at += 2
		}
		switch {
		case flags&hasScale != 0:
			at += 2
		case flags&hasXYScale != 0:
			at += 4
		case flags&has2x2 != 0:
			at += 8
		}
		if flags&more == 0 {
			return out[:min(at, len(out))], nil
		}
	}
}

// subset is a font file with the signs that a document uses, under their numbers there.
func (u *used) subset() ([]byte, error) {
	t, err := readTables(u.face.raw)
	if err != nil {
		return nil, err
	}
	if len(t["head"]) < 54 || len(t["hhea"]) < 36 || len(t["maxp"]) < 6 {
		return nil, errFont
	}
	o := &outlines{t: t, long: binary.BigEndian.Uint16(t["head"][50:]) == 1, given: map[uint16]uint16{}, next: uint16(len(u.signs) + 1)}
	hm := &measures{t: t, n: int(binary.BigEndian.Uint16(t["hhea"][34:]))}
	var glyphs [][]byte
	var widths []byte
	put := func(glyph, measure []byte) {
		for len(glyph)%4 != 0 {
			glyph = append(glyph[:len(glyph):len(glyph)], 0)
		}
		glyphs, widths = append(glyphs, glyph), append(widths, measure...)
	}
	box := frameGlyph(u.face.unit)
	put(box, hm.of(frame*u.face.unit/1000, 60))
	for _, s := range u.signs {
		switch s.kind {
		case framed:
			put(box, hm.of(frame*u.face.unit/1000, 60))
		case nothing:
			put(nil, hm.of(0, 0))
		default:
			g, err := o.renumbered(s.from)
			if err != nil {
				return nil, err
			}
			put(g, hm.at(s.from))
		}
	}
	for i := 0; i < len(o.order); i++ { // parts may have parts
		g, err := o.renumbered(o.order[i])
		if err != nil {
			return nil, err
		}
		put(g, hm.at(o.order[i]))
	}
	return assemble(t, glyphs, widths), nil
}

// measures are the widths of a font.
type measures struct {
	t tables
	n int
}

func (m *measures) of(width, side int) []byte {
	return binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(nil, uint16(width)), uint16(side))
}

func (m *measures) at(i uint16) []byte {
	hmtx := m.t["hmtx"]
	k := int(i)
	if k < m.n && k*4+4 <= len(hmtx) {
		return hmtx[k*4 : k*4+4]
	}
	last, side := (m.n-1)*4, m.n*4+(k-m.n)*2
	if last < 0 || side+2 > len(hmtx) {
		return m.of(0, 0)
	}
	return append(append([]byte(nil), hmtx[last:last+2]...), hmtx[side:side+2]...)
}

// frameGlyph draws an empty frame: two rectangles, one turned round the other way.
func frameGlyph(unit int) []byte {
	at := func(thousandths int) int16 { return int16(thousandths * unit / 1000) }
	points := [8][2]int16{
		{at(60), 0}, {at(60), at(680)}, {at(580), at(680)}, {at(580), 0},
		{at(110), at(50)}, {at(530), at(50)}, {at(530), at(630)}, {at(110), at(630)},
	}
	var out []byte
	put := func(v int16) { out = binary.BigEndian.AppendUint16(out, uint16(v)) }
	for _, v := range []int16{2, at(60), 0, at(580), at(680), 3, 7, 0} { // contours, box, ends, no program
		put(v)
	}
	for range points {
		out = append(out, 1) // on the line
	}
	for axis := range 2 {
		last := int16(0)
		for _, p := range points {
			put(p[axis] - last)
			last = p[axis]
		}
	}
	return out
}

// assemble makes the file.
func assemble(t tables, glyphs [][]byte, widths []byte) []byte {
	var glyf, loca []byte
	for _, g := range glyphs {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, g...)
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	head, hhea, maxp := clone(t["head"]), clone(t["hhea"]), clone(t["maxp"])
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(head[50:], 1)
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(glyphs)))
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(glyphs)))
	parts := []struct {
		name string
		data []byte
	}{{"cvt ", t["cvt "]}, {"fpgm", t["fpgm"]}, {"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", widths}, {"loca", loca}, {"maxp", maxp}, {"prep", t["prep"]}}
	n := 0
	for _, p := range parts {
		if len(p.data) > 0 {
			n++
		}
	}
	steps, power := 0, 1
	for power*2 <= n {
		power, steps = power*2, steps+1
	}
	out := []byte{0, 1, 0, 0}
	for _, v := range []int{n, power * 16, steps, (n - power) * 16} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at := 12 + 16*n
	var body []byte
	for _, p := range parts {
		if len(p.data) == 0 {
			continue
		}
		out = append(out, p.name...)
		for _, v := range []uint32{sum(p.data), uint32(at + len(body)), uint32(len(p.data))} {
			out = binary.BigEndian.AppendUint32(out, v)
		}
		body = append(body, p.data...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(out, body...)
}

func clone(b []byte) []byte { return append([]byte(nil), b...) }

func sum(b []byte) uint32 {
	var s uint32
	for i := 0; i < len(b); i += 4 {
		var w [4]byte
		copy(w[:], b[i:])
		s += binary.BigEndian.Uint32(w[:])
	}
	return s
}
