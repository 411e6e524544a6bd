package parser

import "github.com/krait-py/krait/token"

// HasName reports whether the identifier name is in the file that was parsed last.
func (p *Parser) HasName(name string) bool {
	if p.known == nil {
		p.known = make(map[string]bool)
		for i := range p.tokens {
			if t := &p.tokens[i]; t.Kind == token.NAME {
				p.known[p.text[t.Start:t.End]] = true
			}
		}
	}
	return p.known[name]
}
