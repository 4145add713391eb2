package db

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"leerkring/internal/clock"
)

// TimeLayout is the one form in which a moment is kept: fixed width, so that text
// compares as time does.
const TimeLayout = "2006-01-02T15:04:05.000000Z"

// in turns Go values into what both engines keep.
func in(args []any) []any {
	for i, a := range args {
		switch v := a.(type) {
		case time.Time:
			if v.IsZero() {
				args[i] = nil
			} else {
				args[i] = v.UTC().Format(TimeLayout)
			}
		case clock.Date:
			if v == "" {
				args[i] = nil
			} else {
				args[i] = string(v)
			}
		case []string:
			if v == nil {
				v = []string{}
			}
			b, _ := json.Marshal(v) // strings always marshal
			args[i] = string(b)
		}
	}
	return args
}

// Null is the value of an optional reference: "" becomes null.
func Null(id string) any {
	if id == "" {
		return nil
	}
	return id
}

// outs wraps destinations whose type the engines do not know; null becomes the zero value.
func outs(dest []any) []any {
	for i, d := range dest {
		switch v := d.(type) {
		case *time.Time:
			dest[i] = (*timeVar)(v)
		case *string:
			dest[i] = (*stringVar)(v)
		case *clock.Date:
			dest[i] = (*stringVar)(v)
		case *[]string:
			dest[i] = jsonVar{v}
		}
	}
	return dest
}

type stringVar string

func (s *stringVar) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*s = ""
	case string:
		*s = stringVar(v)
	case []byte:
		*s = stringVar(v)
	default:
		return fmt.Errorf("text column holds %T", src)
	}
	return nil
}

type timeVar time.Time

func (t *timeVar) Scan(src any) error {
	var s stringVar
	if err := s.Scan(src); err != nil {
		return err
	}
	if s == "" {
		*t = timeVar{}
		return nil
	}
	v, err := time.Parse(TimeLayout, string(s))
	if err != nil {
		return fmt.Errorf("time column: %w", err)
	}
	*t = timeVar(v)
	return nil
}

type jsonVar struct{ to any }

// JSON keeps v (a pointer when read into) as JSON text. Null and "" leave it as it is.
func JSON(v any) any { return jsonVar{v} }

func (j jsonVar) Value() (driver.Value, error) {
	b, err := json.Marshal(j.to)
	return string(b), err
}

func (j jsonVar) Scan(src any) error {
	var s stringVar
	if err := s.Scan(src); err != nil {
		return err
	}
	if s == "" {
		return nil
	}
	return json.Unmarshal([]byte(s), j.to)
}
