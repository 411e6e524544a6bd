package oracle

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Config says how a [Session] behaves.
type Config struct {
	// Timeout bounds the time for one answer; zero means a minute.
	Timeout time.Duration
	// Dir is where the interpreter runs, and so where it looks for the file that a
	// source is said to come from; empty means the directory for temporary files.
	Dir string
}

// Session asks one interpreter, one question at a time; other goroutines that
// ask wait. Its process starts with the first question.
type Session struct {
	Interpreter *Interpreter

	timeout time.Duration
	dir     string
	mu      sync.Mutex
	// procs are the running drivers by -O level. Only Python 2 has more than
	// the first: there, the level belongs to the process.
	procs [3]*process
}

// Error is an exception that the interpreter raised when it was asked.
type Error struct {
	Version string // of Python
	Op      string // what was asked
	Kind    string // the exception's type: "SyntaxError"
	Message string
}

func (e *Error) Error() string {
	return fmt.Sprintf("python %s: %s: %s: %s", e.Version, e.Op, e.Kind, e.Message)
}

// ErrUnsupported is what an error wraps when that version of Python has no
// such function: show_code in 2.7.
var ErrUnsupported = errors.New("not a feature of that version")

// Unwrap makes errors.Is(err, ErrUnsupported) work.
func (e *Error) Unwrap() error {
	if e.Kind == "NotImplementedError" {
		return ErrUnsupported
	}
	return nil
}

// Start returns a session. Close it.
func (in *Interpreter) Start(c Config) *Session {
	if c.Timeout == 0 {
		c.Timeout = time.Minute
	}
	return &Session{Interpreter: in, timeout: c.Timeout, dir: c.Dir}
}

// Close ends the session's processes. A question afterwards starts new ones.
func (s *Session) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for i, p := range s.procs {
		if p != nil {
			errs = append(errs, p.close())
			s.procs[i] = nil
		}
	}
	return errors.Join(errs...)
}

func (s *Session) call(op string, args ...string) ([]string, error) {
	return s.callLevel(0, op, args...)
}

func (s *Session) callLevel(level int, op string, args ...string) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.Interpreter.Version
	if s.procs[level] == nil {
		p, err := s.Interpreter.start(level, s.dir)
		if err != nil {
			return nil, fmt.Errorf("python %v: %w", v, err)
		}
		s.procs[level] = p
	}
	answer, err := s.procs[level].ask(packFields(append([]string{op}, args...)), s.timeout)
	if err != nil {
		s.procs[level] = nil
		return nil, fmt.Errorf("python %v: %s: %w", v, op, err)
	}
	fields, err := unpackFields(answer)
	switch {
	case err != nil:
		return nil, fmt.Errorf("python %v: %s: %w", v, op, err)
	case len(fields) > 0 && fields[0] == "ok":
		return fields[1:], nil
	case len(fields) == 3 && fields[0] == "error":
		return nil, &Error{Version: v.String(), Op: op, Kind: fields[1], Message: fields[2]}
	}
	return nil, fmt.Errorf("python %v: %s: an answer of %d fields", v, op, len(fields))
}

// call1 is call for operations with one result.
func (s *Session) call1(op string, args ...string) (string, error) {
	r, err := s.call(op, args...)
	if err == nil && len(r) != 1 {
		err = fmt.Errorf("python %v: %s: got %d results, want 1", s.Interpreter.Version, op, len(r))
	}
	if err != nil {
		return "", err
	}
	return r[0], nil
}

// Compile returns the .pyc file that source compiles to under the name
// filename at optimization level 0, 1 or 2. Its header is of the unchecked
// hash kind, or has the time 0 before 3.7. A source that is not of that
// version gives an *[Error] of Kind SyntaxError, usually.
func (s *Session) Compile(source []byte, filename string, level int) ([]byte, error) {
	if level < 0 || level >= len(s.procs) {
		return nil, fmt.Errorf("no optimization level %d", level)
	}
	proc := 0
	if s.Interpreter.Version.Major() == 2 {
		proc = level
	}
	r, err := s.callLevel(proc, "compile", string(source), filename, strconv.Itoa(level))
	if err != nil {
		return nil, err
	}
	return []byte(r[0]), nil
}

