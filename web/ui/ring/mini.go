package ring

// MiniBox is the viewBox of the small wheel in lists.
const MiniBox = "-13 -13 26 26"

const miniRadius = 9

// Mini gives the arcs of the small wheel, one for each sector; a ninth of a
// sector is left open at both ends.
func Mini(n int) []string {
	arcs := make([]string, n)
	for i := range arcs {
		from, gap := Width(n)*float64(i), Width(n)/9
		arcs[i] = along(miniRadius, from+gap, from+Width(n)-gap)
	}
	return arcs
}
