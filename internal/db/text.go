package db

import (
	"regexp"
	"strings"
)

var branch = regexp.MustCompile(`(?s)/\*(sqlite|postgres):(.*?)\*/`)

// ForEngine keeps the branches of an SQL text that are for the engine and drops the others.
func ForEngine(text string, engine Engine) string {
	if !strings.Contains(text, "/*") {
		return text
	}
	return branch.ReplaceAllStringFunc(text, func(m string) string {
		part := branch.FindStringSubmatch(m)
		if part[1] == string(engine) {
			return part[2]
		}
		return ""
	})
}

// text returns the form of an SQL text for this engine, worked out once.
func (d *DB) text(sql string) string {
	if d.engine == SQLite && !strings.Contains(sql, "/*") {
		return sql
	}
	if v, ok := d.texts.Load(sql); ok {
		return v.(string)
	}
	out := ForEngine(sql, d.engine)
	d.texts.Store(sql, out)
	return out
}

// In returns the text of a list for SQL's «in»: the ids of a []string given as one
// parameter. Lists of every length share one statement.
func In(parameter string) string {
	return `(/*sqlite: select value from json_each(` + parameter + `) *//*postgres: select jsonb_array_elements_text(` + parameter + `::text::jsonb) */)`
}
