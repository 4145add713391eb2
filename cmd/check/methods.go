package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
)

// methods checks the packs that the program carries, and that they cover the
// inventory, every row of it. The inventory is no part of the source: --inventory names its
// folder, else it is the folder method of LEERKRING_SHARED. CI must have it;
// elsewhere the line of the step says that coverage was not measured.
func methods(ctx context.Context, w *workshop) (string, error) {
	if _, err := w.command(ctx, "go", "run", "./cmd/leerkring", "methods", "check"); err != nil {
		return "", err
	}
	inventory := w.inventoryFolder()
	if _, err := os.Stat(inventory); err != nil {
		const missing = "coverage not measured: no folder %s; set LEERKRING_SHARED or give --inventory"
		if w.inventory != "" || w.value("CI") == "true" {
			return "", failure(missing, inventory)
		}
		return strings.ReplaceAll(missing, "%s", inventory), nil
	}
	out, err := w.command(ctx, "go", "run", "./cmd/leerkring", "methods", "coverage", "--inventory", inventory, "--source", ".")
	lines := strings.Split(out, "\n")
	return lines[len(lines)-1], err
}

func (w *workshop) inventoryFolder() string {
	if w.inventory != "" {
		return w.inventory
	}
	shared := w.value("LEERKRING_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "shared")
	}
	return filepath.Join(shared, "method")
}
