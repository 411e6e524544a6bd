package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
	"github.com/krait-py/krait/tokenizer"
)

func newTokenize(env *Env) *cobra.Command {
	o := newOptions(env)
	exact := false
	cmd := &cobra.Command{
		Use:   "tokenize [-e] [flags] [FILE]",
		Short: "print the tokens of a source file, byte for byte as Python's tokenize module",
		Long: `Print the tokens of a Python source file, comments and blank lines included, as
python3.14 -m tokenize prints them: where a token starts and ends (line and
column in characters), its kind and its text.

Without a FILE, or with -, the tokens of standard input, which is taken to be
UTF-8. Errors, too, are those of that module, and so is the exit status, 1.`,
		Example: `  $ krait tokenize testdata/py/hello.py
  $ krait tokenize -e module.py | grep -c COLONEQUAL
  $ krait tokenize --format json module.py | jq -r '.tokens[] | select(.type == "COMMENT").string'`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("one FILE at most, not %d", len(args))
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return []cobra.Completion{"py", "pyw", "pyi"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(_ *cobra.Command, args []string) error {
			z := &tokenizeRun{o: o, exact: exact, out: bufio.NewWriterSize(env.Stdout, bufferSize)}
			name := "-"
			if len(args) > 0 {
				name = args[0]
			}
			message := z.run(name)
			if err := z.out.Flush(); err != nil {
				return err
			}
			if message != "" {
				io.WriteString(env.Stderr, message+"\n")
				return errFailed
			}
			return nil
		},
	}
	cmd.Flags().BoolVarP(&exact, "exact", "e", false, "show the exact kinds of operators")
	cmd.Flags().Var(&o.maxSize, "max-size", "refuse files of more than `SIZE` bytes")
	o.addFormat(cmd)
	return cmd
}

// tokenizeRun is one run of the command.
type tokenizeRun struct {
	o     *options
	exact bool
	out   *bufio.Writer
	buf   []byte
}

// run prints the tokens of the file and returns the message of the error, if
// there is one.
func (z *tokenizeRun) run(name string) (message string) {
	if name == "-" {
		data, err := readLimited(z.o.env.Stdin, int64(z.o.maxSize))
		if err != nil {
			return z.unread("<stdin>", "OSError", pythonError(err, name))
		}
		data, unexpected := encodable(data)
		f := source.NewRaw("<stdin>", string(data))
		return z.print(f, true, unexpected)
	}
	data, err := readFile(name, int64(z.o.maxSize))
	if err != nil {
		return z.unread(name, "OSError", pythonError(err, name))
	}
	f, d := source.DecodeLenient(name, data)
	switch {
	case d == nil:
		return z.print(f, false, "")
	case d.Type != "SyntaxError":
		return z.unread(name, d.Type, "unexpected error: "+d.Message)
	}
	return z.unread(name, d.Type, fmt.Sprintf("%s: error: %s", name, withName(d.Message, name)))
}

// unread reports that a file could not be read or decoded, and returns the
// message.
func (z *tokenizeRun) unread(name, typ, message string) string {
	if z.o.json() {
		_, short, _ := strings.Cut(message, "error: ")
		writeJSON(z.out, tokensJSON{
			Schema: "krait.tokens/1", File: text(name), Tokens: []tokenJSON{}, Error: &errorJSON{Type: typ, Message: text(short)},
		})
	}
	return message
}

// print prints the tokens of f, and returns the message of the error that ended
// them. Those of standard input Python prints one by one, so that those before
// an error are seen. A message given replaces the error on a NUL.
func (z *tokenizeRun) print(f *source.File, stdin bool, unexpected string) (message string) {
	t := tokenizer.New(f, tokenizer.Options{Extra: true})
	tokens, d := t.Scan(nil)
	if d != nil {
		text := d.Message
		if strings.Contains(text, "unterminated triple-quoted string literal") {
			text = "EOF in multi-line string"
		}
		message = fmt.Sprintf("%s:%d:%d: error: %s", f.Name, d.Line, d.Col, text)
		if unexpected != "" && d.Message == nullMessage {
			message = unexpected
		}
	}
	if z.o.json() {
		z.json(f, tokens, d, stdin)
		return message
	}
	if d != nil && !stdin {
		return message
	}
	if !stdin {
		z.line(tokenizer.Entry{Kind: token.ENCODING, Exact: token.ENCODING, Text: f.Encoding})
	}
	for e := range tokenizer.Entries(f, tokens) {
		z.line(e)
	}
	return message
}

const nullMessage = "source code cannot contain null bytes"

// line prints one token.
func (z *tokenizeRun) line(e tokenizer.Entry) {
	kind := e.Kind
	if z.exact {
		kind = e.Exact
	}
	b := fmt.Appendf(z.buf[:0], "%d,%d-%d,%d:", e.Line, e.Col, e.EndLine, e.EndCol)
	b = pad(b, 0, 20)
	start := len(b)
	b = append(b, kind.String()...)
	b = pad(b, start, 15)
	start = len(b)
	b = pyrepr.AppendStr(b, e.Text, pyver.Py314)
	b = pad(b, start, 15)
	z.buf = append(b, '\n')
	z.out.Write(z.buf)
}

// pad adds spaces until b has width characters from start on.
func pad(b []byte, start, width int) []byte {
	for n := utf8.RuneCount(b[start:]); n < width; n++ {
		b = append(b, ' ')
	}
	return b
}

// tokensJSON is the document of krait tokenize; see docs/json.md.
type tokensJSON struct {
	Schema   string      `json:"schema"`
	File     text        `json:"file"`
	Encoding string      `json:"encoding,omitempty"`
	Tokens   []tokenJSON `json:"tokens"`
	Error    *errorJSON  `json:"error,omitempty"`
}

type tokenJSON struct {
	Type   string `json:"type"`
	Exact  string `json:"exact_type"`
	String text   `json:"string"`
	Start  [2]int `json:"start"`
	End    [2]int `json:"end"`
}

type errorJSON struct {
	Type    string `json:"type"`
	Message text   `json:"message"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
}

func (z *tokenizeRun) json(f *source.File, tokens []token.Token, d *source.Diagnostic, stdin bool) {
	doc := tokensJSON{Schema: "krait.tokens/1", File: text(f.Name), Encoding: f.Encoding, Tokens: []tokenJSON{}}
	add := func(e tokenizer.Entry) {
		doc.Tokens = append(doc.Tokens, tokenJSON{
			e.Kind.String(), e.Exact.String(), text(e.Text), [2]int{e.Line, e.Col}, [2]int{e.EndLine, e.EndCol},
		})
	}
	if !stdin {
		add(tokenizer.Entry{Kind: token.ENCODING, Exact: token.ENCODING, Text: f.Encoding})
	}
	for e := range tokenizer.Entries(f, tokens) {
		add(e)
	}
	if d != nil {
		doc.Error = &errorJSON{d.Type, text(d.Message), d.Line, d.Col}
	}
	writeJSON(z.out, doc)
}

// withName puts the file's name into a message where the tokenize module has it.
func withName(message, name string) string {
	if message == nullMessage {
		return message
	}
	head, tail, found := strings.Cut(message, ":")
	if found {
		tail = ":" + tail
	}
	return head + " for " + string(pyrepr.AppendStr(nil, name, pyver.Py314)) + tail
}

// pythonError is what the tokenize module says of a file that cannot be read.
func pythonError(err error, name string) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		err = p.Err
	}
	if errno, ok := errors.AsType[syscall.Errno](err); ok {
		what := errno.Error()
		return fmt.Sprintf("error: [Errno %d] %s: %s", int(errno), strings.ToUpper(what[:1])+what[1:],
			pyrepr.AppendStr(nil, name, pyver.Py314))
	}
	message, _ := describe(err)
	return "error: " + message
}

// encodable returns standard input's bytes as Python's tokenizer can take them.
// Bytes that are not UTF-8 Python reads as lone surrogates, and fails when it
// comes to a line with some; that line is cut short to a NUL here, and the
// message returned.
func encodable(data []byte) (text []byte, unexpected string) {
	if utf8.Valid(data) {
		return data, ""
	}
	for rest := data; ; {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		if utf8.Valid(line) {
			rest = after
			continue
		}
		first, n, at, codes := 0, 0, 0, byte(0)
		for i := 0; i < len(line); at++ {
			r, size := utf8.DecodeRune(line[i:])
			if bad := r == utf8.RuneError && size <= 1; bad && n == 0 {
				first, codes = at, line[i]
				n = 1
			} else if bad {
				n++
			} else if n > 0 {
				break
			}
			i += size
		}
		message := fmt.Sprintf("unexpected error: 'utf-8' codec can't encode character '\\udc%02x' in position %d: surrogates not allowed", codes, first)
		if n > 1 {
			message = fmt.Sprintf("unexpected error: 'utf-8' codec can't encode characters in position %d-%d: surrogates not allowed", first, first+n-1)
		}
		start := len(data) - len(rest)
		return append(bytes.Clone(data[:start]), 0, '\n'), message
	}
}
