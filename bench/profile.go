package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

// profile keeps where the program spends its time while one page is opened as often as it
// can be, and what it asks memory for.
func profile(ctx context.Context, s *scene, p page, o options, schools int) error {
	if err := os.MkdirAll(o.profile, 0o755); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() {
		seconds := max(1, int(o.seconds.Seconds()/3))
		done <- s.save(fmt.Sprintf("/floor/profile?seconds=%d", seconds), filepath.Join(o.profile, fmt.Sprintf("%s.%d.cpu", p.name, schools)))
	}()
	if _, _, err := hammer(ctx, s, p.path, o); err != nil {
		return err
	}
	if err := <-done; err != nil {
		return err
	}
	return s.save("/floor/allocs", filepath.Join(o.profile, fmt.Sprintf("%s.%d.allocs", p.name, schools)))
}

func (s *scene) save(path, file string) error {
	res, err := s.lead.http.Get(s.lead.base + path)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: status %d", path, res.StatusCode)
	}
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	return os.WriteFile(file, b, 0o644)
}
