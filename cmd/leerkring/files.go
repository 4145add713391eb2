package main

import (
	"errors"
	"path/filepath"
	"strings"

	"leerkring/instance"
	"leerkring/internal/blob"
)

// openFiles opens the folder of files in the data directory. With a PostgreSQL it lies
// there too: one node, until files can lie in a store that several reach.
func openFiles(set settings) (*blob.Dir, error) {
	dir, err := dataOf(set)
	if err != nil {
		return nil, err
	}
	return blob.Open(instance.Files(dir))
}

func dataOf(set settings) (string, error) {
	dir := set.Data
	if file, ok := strings.CutPrefix(set.Database, "sqlite:"); ok && dir == "" {
		dir = filepath.Dir(file)
	}
	if dir == "" {
		return "", errors.New("files need a data directory: give --data")
	}
	return dir, nil
}
