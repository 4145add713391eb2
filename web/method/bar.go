package method

import (
	"fmt"

	"leerkring/method"
)

// barSays says what the bar shows; of steps that come round again, one round.
func (p *previewPage) barSays(total int) string {
	key := "method.bar"
	if p.Pack.Session.Laps.From != "" {
		key = "method.bar_once"
	}
	return p.r.T.T(key, "n", total, "steps", len(p.Pack.Stages))
}

// bar shares the width of a bar of 600 among the stages, by their minutes, with a small gap.
func bar(stages []method.Stage, total int) []piece {
	const width, gap = 600.0, 3.0
	var out []piece
	at := 0
	for _, s := range stages {
		if s.Live.Minutes == 0 {
			continue
		}
		x := width * float64(at) / float64(total)
		at += s.Live.Minutes
		w := width*float64(at)/float64(total) - x - gap
		out = append(out, piece{fmt.Sprintf("%.1f", x), fmt.Sprintf("%.1f", max(1, w))})
	}
	return out
}
