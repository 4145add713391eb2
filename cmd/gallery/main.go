// Command gallery shows every part and page of Leerkring in each of its states,
// light and dark, from invented samples.
//
//	go run ./cmd/gallery --addr 127.0.0.1:0     serve it
//	go run ./cmd/gallery --out DIR              write it as files
//
// A room adds its pages by registering samples (leerkring/web/ui/gallery) in a
// package of its own and importing that here.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"time"

	"leerkring/web/assets"
	_ "leerkring/web/author/sample"
	_ "leerkring/web/method/sample"
	_ "leerkring/web/session/sample"
	"leerkring/web/ui/gallery"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout)
	switch {
	case err == nil:
	case errors.Is(err, errUsage):
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("wrong usage")

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("gallery", flag.ContinueOnError)
	addr := flags.String("addr", "127.0.0.1:8090", "address to listen on; port 0 takes a free one")
	dir := flags.String("out", "", "write the gallery to this folder instead of serving it")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
		return errUsage // flag has said what is wrong
	}
	gallery.SetStyles(styles()...)
	if *dir != "" {
		n, err := write(ctx, *dir)
		if err == nil {
			fmt.Fprintf(out, "%d files in %s\n", n, *dir)
		}
		return err
	}
	return serve(ctx, *addr, out)
}

// styles are what every page loads.
func styles() []string { return []string{assets.URL("app.css")} }

func serve(ctx context.Context, addr string, out io.Writer) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "http://%s/\n", listener.Addr())
	server := &http.Server{Handler: site(), ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Close() // nothing in it has to be finished
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
