package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
)

// inventoryFolder is where the inventory lies when nothing else is said.
const inventoryFolder = "content/inventory"

// methods checks the packs that the program carries, and that they cover the
// inventory. Where there is no inventory the line says so.
func methods(ctx context.Context, w *workshop) (string, error) {
	if _, err := w.command(ctx, "go", "run", "./cmd/leerkring", "methods", "check"); err != nil {
		return "", err
	}
	inventory := w.inventory
	if inventory == "" {
		inventory = filepath.Join(w.root, filepath.FromSlash(inventoryFolder))
		if _, err := os.Stat(inventory); err != nil {
			return "coverage not measured: no inventory in " + inventoryFolder + " and no --inventory", nil
		}
	}
	out, err := w.command(ctx, "go", "run", "./cmd/leerkring", "methods", "coverage", "--inventory", inventory, "--source", ".")
	lines := strings.Split(out, "\n")
	return lines[len(lines)-1], err
}
