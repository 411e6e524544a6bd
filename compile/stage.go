package compile

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/flowgraph"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

// StageName names a stage of the compiler, as krait compile --dump does.
type StageName string

// The stages, in their order. The last three run for each function by itself, inner
// ones before outer ones.
const (
	Tokens       StageName = "tokens"       // text, decoded
	Parsed       StageName = "ast"          // the tree as parsed
	Preprocessed StageName = "preprocessed" // the tree that the later stages see
	Symbols      StageName = "symtable"
	Generated    StageName = "codegen"   // pseudo-instructions
	Flow         StageName = "flowgraph" // after each pass
	Assembled    StageName = "final"
)

// Stages lists the stages.
var Stages = []StageName{Tokens, Parsed, Preprocessed, Symbols, Generated, Flow, Assembled}

// Stage is what a stage has made: the fields of that stage are set. All of it may
// only be looked at while Observe runs.
type Stage struct {
	Name   StageName
	File   *source.File      // Tokens
	Root   ast.Root          // Parsed, Preprocessed
	Table  *symtable.Table   // Symbols
	Unit   *instruction.Unit // Generated and later
	Pass   *flowgraph.Pass   // Flow
	Graph  *flowgraph.Graph  // Flow
	Object *code.Object      // Assembled
}
