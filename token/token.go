// Package token holds the tokens of Python source: their kinds, with the names
// and numbers of CPython 3.14's token module, and the keywords.
package token

// Kind is the kind of a token. Up to ENCODING the numbers are those of Lib/token.py;
// hard keywords have kinds of their own behind them, which Python's tokenize
// shows as NAME.
type Kind uint8

// The kinds.
const (
	ENDMARKER Kind = iota
	NAME
	NUMBER
	STRING
	NEWLINE
	INDENT
	DEDENT
	LPAR
	RPAR
	LSQB
	RSQB
	COLON
	COMMA
	SEMI
	PLUS
	MINUS
	STAR
	SLASH
	VBAR
	AMPER
	LESS
	GREATER
	EQUAL
	DOT
	PERCENT
	LBRACE
	RBRACE
	EQEQUAL
	NOTEQUAL
	LESSEQUAL
	GREATEREQUAL
	TILDE
	CIRCUMFLEX
	LEFTSHIFT
	RIGHTSHIFT
	DOUBLESTAR
	PLUSEQUAL
	MINEQUAL
	STAREQUAL
	SLASHEQUAL
	PERCENTEQUAL
	AMPEREQUAL
	VBAREQUAL
	CIRCUMFLEXEQUAL
	LEFTSHIFTEQUAL
	RIGHTSHIFTEQUAL
	DOUBLESTAREQUAL
	DOUBLESLASH
	DOUBLESLASHEQUAL
	AT
	ATEQUAL
	RARROW
	ELLIPSIS
	COLONEQUAL
	EXCLAMATION
	OP
	TYPEIGNORE
	TYPECOMMENT
	SOFTKEYWORD
	FSTRINGSTART
	FSTRINGMIDDLE
	FSTRINGEND
	TSTRINGSTART
	TSTRINGMIDDLE
	TSTRINGEND
	COMMENT
	NL
	ERRORTOKEN
	ENCODING

	FALSE
	NONE
	TRUE
	AND
	AS
	ASSERT
	ASYNC
	AWAIT
	BREAK
	CLASS
	CONTINUE
	DEF
	DEL
	ELIF
	ELSE
	EXCEPT
	FINALLY
	FOR
	FROM
	GLOBAL
	IF
	IMPORT
	IN
	IS
	LAMBDA
	NONLOCAL
	NOT
	OR
	PASS
	RAISE
	RETURN
	TRY
	WHILE
	WITH
	YIELD

	numKinds
)

// spellings has each kind's text where it has just one: operators and keywords.
var spellings = [numKinds]string{
	LPAR: "(", RPAR: ")", LSQB: "[", RSQB: "]", COLON: ":", COMMA: ",", SEMI: ";",
	PLUS: "+", MINUS: "-", STAR: "*", SLASH: "/", VBAR: "|", AMPER: "&", LESS: "<",
	GREATER: ">", EQUAL: "=", DOT: ".", PERCENT: "%", LBRACE: "{", RBRACE: "}",
	EQEQUAL: "==", NOTEQUAL: "!=", LESSEQUAL: "<=", GREATEREQUAL: ">=", TILDE: "~",
	CIRCUMFLEX: "^", LEFTSHIFT: "<<", RIGHTSHIFT: ">>", DOUBLESTAR: "**",
	PLUSEQUAL: "+=", MINEQUAL: "-=", STAREQUAL: "*=", SLASHEQUAL: "/=",
	PERCENTEQUAL: "%=", AMPEREQUAL: "&=", VBAREQUAL: "|=", CIRCUMFLEXEQUAL: "^=",
	LEFTSHIFTEQUAL: "<<=", RIGHTSHIFTEQUAL: ">>=", DOUBLESTAREQUAL: "**=",
	DOUBLESLASH: "//", DOUBLESLASHEQUAL: "//=", AT: "@", ATEQUAL: "@=", RARROW: "->",
	ELLIPSIS: "...", COLONEQUAL: ":=", EXCLAMATION: "!",

	FALSE: "False", NONE: "None", TRUE: "True", AND: "and", AS: "as", ASSERT: "assert",
	ASYNC: "async", AWAIT: "await", BREAK: "break", CLASS: "class",
	CONTINUE: "continue", DEF: "def", DEL: "del", ELIF: "elif", ELSE: "else",
	EXCEPT: "except", FINALLY: "finally", FOR: "for", FROM: "from", GLOBAL: "global",
	IF: "if", IMPORT: "import", IN: "in", IS: "is", LAMBDA: "lambda",
	NONLOCAL: "nonlocal", NOT: "not", OR: "or", PASS: "pass", RAISE: "raise",
	RETURN: "return", TRY: "try", WHILE: "while", WITH: "with", YIELD: "yield",
}

// Spelling returns the text of an operator or keyword, "" for other kinds.
func (k Kind) Spelling() string { return spellings[k] }

// IsKeyword reports whether k is a hard keyword.
func (k Kind) IsKeyword() bool { return k >= FALSE && k <= YIELD }

// Token is a token and where it stands. Start and End are offsets in bytes into
// the decoded text (source.File.Text); lines count from 1, Col and EndCol are
// offsets in bytes of UTF-8 from the start of the line, or -1 in INDENT, DEDENT
// and ENDMARKER, which stand nowhere (their Start is where reading has got to).
//
// As in CPython, EndCol need not be where End is: the EndCol of a NEWLINE is
// behind the line break that End is before, and a FSTRINGMIDDLE that ends in a
// doubled brace has one of the two in its text and both in its columns. A
// NEWLINE behind a comment starts where the comment does.
type Token struct {
	Kind            Kind
	Level           uint16 // how many brackets are open once it has been read
	Start, End      int32
	Line, Col       int32
	EndLine, EndCol int32
	// Name is the id of a NAME among the names of the tokenizer that read it. Of a STRING that
	// is what stands between its quotes, for want of a prefix and of backslashes, it is how many
	// quotes there are on either side.
	Name NameID
}
