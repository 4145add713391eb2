package method

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFoldersThatAreNoPack(t *testing.T) {
	t.Parallel()
	many := fstest.MapFS{}
	for i := range maxFiles + 1 {
		many[fmt.Sprintf("f%d.yaml", i)] = &fstest.MapFile{}
	}
	large := fstest.MapFS{}
	for i := range 5 {
		large[fmt.Sprintf("%d-a.yaml", i+1)] = &fstest.MapFile{Data: bytes.Repeat([]byte("# a\n"), maxFileBytes/4)}
	}
	for _, c := range []struct {
		name string
		fsys fs.FS
		want []string
	}{
		{"nothing there", fstest.MapFS{}, []string{"pack.yaml:0:0  no_pack_file"}},
		{"no folder", emptyFS{}, []string{".:0:0  unreadable"}},
		{"a folder inside", fstest.MapFS{"more/a.yaml": {}}, []string{"more:0:0  unexpected_file"}},
		{"a link", fstest.MapFS{"pack.yaml": {Data: []byte("/etc/passwd"), Mode: fs.ModeSymlink}}, []string{"pack.yaml:0:0  unexpected_file"}},
		{"another kind of file", fstest.MapFS{"pack.yml": {}}, []string{"pack.yml:0:0  unexpected_file"}},
		{"a name that is no stage", fstest.MapFS{"one.yaml": {Data: []byte("a: b")}}, []string{"one.yaml:0:0  unexpected_file", "pack.yaml:0:0  no_pack_file"}},
		{"more files than anyone writes", many, []string{".:0:0  too_many_files"}},
		{"one file above the cap", fstest.MapFS{"pack.yaml": {Data: make([]byte, maxFileBytes+1)}}, []string{"pack.yaml:0:0  file_too_large"}},
		{"all files above the cap together", large, []string{".:0:0  pack_too_large"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, problems := Load(c.fsys, ".")
			if p != nil {
				t.Error("loaded")
			}
			if diff := cmp.Diff(c.want, brief(problems)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestHostileFilesAreRefusedSoon gives each file a megabyte of one trick. None
// may be read as a pack, and none may keep a server busy.
func TestHostileFilesAreRefusedSoon(t *testing.T) {
	t.Parallel()
	const size = maxFileBytes - 64
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	var unique strings.Builder
	for i := 0; unique.Len() < size-16; i++ {
		fmt.Fprintf(&unique, "k%d: v\n", i)
	}
	tricks := map[string]string{
		"open brackets": fill("["), "open braces": fill("{"), "brackets in braces": fill("{a: ["),
		"dashes": fill("- "), "dashes below each other": fill("-\n "), "question marks": fill("? "),
		"tags": fill("! "), "anchors": fill("&a "), "merge keys": fill("<<: "), "same keys": "{" + fill("a: b,") + "}",
		"many keys": unique.String(), "many keys in braces": "{" + strings.ReplaceAll(unique.String(), "\n", ",") + "}",
		"documents": fill("---\n"), "literals": fill("|\n"), "directives": fill("%a\n"), "colons": fill(": "),
		"an endless word": fill("a"), "an endless quote": `"` + fill("a"), "escapes": `a: "` + fill(`\u0041`) + `"`,
		"a long list": "[" + fill("a,") + "]", "keys of keys": fill("a: "), "comments": fill("#a\n"),
		"ever deeper": func() string {
			var b strings.Builder
			for i := 0; b.Len() < size-2048; i++ {
				b.WriteString(strings.Repeat(" ", i) + "a:\n")
			}
			return b.String()
		}(),
		"many slips":               "roles:\n" + fill("- {x: 1}\n"),
		"many stages without file": "id: a\nstages:\n" + numbered("- s%d\n", size/2),
		"many wrong rows":          "id: a\nstages: [s]\ncovers:\n" + numbered("- s%d\n", size/2),
		"laughs":                   "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
		"empty":                    "", "only spaces": fill(" "), "line ends": fill("\r\n"), "a byte order mark": "\ufeff\ufeff",
		"nothing in a list": "[null, ~, ]", "a number": "1", "text": "hello",
	}
	for name, data := range tricks {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			p, problems := Load(fstest.MapFS{"pack.yaml": {Data: []byte(data)}}, ".")
			if p != nil || len(problems) == 0 {
				t.Errorf("loaded, with %v", problems)
			}
			for _, problem := range problems {
				if len(problem.Sentence) > 600 || len(problem.Excerpt) > 600 {
					t.Errorf("a problem of %d and %d bytes", len(problem.Sentence), len(problem.Excerpt))
				}
			}
			// A guard against hours, not a measurement: the slow road takes minutes.
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// numbered repeats a line with a number in it up to a size.
func numbered(line string, size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, line, i)
	}
	return b.String()
}

// TestAFloodOfSlipsInMeaningIsCapped gives a pack that loads, with so many
// slips and hints that telling all would take for ever. Hints never push out
// the one fault.
func TestAFloodOfSlipsInMeaningIsCapped(t *testing.T) {
	t.Parallel()
	rows := "covers:\n" + numbered("- r%d\n", maxFileBytes/3)
	p := mustLoad(t, with(t, goodPack(t), packYAML, "covers: [S0-DOC-01]\n", rows))
	if n := len(Check(p)); n != maxProblems {
		t.Errorf("%d problems", n)
	}
	long := numbered("  - {id: h%d, weight: more, text: {nl: a b c d e f g h i j k l m n o p q, en: a}}\n", maxFileBytes/4)
	pack := with(t, goodPack(t), packYAML, "notes:\n", "notes:\n"+long)
	pack = with(t, pack, tryYAML, "back_to: [look]", "back_to: [x]")
	found := Check(mustLoad(t, pack))
	if len(found) != maxProblems+1 || len(Faults(found)) != 1 {
		t.Errorf("%d problems, %d faults", len(found), len(Faults(found)))
	}
}

func TestProblemsCarryTheLineAndAMark(t *testing.T) {
	t.Parallel()
	_, problems := Load(with(t, goodPack(t), tryYAML, "form: count", "from: count"), ".")
	if len(problems) != 1 {
		t.Fatal(problems)
	}
	p := problems[0]
	want := "    from: count\n    ^"
	if p.Excerpt != want {
		t.Errorf("excerpt is\n%s\nwant\n%s", p.Excerpt, want)
	}
	if got := p.String(); got != "2-try.yaml:11:5: f2.q1: ‘from’ is not known here. Do you mean ‘form’?" {
		t.Error(got)
	}
	if got := p.In("nl"); got != "‘from’ kennen we hier niet. Bedoel je ‘form’?" {
		t.Error(got)
	}
}

func TestExcerptOfALongLineKeepsTheMarkInSight(t *testing.T) {
	t.Parallel()
	line := strings.Repeat("x", 200) + "here" + strings.Repeat("y", 200)
	got := excerpt("first\n"+line, 2, 201)
	shown, mark, _ := strings.Cut(got, "\n")
	if at := strings.Index(shown, "here"); at < 0 || len(mark)-1 != at {
		t.Errorf("mark at %d under %q", len(mark)-1, shown)
	}
	if excerpt("one", 9, 1) != "" {
		t.Error("a line past the end has an excerpt")
	}
}

func TestAHostileNameCannotForgeALine(t *testing.T) {
	t.Parallel()
	_, problems := Load(fstest.MapFS{"a\nok.yaml": {}, "pack.yaml": {Data: []byte("id: \"x\\u001b[31m\\nfine\"\nfoo: 1")}}, ".")
	for _, p := range problems {
		if strings.ContainsAny(p.String(), "\n\x1b") {
			t.Errorf("%q", p.String())
		}
	}
	if len(problems) == 0 {
		t.Error("nothing told")
	}
}

func TestSourceComesBackAsTheSamePack(t *testing.T) {
	t.Parallel()
	p := mustLoad(t, goodPack(t))
	back, problems := FromSource(p.Source())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if back.Hash() != p.Hash() || !bytes.Equal(back.Source(), p.Source()) {
		t.Error("source or hash differ after reading back")
	}
	if diff := cmp.Diff(p.Stages, back.Stages); diff != "" {
		t.Error(diff)
	}
	if len(p.Hash()) != 64 {
		t.Errorf("hash is %q", p.Hash())
	}
}

func TestHashKnowsTextAndNotItsDress(t *testing.T) {
	t.Parallel()
	first := mustLoad(t, goodPack(t)).Hash()
	dressed := goodPack(t)
	text := strings.ReplaceAll(string(dressed[tryYAML].Data), "\n", "  \r\n")
	dressed[tryYAML] = &fstest.MapFile{Data: []byte("\ufeff" + text + "\r\n\r\n")}
	if got := mustLoad(t, dressed).Hash(); got != first {
		t.Error("line ends change the hash")
	}
	changed := with(t, goodPack(t), tryYAML, "One line.", "Two lines.")
	if got := mustLoad(t, changed).Hash(); got == first {
		t.Error("another word keeps the hash")
	}
}

func TestTextThatIsNoSourceIsRefused(t *testing.T) {
	t.Parallel()
	good := string(mustLoad(t, goodPack(t)).Source())
	for name, source := range map[string]string{
		"empty": "", "plain yaml": "id: a", "a pack twice": good + good,
		"a path out": strings.Replace(good, "1-look.yaml", "../1-look.yaml", 1),
		"too large":  sourceMark + "pack.yaml\n" + strings.Repeat("a", maxPackBytes+maxFiles*128),
		"too many":   strings.Repeat(sourceMark+"pack.yaml\n", maxFiles+1),
		"cut off":    good[:len(good)/2],
	} {
		if p, problems := FromSource([]byte(source)); p != nil || len(problems) == 0 {
			t.Errorf("%s: accepted", name)
		}
	}
}
