package ui

import "strconv"

// PhaseClass gives the colour of stage number (from 1) out of so many. There are
// five colours, from cool to warm; methods with another number of stages spread
// over them, so that the first is always cool and the last always warm.
func PhaseClass(number, of int) string {
	if of < 2 {
		return "f1"
	}
	at := min(max(number-1, 0), of-1)
	return "f" + strconv.Itoa((at*4*2+of-1)/(2*(of-1))+1)
}
