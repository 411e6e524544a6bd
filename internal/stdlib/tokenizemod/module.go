// Package tokenizemod is module _tokenize: package tokenizer as an iterator.
package tokenizemod

import (
	"strings"
	"unicode/utf8"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
	"github.com/krait-py/krait/tokenizer"
)

type (
	thread = object.Thread
	value  = object.Value
)

// iterator is a TokenizerIter. It reads all there is when it is asked for the first token; errors come in their
// turn.
type iterator struct {
	object.Head
	readline value
	encoding string // "" if readline returns strings
	extra    bool

	file    *source.File
	entries []tokenizer.Entry
	starts  []int // of lines
	next    int
	err     *source.Diagnostic
	noted   bool
	// The text of the lines of the last token, which those behind it on the same line share.
	line        value
	from, until int
}

var iterType object.Type

var newDef = object.MethodDef{Name: "tokenizeriter", Sig: "(readline, /, *, extra_tokens, encoding='utf-8')", Fn: func(t *thread, a []value) value {
	extra, ok := t.IsTrue(a[1])
	if !ok {
		return value{}
	}
	it := &iterator{Head: object.Head{Type: &iterType}, readline: a[0], extra: extra}
	if a[2].P != nil {
		if !a[2].IsStr() {
			return t.TypeErrorf("tokenizeriter() argument 'encoding' must be str, not %s", object.ArgName(a[2]))
		}
		it.encoding = a[2].Str().S
	}
	return object.Of(it)
}}

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	object.Define(&iterType, object.TypeSpec{
		Name: "TokenizerIter", Module: "_tokenize",
		Slots: object.Slots{
			New: func(t *thread, cls *object.Type, args []value, names *object.Tuple) value {
				n := len(args)
				if names != nil {
					n -= names.Len()
				}
				if n != 1 {
					return t.TypeErrorf("tokenizeriter() takes exactly 1 positional argument (%d given)", n)
				}
				return newDef.Call(t, args, names)
			},
			Iter: func(t *thread, v value) value { return v },
			Next: func(t *thread, v value) value { return object.To[iterator](v).step(t) },
		},
	})
}

// Module is the module.
var Module = object.ModuleDef{Name: "_tokenize", Setup: setup, Types: []*object.Type{&iterType}}

// read calls readline until there is no more.
func (it *iterator) read(t *thread) bool {
	var text strings.Builder
	open := false // the last line has no line break
	for {
		v := t.CallArgs(it.readline)
		if v.P == nil {
			if t.Catch(&object.StopIterationType) == nil {
				return false
			}
			break
		}
		if it.encoding != "" {
			if v.Type().Flags&object.FlagBytes == 0 {
				t.TypeErrorf("readline() returned a non-bytes object")
				return false
			}
			b := object.To[object.Bytes](v).S
			if b == "" {
				break
			}
			if v = t.CallMethod(v, t.Interp.Intern("decode"), object.MakeStr(it.encoding), object.MakeStr("replace")); v.P == nil {
				return false
			}
		}
		if !v.IsStr() {
			t.TypeErrorf("readline() returned a non-string object")
			return false
		}
		s := v.Str().S
		if s == "" {
			break
		}
		if open {
			text.WriteByte('\n')
		}
		if !utf8.ValidString(s) {
			// Lone surrogates cannot be encoded.
			if t.CallMethod(v, t.Interp.Intern("encode")).P == nil {
				return false
			}
		}
		text.WriteString(s)
		open = s[len(s)-1] != '\n'
	}
	it.file = source.NewRaw("<string>", text.String())
	if text.Len() == 0 && !it.extra {
		return true
	}
	tk := tokenizer.New(it.file, tokenizer.Options{Extra: it.extra})
	tokens, err := tk.Scan(nil)
	it.err, it.noted = err, tk.Noted()
	if !it.extra && (err != nil && it.noted || strings.IndexByte(text.String(), 0) >= 0) {
		// Errors that the parser would raise look as they do with extra tokens.
		tk.Reset(it.file, tokenizer.Options{Extra: true})
		if _, x := tk.Scan(nil); x != nil {
			it.err = x
		}
	}
	if it.extra {
		for e := range tokenizer.Entries(it.file, tokens) {
			it.entries = append(it.entries, e)
		}
	} else {
		it.plain(tokens)
	}
	it.starts = append(it.starts, 0)
	for i := range len(it.file.Text) {
		if it.file.Text[i] == '\n' {
			it.starts = append(it.starts, i+1)
		}
	}
	it.from = -1
	return true
}

