package trajectory_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"leerkring/content"
	"leerkring/method"
	"leerkring/trajectory"
)

// libraryOf is the content of the program, changed.
func libraryOf(t *testing.T, change func(path, text string) string) *method.Library {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(content.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(content.FS, path)
		if text := change(path, string(raw)); text != "" {
			files[path] = &fstest.MapFile{Data: []byte(text)}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	lib, problems := method.Open(files)
	if lib == nil {
		t.Fatal(problems)
	}
	return lib
}

// packStays: a newer program without the version, or with other words under the same
// version, shows the words that the team began with.
func packStays(t *testing.T, w *town) {
	const before, after = "Wat willen we over zes weken", "Iets heel anders over zes weken"
	id := w.begin("lead", trajectory.Start{MethodID: "kleine-ronde"})
	for name, lib := range map[string]*method.Library{
		"without the pack": libraryOf(t, func(path, text string) string {
			if strings.HasPrefix(path, "methods/kleine-ronde/") {
				return ""
			}
			return text
		}),
		"with other words under the same version": libraryOf(t, func(path, text string) string { return strings.ReplaceAll(text, before, after) }),
		"as it was": libraryOf(t, func(_, text string) string { return text }),
	} {
		walks := trajectory.NewService(w.d, w.clock, lib)
		s := must(walks.Reach(t.Context(), w.d, w.who("lead"), id))(t)
		for range 2 {
			pack := must(walks.PackOf(t.Context(), w.d, s.Trajectory))(t)
			if _, q, ok := pack.Question("kr.1"); !ok || !strings.HasPrefix(q.Text.NL, before) || len(pack.Stages) != 3 {
				t.Errorf("%s: %v %q", name, ok, q.Text.NL)
			}
		}
		w.ok(walks.Move(t.Context(), w.who("lead"), id, s.Version, trajectory.Steps(must(walks.PackOf(t.Context(), w.d, s.Trajectory))(t), s.StageID)[0], "Door, met wat er was."))
		s = must(walks.Reach(t.Context(), w.d, w.who("lead"), id))(t)
		w.exec(`update trajectory set stage_id = 'begin' where id = $1`, id)
		if s.StageID != "halverwege" {
			t.Errorf("%s: %s", name, s.StageID)
		}
	}
	if _, err := w.walks.PackOf(t.Context(), w.d, trajectory.Trajectory{MethodID: "never", MethodVersion: "1.0.0"}); refusal(err) != "absent" {
		t.Errorf("a pack that nobody walks: %v", err)
	}
}
