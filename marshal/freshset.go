package marshal

import (
	"bytes"
	"slices"

	"github.com/krait-py/krait/code"
)

// set writes a frozen set, its members in the order of their own streams.
func (w *Fresh) set(v *code.Set) {
	if !w.begin(v, typeFrozenSet, false) {
		return
	}
	type member struct {
		v      code.Value
		stream []byte
	}
	members := make([]member, len(v.Items))
	var streams []byte
	for i, item := range v.Items {
		start := len(streams)
		streams = w.alone(streams, item)
		members[i] = member{item, streams[start:]}
	}
	slices.SortStableFunc(members, func(a, b member) int { return bytes.Compare(a.stream, b.stream) })
	w.word(int32(len(members)))
	for _, m := range members {
		n := len(w.places)
		w.values(m.v)
		if len(w.places) > n {
			w.places[n] |= enters
		}
	}
}

// alone appends to b the stream of a member of a set as it is written to be sorted:
// one of its own, with the reference counts that values have in the whole.
func (w *Fresh) alone(b []byte, item code.Value) []byte {
	switch item.(type) {
	case *code.Tuple, *code.Set, *code.Slice:
		if w.shared == nil {
			w.shared = sharedValues(w.root)
		}
	}
	// Members may be sets, too: each depth has a writer of its own.
	if w.members == nil {
		w.members = new(Fresh)
	}
	sub := w.members
	sub.reset(b)
	sub.root, sub.depth, sub.shared = w.root, w.depth, w.shared
	sub.values(item)
	if len(sub.places) > 0 {
		sub.places[0] |= enters // the set and the sorting refer to it
	}
	sub.number()
	if w.err == nil {
		w.err = sub.err
	}
	b, sub.b, sub.root, sub.shared = sub.b, nil, nil, nil
	return b
}

// sharedValues returns what at least two places in o refer to.
func sharedValues(o *code.Object) map[code.Value]bool {
	shared := map[code.Value]bool{}
	var count func(v code.Value)
	count = func(v code.Value) {
		if _, met := shared[v]; met || v == nil {
			shared[v] = met
			return
		}
		shared[v] = false
		switch v := v.(type) {
		case *code.Tuple:
			for _, item := range v.Items {
				count(item)
			}
		case *code.Set:
			for _, item := range v.Items {
				count(item)
			}
		case *code.Slice:
			count(v.Start)
			count(v.Stop)
			count(v.Step)
		case *code.Object:
			count(v.Consts)
			count(v.Names)
			count(v.LocalsPlusNames)
		}
	}
	count(o)
	return shared
}
