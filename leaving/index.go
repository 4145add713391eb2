package leaving

import (
	"context"
	"io"
	"strconv"
)

// index is what the page in the archive tells.
type index struct {
	Lang, Title, Lead, How, Others, Files, HeadWhat, HeadRows, HeadOpen, NotHead, Not string
	Rows                                                                              []indexRow
}

type indexRow struct{ What, Name, CSV, JSON, N string }

// index tells what every file is, in the words of the page about what is kept.
func (m *maker) index(ctx context.Context, w io.Writer, pictures int) error {
	t := m.t
	page := index{
		Lang: t.Lang(), Title: t.T("leaving.index_title"), Lead: t.T("leaving.index_lead", "moment", t.Moment(m.at)), How: t.T("leaving.index_how"), Others: t.T("leaving.index_others"),
		Files: t.T("leaving.index_files"), HeadWhat: t.T("leaving.index_what"), HeadRows: t.T("leaving.index_rows"), HeadOpen: t.T("leaving.index_open"),
		NotHead: t.T("leaving.index_not_head"), Not: t.T("leaving.index_not"),
	}
	for _, f := range m.files {
		name := f.File()
		page.Rows = append(page.Rows, indexRow{What: m.says(f.part), Name: name, CSV: "csv/" + name + ".csv", JSON: "json/" + name + ".json", N: strconv.Itoa(f.Rows)})
	}
	if pictures > 0 {
		page.Rows = append(page.Rows, indexRow{What: t.T("leaving.index_pictures"), Name: "pictures/", N: strconv.Itoa(pictures)})
	}
	return indexPage(page).Render(ctx, w)
}

// says is what a part holds: its own sentence when it has one, else that of the register.
func (m *maker) says(x part) string {
	if x.Name != "" && m.t.Has("leaving.file_"+x.Name) {
		return m.t.T("leaving.file_" + x.Name)
	}
	return m.t.T(x.purpose)
}
