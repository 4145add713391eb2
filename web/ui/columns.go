package ui

import "strconv"

// columns is the class that gives a row of stages as many columns.
func columns(n int) string { return "of-" + strconv.Itoa(n) }
