package tokenizer

import (
	"math"
	"strings"

	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// CPython's limits.
const (
	maxIndent  = 100 // levels of indentation, with the outermost
	maxLevel   = 200 // brackets open at a time
	maxStrings = 150 // f-strings within f-strings, with the module around them
	maxFields  = 3   // fields within format specifications
)

// Options say which tokens there are. The zero value is what a parser wants.
type Options struct {
	// TypeComments asks for TYPECOMMENT and TYPEIGNORE tokens, which other
	// comments do not give.
	TypeComments bool
	// Extra asks for COMMENT and NL tokens, and for the leniency of Python's
	// tokenize module: numbers, identifiers and brackets are not checked.
	Extra bool
}

// Bracket is a bracket that is open.
type Bracket struct {
	Char byte  // one of ( [ {
	Line int32 // from 1
	Col  int32 // in bytes, from 0
}

// Tokenizer reads one file. [New] makes one; [Tokenizer.Reset] readies it for
// another file without allocating.
type Tokenizer struct {
	file *source.File
	src  string
	opts Options
	// returns is set when the text has carriage returns, null when it goes on
	// with a line that has a NUL.
	returns, null bool

	names token.Names

	line      int32 // number of the current line
	lineStart int32 // its offset
	buf       int32 // where the text began that CPython holds in its buffer
	// indents has the columns of the open blocks, tabs to the next multiple of 8;
	// altIndents the same with tabs of one column: an indentation is consistent
	// when both agree.
	indents, altIndents [maxIndent]int32
	indent              int
	brackets            [maxLevel]Bracket
	level               int
	// strings are the f-strings that are open; strings[0] stands for the
	// module and is never used.
	strings [maxStrings]fstring
	depth   int

	plain token.NameID // Token.Name of the string read last

	warnings []*source.Diagnostic
	err      *source.Diagnostic
	noted    bool
	ending   Ending
}

// New returns a tokenizer of f.
func New(f *source.File, o Options) *Tokenizer {
	t := &Tokenizer{}
	t.Reset(f, o)
	return t
}

// Reset makes t a tokenizer of f, as if it were new.
func (t *Tokenizer) Reset(f *source.File, o Options) {
	t.file, t.src, t.opts = f, f.Text, o
	if n := len(t.src); n > 0 && t.src[n-1] != '\n' {
		t.src += "\n" // not a File of package source's making
	}
	// Files have about one name, not counting repetitions, in so many bytes.
	t.names.Reset(len(t.src) / 128)
	t.returns, t.null = false, false
	if o.Extra {
		t.returns = strings.IndexByte(t.src, '\r') >= 0
		if i := strings.IndexByte(t.src, 0); i >= 0 {
			t.null = true
			t.src = t.src[:strings.LastIndexByte(t.src[:i], '\n')+1]
		}
	}
	t.line, t.lineStart, t.buf = 0, 0, 0
	t.indent, t.level, t.depth = 0, 0, 0
	t.warnings, t.err, t.noted, t.ending = nil, nil, false, NotEnded
}

// Warnings returns what CPython would warn of while it makes the tokens that
// Scan returned, in order.
func (t *Tokenizer) Warnings() []*source.Diagnostic { return t.warnings }

// Names returns the names that are in the tokens, and their ids. They are valid up to
// the next Reset.
func (t *Tokenizer) Names() *token.Names { return &t.names }

// Noted reports whether the error of Scan is one that CPython's tokenizer only
// notes, for the parser to raise when it comes to that token: wrong
// indentation, the end of the file in brackets or behind a backslash, text
// behind a backslash. A parser that looks ahead for tokenizer errors, because it
// has nothing better to say than "invalid syntax", does not see those.
func (t *Tokenizer) Noted() bool { return t.noted }

// Ending says how an error has to do with the end of the text: whether more text could make it right.
type Ending uint8

// The endings.
const (
	NotEnded       Ending = iota // it has nothing to do with it
	EndedText                    // the text ends within brackets or a string
	EndedLine                    // a string of one line ends with the line that is the text's last
	EndedBackslash               // the text ends behind a backslash and a line break
)

// Ended says whether the error of Scan is that the text ends within something.
func (t *Tokenizer) Ended() Ending { return t.ending }

// Open returns the brackets that were open where Scan ended, outermost first.
func (t *Tokenizer) Open() []Bracket { return t.brackets[:t.level] }

// InString reports whether Scan ended within an f-string or t-string.
func (t *Tokenizer) InString() bool { return t.depth > 0 }

// Scan appends the tokens of the file to dst, ENDMARKER being the last one. If
// the tokenizer meets an error, it returns the tokens before it, and it.
//
// CPython raises the end of the file within brackets as the error of the
// innermost one; Scan does, too.
func (t *Tokenizer) Scan(dst []token.Token) ([]token.Token, *source.Diagnostic) {
	if len(t.src) > math.MaxInt32-16 {
		t.err = &source.Diagnostic{Type: "OverflowError", Message: "Parser column offset overflow - source line is too big", Filename: t.file.Name}
		return dst, t.err
	}
	if dst == nil {
		dst = make([]token.Token, 0, len(t.src)/4+8)
	}
	dst = t.scan(dst)
	return dst, t.err
}
