package page

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"

	"leerkring/internal/errs"
)

// File is a file that came with a form. Its name and its kind, as the sender gives them,
// are not read: neither is to be believed.
type File struct {
	Data   []byte // nothing when it was too large
	TooBig bool
}

// maxWords is the largest sum of the text fields of a form with a file: what any form may be.
const maxWords = 1 << 20

// IsUpload reports that the form of a request comes with files.
func IsUpload(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == "multipart/form-data"
}

// ReadUpload reads a form with files, of at most limit bytes each, into memory: what comes
// with a file, such as where a photo was taken, never touches a disk. A file that is too
// large is read to its end and noted, so that the text beside it is not lost. The size of
// the whole body is limited before it comes here.
func ReadUpload(r *http.Request, limit int64, options ...Option) *Form {
	parts, err := r.MultipartReader()
	if err != nil {
		return broken("form.unreadable", options)
	}
	values, files := url.Values{}, map[string]File{}
	room, count := int64(maxWords), 0
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if count++; err == nil && count > maxFields {
			return broken("form.too_many_fields", options)
		}
		if err == nil {
			room, err = readPart(part, values, files, room, limit)
		}
		if err != nil {
			return unread(values, err, options)
		}
		if room < 0 {
			return broken("form.too_big", options)
		}
	}
	f := NewForm(values, options...)
	f.files = files
	return f
}

// unread is a form that came in part: what did come can be shown again.
func unread(values url.Values, err error, options []Option) *Form {
	f := NewForm(values, options...)
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		f.Refuse("", "form.too_big")
	} else {
		f.Refuse("", "form.unreadable")
	}
	return f
}

// readPart reads one part, and returns how much room is left for text.
func readPart(part *multipart.Part, values url.Values, files map[string]File, room, limit int64) (int64, error) {
	name := part.FormName()
	if !isFile(part) {
		raw, err := io.ReadAll(io.LimitReader(part, room+1))
		values[name] = append(values[name], string(raw))
		return room - int64(len(raw)), err
	}
	raw, err := io.ReadAll(io.LimitReader(part, limit+1))
	if err != nil || len(raw) == 0 { // nothing was chosen
		return room, err
	}
	if _, twice := files[name]; twice {
		return room, errs.Invalid("form.twice").On(name)
	}
	if int64(len(raw)) <= limit {
		files[name] = File{Data: raw}
		return room, nil
	}
	files[name] = File{TooBig: true}
	_, err = io.Copy(io.Discard, part)
	return room, err
}

// isFile reports that a part is a file: it has the name of one, if only an empty name.
func isFile(part *multipart.Part) bool {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return true // nothing that a form of ours sends: not taken for words
	}
	_, named := params["filename"]
	return named
}

// File is the file that was chosen in a field; ok is false when there was none.
func (f *Form) File(name string) (file File, ok bool) {
	f.asked[name] = true
	file, ok = f.files[name]
	return file, ok
}

// Set puts a value in a form that is going to be shown again: what the house keeps of it.
func (f *Form) Set(name, value string) { f.values[name] = []string{value} }
