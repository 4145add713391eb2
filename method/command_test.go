package method

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"leerkring/content"
)

// TestCheckSpeaksToATeacher shows the whole answer to a pack with several
// slips, as the command line prints it in both languages.
func TestCheckSpeaksToATeacher(t *testing.T) {
	t.Parallel()
	for _, lang := range Languages {
		var out bytes.Buffer
		if err := CheckCommand(&out, os.DirFS("testdata/bad/first-try"), lang); !errors.Is(err, ErrFaults) {
			t.Errorf("%s: %v", lang, err)
		}
		golden(t, "testdata/bad/first-try."+lang+".txt", out.Bytes())
	}
}

func TestCheckTakesAPackAFolderOfPacksOrAllContent(t *testing.T) {
	t.Parallel()
	folders := fstest.MapFS{}
	for name, f := range goodPack(t) {
		folders["team-hour/"+name] = f
	}
	for _, c := range []struct {
		name string
		fsys fs.FS
		want string
		err  error
	}{
		{"one pack", goodPack(t), "Packs: 1. Cards: 0. Entries: 0. To mend: 0. Hints: 0.\n", nil},
		{"a folder of packs", folders, "Packs: 1. Cards: 0. Entries: 0. To mend: 0. Hints: 0.\n", nil},
		{"all content", library(t), "Packs: 1. Cards: 2. Entries: 2. To mend: 0. Hints: 0.\n", nil},
		{"nothing", fstest.MapFS{}, ".: There is no pack here: no pack.yaml, and no folder methods.\nPacks: 0. Cards: 0. Entries: 0. To mend: 1. Hints: 0.\n", ErrFaults},
		{"one pack with a fault", with(t, goodPack(t), tryYAML, "back_to: [look]", "back_to: [x]"), "2-try.yaml:6:11: try: There is no stage ‘x’. Choose from: look, try.\n    back_to: [x]\n              ^\nPacks: 0. Cards: 0. Entries: 0. To mend: 1. Hints: 0.\n", ErrFaults},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			if err := CheckCommand(&out, c.fsys, "en"); !errors.Is(err, c.err) {
				t.Error(err)
			}
			if out.String() != c.want {
				t.Errorf("printed\n%s\nwant\n%s", out.String(), c.want)
			}
		})
	}
}

func TestCheckOfOurOwnContentPasses(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := CheckCommand(&out, content.FS, "nl"); err != nil {
		t.Error(err, out.String())
	}
}

func TestListOfPacks(t *testing.T) {
	t.Parallel()
	lib, _ := Open(library(t))
	var out bytes.Buffer
	if err := ListCommand(&out, lib, false, "en"); err != nil || out.String() != "team-hour 1.2.0  Team hour\n" {
		t.Errorf("%v %q", err, out.String())
	}
	out.Reset()
	if err := ListCommand(&out, lib, true, "nl"); err != nil {
		t.Fatal(err)
	}
	var list []listed
	if err := json.Unmarshal(out.Bytes(), &list); err != nil {
		t.Fatal(err)
	}
	p, _ := lib.Latest("team-hour")
	want := listed{"team-hour", "1.2.0", KindMethod, ShapePage, Text{"Teamuur", "Team hour"}, 2, 1, p.Hash()}
	if len(list) != 1 || list[0] != want {
		t.Errorf("%+v", list)
	}
	out.Reset()
	empty, _ := Open(emptyFS{})
	if err := ListCommand(&out, empty, true, "nl"); err != nil || out.String() != "[]\n" {
		t.Errorf("%v %q", err, out.String())
	}
}

// failing is an output that is gone, such as a closed pipe.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, fs.ErrClosed }

func TestCommandsTellWhenTheyCannotWrite(t *testing.T) {
	t.Parallel()
	lib, _ := Open(library(t))
	o := coverageOptions(t)
	asJSON := o
	asJSON.JSON = true
	for name, err := range map[string]error{
		"check": CheckCommand(failing{}, goodPack(t), "nl"), "list": ListCommand(failing{}, lib, false, "nl"),
		"list json": ListCommand(failing{}, lib, true, "nl"), "coverage": CoverageCommand(failing{}, o),
		"coverage json": CoverageCommand(failing{}, asJSON),
	} {
		if !errors.Is(err, fs.ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
