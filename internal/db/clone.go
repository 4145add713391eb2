package db

import (
	"reflect"
	"sync"
	"time"
	"unsafe"
)

// Rows that are kept are copied whole for everybody who asks: who gets them may sort and
// change them.

var (
	flats    sync.Map // reflect.Type → bool
	wholes   sync.Map // reflect.Type → bool
	timeType = reflect.TypeFor[time.Time]()
)

// flat reports that nothing below a value of this type is shared: copying it is enough.
func flat(t reflect.Type) bool {
	if v, ok := flats.Load(t); ok {
		return v.(bool)
	}
	is := false
	switch k := t.Kind(); {
	case k >= reflect.Bool && k <= reflect.Float64, k == reflect.String, t == timeType: // a zone is never changed
		is = true
	case k == reflect.Array:
		is = flat(t.Elem())
	case k == reflect.Struct:
		is = true
		for i := range t.NumField() {
			is = is && flat(t.Field(i).Type)
		}
	}
	flats.Store(t, is)
	return is
}

// whole reports that a type can be copied with all that is below it.
func whole(t reflect.Type) bool {
	if v, ok := wholes.Load(t); ok {
		return v.(bool)
	}
	is := reaches(t, map[reflect.Type]bool{})
	wholes.Store(t, is)
	return is
}

func reaches(t reflect.Type, seen map[reflect.Type]bool) bool {
	if flat(t) || seen[t] {
		return true
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Slice, reflect.Array, reflect.Pointer:
		return reaches(t.Elem(), seen)
	case reflect.Map:
		return flat(t.Key()) && reaches(t.Elem(), seen)
	case reflect.Struct:
		for i := range t.NumField() {
			if !reaches(t.Field(i).Type, seen) {
				return false
			}
		}
		return true
	}
	return t.Kind() == reflect.Interface // copied only while it is empty, see part
}

// clone copies rows whole; false when their type cannot be.
func clone[T any](rows []T) ([]T, bool) {
	if rows == nil {
		return nil, true
	}
	if !whole(reflect.TypeFor[T]()) {
		return nil, false
	}
	out := make([]T, len(rows))
	copy(out, rows)
	if !flat(reflect.TypeFor[T]()) {
		for i := range out {
			if !part(reflect.ValueOf(&out[i]).Elem()) {
				return nil, false
			}
		}
	}
	return out, true
}

// part gives a value its own copy of everything below it; false when it holds something
// that cannot be copied.
func part(v reflect.Value) bool {
	if flat(v.Type()) {
		return true
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Field(i)
			if !f.CanSet() { // a field of the room's own: it is copied like the others
				f = reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem()
			}
			if !part(f) {
				return false
			}
		}
		return true
	case reflect.Array:
		return parts(v)
	}
	if v.IsNil() {
		return true
	}
	switch v.Kind() {
	case reflect.Slice:
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(c, v)
		v.Set(c)
		return parts(v)
	case reflect.Pointer:
		c := reflect.New(v.Type().Elem())
		c.Elem().Set(v.Elem())
		v.Set(c)
		return part(c.Elem())
	case reflect.Map:
		c := reflect.MakeMapWithSize(v.Type(), v.Len())
		for it := v.MapRange(); it.Next(); {
			e := reflect.New(v.Type().Elem()).Elem()
			e.Set(it.Value())
			if !part(e) {
				return false
			}
			c.SetMapIndex(it.Key(), e)
		}
		v.Set(c)
		return true
	}
	return false // an interface with something in it
}

func parts(v reflect.Value) bool {
	if flat(v.Type().Elem()) {
		return true
	}
	for i := range v.Len() {
		if !part(v.Index(i)) {
			return false
		}
	}
	return true
}

// weigh is about how many bytes a value holds.
func weigh(v reflect.Value) int {
	n := int(v.Type().Size())
	switch v.Kind() {
	case reflect.String:
		n += v.Len()
	case reflect.Struct:
		if v.Type() != timeType {
			for i := range v.NumField() {
				n += weigh(v.Field(i)) - int(v.Field(i).Type().Size())
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			n += weigh(v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			n += weigh(v.Elem())
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			n += weigh(it.Key()) + weigh(it.Value())
		}
	}
	return n
}
