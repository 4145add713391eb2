package leaving

import (
	"html/template"
	"io"
)

// The page in the archive stands alone: no script, no address of ours, nothing to load.
var indexPage = template.Must(template.New("index").Parse(`<!doctype html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title>
<style>body{font:1.0625rem/1.55 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1d2b2a;background:#fffdf8}
h1{font-size:1.75rem;line-height:1.2}h2{font-size:1.25rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid #d9d3c5}td.n{text-align:right;white-space:nowrap}
@media(prefers-color-scheme:dark){body{color:#ece8dd;background:#16201f}th,td{border-color:#3a4746}a{color:#9fd3c7}}</style></head>
<body><main><h1>{{.Title}}</h1><p>{{.Lead}}</p><p>{{.How}}</p><p>{{.Others}}</p>
<h2>{{.Files}}</h2><table><thead><tr><th scope="col">{{.HeadWhat}}</th><th scope="col">{{.HeadRows}}</th><th scope="col">{{.HeadOpen}}</th></tr></thead><tbody>
{{range .Rows}}<tr><td>{{.What}}</td><td class="n">{{.N}}</td><td>{{if .JSON}}<a href="{{.CSV}}">{{.Name}}.csv</a><br><a href="{{.JSON}}">{{.Name}}.json</a>{{else}}{{.Name}}{{end}}</td></tr>
{{end}}</tbody></table>
<h2>{{.NotHead}}</h2><p>{{.Not}}</p></main></body></html>
`))

type indexRow struct {
	What, Name, CSV, JSON string
	N                     int
}

// index tells what every file is, in the words of the page about what is kept.
func (m *maker) index(w io.Writer, pictures int) error {
	t := m.t
	page := struct {
		Lang, Title, Lead, How, Others, Files, HeadWhat, HeadRows, HeadOpen, NotHead, Not string
		Rows                                                                              []indexRow
	}{
		Lang: t.Lang(), Title: t.T("leaving.index_title"), Lead: t.T("leaving.index_lead", "moment", t.Moment(m.at)), How: t.T("leaving.index_how"), Others: t.T("leaving.index_others"),
		Files: t.T("leaving.index_files"), HeadWhat: t.T("leaving.index_what"), HeadRows: t.T("leaving.index_rows"), HeadOpen: t.T("leaving.index_open"),
		NotHead: t.T("leaving.index_not_head"), Not: t.T("leaving.index_not"),
	}
	for _, f := range m.files {
		name := f.File()
		page.Rows = append(page.Rows, indexRow{What: m.says(f.part), Name: name, CSV: "csv/" + name + ".csv", JSON: "json/" + name + ".json", N: f.Rows})
	}
	if pictures > 0 {
		page.Rows = append(page.Rows, indexRow{What: t.T("leaving.index_pictures"), Name: "pictures/", N: pictures})
	}
	return indexPage.Execute(w, page)
}

// says is what a part holds: its own sentence when it has one, else that of the register.
func (m *maker) says(x part) string {
	if x.Name != "" && m.t.Has("leaving.file_"+x.Name) {
		return m.t.T("leaving.file_" + x.Name)
	}
	return m.t.T(x.purpose)
}
