package roster

import (
	"archive/zip"
	"bytes"
	"errors"
	"path"
	"strings"

	"leerkring/internal/errs"
	"leerkring/internal/foreign"
)

// limits of a zip file. A sheet of ten thousand people is a few megabytes.
var limits = foreign.Limits{Entries: 1_000, Unpacked: mostUnpacked, Ratio: 100}

const mostUnpacked = 24 << 20

// refusal says in our words what is wrong with a file.
func refusal(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, foreign.ErrBomb):
		return errs.Invalid("roster.file_bomb").On("file")
	case errors.Is(err, foreign.ErrPaths):
		return errs.Invalid("roster.file_paths").On("file")
	}
	return errs.Invalid("roster.file_damaged").On("file")
}

// ReadFile reads a file by what is in it, whatever its name says.
func ReadFile(raw []byte) (Sheet, error) {
	switch {
	case len(bytes.TrimSpace(raw)) == 0:
		return Sheet{}, errs.Invalid("roster.file_empty").On("file")
	case foreign.IsZip(raw):
		return readArchive(raw)
	case foreign.IsCompound(raw):
		return Sheet{}, errs.Invalid("roster.file_old").On("file")
	case foreign.Strange(raw):
		return Sheet{}, errs.Invalid("roster.file_kind").On("file")
	}
	s, err := ReadText(foreign.Decode(raw))
	return s, onFile(err)
}

func readArchive(raw []byte) (Sheet, error) {
	z, err := foreign.Open(raw, limits)
	if err != nil {
		return Sheet{}, refusal(err)
	}
	files := map[string]*zip.File{}
	for _, f := range z.File {
		files[strings.ToLower(path.Base(f.Name))] = f
		if f.Name == "xl/workbook.xml" {
			return readWorkbook(raw, z)
		}
	}
	if files["users.csv"] == nil {
		return Sheet{}, errs.Invalid("roster.file_kind").On("file")
	}
	return ReadFiles(func(name string) ([]byte, error) {
		if f := files[name]; f != nil {
			body, err := foreign.Read(f, mostUnpacked)
			return body, refusal(err)
		}
		return nil, nil
	})
}

// onFile says a refusal beside the field of the file.
func onFile(err error) error {
	if fields := errs.FieldsOf(err); len(fields) > 0 {
		return errs.Invalid(fields[0].Key, fields[0].Args...).On("file")
	}
	return err
}
