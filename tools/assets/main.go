// Command assets builds what the browser loads: styles, scripts, fonts and the
// mark, from web/assets/src (and styles and islands that lie beside the pages of
// a room) into web/assets/dist, with names that change with their content and a
// manifest that maps plain names to them.
//
// The results are committed, so that the program builds with Go alone. It runs
// from the tools folder:
//
//	go run -C tools ./assets            build
//	go run -C tools ./assets --verify   compare what is committed with a fresh build
//
// npm only fetches sources (npm ci --ignore-scripts, when the lock file changed
// since); bundling is esbuild as a Go library.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	verify := flag.Bool("verify", false, "compare the committed files with a fresh build, write nothing")
	root := flag.String("root", "..", "folder of the main module")
	flag.Parse()
	if err := run(*root, *verify); err != nil {
		fmt.Fprintln(os.Stderr, "assets:", err)
		os.Exit(1)
	}
}

func run(root string, verify bool) error {
	root, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	home := filepath.Join(root, "web", "assets")
	if err := fetchSources(home); err != nil {
		return err
	}
	entries, err := findEntries(root)
	if err != nil {
		return err
	}
	files, err := bundle(root, entries)
	if err != nil {
		return err
	}
	dist := filepath.Join(home, "dist")
	if verify {
		return compare(dist, files)
	}
	return write(dist, files)
}
