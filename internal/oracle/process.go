package oracle

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

//go:embed driver.py
var driverPy string

//go:embed pyodide.mjs
var pyodideMJS string

// maxAnswer bounds an answer: beyond it, the process writes nonsense.
const maxAnswer = 1 << 30

// process is one running driver.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    io.ReadCloser
	stderr *tail
}

// environ is what a driver sees of the environment: enough to start, nothing
// that changes what it answers. Hash seeds must not vary, since up to 3.10
// the bytes of a frozenset depend on them.
func environ() []string {
	env := []string{"PYTHONHASHSEED=0", "PYTHONIOENCODING=utf-8", "LC_ALL=C.UTF-8", "PYTHONNODEBUGRANGES="}
	for _, name := range []string{"PATH", "HOME", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}

// start runs a driver in a directory, "" for that of temporary files. level is the -O
// level, which matters to Python 2 only.
func (in *Interpreter) start(level int, dir string) (*process, error) {
	var cmd *exec.Cmd
	if in.pyodide {
		u := url.URL{Scheme: "file", Path: filepath.ToSlash(in.Path)}
		cmd = exec.Command("node", "--input-type=module", "-e", pyodideMJS, u.String())
	} else {
		args := []string{"-u", "-s", "-S", "-B"}
		if in.Version.Major() == 2 && level > 0 {
			args = append(args, "-"+strings.Repeat("O", level))
		}
		cmd = exec.Command(in.Path, append(args, "-c", driverPy)...)
	}
	if cmd.Dir = dir; dir == "" {
		cmd.Dir = os.TempDir()
	}
	cmd.Env = environ()
	p := &process{cmd: cmd, stderr: &tail{limit: 4096}}
	cmd.Stderr = p.stderr
	var err error
	if p.in, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if p.out, err = cmd.StdoutPipe(); err != nil {
		return nil, err
	}
	if err = cmd.Start(); err != nil {
		return nil, err
	}
	if in.pyodide {
		if err = writeFrame(p.in, []byte(driverPy)); err != nil {
			p.kill()
			return nil, fmt.Errorf("%w%s", err, p.stderr.suffix())
		}
	}
	return p, nil
}

// ask sends a request and reads its answer. After an error the process is
// unusable; it has been killed.
func (p *process) ask(request []byte, timeout time.Duration) ([]byte, error) {
	late := make(chan struct{})
	timer := time.AfterFunc(timeout, func() {
		close(late)
		p.cmd.Process.Kill()
	})
	answer, err := p.exchange(request)
	if timer.Stop() && err == nil {
		return answer, nil
	}
	state := p.kill()
	select {
	case <-late:
		err = fmt.Errorf("no answer within %v", timeout)
	default:
		err = fmt.Errorf("the interpreter died: %v (%w)", state, err)
	}
	return nil, fmt.Errorf("%w%s", err, p.stderr.suffix())
}

func (p *process) exchange(request []byte) ([]byte, error) {
	if err := writeFrame(p.in, request); err != nil {
		return nil, err
	}
	return readFrame(p.out)
}

// kill ends the process and returns how it ended.
func (p *process) kill() *os.ProcessState {
	p.in.Close()
	p.cmd.Process.Kill()
	p.cmd.Wait()
	return p.cmd.ProcessState
}

// close lets the process end by itself.
func (p *process) close() error {
	p.in.Close()
	timer := time.AfterFunc(5*time.Second, func() { p.cmd.Process.Kill() })
	defer timer.Stop()
	return p.cmd.Wait()
}

func writeFrame(w io.Writer, body []byte) error {
	frame := make([]byte, 4, 4+len(body))
	binary.BigEndian.PutUint32(frame, uint32(len(body)))
	_, err := w.Write(append(frame, body...))
	return err
}

func readFrame(r io.Reader) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > maxAnswer {
		return nil, fmt.Errorf("an answer of %d bytes", n)
	}
	body := make([]byte, n)
	_, err := io.ReadFull(r, body)
	return body, err
}

func packFields(fields []string) []byte {
	var out []byte
	for _, f := range fields {
		out = binary.BigEndian.AppendUint32(out, uint32(len(f)))
		out = append(out, f...)
	}
	return out
}

func unpackFields(data []byte) ([]string, error) {
	var fields []string
	for len(data) > 0 {
		if len(data) < 4 {
			return nil, fmt.Errorf("%d bytes behind the last field", len(data))
		}
		n := binary.BigEndian.Uint32(data)
		data = data[4:]
		if uint64(n) > uint64(len(data)) {
			return nil, fmt.Errorf("a field of %d bytes, %d left", n, len(data))
		}
		fields = append(fields, string(data[:n]))
		data = data[n:]
	}
	return fields, nil
}

// tail keeps the last bytes written to it.
type tail struct {
	mu    sync.Mutex
	buf   bytes.Buffer
	limit int
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf.Write(p)
	if n := t.buf.Len() - t.limit; n > 0 {
		t.buf.Next(n)
	}
	return len(p), nil
}

// suffix returns what was written as the end of an error message.
func (t *tail) suffix() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := strings.TrimSpace(t.buf.String())
	if s == "" {
		return ""
	}
	return "; stderr:\n" + s
}

// DriverID identifies the driver: answers that are kept are not to be used
// after it changed.
func DriverID() string {
	h := sha256.Sum256([]byte(driverPy))
	return hex.EncodeToString(h[:8])
}
