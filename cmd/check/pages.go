package main

import "context"

func builtAssets(ctx context.Context, w *workshop) (string, error) {
	_, err := w.command(ctx, "go", "run", "-C", "tools", "./assets", "--verify")
	return "", err
}

// typeScript checks the islands; the step before installed the compiler.
func typeScript(ctx context.Context, w *workshop) (string, error) {
	_, err := w.command(ctx, "node", "web/assets/node_modules/typescript/bin/tsc", "-p", "web/assets")
	return "", err
}

func toolTests(ctx context.Context, w *workshop) (string, error) {
	_, err := w.command(ctx, "go", "test", "-C", "tools", "./...")
	return "", err
}
