package method

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files of this package anew")

// golden compares with a file, or writes it with -update. A person reads the
// difference before it is committed.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s differs from what the code gives; look, then go test ./method -update\n%s", file, got)
	}
}

func TestSchemaIsWhatTheTypesGive(t *testing.T) {
	t.Parallel()
	golden(t, "schema.json", Schema())
}

func TestSchemaSaysWhatTheCheckAsks(t *testing.T) {
	t.Parallel()
	var schema struct {
		Defs map[string]struct {
			Properties map[string]struct {
				Enum    []string
				Pattern string
				Minimum int
				Maximum int
				Items   struct{ Pattern string }
			}
			Required             []string
			AdditionalProperties any
		} `json:"$defs"`
	}
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	question := schema.Defs["question"]
	if len(question.Required) != 5 || question.AdditionalProperties != false {
		t.Errorf("question requires %v and allows %v", question.Required, question.AdditionalProperties)
	}
	if got := question.Properties["block"].Enum; len(got) != len(Blocks) {
		t.Errorf("blocks are %v", got)
	}
	if got := question.Properties["when"].Enum; len(got) != len(Facts) {
		t.Errorf("%d facts", len(got))
	}
	if question.Properties["covers"].Items.Pattern == "" || question.Properties["id"].Pattern == "" {
		t.Error("no patterns")
	}
	if minutes := schema.Defs["activity"].Properties["minutes"]; minutes.Minimum != 1 || minutes.Maximum != 480 {
		t.Errorf("minutes are %+v", minutes)
	}
}

func TestFactsAreNamedOnce(t *testing.T) {
	t.Parallel()
	if len(factByID) != len(Facts) {
		t.Errorf("%d names for %d facts", len(factByID), len(Facts))
	}
	for _, f := range Facts {
		if f.Means == "" || (f.Reads != ReadsState && f.Reads != ReadsNumber) {
			t.Errorf("fact %s is not complete", f.ID)
		}
		if !patterns["id"].MatchString(string(f.ID)) {
			t.Errorf("fact %q has no plain name", f.ID)
		}
	}
}
