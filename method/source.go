package method

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// sourceMark opens each file inside a source. No file may hold a line that
// begins with three dashes, so a source always comes apart the same way.
const sourceMark = "--- # "

// Source is the whole pack as one YAML text, for the database: pack.yaml and
// then each stage, every file below a line with its name. The same pack always
// gives the same bytes.
func (p *Pack) Source() []byte {
	var b bytes.Buffer
	for _, f := range p.files {
		b.WriteString(sourceMark + f.name + "\n" + f.text)
	}
	return b.Bytes()
}

// Hash is the SHA-256 of Source in hexadecimal. A trajectory keeps it beside
// the version, so that nobody can change what a team is walking.
func (p *Pack) Hash() string { return p.hash }

func hashOf(source []byte) string {
	sum := sha256.Sum256(source)
	return hex.EncodeToString(sum[:])
}

// FromSource reads a pack back from what Source gave, with the same Hash. It
// does not Check: a team keeps its method even when a later version of the
// product asks more of new packs.
func FromSource(source []byte) (*Pack, []Problem) {
	if len(source) > maxPackBytes+maxFiles*128 {
		return nil, []Problem{problem(packFile, "pack_too_large", "limit", strconv.Itoa(maxPackBytes>>20))}
	}
	// A mail program or another editor may have given it other line ends.
	plain := strings.ReplaceAll(strings.TrimPrefix(string(source), "\ufeff"), "\r\n", "\n")
	text, found := strings.CutPrefix(plain, sourceMark)
	if !found {
		return nil, []Problem{problem(packFile, "not_a_source")}
	}
	parts := strings.SplitN(text, "\n"+sourceMark, maxFiles+1)
	if len(parts) > maxFiles {
		return nil, []Problem{problem("", "too_many_files", "limit", strconv.Itoa(maxFiles))}
	}
	raw := make([]rawFile, 0, len(parts))
	seen := map[string]bool{}
	for _, part := range parts {
		name, body, _ := strings.Cut(part, "\n")
		if seen[name] || name == "" {
			return nil, []Problem{problem(packFile, "not_a_source")}
		}
		seen[name] = true
		raw = append(raw, rawFile{name, []byte(body)})
	}
	return assemble(raw)
}
