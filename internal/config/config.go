// Package config is the one place that looks at the environment of the process.
//
// Every flag has a variable beside it: --base-url is LEERKRING_BASE_URL. A flag wins
// over its variable. A secret may also stand in a file, named by a variable that ends
// in _FILE, that only its owner can read. main takes an Env once and passes it on:
// nothing below it looks around.
package config

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

const prefix = "LEERKRING_"

// Env is what was set for us: names without LEERKRING_, in small letters with hyphens,
// as flags are written.
type Env map[string]string

// System is the environment of this process.
func System() Env { return Of(os.Environ()) }

// Of reads NAME=value pairs and keeps those that are ours.
func Of(pairs []string) Env {
	e := Env{}
	for _, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		if name, ours := strings.CutPrefix(name, prefix); ok && ours && name != "" {
			e[strings.ReplaceAll(strings.ToLower(name), "_", "-")] = value
		}
	}
	return e
}

// Variable is the name of the variable of a flag.
func Variable(flag string) string {
	return prefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// Get returns what was set for a flag, or "".
func (e Env) Get(flag string) string { return e[flag] }

// Resolver gives the flags of a command line their variables.
func (e Env) Resolver() kong.Resolver {
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if v, ok := e[flag.Name]; ok {
			return v, nil
		}
		return nil, nil
	})
}

// Unknown lists the variables that are none of these flags: a name with a slip of the
// pen would otherwise be silently nothing.
func (e Env) Unknown(flags ...string) []string {
	var out []string
	for name := range e {
		if !slices.Contains(flags, name) && !slices.Contains(flags, strings.TrimSuffix(name, "-file")) {
			out = append(out, Variable(name))
		}
	}
	slices.Sort(out)
	return out
}

// Secret returns a secret: the variable itself, or what the file of NAME_FILE holds.
// It is "" when neither is set. No error repeats the secret.
func (e Env) Secret(flag string) (string, error) {
	file := e[flag+"-file"]
	switch {
	case file == "":
		return e[flag], nil
	case e[flag] != "":
		return "", fmt.Errorf("%s and %s_FILE are both set: keep one", Variable(flag), Variable(flag))
	}
	return ReadSecret(file)
}

const largestSecret = 64 << 10

// ReadSecret reads a file that only its owner can read or write.
func ReadSecret(file string) (string, error) {
	info, err := os.Stat(file)
	if err != nil {
		return "", fmt.Errorf("read a secret: %w", err)
	}
	switch {
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is no file", file)
	case info.Mode().Perm()&0o077 != 0:
		return "", fmt.Errorf("%s can be read by others: chmod 600", file)
	case info.Size() > largestSecret:
		return "", fmt.Errorf("%s is too large for a secret", file)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("read a secret: %w", err)
	}
	return strings.TrimRight(string(raw), "\r\n"), nil
}
