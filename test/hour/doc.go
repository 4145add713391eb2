// Package hour holds one PLG hour from planning to minutes, with a lead and a member at
// their own screens at once, through the whole program.
package hour
