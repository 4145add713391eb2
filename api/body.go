package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"leerkring/internal/page"
)

// strictJSON reads what programs send with one meaning only: real UTF-8, each name once,
// not deeper than anything here can be.
var strictJSON = huma.Format{
	Marshal: func(w io.Writer, v any) error {
		raw, err := json.Marshal(v)
		if err == nil {
			_, err = w.Write(raw)
		}
		return err
	},
	Unmarshal: func(raw []byte, v any) error {
		if err := oneMeaning(raw); err != nil {
			return err
		}
		return json.Unmarshal(raw, v)
	},
}

const deepest = 12

// The ways in which a body can be read in two ways. The library puts them in the problem.
var (
	errNotUTF8 = errors.New("the body is not UTF-8")
	errTwice   = errors.New("a name stands twice in one object")
	errDeep    = errors.New("the body is too deep")
)

// oneMeaning refuses a body in which two readers could find different things.
func oneMeaning(raw []byte) error {
	if !utf8.Valid(raw) {
		return errNotUTF8
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	return oneValue(d, 0)
}

func oneValue(d *json.Decoder, depth int) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	delim, ok := t.(json.Delim)
	if !ok {
		return nil
	}
	if depth == deepest {
		return errDeep
	}
	names := map[string]bool{}
	for d.More() {
		if delim == '{' {
			name, err := d.Token()
			if err != nil {
				return err
			}
			if s, _ := name.(string); names[s] {
				return errTwice
			} else {
				names[s] = true
			}
		}
		if err := oneValue(d, depth+1); err != nil {
			return err
		}
	}
	_, err = d.Token() // the end
	return err
}

// clean tidies every text that a program sent as the forms of the pages do: without
// characters that nobody can see, one line unless the field is for more.
func clean(in any) {
	if body := reflect.ValueOf(in).Elem().FieldByName("Body"); body.IsValid() {
		tidy(body, false)
	}
}

func tidy(v reflect.Value, long bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			tidy(v.Elem(), long)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			tidy(v.Field(i), v.Type().Field(i).Tag.Get("lines") == "many")
		}
	case reflect.Slice:
		for i := range v.Len() {
			tidy(v.Index(i), long)
		}
	case reflect.String:
		if !v.CanSet() {
			return
		}
		if long {
			v.SetString(page.CleanText(v.String()))
		} else {
			v.SetString(page.CleanLine(v.String()))
		}
	}
}
