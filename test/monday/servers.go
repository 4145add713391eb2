package monday

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Domain is where the mailboxes are.
const Domain = "baken.example"

// Password opens every mailbox.
const Password = "geheim"

// Servers are an SMTP server that can be taken away, and an IMAP server.
type Servers struct {
	t    *testing.T
	dir  string
	name string // whom the processes run as
	as   *syscall.SysProcAttr
	smtp int
	imap int

	mu   sync.Mutex
	line net.Listener
	busy map[*exec.Cmd]bool
}

// Start makes mailboxes for these names and opens both servers.
func Start(t *testing.T, names ...string) *Servers {
	t.Helper()
	dir, err := os.MkdirTemp("", "leerkring-post-")
	if err != nil {
		t.Fatal(err)
	}
	s := &Servers{t: t, dir: dir, smtp: free(t), imap: free(t), busy: map[*exec.Cmd]bool{}}
	t.Cleanup(func() {
		s.Down()
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	s.settle(names)
	s.Up()
	s.dovecot()
	return s
}

func (s *Servers) fail(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func free(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// settle writes the settings. Neither server may be root: then they run as exim's own user.
func (s *Servers) settle(names []string) {
	s.t.Helper()
	who, err := user.Current()
	s.fail(err)
	if os.Geteuid() == 0 {
		who, err = user.Lookup("Debian-exim")
		s.fail(err)
	}
	uid, err := strconv.Atoi(who.Uid)
	s.fail(err)
	gid, err := strconv.Atoi(who.Gid)
	s.fail(err)
	s.name = who.Username
	if os.Geteuid() == 0 {
		s.as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
	group, err := user.LookupGroupId(who.Gid)
	s.fail(err)
	values := strings.NewReplacer("$DOMAIN", Domain, "$D", s.dir, "$USER", who.Username, "$GROUP", group.Name, "$IMAP", strconv.Itoa(s.imap), "$PASSWORD", Password)
	var users strings.Builder
	for _, n := range names {
		fmt.Fprintf(&users, "%s: %s\n", n, n)
	}
	for name, text := range map[string]string{"users": users.String(), "exim.conf": values.Replace(eximConf), "dovecot.conf": values.Replace(dovecotConf)} {
		s.fail(os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o644))
	}
	for _, name := range []string{"spool", "log", "mail", "run"} {
		s.fail(os.Mkdir(filepath.Join(s.dir, name), 0o755))
	}
	s.fail(os.Chmod(s.dir, 0o755))
	s.fail(filepath.WalkDir(s.dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil || os.Geteuid() != 0 {
			return err
		}
		return os.Chown(path, uid, gid)
	}))
}

const eximConf = `primary_hostname = $DOMAIN
exim_user = $USER
exim_group = $GROUP
deliver_drop_privilege = true
log_file_path = $D/log/%slog
spool_directory = $D/spool
never_users =
tls_advertise_hosts =
keep_environment =
accept_8bitmime = true
smtputf8_advertise_hosts =
host_lookup =
rfc1413_query_timeout = 0s
acl_smtp_rcpt = ours
acl_smtp_data = all
begin acl
ours:
  require verify = recipient
  accept
all:
  accept
begin routers
mailboxes:
  driver = accept
  domains = $DOMAIN
  local_parts = lsearch;$D/users
  transport = mailbox
begin transports
mailbox:
  driver = appendfile
  maildir_format
  directory = $D/mail/$local_part_data
  create_directory
  user = $USER
  group = $GROUP
`

const dovecotConf = `base_dir = $D/run
state_dir = $D/run
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = $USER
default_internal_group = $GROUP
default_login_user = $USER
log_path = $D/log/dovecot
mail_location = maildir:$D/mail/%n
first_valid_uid = 1
passdb {
  driver = static
  args = password=$PASSWORD
}
userdb {
  driver = static
  args = uid=$USER gid=$GROUP home=$D/mail/%n
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $IMAP
  }
  inet_listener imaps {
    port = 0
  }
}
`

// Address is where the SMTP server listens, while it does.
func (s *Servers) Address() string { return "127.0.0.1:" + strconv.Itoa(s.smtp) }

// Up opens the SMTP server: each connection gets an exim of its own.
func (s *Servers) Up() {
	s.t.Helper()
	l, err := net.Listen("tcp", s.Address())
	s.fail(err)
	s.mu.Lock()
	s.line = l
	s.mu.Unlock()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return // it was taken away
			}
			s.exim(conn.(*net.TCPConn))
		}
	}()
}

func (s *Servers) exim(conn *net.TCPConn) {
	defer conn.Close()
	f, err := conn.File()
	if err != nil {
		return // the other side is gone
	}
	defer f.Close()
	cmd := exec.Command("/usr/sbin/exim4", "-C", filepath.Join(s.dir, "exim.conf"), "-bs")
	cmd.Stdin, cmd.Stdout, cmd.SysProcAttr = f, f, s.as
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.line == nil || cmd.Start() != nil {
		return
	}
	s.busy[cmd] = true
	go func() {
		_ = cmd.Wait() // it may have been killed
		s.mu.Lock()
		delete(s.busy, cmd)
		s.mu.Unlock()
	}()
}

// Down takes the SMTP server away, in the middle of whatever it does.
func (s *Servers) Down() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.line != nil {
		_ = s.line.Close() // nobody is to get in any more
		s.line = nil
	}
	for cmd := range s.busy {
		_ = cmd.Process.Kill() // it may have ended by itself
	}
}

func (s *Servers) dovecot() {
	s.t.Helper()
	cmd := exec.Command("/usr/sbin/dovecot", "-F", "-c", filepath.Join(s.dir, "dovecot.conf"))
	cmd.SysProcAttr = s.as
	s.fail(cmd.Start())
	s.t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM) // it takes its children along
		_ = cmd.Wait()
	})
	for range 100 {
		if conn, err := net.Dial("tcp", "127.0.0.1:"+strconv.Itoa(s.imap)); err == nil {
			_ = conn.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.t.Fatal("dovecot does not listen")
}

// Delivered counts the messages that lie in the mailboxes, read or not.
func (s *Servers) Delivered() int {
	n := 0
	for _, place := range []string{"new", "cur"} {
		found, err := filepath.Glob(filepath.Join(s.dir, "mail", "*", place, "*"))
		s.fail(err)
		n += len(found)
	}
	return n
}
