package method

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
)

const packFile = "pack.yaml"

// stageFile is the name of a stage file: its number, a dash, its id.
var stageFile = regexp.MustCompile(`^[1-9][0-9]?-[a-z][a-z0-9-]*\.yaml$`)

// rawFile is one file as it came from outside.
type rawFile struct {
	name string
	data []byte
}

// Load reads the pack in a folder and tells everything that keeps it from
// being a pack. The pack is nil when there is such a problem. What the words
// mean is the work of Check.
//
// The folder is untrusted: only plain files count, and size, number, depth and
// width are capped. Give it an fs.FS that cannot be left, such as os.Root's.
func Load(fsys fs.FS, dir string) (*Pack, []Problem) {
	raw, problems := readFolder(fsys, dir)
	if len(problems) > 0 {
		return nil, inFolder(dir, problems)
	}
	p, problems := assemble(raw)
	return p, inFolder(dir, problems)
}

// inFolder puts the folder in front of the file names, for the reader.
func inFolder(dir string, problems []Problem) []Problem {
	for i := range problems {
		problems[i].File = path.Join(dir, problems[i].File)
	}
	return problems
}

// readFolder reads the plain YAML files of one folder.
func readFolder(fsys fs.FS, dir string) (files []rawFile, problems []Problem) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, []Problem{problem("", "unreadable")}
	}
	if len(entries) > maxFiles {
		return nil, []Problem{problem("", "too_many_files", "limit", strconv.Itoa(maxFiles))}
	}
	total := 0
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") {
			continue
		}
		if !e.Type().IsRegular() || path.Ext(name) != ".yaml" {
			problems = append(problems, problem(clip(name, 80), "unexpected_file"))
			continue
		}
		data, bad := readFile(fsys, path.Join(dir, name), name)
		if bad != nil {
			problems = append(problems, *bad)
			continue
		}
		if total += len(data); total > maxPackBytes {
			return nil, []Problem{problem("", "pack_too_large", "limit", strconv.Itoa(maxPackBytes>>20))}
		}
		files = append(files, rawFile{name, data})
	}
	return files, problems
}

// readFile reads one file, never more than the cap.
func readFile(fsys fs.FS, full, name string) ([]byte, *Problem) {
	f, err := fsys.Open(full)
	if err != nil {
		p := problem(name, "unreadable")
		return nil, &p
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFileBytes+1))
	if err != nil && !errors.Is(err, io.EOF) {
		p := problem(name, "unreadable")
		return nil, &p
	}
	if len(data) > maxFileBytes {
		p := problem(name, "file_too_large", "limit", strconv.Itoa(maxFileBytes>>10))
		return nil, &p
	}
	return data, nil
}

// assemble makes a pack of its files. Every file is read, also when another
// one fails, so that a writer sees all problems together.
func assemble(raw []rawFile) (*Pack, []Problem) {
	var p Pack
	var problems []Problem
	stages := map[string]*stageSource{}
	found := false
	for _, r := range raw {
		var bad []Problem
		switch {
		case r.name == packFile:
			var f file
			f, bad = readYAML(r.name, r.data, &p)
			p.files, found = []file{f}, true
		case stageFile.MatchString(r.name):
			s := &stageSource{}
			s.file, bad = readYAML(r.name, r.data, &s.stage)
			stages[r.name] = s
		default:
			bad = []Problem{problem(clip(r.name, 80), "unexpected_file")}
		}
		problems = append(problems, bad...)
	}
	if !found {
		problems = append(problems, problem(packFile, "no_pack_file"))
	}
	if len(problems) > 0 {
		return nil, capped(problems)
	}
	if problems = p.join(stages); len(problems) > 0 {
		return nil, capped(problems)
	}
	p.fill()
	p.hash = hashOf(p.Source())
	return &p, nil
}

type stageSource struct {
	stage Stage
	file  file
}

// join puts the stages in the order that pack.yaml gives, and tells which file
// is missing, left over or named wrongly.
func (p *Pack) join(stages map[string]*stageSource) (problems []Problem) {
	pack := place{file: &p.files[0]}
	for i, id := range p.Order {
		if len(problems) >= maxProblems {
			return problems
		}
		name := strconv.Itoa(i+1) + "-" + id + ".yaml"
		s, ok := stages[name]
		if !ok {
			problems = append(problems, pack.below("stages").index(i).tell("stage_file_missing", "file", name))
			continue
		}
		delete(stages, name)
		at := place{file: &s.file, element: s.stage.ID}
		if s.stage.ID != id {
			problems = append(problems, at.below("id").tell("stage_id_differs", "id", id))
		}
		if s.stage.Number != i+1 {
			problems = append(problems, at.below("number").tell("stage_number_differs", "number", strconv.Itoa(i+1)))
		}
		p.Stages = append(p.Stages, s.stage)
		p.files = append(p.files, s.file)
	}
	for name := range stages {
		problems = append(problems, problem(name, "stage_not_listed"))
	}
	return problems
}

// fill sets what a writer may leave out.
func (p *Pack) fill() {
	for i := range p.Stages {
		for j := range p.Stages[i].Questions {
			q := &p.Stages[i].Questions[j]
			if q.Form == "" {
				q.Form = FormOpen
			}
			if q.Names == "" {
				q.Names = NamesShown
			}
		}
	}
}

// tell makes a problem at a place, with the line of its file.
func (p place) tell(key string, args ...string) Problem {
	at := p.file.where(p.path)
	out := problem(p.file.name, key, args...).at(p.file.text, at.line, at.column)
	out.Element, out.Path = clip(p.element, 64), p.path
	return out
}

// capped keeps the first problems in reading order. Hints are counted apart: a
// flood of them may never push a fault out, or a pack would pass.
func capped(problems []Problem) []Problem {
	var kept []Problem
	faults, hints := 0, 0
	for _, p := range sortProblems(problems) {
		count := &faults
		if p.Hint {
			count = &hints
		}
		if *count++; *count <= maxProblems {
			kept = append(kept, p)
		}
	}
	return kept
}
