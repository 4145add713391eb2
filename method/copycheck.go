package method

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// copyRun is how many equal words in a row count as copied.
const copyRun = 8

// copySuffixes are the kinds of files that hold words for a reader.
var copySuffixes = []string{
	".yaml", ".yml", ".md", ".html", ".tmpl", ".templ", ".toml", ".json", ".go", ".ts", ".txt", ".css",
}

// Copied is a run of words that a file shares with one of the documents that
// the inventory was made from.
type Copied struct {
	File  string
	Words string
	Seed  string
}

func (c Copied) String() string { return fmt.Sprintf("%s: %s <- %s", c.File, c.Words, c.Seed) }

// CopyCheck finds every run of eight or more equal words that a file in tree
// shares with a text in seeds. We say things in our own words: shorter, and
// with respect for who wrote the originals.
func CopyCheck(seeds, tree fs.FS) ([]Copied, error) {
	known, err := seedRuns(seeds)
	if err != nil {
		return nil, err
	}
	var out []Copied
	err = fs.WalkDir(tree, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if e.Name() == ".git" || e.Name() == "node_modules" {
				return fs.SkipDir
			}
			return nil
		}
		if !slices.Contains(copySuffixes, path.Ext(name)) {
			return nil
		}
		if info, err := e.Info(); err != nil || info.Size() > 3_000_000 {
			return err
		}
		data, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		out = append(out, copiedRuns(name, spoken(string(data)), known)...)
		return nil
	})
	return out, err
}

// seedRuns holds every run of words of the seeds, with the file it is from.
func seedRuns(seeds fs.FS) (map[string]string, error) {
	names, err := fs.Glob(seeds, "*.txt")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("copy check: no texts to compare with: %w", fs.ErrNotExist)
	}
	known := map[string]string{}
	for _, name := range names {
		data, err := fs.ReadFile(seeds, name)
		if err != nil {
			return nil, fmt.Errorf("copy check: %w", err)
		}
		w := spoken(string(data))
		for i := range len(w) - copyRun + 1 {
			run := strings.Join(w[i:i+copyRun], " ")
			if _, first := known[run]; !first {
				known[run] = name
			}
		}
	}
	return known, nil
}

func copiedRuns(name string, w []string, known map[string]string) (out []Copied) {
	for i := 0; i+copyRun <= len(w); i++ {
		seed, hit := known[strings.Join(w[i:i+copyRun], " ")]
		if !hit {
			continue
		}
		end := i + copyRun
		for end < len(w) && known[strings.Join(w[end-copyRun+1:end+1], " ")] != "" {
			end++
		}
		out = append(out, Copied{name, clip(strings.Join(w[i:end], " "), 160), seed})
		i = end - 1
	}
	return out
}

var (
	webAddress = regexp.MustCompile(`https?:\S+|www\.\S+`)
	brokenWord = regexp.MustCompile(`-\s*\n\s*`)
	wordRun    = regexp.MustCompile(`[a-zà-ÿ0-9]+`)
)

// spoken is a text as a row of words: no addresses, no line-end hyphens.
func spoken(text string) []string {
	text = webAddress.ReplaceAllString(text, " ")
	text = brokenWord.ReplaceAllString(text, "")
	return wordRun.FindAllString(strings.ToLower(text), -1)
}
