package assets

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"sync"
)

// Prefix is where the handler stands in the route table.
const Prefix = "/assets/"

const manifest = "manifest.json"

//go:embed dist
var embedded embed.FS

// names maps plain names to hashed paths below dist.
var names = sync.OnceValue(func() map[string]string {
	text, err := fs.ReadFile(dist(), manifest)
	if err != nil {
		panic(fmt.Sprintf("assets: %v: run go run -C tools ./assets", err))
	}
	var m map[string]string
	if err := json.Unmarshal(text, &m); err != nil {
		panic(fmt.Sprintf("assets: %s: %v", manifest, err))
	}
	return m
})

// URL is the address of a file by its plain name. It panics on a name that was
// not built: that is a mistake in a template, found by the test that renders it.
func URL(name string) string {
	path, ok := names()[name]
	if !ok {
		panic(fmt.Sprintf("assets: no file %q in the manifest", name))
	}
	return Prefix + path
}

// Has says whether a file of this plain name was built: for pages whose own style
// is optional.
func Has(name string) bool {
	_, ok := names()[name]
	return ok
}

func dist() fs.FS {
	sub, err := fs.Sub(embedded, "dist")
	if err != nil {
		panic(err) // the path is a constant
	}
	return sub
}
