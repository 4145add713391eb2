package register

import "leerkring/access"

// LogField is one field that a line of a log may have. What is not on this list
// is not logged: no text, no name, no token, no address of mail, no query
// string, no path with an id of something very private.
type LogField struct {
	Name      string
	Class     access.Class
	Retention Retention
	Holds     string // for the operator, in English: what stands in it
}

var logFields = []LogField{
	{"act", access.Organisation, KeepAccessLog, "the name of the act, as the journal calls it"},
	{"address", access.Personal, KeepAccessLog, "network address; never on the routes of ballots and pupils"},
	{"attempt", access.Organisation, KeepAccessLog, "how many times a job was tried"},
	{"bytes", access.Organisation, KeepAccessLog, "size of the answer"},
	{"error", access.Organisation, KeepAccessLog, "what was tried, with ids, never with content"},
	{"job", access.Organisation, KeepAccessLog, "kind of job"},
	{"kind", access.Organisation, KeepAccessLog, "kind of object, nothing of class V"},
	{"level", access.Organisation, KeepAccessLog, "debug, info, warn, error"},
	{"method", access.Organisation, KeepAccessLog, "of the request"},
	{"ms", access.Organisation, KeepAccessLog, "how long it took"},
	{"msg", access.Organisation, KeepAccessLog, "a fixed sentence from the code"},
	{"node", access.Organisation, KeepAccessLog, "which process"},
	{"object", access.Organisation, KeepAccessLog, "id of an object, nothing of class V"},
	{"request", access.Organisation, KeepAccessLog, "id of the request, the same in all its lines"},
	{"room", access.Organisation, KeepAccessLog, "the package that speaks"},
	{"route", access.Organisation, KeepAccessLog, "the pattern of the route, not its path"},
	{"rows", access.Organisation, KeepAccessLog, "how many rows or items"},
	{"status", access.Organisation, KeepAccessLog, "of the answer"},
	{"time", access.Organisation, KeepAccessLog, "in UTC; on the routes of ballots only the day"},
	{"version", access.Organisation, KeepAccessLog, "of the program or the schema"},
}

// LogFields returns every field that a log may have, by name.
func LogFields() []LogField { return append([]LogField(nil), logFields...) }

// LogAllows reports whether a log may have a field of this name.
func LogAllows(name string) bool {
	for _, f := range logFields {
		if f.Name == name {
			return true
		}
	}
	return false
}
