//go:build unix

package pgtest

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

const quit = syscall.SIGQUIT

// owner is the system user that the server runs as. PostgreSQL refuses to run as
// root, so root (a container, CI) hands it to the user postgres.
type owner struct {
	id *syscall.Credential // nil: whoever runs the tests
}

func serverUser() (owner, error) {
	if os.Geteuid() != 0 {
		return owner{}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return owner{}, fmt.Errorf("root needs a system user postgres to run PostgreSQL as: %w", err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return owner{}, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return owner{}, err
	}
	return owner{&syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

func (o owner) own(path string) error {
	if o.id == nil {
		return nil
	}
	return os.Chown(path, int(o.id.Uid), int(o.id.Gid))
}

// run makes cmd run as the owner, in dir. A group of its own keeps Ctrl-C in the
// terminal away from the server: Stop ends it, after the tests.
func (o owner) run(cmd *exec.Cmd, dir string) {
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: o.id}
}
