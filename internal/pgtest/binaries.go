package pgtest

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// oldest is the first major version with everything that Leerkring asks of
// PostgreSQL.
const oldest = 15

var numbered = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// FindBinaries gives the directory with initdb and postgres of the newest
// PostgreSQL on this machine that is new enough.
func FindBinaries() (string, error) {
	best, dir := 0, ""
	for _, candidate := range candidates() {
		if v := version(candidate); v >= oldest && v > best {
			best, dir = v, candidate
		}
	}
	if dir == "" {
		return "", fmt.Errorf("no PostgreSQL %d or newer found in /usr/lib/postgresql or PATH", oldest)
	}
	return dir, nil
}

// candidates are the places where packages of Linux and macOS put the server.
func candidates() []string {
	var dirs []string
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin",
	} {
		found, _ := filepath.Glob(pattern) // the only error is a bad pattern
		dirs = append(dirs, found...)
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		dirs = append(dirs, filepath.Dir(path))
	}
	return dirs
}

// version is the major version in dir, or 0 when it has no usable server.
func version(dir string) int {
	out, err := exec.Command(filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return 0
	}
	return majorVersion(string(out))
}

func majorVersion(text string) int {
	found := numbered.FindStringSubmatch(text)
	if found == nil {
		return 0
	}
	n, _ := strconv.Atoi(found[1]) // digits only, by the pattern
	return n
}
