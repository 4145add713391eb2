package main

import (
	"strings"

	"github.com/alecthomas/kong"
)

// environmentOf lets every flag be given as LEERKRING_NAME_OF_FLAG too.
func environmentOf(environ []string) kong.Resolver {
	values := map[string]string{}
	for _, pair := range environ {
		if name, value, ok := strings.Cut(pair, "="); ok && strings.HasPrefix(name, "LEERKRING_") {
			values[name] = value
		}
	}
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		v, ok := values["LEERKRING_"+strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_"))]
		if !ok {
			return nil, nil
		}
		return v, nil
	})
}

// oneLine keeps an error on one line without control characters, for a terminal and a log.
func oneLine(err error) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		if r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) {
			return -1
		}
		return r
	}, err.Error())
}

type versionCommand struct{}

// Run tells the version.
func (versionCommand) Run(s *streams) error {
	_, err := s.out.Write([]byte("leerkring " + Version + "\n"))
	return err
}