// Dis returns for each of flags what dis.dis prints for the code object of a
// .pyc file. A flag string is made of the letters of dis's options: "" for
// none, C (show caches), O (show offsets), P (show positions), S (specialized:
// the adaptive code of an object that never ran). Letters that the version
// does not know are an *[Error] of Kind TypeError, except that versions before
// 3.7 ignore all.
//
// Frozensets print their elements sorted by repr, since their real order
// depends on hashing. Versions before 3.7 do not disassemble nested code; here
// it follows in the form that 3.7 gives it.
func (s *Session) Dis(pyc []byte, flags ...string) ([]string, error) {
	return s.call("dis", append([]string{string(pyc)}, flags...)...)
}

// Show returns what dis.show_code prints for each code object of a .pyc file,
// nested ones behind the one that contains them, separated by empty lines.
// Python 2.7 has no show_code: the error wraps [ErrUnsupported].
func (s *Session) Show(pyc []byte) (string, error) {
	return s.call1("show", string(pyc))
}

// Lines returns for each code object of a .pyc file, in the order of [Session.Show],
// a line "name:" and then from 3.10 on "start end line" for each entry of
// co_lines (line may be None), before that "start line" for each of
// dis.findlinestarts.
func (s *Session) Lines(pyc []byte) (string, error) {
	return s.call1("lines", string(pyc))
}

// Positions returns for each code object of a .pyc file, in the order of
// [Session.Show], a line "name:" and then "line endline column endcolumn" for
// each entry of co_positions (3.11 and later), any of them may be None.
func (s *Session) Positions(pyc []byte) (string, error) {
	return s.call1("positions", string(pyc))
}

// Effect is a question to dis.stack_effect.
type Effect struct {
	Opcode int
	Arg    int
	NoArg  bool // ask with None
	Jump   int  // 1, 0, or -1 for None: the larger of both
}

// StackEffects returns for each question dis.stack_effect's answer, or nil
// where it raises ValueError. Python 2.7 has no stack_effect; the error wraps
// [ErrUnsupported]. Before 3.8, Jump is ignored.
func (s *Session) StackEffects(questions []Effect) ([]*int, error) {
	var b strings.Builder
	for _, q := range questions {
		arg, jump := "None", "None"
		if !q.NoArg {
			arg = strconv.Itoa(q.Arg)
		}
		if q.Jump >= 0 {
			jump = strconv.Itoa(q.Jump)
		}
		fmt.Fprintf(&b, "%d %s %s\n", q.Opcode, arg, jump)
	}
	r, err := s.call1("effects", b.String())
	if err != nil {
		return nil, err
	}
	lines := strings.Split(r, "\n")
	if len(lines) != len(questions) && len(questions) > 0 {
		return nil, fmt.Errorf("got %d stack effects for %d questions", len(lines), len(questions))
	}
	effects := make([]*int, len(questions))
	for i := range effects {
		if n, err := strconv.Atoi(lines[i]); err == nil {
			effects[i] = &n
		}
	}
	return effects, nil
}

// Eval returns the repr of a Python expression, which may use the modules dis,
// marshal and sys. Lone surrogates come as three bytes each.
func (s *Session) Eval(expr string) (string, error) {
	return s.call1("eval", expr)
}

// Exec runs Python statements and returns what they bind to the name result:
// a str, or bytes.
func (s *Session) Exec(program string) (string, error) {
	return s.call1("exec", program)
}

// Marshal returns marshal.dumps(marshal.loads(data), version); a negative
// version means the interpreter's default.
func (s *Session) Marshal(data []byte, version int) ([]byte, error) {
	arg := ""
	if version >= 0 {
		arg = strconv.Itoa(version)
	}
	r, err := s.call1("marshal", string(data), arg)
	return []byte(r), err
}

// LoadsTime returns the time of the fastest marshal.loads(data) among those
// that fit into the time given.
func (s *Session) LoadsTime(data []byte, within time.Duration) (time.Duration, error) {
	r, err := s.call1("speedloads", string(data), strconv.FormatFloat(within.Seconds(), 'f', 3, 64))
	if err != nil {
		return 0, err
	}
	sec, err := strconv.ParseFloat(r, 64)
	return time.Duration(sec * float64(time.Second)), err
}
