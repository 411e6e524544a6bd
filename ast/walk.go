package ast

import (
	"fmt"
	"iter"

	"github.com/krait-py/krait/code"
)

// FieldKind says what a field of a node holds.
type FieldKind uint8

// The kinds of fields, and the members of Field that hold their values.
const (
	NodeField    FieldKind = iota // Node
	ListField                     // List
	StringField                   // Text, "" if there is none
	StringsField                  // Texts
	EnumField                     // Text, the name of a class without fields: Load, Add
	EnumsField                    // Texts
	IntField                      // Int
	ValueField                    // Value
)

// A Field is a field of a node, with the name it has in Python's ast module.
type Field struct {
	Name     string
	Kind     FieldKind
	Optional bool // whether Python has None where Node is nil or Text is ""

	Node  Node
	List  []Node // gaps are nil
	Text  string
	Texts []string
	Int   int
	Value code.Value
}

// Fields yields the fields of n, which may be nil, in the order that Python's
// _fields has.
func Fields(n Node) iter.Seq[Field] {
	return func(yield func(Field) bool) {
		for _, f := range appendFields(nil, n) {
			if !yield(f) {
				return
			}
		}
	}
}

// Children yields the nodes that n consists of, in the order of its fields. Gaps
// in sequences are left out.
func Children(n Node) iter.Seq[Node] {
	return func(yield func(Node) bool) { children(n, yield) }
}

// Walk yields n and all nodes below it, every node before those it consists of.
func Walk(n Node) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		// A stack of our own: trees may be as deep as a file is long.
		stack := []Node{n}
		push := func(c Node) bool {
			stack = append(stack, c)
			return true
		}
		for len(stack) > 0 {
			top := len(stack) - 1
			n := stack[top]
			stack = stack[:top]
			if !yield(n) {
				return
			}
			children(n, push)
			for i, j := top, len(stack)-1; i < j; i, j = i+1, j-1 {
				stack[i], stack[j] = stack[j], stack[i]
			}
		}
	}
}

// nodes returns list as a list of the interface; gaps stay nil.
func nodes[T interface {
	comparable
	Node
}](list []T) []Node {
	if len(list) == 0 {
		return nil
	}
	var none T
	out := make([]Node, len(list))
	for i, n := range list {
		if n != none {
			out[i] = n
		}
	}
	return out
}

// texts returns the names of the values of an enumeration.
func texts[T fmt.Stringer](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = v.String()
	}
	return out
}