// plain makes the entries of tokens that have not been changed to look as those of tokenize.
func (it *iterator) plain(tokens []token.Token) {
	text := it.file.Text
	column := func(at int) int {
		start := strings.LastIndexByte(text[:at], '\n') + 1
		return utf8.RuneCountInString(text[start:at])
	}
	for _, t := range tokens {
		e := tokenizer.Entry{Kind: t.Kind, Line: int(t.Line), EndLine: int(t.EndLine), Col: -1, EndCol: -1}
		switch t.Kind {
		case token.INDENT, token.DEDENT, token.ENDMARKER:
		default:
			start, stop := int(t.Start), int(t.End)
			if t.Kind == token.NEWLINE {
				// Its text is what comes before the line's end: a comment.
				for stop = start; stop < len(text) && text[stop] != '\n'; stop++ {
				}
			}
			if t.Kind.IsKeyword() {
				e.Kind = token.NAME
			}
			e.Text, e.Col, e.EndCol = text[start:stop], column(start), column(stop)
		}
		it.entries = append(it.entries, e)
	}
}

// lines returns the text of some lines, counted from 1.
func (it *iterator) lines(from, until int) string {
	if from > len(it.starts) {
		return ""
	}
	end := len(it.file.Text)
	if until < len(it.starts) {
		end = it.starts[until]
	}
	text := it.file.Text[it.starts[max(from, 1)-1]:end]
	if end == len(it.file.Text) && it.file.NoNewline {
		text = strings.TrimSuffix(text, "\n")
	}
	return text
}

// blank reports whether there is no token on a line.
func blank(line string) bool {
	line = strings.TrimLeft(line, " \t\f\r\n")
	return line == "" || line[0] == '#'
}

// step returns the next token.
func (it *iterator) step(t *thread) value {
	if it.file == nil && !it.read(t) {
		return value{}
	}
	if it.next == len(it.entries) {
		if it.err != nil {
			it.raise(t)
			return value{}
		}
		return t.RaiseNew(&object.StopIterationType, object.MakeStr("EOF"))
	}
	e := &it.entries[it.next]
	it.next++
	trailing := it.extra && e.Line > len(it.starts)-1 && (e.Kind == token.ENDMARKER || e.Kind == token.DEDENT)
	line := object.EmptyStr
	if !trailing {
		if e.Kind == token.ENDMARKER && !it.extra && blank(it.lines(e.Line, e.EndLine)) {
			it.from, it.line = -1, object.EmptyStr
		} else if it.from != e.Line || it.until != e.EndLine {
			it.from, it.until = e.Line, e.EndLine
			it.line = object.MakeStr(it.lines(e.Line, e.EndLine))
		}
		line = it.line
	}
	num := func(n int) value { return object.MakeInt(int64(n)) }
	return object.Of(object.NewTuple(num(int(e.Kind)), object.MakeStr(e.Text),
		object.Of(object.NewTuple(num(e.Line), num(e.Col))), object.Of(object.NewTuple(num(e.EndLine), num(e.EndCol))), line))
}

// raise raises what is wrong with the source.
func (it *iterator) raise(t *thread) {
	d := it.err
	cls := &object.SyntaxErrorType
	switch d.Type {
	case "IndentationError":
		cls = &object.IndentationErrorType
	case "TabError":
		cls = &object.TabErrorType
	}
	num := func(n int) value { return object.MakeInt(int64(n)) }
	message := d.Message
	if it.noted && cls == &object.SyntaxErrorType && (strings.HasSuffix(message, "was never closed") || strings.Contains(message, "unexpected EOF")) {
		message = "unexpected EOF in multi-line statement"
		t.RaiseNew(cls, object.MakeStr(message))
		e := t.Exc
		if e == nil {
			return
		}
		t.Exc = nil
		for _, f := range []struct {
			name string
			v    value
		}{{"filename", object.MakeStr(d.Filename)}, {"lineno", num(d.Line)}, {"offset", num(d.Col)}, {"end_lineno", num(d.Line)}} {
			if !t.SetAttr(object.Of(e), t.Interp.Intern(f.name), f.v) {
				return
			}
		}
		t.Exc = e
		return
	}
	text := strings.TrimRight(d.Text, "\r\n")
	if i := strings.IndexByte(it.file.Text, 0); i >= 0 && strings.Contains(message, "null bytes") {
		n := 1 + strings.Count(it.file.Text[:i], "\n")
		d = &source.Diagnostic{Filename: d.Filename, Line: n, EndLine: n}
		text = it.file.Text[strings.LastIndexByte(it.file.Text[:i], '\n')+1 : i]
	}
	end, endCol := num(d.EndLine), num(d.EndCol)
	col := d.Col
	if it.noted {
		end, endCol = object.None, object.None
	}
	pos := object.NewTuple(object.MakeStr(d.Filename), num(d.Line), num(col), object.MakeStr(text), end, endCol)
	t.RaiseNew(cls, object.MakeStr(message), object.Of(pos))
}
