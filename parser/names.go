package parser

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/token"
)

// Names returns the names of the file that was parsed last, by whose ids the nodes
// name things too. They are valid up to the next file. Stages behind may add names of
// their own.
func (p *Parser) Names() *token.Names { return p.lex.Names() }

// HasName reports whether name is in the file that was parsed last: an identifier, or the name of a module with dots.
func (p *Parser) HasName(name string) bool {
	if strings.IndexByte(name, '.') >= 0 {
		return slices.Contains(p.dotted, name)
	}
	id := p.lex.Names().Find(name)
	if id >= token.NumFixed {
		return int(id) < len(p.idents)
	}
	if id == 0 {
		return false
	}
	// That one has an id, whether it is in the file or not.
	for i := range p.tokens {
		if t := &p.tokens[i]; t.Kind == token.NAME && t.Name == id {
			return true
		}
	}
	return false
}

// Changes returns where ast.Preprocess may find something to do in the tree that was
// parsed last; it is valid up to the next one.
func (p *Parser) Changes() ast.Changes {
	return ast.Changes{Noted: true, Lines: p.changes, Maker: (*maker)(p)}
}

// maker makes what ast.Preprocess puts into a tree in the memory of that tree, and values
// where those of literals are.
type maker Parser

func (p *maker) Arena() *ast.Arena      { return p.arena }
func (p *maker) Exprs(n int) []ast.Expr { return p.exprs.cut(n)[:0] }
func (p *maker) Str(s string) *code.Str { return p.lit.str(s) }

// noteChange notes that Preprocess should look at the token before the current one,
// at the statement that it is in.
func (p *Parser) noteChange() {
	p.changes = append(p.changes, p.tokens[max(p.pos-1, 0)].Line)
}

// isASCII reports whether s has no other characters.
func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
