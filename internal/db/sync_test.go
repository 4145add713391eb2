//go:build linux

package db_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/migrations"
)

const syncChild = "LEERKRING_TEST_SYNC_FAILS"

// TestAfterAFailedSyncNothingIsAcceptedAnyMore: the kernel says that it could not bring
// what was written to the disk. Nobody can know then what is there: that act is refused, and
// all that come after it, until somebody starts the program again. Reading goes on.
//
// The kernel is made to say so for the whole process, so that this is a process of its own.
func TestAfterAFailedSyncNothingIsAcceptedAnyMore(t *testing.T) {
	if file := os.Getenv(syncChild); file != "" {
		syncFails(t, file)
		return
	}
	t.Parallel()
	file := filepath.Join(t.TempDir(), "leerkring.db")
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	child.Env = append(os.Environ(), syncChild+"="+file)
	said, err := child.CombinedOutput()
	if err != nil || !strings.Contains(string(said), "--- PASS: "+t.Name()) {
		t.Fatalf("%v\n%s", err, said)
	}
	d, err := db.Open(t.Context(), "sqlite:"+file) // somebody started it again
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return set(t.Context(), tx, "after", 1) }); err != nil {
		t.Error(err)
	}
	if got := cursors(t, d); got["before"] != 1 || got["after"] != 1 {
		t.Errorf("what was acknowledged is not there: %v", got)
	}
}

func syncFails(t *testing.T, file string) {
	d, err := db.Open(t.Context(), "sqlite:"+file)
	if err == nil {
		err = d.Migrate(t.Context(), migrations.Files)
	}
	if err != nil {
		t.Fatal(err)
	}
	write := func(reader string) error {
		return d.Write(t.Context(), func(tx *db.Tx) error { return set(t.Context(), tx, reader, 1) })
	}
	if err := write("before"); err != nil {
		t.Fatal(err)
	}
	if err := refuse(syscall.SYS_FSYNC, syscall.SYS_FDATASYNC); err != nil {
		t.Fatalf("the kernel cannot be made to refuse a sync: %v", err)
	}
	for i := range 3 {
		err := write(fmt.Sprint("during ", i))
		var e *errs.Error
		if errs.KindOf(err) != errs.KindUnavailable || !errors.As(err, &e) || e.Fields[0].Key != "db.sync_failed" {
			t.Fatalf("write %d after a failed sync: %v", i, err)
		}
	}
	if got := cursors(t, d); got["before"] != 1 {
		t.Errorf("reading does not go on: %v", got)
	}
	os.Exit(pass(t)) // as a crash: closing would want to sync
}

// pass says how it went, for a process that ends here.
func pass(t *testing.T) int {
	if t.Failed() {
		return 1
	}
	fmt.Printf("--- PASS: %s (said by the child)\n", t.Name())
	return 0
}

// seccomp is the number of the call that the standard library does not name.
var seccomp = map[string]uintptr{"amd64": 317, "arm64": 277}[runtime.GOARCH]

// refuse makes the kernel answer EIO to some calls, for every thread of this process, for
// ever: a filter of five lines and more (man 2 seccomp).
func refuse(calls ...uint32) error {
	const (
		load, equal, ret = 0x20, 0x15, 0x06 // BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_RET|K
		allow, fail      = 0x7fff0000, 0x00050000
		noNewPrivs       = 38
		setFilter        = 1
		allThreads       = 1
	)
	type line struct {
		code   uint16
		jt, jf uint8
		k      uint32
	}
	program := []line{{load, 0, 0, 0}} // the number of the call
	for i, call := range calls {
		program = append(program, line{equal, uint8(len(calls) - i), 0, call})
	}
	program = append(program, line{ret, 0, 0, allow}, line{ret, 0, 0, fail | uint32(syscall.EIO)})
	filter := struct {
		length uint16
		lines  *line
	}{uint16(len(program)), &program[0]}
	if _, _, e := syscall.RawSyscall(syscall.SYS_PRCTL, noNewPrivs, 1, 0); e != 0 {
		return e
	}
	if _, _, e := syscall.RawSyscall(seccomp, setFilter, allThreads, uintptr(unsafe.Pointer(&filter))); e != 0 {
		return e
	}
	return nil
}
