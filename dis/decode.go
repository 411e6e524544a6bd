package dis

import (
	"fmt"
	"iter"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// A Decoder turns the bytes of one code object into instructions: the records
// that [Fprint] prints. It does not look into nested code objects.
type Decoder struct {
	o      *code.Object
	m      *manner
	table  *opcode.Table
	opts   Options
	consts *constants
	bytes  string

	starts  []code.LineStart      // by offset
	targets []int                 // offsets that are jumped to, sorted
	labels  []int                 // 3.13 and later: offsets with a label, sorted; number = index + 1
	entries []code.ExceptionEntry // 3.11 and later

	wantPositions bool
	wantCaches    bool

	err error // the first damage met
}

// NewDecoder returns a Decoder of o's instructions. It fails if there is no
// instruction table for o's version, or that version lacks an option.
func NewDecoder(o *code.Object, opts Options) (*Decoder, error) {
	if err := opts.Check(o.Version); err != nil {
		return nil, err
	}
	d, err := newDecoder(o, opts, newConstants(o, opts))
	if err == nil {
		d.wantPositions, d.wantCaches = true, true
	}
	return d, err
}

// Instructions yields the instructions in order.
func (d *Decoder) Instructions() iter.Seq[Instruction] {
	return func(yield func(Instruction) bool) {
		for in := range d.instructions() {
			in.Caches = slices.Clone(in.Caches)
			in.Repr = string(d.appendArgRepr(nil, in))
			if !yield(*in) {
				return
			}
		}
	}
}

// Err returns the first damage met so far: in the exception table, or a
// constant whose text is too long for a listing.
func (d *Decoder) Err() error { return d.err }

func newDecoder(o *code.Object, opts Options, consts *constants) (*Decoder, error) {
	table := o.Opcodes()
	if table == nil {
		return nil, fmt.Errorf("dis: no instruction table for Python %v", o.Version)
	}
	d := &Decoder{
		o: o, m: mannerOf(o.Version), table: table, opts: opts, consts: consts,
		wantPositions: opts.ShowPositions, wantCaches: opts.ShowCaches,
	}
	if o.Code != nil {
		d.bytes = o.Code.S
	}
	for s := range o.LineStarts() {
		// A later start at the same offset wins, as in the dict CPython makes of them.
		if k := len(d.starts); k > 0 && d.starts[k-1].Offset == s.Offset {
			d.starts[k-1] = s
			continue
		}
		d.starts = append(d.starts, s)
	}
	if o.Version >= pyver.Py311 {
		entries, err := o.ExceptionEntries()
		if err != nil {
			d.err = fmt.Errorf("dis: %s: %w", code.Text(o.Name), err)
		}
		d.entries = entries
	}
	d.targets = o.Labels()
	if d.m.labels {
		for _, e := range d.entries {
			d.labels = append(d.labels, e.Start, e.End, e.Target)
		}
		d.labels = append(d.labels, d.targets...)
		slices.Sort(d.labels)
		d.labels = slices.Compact(d.labels)
		return d, nil
	}
	for _, e := range d.entries {
		if e.Start < e.End {
			d.targets = append(d.targets, e.Target)
		}
	}
	slices.Sort(d.targets)
	return d, nil
}

// instructions yields the instructions in order, without their Repr. The
// Instruction it yields is one and the same, filled anew each time.
func (d *Decoder) instructions() iter.Seq[*Instruction] {
	return func(yield func(*Instruction) bool) {
		var in Instruction
		starts, targets, labels := d.starts, d.targets, d.labels
		locations := d.locations()
		line, hasLine, extended := 0, false, false
		for raw := range d.o.RawInstructions() {
			info := d.table.Info(raw.Op)
			in = Instruction{
				Offset: raw.Offset, StartOffset: raw.Start, Opcode: raw.Op,
				Op: info.Op, OpName: info.Name, BaseOp: info.Family(),
				HasArg: raw.HasArg, Arg: raw.Arg, Caches: in.Caches[:0],
				info: info, extended: raw.HasArg && extended,
			}
			if raw.HasArg {
				extended = raw.Op == d.table.ExtendedArg
			}
			for len(starts) > 0 && starts[0].Offset < raw.Offset {
				starts = starts[1:]
			}
			if len(starts) > 0 && starts[0].Offset == raw.Offset {
				line, hasLine = starts[0].Line, starts[0].HasLine
				in.StartsLine = true
			}
			in.Line, in.HasLine = line, hasLine
			for len(locations) > 0 && locations[0].End <= raw.Offset {
				locations = locations[1:]
			}
			in.Position = code.NoPosition
			if len(locations) > 0 {
				in.Position = locations[0].Position
			}
			for len(targets) > 0 && targets[0] < raw.Offset {
				targets = targets[1:]
			}
			in.IsJumpTarget = len(targets) > 0 && targets[0] == raw.Offset
			if d.m.labels {
				for len(labels) > 0 && labels[0] < raw.Offset {
					labels = labels[1:]
				}
				if len(labels) > 0 && labels[0] == raw.Offset {
					in.Label = len(d.labels) - len(labels) + 1
					in.IsJumpTarget = true
				}
			}
			in.Target, in.IsJump = raw.JumpTarget()
			if info.Has(opcode.HasConst) {
				in.Const, _ = d.o.Const(raw.Arg)
			}
			if d.opts.Adaptive {
				d.adapt(&in, raw.Next())
			}
			if info.Caches > 0 && d.wantCaches {
				d.setCaches(&in, raw.Next())
			}
			if !yield(&in) {
				return
			}
		}
	}
}

// locations returns the entries of the location table, if they are asked for:
// most listings need no more than the lines.
func (d *Decoder) locations() []code.Location {
	if !d.wantPositions || d.o.LineTable == nil {
		return nil
	}
	// An entry takes about three bytes.
	return slices.AppendSeq(make([]code.Location, 0, len(d.o.LineTable.S)/3+1), d.o.Locations())
}

// adapt changes in, behind which the bytecode goes on at next, into what a
// freshly loaded code object has in its place.
func (d *Decoder) adapt(in *Instruction, next int) {
	if d.m.v != pyver.Py312 || next >= len(d.bytes) {
		return
	}
	if op := superInstruction(in.Op, d.table.Info(d.bytes[next]).Op); op != 0 {
		info, _ := d.table.ByOp(op)
		in.Op, in.OpName, in.Opcode = op, info.Name, byte(info.Number)
	}
}

// setCaches gives in the entries of its inline cache, which starts at offset.
func (d *Decoder) setCaches(in *Instruction, offset int) {
	first := offset
	for _, c := range in.info.CacheFields() {
		at := offset
		if d.m.cacheStuck {
			at = first
		}
		var value uint64
		for i := range min(2*c.Entries, max(0, len(d.bytes)-at), 8) {
			value |= uint64(d.bytes[at+i]) << (8 * i)
		}
		if d.opts.Adaptive && at == first {
			value = freshCounter(d.m.v, in.BaseOp)
		}
		in.Caches = append(in.Caches, CacheEntry{Name: c.Name, Size: c.Entries, Value: value})
		offset += 2 * c.Entries
	}
}

// appendLabel appends the label at offset.
func (d *Decoder) appendLabel(dst []byte, offset int) []byte {
	i, _ := slices.BinarySearch(d.labels, offset)
	dst = append(dst, 'L')
	return appendInt(dst, i+1)
}

func (d *Decoder) appendConst(dst []byte, v code.Value) []byte {
	dst, err := d.consts.append(dst, v)
	if err != nil && d.err == nil {
		d.err = fmt.Errorf("dis: %s: %w", d.o.NameText(), err)
	}
	return dst
}
