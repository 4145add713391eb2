package agreement

import (
	"testing"

	"leerkring/carry"
)

func TestCarePasses(t *testing.T) {
	t.Parallel()
	care := Care{CaretakerID: "noor", StandInID: "sem", BuddyID: "noor"}
	for name, c := range map[string]struct {
		m    carry.Move
		want Care
		ok   bool
	}{
		"to the stand-in":       {carry.Move{Kind: carry.Caretaker, From: "noor", To: "sem"}, Care{CaretakerID: "sem", BuddyID: "noor"}, true},
		"to another":            {carry.Move{Kind: carry.Caretaker, From: "noor", To: "anna"}, Care{CaretakerID: "anna", StandInID: "sem", BuddyID: "noor"}, true},
		"has it no more":        {carry.Move{Kind: carry.Caretaker, From: "anna", To: "sem"}, care, false},
		"the stand-in's part":   {carry.Move{Kind: carry.CareStandIn, From: "sem", To: "anna"}, Care{CaretakerID: "noor", StandInID: "anna", BuddyID: "noor"}, true},
		"nobody is both":        {carry.Move{Kind: carry.CareStandIn, From: "sem", To: "noor"}, care, false},
		"the buddy's part":      {carry.Move{Kind: carry.Buddy, From: "noor", To: "anna"}, Care{CaretakerID: "noor", StandInID: "sem", BuddyID: "anna"}, true},
		"to who has it already": {carry.Move{Kind: carry.Buddy, From: "noor", To: "noor"}, care, false},
	} {
		got, ok := care.pass(c.m)
		if ok != c.ok || got.CaretakerID != c.want.CaretakerID || got.StandInID != c.want.StandInID || got.BuddyID != c.want.BuddyID {
			t.Errorf("%s: %+v %v", name, got, ok)
		}
	}
	back, ok := Care{CaretakerID: "sem", BuddyID: "noor"}.pass(carry.Move{Kind: carry.Caretaker, From: "sem", To: "noor", Back: true, Was: "sem"})
	if !ok || back.CaretakerID != "noor" || back.StandInID != "sem" {
		t.Errorf("back: %+v", back)
	}
}
