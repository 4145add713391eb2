package ring

// recent keeps the last loops that the ring has room for. What came before is
// drawn as one stretch from the beginning to where the first kept loop turns.
func recent(steps []Step) []Step {
	backs := 0
	for k := len(steps) - 1; k > 0; k-- {
		if !isTurn(steps, k) {
			continue
		}
		if backs++; backs == mostLoops {
			return append([]Step{steps[0]}, steps[k-1:]...)
		}
	}
	return steps
}

// isTurn says whether step k goes back while the one before it did not: two steps
// back in a row are one loop.
func isTurn(steps []Step, k int) bool {
	back := steps[k].Sector < steps[k-1].Sector
	return back && (k == 1 || steps[k-1].Sector >= steps[k-2].Sector)
}

// turns keeps of all steps the places where the line changes direction: start,
// outer turn, inner turn, …, end. A back step in the very beginning gets an outer
// turn on the spot.
func turns(steps []Step) []stop {
	if len(steps) == 0 {
		return nil
	}
	here := stop{sector: steps[0].Sector}
	stops := []stop{here}
	back := false
	for _, s := range steps[1:] {
		if s.Sector == here.sector {
			continue
		}
		if turned := s.Sector < here.sector; turned != back {
			stops = append(stops, here)
			back, here = turned, stop{}
		}
		here.sector = s.Sector
		if back {
			here.letter += s.Letter
		}
	}
	return append(stops, here)
}

// Shares of a sector at which the line begins, turns and ends. They keep the stip
// clear of the ring of a loop, and the letters clear of each other.
const (
	shareStart      = 8.0 / 72
	shareTurn       = 58.0 / 72
	shareTurnNear   = 30.0 / 72 // the line ends in this same sector
	shareReturn     = 26.0 / 72
	shareReturnStep = 6.0 / 72  // each later return a little further on
	shareReturnHome = 42.0 / 72 // the line also begins here
	shareEnd        = 38.0 / 72
	shareEndNear    = 50.0 / 72 // a loop turned in this same sector
)

// place gives each stop its angle. Stops at odd places are outer turns, at even
// places inner ones; the first and the last are the two ends.
func place(n int, stops []stop) []stop {
	last := len(stops) - 1
	for k := range stops {
		share := shareStart
		switch {
		case k == 0:
		case k == last:
			share = endShare(stops)
		case k%2 == 1 && stops[k].sector == stops[last].sector:
			share = shareTurnNear
		case k%2 == 1:
			share = shareTurn
		case stops[k].sector == stops[0].sector:
			share = shareReturnHome
		default:
			share = shareReturn + float64(k/2-1)*shareReturnStep
		}
		stops[k].angle = Width(n) * (float64(stops[k].sector) + share)
	}
	return stops
}

func endShare(stops []stop) float64 {
	last := len(stops) - 1
	for k := 1; k < last; k += 2 {
		if stops[k].sector == stops[last].sector {
			return shareEndNear
		}
	}
	return shareEnd
}
