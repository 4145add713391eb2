package gallery

var phaseNames = []string{"Verken", "Verdiep", "Besluit", "Doe & monitor", "Borg"}
