package parser

import "github.com/krait-py/krait/source"

// diagnose says what is wrong with a text the parser refused.
func (p *Parser) diagnose() *source.Diagnostic {
	if p.scanError != nil && p.furthest >= len(p.tokens)-1 {
		return p.scanError
	}
	t := &p.tokens[p.furthest]
	return p.file.Diagnostic("SyntaxError", "invalid syntax",
		source.Span{Line: t.Line, Col: t.Col, EndLine: t.EndLine, EndCol: t.EndCol})
}
