package ui

import "leerkring/web/ui/spread"

// Weighed is a topic with what people answered about it.
type Weighed struct {
	Letter     string
	Name       string
	Importance Answers
	Effort     Answers
	Wide       bool // the answers lie far apart: talk first
}

// Answers is where the middle half of the answers lies, from 1 to 5, and the same
// in words for the table: "4.5 (4.2–4.8)".
type Answers struct {
	Middle, Low, High float64
	Text              string
}

// Weighing is a chart of topics by importance and effort. All words come from
// outside.
type Weighing struct {
	ID       string // unique on the page; "weighing" when empty
	Title    string
	Desc     string // what the chart shows, in one or two sentences
	Topics   []Weighed
	WideWord string // "do not agree": stands with each wide topic

	LittleEffort, MuchEffort          string
	LessImportant, MoreImportant      string
	Show                              string // opens the table
	Topic, ImportanceHead, EffortHead string
}

func (w Weighing) id() string {
	if w.ID != "" {
		return w.ID
	}
	return "weighing"
}

func (w Weighing) marks() []spread.Mark {
	topics := make([]spread.Topic, len(w.Topics))
	for i, t := range w.Topics {
		topics[i] = spread.Topic{
			Letter: t.Letter, Name: t.Name,
			X: spread.Answer{Middle: t.Effort.Middle, Low: t.Effort.Low, High: t.Effort.High},
			Y: spread.Answer{Middle: t.Importance.Middle, Low: t.Importance.Low, High: t.Importance.High},
		}
	}
	return spread.Marks(topics)
}

func (w Weighing) table() Tabular {
	t := Tabular{Caption: w.Title, Head: []string{w.Topic, w.ImportanceHead, w.EffortHead}}
	for _, topic := range w.Topics {
		name := topic.Letter + "\u2002" + topic.Name
		if topic.Wide {
			name += " (" + w.WideWord + ")"
		}
		t.Rows = append(t.Rows, Line{Name: Cell{Text: name}, Cells: []Cell{
			{Text: topic.Importance.Text, Number: true}, {Text: topic.Effort.Text, Number: true},
		}})
	}
	return t
}
