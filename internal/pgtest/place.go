package pgtest

import "syscall"

// inMemory is a file system that Linux keeps in memory. A cluster there makes a database in
// a tenth of the time: tests make more than a thousand of them.
const inMemory = "/dev/shm"

// roomy is how many bytes must be free there: some hundred databases of 12 MB at once, and
// the log of the server.
const roomy = 4 << 30

// place gives the folder for a cluster: in memory where there is room for it, else the
// folder for temporary files ("").
func place() string {
	var s syscall.Statfs_t
	if syscall.Statfs(inMemory, &s) != nil || uint64(s.Bavail)*uint64(s.Bsize) < roomy {
		return ""
	}
	return inMemory
}
