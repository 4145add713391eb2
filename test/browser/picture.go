package browser

import (
	"context"
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Picture keeps the whole page as out/pictures/NAME.png, for people to look at.
func (p *Person) Picture(name string) {
	p.t.Helper()
	// Fonts that are still on their way would give another picture each time.
	Eval[bool](p, "document.fonts.ready.then(() => true)")
	shot, err := ask(p, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: page.CaptureScreenshotFormatPng, CaptureBeyondViewport: new(true), OptimizeForSpeed: new(true), Clip: p.whole(),
	})
	if err != nil {
		p.fail("picture: %v", err)
	}
	p.keep(name+".png", shot.Data)
}

// Paper keeps the page as it is printed, as out/pictures/NAME.pdf, and gives it.
func (p *Person) Paper(name string) []byte {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, limit)
	defer cancel()
	paper, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	if err != nil {
		p.fail("print: %v", err)
	}
	p.keep(name+".pdf", paper)
	return paper
}

func (p *Person) whole() *page.Viewport {
	p.t.Helper()
	height := Eval[float64](p, "document.documentElement.scrollHeight")
	return &page.Viewport{Width: float64(p.screen.width), Height: height, Scale: 1}
}

func (p *Person) keep(name string, content []byte) {
	p.t.Helper()
	root, err := moduleRoot()
	if err != nil {
		p.fail("picture: %v", err)
	}
	path := filepath.Join(root, "out", "pictures", filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.fail("picture: %v", err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		p.fail("picture: %v", err)
	}
}

// moduleRoot is the folder with go.mod above the folder that the test runs in.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		above := filepath.Dir(dir)
		if above == dir {
			return "", os.ErrNotExist
		}
		dir = above
	}
}
