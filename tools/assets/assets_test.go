package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func tree(t *testing.T, texts map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for path, text := range texts {
		full := filepath.Join(root, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestEntriesLieInTheSourcesAndBesideThePages(t *testing.T) {
	root := tree(t, map[string]string{
		"web/assets/src/css/app.css": "", "web/assets/src/css/reset.css": "", "web/assets/src/css/page/week.css": "",
		"web/assets/src/ts/app.ts": "", "web/assets/src/ts/form.ts": "", "web/assets/src/img/mark.svg": "",
		"web/plan/goal.css": "", "web/plan/goal.ts": "", "web/plan/goal.templ": "", "web/ui/parts.css": "",
	})
	entries, err := findEntries(root)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.name)
	}
	slices.Sort(names)
	if want := []string{"app.css", "app.js", "img/mark.svg", "page/goal.css", "page/goal.js", "page/week.css"}; !slices.Equal(names, want) {
		t.Errorf("found %v", names)
	}
}

func TestTwoStylesOfOneNameAreRefused(t *testing.T) {
	root := tree(t, map[string]string{"web/assets/src/css/page/plan.css": "", "web/plan/plan.css": ""})
	if _, err := findEntries(root); err == nil || !strings.Contains(err.Error(), "page/plan.css") {
		t.Errorf("got %v", err)
	}
}

func TestABuildNamesFilesByTheirContent(t *testing.T) {
	texts := map[string]string{
		"web/assets/src/css/app.css": "@layer page;\nbody { color: red }",
		"web/assets/src/ts/app.ts":   "const n: number = 1;\nvoid import('./part').then((m) => m.say(n));",
		"web/assets/src/ts/part.ts":  "export const say = (n: number) => console.log(n);",
	}
	build := func() files {
		t.Helper()
		root := tree(t, texts)
		entries, err := findEntries(root)
		if err != nil {
			t.Fatal(err)
		}
		built, err := bundle(root, entries)
		if err != nil {
			t.Fatal(err)
		}
		return built
	}
	first, second := build(), build()
	for path, content := range first {
		if string(second[path]) != string(content) {
			t.Errorf("%s is not the same in another folder", path)
		}
	}
	text := string(first[manifest])
	if !strings.Contains(text, `"app.css": "app-`) || strings.Contains(text, "part") {
		t.Errorf("manifest: %s", text)
	}
	texts["web/assets/src/css/app.css"] = "body { color: blue }"
	if string(build()[manifest]) == text {
		t.Error("another style has the same name")
	}
}

func TestWhatABrowserWillNotUnderstandIsRefused(t *testing.T) {
	root := tree(t, map[string]string{"web/assets/src/css/app.css": "body { color: red"})
	_, err := bundle(root, []entry{{"web/assets/src/css/app.css", "app.css"}})
	if err == nil || !strings.Contains(err.Error(), "app.css:1") {
		t.Errorf("got %v", err)
	}
}

func TestDistIsExactlyTheBuild(t *testing.T) {
	dist := tree(t, map[string]string{"old-AAAAAAAA.css": "old", "same-BBBBBBBB.css": "same"})
	built := files{"same-BBBBBBBB.css": []byte("same"), "page/new-CCCCCCCC.css": nil}
	err := compare(dist, built)
	if err == nil || !strings.Contains(err.Error(), "old-AAAAAAAA.css is left over") || !strings.Contains(err.Error(), "page/new-CCCCCCCC.css is missing") {
		t.Errorf("compare: %v", err)
	}
	if err := write(dist, built); err != nil {
		t.Fatal(err)
	}
	if err := compare(dist, built); err != nil {
		t.Error(err)
	}
	built["same-BBBBBBBB.css"] = []byte("other")
	if err := compare(dist, built); err == nil || !strings.Contains(err.Error(), "differs") {
		t.Errorf("compare: %v", err)
	}
}
