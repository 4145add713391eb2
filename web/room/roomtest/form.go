package roomtest

import (
	"bytes"
	"html"
	"mime/multipart"
	"regexp"
	"strings"
)

// Upload sends a form that comes with a file, or that could have: without one when file is nil.
// Its name leads elsewhere: nobody is to believe it.
func (s *Site) Upload(personID, target string, file []byte, fields map[string]string) Reply {
	s.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	ok := func(err error) {
		if err != nil {
			s.t.Fatal(err)
		}
	}
	for name, v := range fields {
		ok(m.WriteField(name, v))
	}
	if file != nil {
		part, err := m.CreateFormFile("file", "../../file.csv")
		ok(err)
		_, err = part.Write(file)
		ok(err)
	}
	ok(m.Close())
	return s.PostBody(personID, target, m.FormDataContentType(), b.String())
}

var (
	valueFields = regexp.MustCompile(`<input (?:class="input" )?type="(?:hidden|text)"(?: id="[^"]*")? name="([^"]*)" value="([^"]*)"`)
	areaFields  = regexp.MustCompile(`(?s)<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>`)
	selects     = regexp.MustCompile(`(?s)<select class="input" id="[^"]*" name="([^"]*)".*?</select>`)
	options     = regexp.MustCompile(`<option value="([^"]*)"( selected)?`)
)

// Filled is what a browser would send of the lines, boxes and lists on a page, as they stand. What is
// ticked is not among it.
func (r Reply) Filled() map[string]string {
	out := map[string]string{}
	for _, re := range []*regexp.Regexp{valueFields, areaFields} {
		for _, m := range re.FindAllStringSubmatch(r.Body, -1) {
			out[m[1]] = html.UnescapeString(strings.TrimPrefix(m[2], "\n"))
		}
	}
	for _, m := range selects.FindAllStringSubmatch(r.Body, -1) {
		for i, o := range options.FindAllStringSubmatch(m[0], -1) {
			if i == 0 || o[2] != "" {
				out[m[1]] = html.UnescapeString(o[1])
			}
		}
	}
	return out
}
