package main

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// files are built files by path below dist.
type files map[string][]byte

const (
	manifest = "manifest.json"
	// partFolder holds what scripts load from each other. No page asks for it.
	partFolder = "part/"
)

// bundle builds all entries in memory. Paths in it are relative to the root, so
// that every machine makes the same bytes.
func bundle(root string, entries []entry) (files, error) {
	dist := filepath.Join(root, "web", "assets", "dist")
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:       root,
		Outdir:              dist,
		EntryPointsAdvanced: entryPoints(entries),
		EntryNames:          "[dir]/[name]-[hash]",
		ChunkNames:          partFolder + "[name]-[hash]",
		AssetNames:          "font/[name]-[hash]",
		Loader:              map[string]api.Loader{".woff2": api.LoaderFile, ".svg": api.LoaderCopy, ".png": api.LoaderCopy},
		NodePaths:           []string{filepath.Join(root, "web", "assets", "node_modules")},
		Bundle:              true,
		Splitting:           true,
		Format:              api.FormatESModule,
		Platform:            api.PlatformBrowser,
		Target:              api.ES2022,
		// CSS is written for browsers with light-dark(): nothing is rewritten for older ones.
		Engines:           []api.Engine{{Name: api.EngineChrome, Version: "123"}, {Name: api.EngineFirefox, Version: "120"}, {Name: api.EngineSafari, Version: "17.5"}},
		Charset:           api.CharsetUTF8,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsEndOfFile,
		TsconfigRaw:       `{"compilerOptions": {"useDefineForClassFields": true}}`,
		LogLevel:          api.LogLevelSilent,
	})
	if err := complaints(result); err != nil {
		return nil, err
	}
	built := files{}
	names := map[string]string{}
	for _, out := range result.OutputFiles {
		path, err := filepath.Rel(dist, out.Path)
		if err != nil {
			return nil, err
		}
		path = filepath.ToSlash(path)
		built[path] = out.Contents
		if !strings.HasPrefix(path, partFolder) {
			names[plainName(path)] = path
		}
	}
	text, err := json.MarshalIndent(names, "", "  ")
	if err != nil {
		return nil, err
	}
	built[manifest] = append(text, '\n')
	return built, nil
}

func entryPoints(entries []entry) []api.EntryPoint {
	points := make([]api.EntryPoint, len(entries))
	for i, e := range entries {
		points[i] = api.EntryPoint{
			InputPath:  "./" + e.source,
			OutputPath: strings.TrimSuffix(e.name, filepath.Ext(e.name)),
		}
	}
	return points
}

var hashed = regexp.MustCompile(`-[A-Z0-9]{8}(\.[a-z0-9]+)$`)

// plainName is the name in the manifest: the path without the hash.
func plainName(path string) string { return hashed.ReplaceAllString(path, "$1") }

// complaints makes one error of what esbuild says. Warnings count: a style that a
// browser will not understand is a mistake too.
func complaints(result api.BuildResult) error {
	all := api.FormatMessages(result.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
	all = append(all, api.FormatMessages(result.Warnings, api.FormatMessagesOptions{Kind: api.WarningMessage})...)
	if len(all) == 0 {
		return nil
	}
	return errors.New("esbuild:\n" + strings.Join(all, "\n"))
}
