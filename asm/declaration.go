package asm

import (
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// parameters reads the parameters behind the opening parenthesis.
func (b *block) parameters() bool {
	p := b.p
	b.function = true
	var varArgs, varKw string
	star, slash := false, false
	for {
		p.blanks()
		start := p.pos
		switch p.peek() {
		case ')':
			p.pos++
			for _, s := range []string{varArgs, varKw} {
				if s != "" {
					b.locals.add(s)
				}
			}
			b.params = len(b.locals.list)
			return true
		case '/':
			p.pos++
			if slash || star || p.version < pyver.Py38 {
				return p.fail(start, "'/'", "it once, before any *, in Python 3.8 and later")
			}
			slash = true
			b.posOnly = b.argCount
		case '*':
			p.pos++
			if p.peek() == '*' {
				p.pos++
				name, ok := p.name("a name behind **")
				if !ok {
					return false
				}
				varKw, b.varKw = name, true
				break
			}
			if star {
				return p.fail(start, "'*'", "it once")
			}
			star = true
			if c := p.peek(); c == ',' || c == ')' || c == ' ' {
				break
			}
			name, ok := p.name("a name behind *")
			if !ok {
				return false
			}
			varArgs, b.varArgs = name, true
		default:
			name, ok := p.name("a parameter")
			if !ok {
				return false
			}
			if b.varKw {
				return p.fail(start, "a parameter behind **"+varKw, "')'")
			}
			b.locals.add(name)
			if !star {
				b.argCount++
			} else if b.kwOnly++; p.version < pyver.Py30 {
				return p.fail(start, "a keyword-only parameter", "none in Python 2")
			}
		}
		p.blanks()
		switch p.peek() {
		case ',':
			p.pos++
		case ')':
		default:
			return p.failHere("a comma or ')'")
		}
	}
}

// declarations are the words that begin lines before the instructions.
var declarations = map[string]bool{
	"flags": true, "stacksize": true, "firstline": true, "nlocals": true, "counts": true, "kinds": true,
	"qualname": true, "filename": true, "name": true, "doc": true, "const": true, "names": true,
	"locals": true, "cells": true, "free": true, "hidden": true,
}

// declaration reads a line before the instructions.
func (b *block) declaration(start int, w string) (ok, known bool) {
	p := b.p
	switch w {
	case "flags":
		b.flags, ok = p.flags()
		b.given.flags = true
	case "stacksize":
		b.stackSize, ok = p.signed("a number of stack entries")
		b.given.stackSize = true
	case "firstline":
		b.firstLine, ok = p.signed("a line number")
		b.given.firstLine = true
	case "nlocals":
		if p.version >= pyver.Py311 {
			return p.fail(start, w, "none from 3.11 on, where it follows from the local variables"), true
		}
		b.nlocals, ok = p.signed("a number of variables")
		b.given.nlocals = true
	case "counts":
		b.given.counts = true
		for _, n := range []*int{&b.argCount, &b.posOnly, &b.kwOnly} {
			if *n, ok = p.signed("three numbers: arguments, positional-only and keyword-only ones"); !ok {
				break
			}
		}
	case "kinds":
		if p.version < pyver.Py311 {
			return p.fail(start, w, "none before 3.11"), true
		}
		ok = b.hexLine(&b.kinds, &b.given.kinds)
	case "qualname":
		if p.version < pyver.Py311 {
			return p.fail(start, w, "none before 3.11"), true
		}
		b.qualName, ok = b.textValue()
	case "filename":
		b.filename, ok = b.textValue()
	case "name":
		b.nameValue, ok = b.textValue()
	case "doc":
		if len(b.consts) > 0 {
			return p.fail(start, "doc behind other constants", "it first: it is constant 0"), true
		}
		var v code.Value
		if v, ok = p.value(0); ok {
			b.addConst(v)
			b.doc = true
		}
	case "const":
		var v code.Value
		if v, ok = p.value(0); ok {
			b.addConst(v)
		}
	case "names":
		ok = b.nameList(b.names.add)
	case "locals":
		ok = b.nameList(b.locals.add)
	case "cells":
		ok = b.nameList(func(s string) { b.cells = append(b.cells, s) })
		b.indexCells()
	case "free":
		ok = b.nameList(func(s string) { b.frees = append(b.frees, s) })
		b.indexCells()
	case "hidden":
		ok = b.nameList(func(s string) { b.hidden = append(b.hidden, s) })
	default:
		return false, false
	}
	return ok, true
}

// indexCells makes cellIndex anew.
func (b *block) indexCells() {
	clear(b.cellIndex)
	for i, list := range [][]string{b.cells, b.frees} {
		for k, s := range list {
			if _, ok := b.cellIndex[s]; !ok {
				b.cellIndex[s] = k + i*len(b.cells)
			}
		}
	}
}

// nameList reads names with commas between them.
func (b *block) nameList(add func(string)) bool {
	for {
		s, ok := b.p.name("a name")
		if !ok {
			return false
		}
		add(s)
		if !b.p.accept(',') {
			return true
		}
	}
}

// textValue reads a value that has to be text.
func (b *block) textValue() (code.Value, bool) {
	p := b.p
	p.spaces()
	start := p.pos
	v, ok := p.value(0)
	if !ok {
		return nil, false
	}
	if !p.isText(v) {
		return nil, p.fail(start, quote(strings.TrimSpace(p.src[start:p.pos])), "text between quotes")
	}
	switch v := v.(type) {
	case *code.Str:
		v.Interned = true
	case *code.Bytes:
		v.Interned = true
	}
	return v, true
}

func (b *block) hexLine(to *[]byte, given *bool) bool {
	var ok bool
	*given = true
	*to, ok = b.p.hex(*to)
	return ok
}
