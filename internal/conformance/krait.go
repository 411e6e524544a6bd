package conformance

import (
	"bytes"
	"cmp"
	"fmt"
	"runtime/debug"
	"slices"

	"github.com/krait-py/krait/asm"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// Result is krait's text of one kind, or the error that it gave instead.
type Result struct {
	Text string
	Err  error
}

// Krait returns krait's results for a .pyc file, one for each of kinds. A
// panic becomes an error like any other, with its stack.
func Krait(data []byte, kinds []Kind) []Result {
	results := make([]Result, len(kinds))
	f, err := read(data)
	if err != nil {
		for i := range results {
			results[i].Err = err
		}
		return results
	}
	// Bytes first, since sets are put into another order for the texts.
	if i := slices.Index(kinds, RoundTrip); i >= 0 {
		results[i] = catch(func() ([]byte, error) { return f.Bytes() })
	}
	if i := slices.Index(kinds, Rewrite); i >= 0 {
		results[i] = catch(func() ([]byte, error) { return rewritten(data) })
	}
	if i := slices.Index(kinds, Asm); i >= 0 {
		results[i] = catch(func() ([]byte, error) { return assembled(data) })
	}
	if i := slices.Index(kinds, StackSize); i >= 0 {
		results[i] = catch(func() ([]byte, error) { return restacked(data) })
	}
	sortErr := catch(func() ([]byte, error) { return nil, sortSets(f.Code) }).Err
	for i, k := range kinds {
		if k.Bytes() {
			continue
		}
		if sortErr != nil {
			results[i].Err = sortErr
			continue
		}
		results[i] = catch(func() ([]byte, error) {
			text, err := text(f.Code, k)
			return MaskAddresses(text), err
		})
	}
	return results
}

func read(data []byte) (f *pyc.File, err error) {
	r := catch(func() ([]byte, error) {
		f, err = pyc.Read(data, pyc.Options{})
		return nil, err
	})
	return f, r.Err
}

// assembled returns what becomes of the exact text of the file.
func assembled(data []byte) ([]byte, error) {
	f, err := pyc.Read(data, pyc.Options{})
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if err := asm.Print(&text, f, asm.Options{Exact: true}); err != nil {
		return nil, err
	}
	g, diags := asm.Parse("text", text.Bytes(), asm.Options{Exact: true})
	if err := diags.Err(); err != nil {
		return nil, err
	}
	return g.Bytes()
}

// rewritten returns the file with all its code objects taken apart and put
// together again.
func rewritten(data []byte) ([]byte, error) {
	f, err := pyc.Read(data, pyc.Options{})
	if err != nil {
		return nil, err
	}
	for o := range f.Code.All() {
		fn, err := rewrite.Decode(o)
		if err != nil {
			return nil, err
		}
		again, err := fn.Encode()
		if err != nil {
			return nil, err
		}
		*o = *again
	}
	return f.Bytes()
}

// restacked returns the file with the stack sizes that krait computes.
func restacked(data []byte) ([]byte, error) {
	f, err := pyc.Read(data, pyc.Options{})
	if err != nil {
		return nil, err
	}
	for o := range f.Code.All() {
		fn, err := rewrite.Decode(o)
		if err != nil {
			return nil, err
		}
		if o.StackSize, err = fn.StackSize(); err != nil {
			return nil, err
		}
	}
	return f.Bytes()
}

func catch(f func() ([]byte, error)) (r Result) {
	defer func() {
		if p := recover(); p != nil {
			r = Result{Err: fmt.Errorf("panic: %v\n%s", p, debug.Stack())}
		}
	}()
	text, err := f()
	return Result{string(text), err}
}

// text returns the text of one kind of a code object.
func text(o *code.Object, k Kind) ([]byte, error) {
	var b bytes.Buffer
	switch k {
	case Show:
		err := preorder(o, func(o *code.Object) error {
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			return dis.ShowCode(&b, o, nil)
		})
		return b.Bytes(), err
	case Lines:
		err := preorder(o, func(o *code.Object) error {
			writeLines(&b, o)
			return nil
		})
		return b.Bytes(), err
	case Positions:
		err := preorder(o, func(o *code.Object) error {
			writePositions(&b, o)
			return nil
		})
		return b.Bytes(), err
	}
	flags, ok := k.Flags()
	if !ok {
		return nil, fmt.Errorf("unknown kind %q", k)
	}
	var opts dis.Options
	for _, letter := range flags {
		switch letter {
		case 'C':
			opts.ShowCaches = true
		case 'O':
			opts.ShowOffsets = true
		case 'P':
			opts.ShowPositions = true
		case 'S':
			opts.Adaptive = true
		}
	}
	err := dis.Fprint(&b, o, opts)
	return b.Bytes(), err
}

// preorder calls f for o and the code objects that its constants hold, each
// before those in it, as often as it is there.
func preorder(o *code.Object, f func(*code.Object) error) error {
	if err := f(o); err != nil {
		return err
	}
	for inner := range o.Objects() {
		if err := preorder(inner, f); err != nil {
			return err
		}
	}
	return nil
}

func writeLines(b *bytes.Buffer, o *code.Object) {
	fmt.Fprintf(b, "%s:\n", o.NameText())
	if o.Version < pyver.Py310 {
		for l := range o.LineStarts() {
			fmt.Fprintf(b, "%d %s\n", l.Offset, orNone(l.Line, l.HasLine))
		}
		return
	}
	for l := range o.Lines() {
		fmt.Fprintf(b, "%d %d %s\n", l.Start, l.End, orNone(l.Line, l.HasLine))
	}
}

func writePositions(b *bytes.Buffer, o *code.Object) {
	fmt.Fprintf(b, "%s:\n", o.NameText())
	for p := range o.Positions() {
		fmt.Fprintf(b, "%s %s %s %s\n", orNone(p.Line, p.Line >= 0), orNone(p.EndLine, p.EndLine >= 0),
			orNone(p.Col, p.Col >= 0), orNone(p.EndCol, p.EndCol >= 0))
	}
}

func orNone(n int, has bool) string {
	if !has {
		return "None"
	}
	return fmt.Sprint(n)
}

// sortSets puts the elements of all sets among the constants of o, and of the
// code in it, into the order of their reprs.
func sortSets(o *code.Object) error {
	s := setSorter{version: o.Version, seen: map[code.Value]bool{}}
	s.value(o)
	return s.err
}

type setSorter struct {
	version pyver.Version
	seen    map[code.Value]bool
	err     error
}

func (s *setSorter) value(v code.Value) {
	switch v := v.(type) {
	case *code.Object:
		if s.first(v) && v.Consts != nil {
			s.value(v.Consts)
		}
	case *code.Tuple:
		if s.first(v) {
			s.values(v.Items)
		}
	case *code.Slice:
		s.values([]code.Value{v.Start, v.Stop, v.Step})
	case *code.Set:
		if s.first(v) {
			s.values(v.Items)
			s.sort(v)
		}
	}
}

func (s *setSorter) values(items []code.Value) {
	for _, v := range items {
		s.value(v)
	}
}

func (s *setSorter) first(v code.Value) bool {
	if s.seen[v] {
		return false
	}
	s.seen[v] = true
	return true
}

func (s *setSorter) sort(v *code.Set) {
	reprs := map[code.Value]string{}
	for _, item := range v.Items {
		text, err := pyrepr.Append(nil, item, pyrepr.Options{Version: s.version})
		s.err = cmp.Or(s.err, err)
		reprs[item] = string(text)
	}
	slices.SortStableFunc(v.Items, func(a, b code.Value) int { return cmp.Compare(reprs[a], reprs[b]) })
}
