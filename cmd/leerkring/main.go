// Command leerkring is the whole product in one binary: the server, the demo school, and
// the commands for whoever looks after it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
)

// Version is set when a release is built.
var Version = "dev"

// Exit codes: 0 done, 1 refused or failed with one clear line, 2 wrong usage.
const (
	exitRefused = 1
	exitUsage   = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := Main(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Main runs the program and returns its exit code; a test starts the whole program by it.
func Main(ctx context.Context, args, environ []string, out, errOut io.Writer) int {
	err := run(ctx, args, environ, out, errOut)
	var usage *usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &usage):
		fmt.Fprintln(errOut, "leerkring: "+usage.Error())
		return exitUsage
	}
	fmt.Fprintln(errOut, "leerkring: "+oneLine(plain(err)))
	return exitRefused
}

// plain says a refusal in words: before there is a house, such as one that may not begin.
func plain(err error) error {
	catalog, e := texts()
	if e != nil {
		return err
	}
	return said(catalog.Texts("en", nil, time.UTC), err)
}

type usageError struct{ err error }

func (u *usageError) Error() string { return oneLine(u.err) }

// streams are where a command writes.
type streams struct {
	out, err io.Writer
	environ  []string
}

type cli struct {
	Serve   serveCommand   `cmd:"" help:"Serve the pages and the JSON API."`
	Demo    demoCommand    `cmd:"" help:"Serve a fictional school on this machine, to look around."`
	Methods methodsCommand `cmd:"" help:"Check and list the ways of working."`
	Admin   adminCommand   `cmd:"" help:"Make the first admin, or another one."`
	Token   tokenCommand   `cmd:"" help:"Make a token for the JSON API."`
	Backup  backupCommand  `cmd:"" help:"Copy everything into one encrypted file, also while people work."`
	Restore restoreCommand `cmd:"" help:"Make an installation again from a backup, or try whether that works."`
	Keys    keysCommand    `cmd:"" help:"Keep the keys on paper, or bring them back."`
	Import  importCommand  `cmd:"" help:"Bring people in from files of the school's administration."`
	Log     logCommand     `cmd:"" help:"Verify the security log."`
	Version versionCommand `cmd:"" help:"Tell which version this is."`
}

func run(ctx context.Context, args, environ []string, out, errOut io.Writer) error {
	var c cli
	exited := false
	parser, err := kong.New(&c,
		kong.Name("leerkring"),
		kong.Description("How school teams improve their teaching, together and for good."),
		kong.Writers(out, errOut),
		kong.Exit(func(int) { exited = true }),
		kong.Resolvers(environmentOf(environ)),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&streams{out, errOut, environ}),
		kong.UsageOnError(),
	)
	if err != nil {
		return err
	}
	k, err := parser.Parse(args)
	if exited { // --help wrote its page
		return nil
	}
	if err != nil {
		return &usageError{err}
	}
	return k.Run()
}
