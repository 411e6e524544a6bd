package tokenizer

import "strings"

// cases are programs whose tokens, or whose error, testdata/tokens.golden has.
var cases = []string{
	"", "\n", "   ", "\t\n", "\f\n", "#c", "# c\n", "x", "x\n", "x \n\n\n", "x # c", "x # c\n# d\n",
	"if x:\n  y\n", "if x:\n  y", "if x:\n  y\n  # c\n#d\nz # e\n", "if x:\n\ty\n\tif z:\n\t\tw\nv\n", "if x:\n \ty\n \tz\n",
	"if x:\n  if y:\n    z\nw\n", "if x:\n\f  y\n", "if x:\n    y\n\f    z\n", "class A:\n\n  # c\n\n  x = 1\n\n\n",
	"x = (1,\n  2)\n", "(\n#a\n\n)\n", "[a for\n  a in b]", "{\n\n}\n", "f(\n    a,  # one\n    b,\n)\n",
	"x = 1 + \\\n  2\n", "\\\nx", "if 1:\n \\\n  x\n", "  \\\n\n", "if 1:\n  \\\n      x\n  y\n", "x \\\n\n", "a = 'x' \\\n    'y'\n",
	"False None True and as assert async await break class continue def del elif else except finally for from",
	"global if import in is lambda nonlocal not or pass raise return try while with yield match case type _ print",
	"continue nonlocal continuecontinue nonlocal12345678 continu nonlocal_ continue1234567 continue123456789012345678 x", "nonlocal", "continuecontinue",
	"+ - * / % @ & | ^ ~ < > = . , : ; ( ) [ ]", "** // << >> <= >= == != -> := ... .. <>", "+= -= *= /= %= @= &= |= ^= **= //= <<= >>=",
	"a<b>c", "a->b", "a:=b", "a...b", "a..b", "a.b.c", "x.1", "1.x", "1..x", "a<>b", "a!=b", "a=-b", "a**-b", "a@=b", "a//=b", "not-in",
	"0 00 1 123 1_000 0xFF 0Xff_ff 0o17 0O1_7 0b101 0B1_0", "1. .5 1.5 1e5 1E-5 1.5e+5 1_0.0_1e1_0 0e0 00.5 09.5 0_0", "1j 1.5J .5j 1e5j 0j 09j 00e1",
	"1if 2 else 3", "0x1for x in y", "1_0or 2", "1and 2", "1else 2", "1not in x", "1is x", "1in x", "0b1if 1 else 2", "0o7or 1", "1jif x else y", "1.if x else y", "1e5if x else y",
	"1a", "1_", "1__0", "1_a", "1e", "1e+", "1e-x", "1ex", "1.a", "1.e", "1.5a", "1ja", "0x", "0xg", "0x_", "0x1_", "0x1g", "0o", "0o8", "0o18", "0o1_", "0oa", "0b", "0b2", "0b12", "0b1_", "0ba",
	"0777", "00_7", "0_7", "01", "012.", "0_", "0a", "é = 0777", "1é", "1_é", "0xfé", "1 if 1else 2", "1foo", "1ora", "1ifx",
	"'a' \"b\" '' \"\" 'it\\'s' \"a\\\\\" 'a\"b'", "'''a''' \"\"\"b\"\"\" '''''' '''a'b''c'''", "'''a\nb\n  c''' + d\n", "\"\"\"é\né\"\"\"; q\n", "'a\\\nb' + c\n", "b'x' rb'y' Rb'z' bR'w' u'v' U'v' r'\\'' BR''",
	"ab'x'", "bb'x'", "f'x'", "ub'x'", "bu'x'", "ur'x'", "uf'x'", "ut'x'", "bf'x'", "tb'x'", "ft'x'", "rub'x'", "bruft'x'", "é ub'x'", "ru''", "xf'a'",
	"'abc", "'abc\n", "x = 'abc\ny\n", "'abc\\'", "'abc\\'\n", "'''abc", "'''abc\n\n", "x\n  = '''abc\nd", "é'", "'\\", "'\\\n", "'a\\\nb", "b'''", "'\\\\",
	"f''", "f'a'", "f'{x}'", "f'a{x}b'", "f'{x}{y}'", "f'{{}}'", "f'a{{b}}c'", "f'{{{x}}}'", "f'{x!r}'", "f'{x!r:>{w}}d'", "f'{x:}'", "f'{x:a{y}b{z}c}'", "f'{x:{y:{z}}}'", "f'{x=}'", "f'{x = }'", "f'{x = !r:^5}'",
	"f'{x!=y}'", "f'{x:=5}'", "f'{(x:=5)}'", "f'{lambda x:1}'", "f'{(lambda x:1)}'", "f'{a[1:2]}'", "f'{a[\"b\"]}'", "f'{d[f\"{x}\"]}'", "f'{f\"{f'{1}'}\"}'", "f'{x:%Y-%m}'", "f'{ {1:2}[1] }'", "f'{ {1}}'",
	"f'''a\nb'''", "f'''a\n{x\n+y}\nb'''", "f'''{x:\n}'''", "f'''{x:a\nb{y}\n}'''", "f'''é\né'''+é+y\n", "f'''a'b''c{x}'''", "f'\\{x}'", "f'\\{{x'", "f'a\\}}b'", "f'\\N{BULLET}'", "f'\\N{BULLET}{x}'", "f'\\Nx'", "rf'\\N{x}'", "rf'\\{x}'", "f'\\\\{x}'", "f'a\\\nb{x}'", "f'{x}\\'{y}'",
	"fR'\\d{x}'", "F'{x}'", "t'a{x}b'", "t'{x!r:>{w}}'", "T'{{'", "rt'\\{x}'", "Tr'{x}'", "t'{x=}'", "t'''a\n{b}'''", "f'{x # c\n}'", "f'''{x # c\n}'''", "f'{\nx\n}'", "f'a' f'b' 'c' t'd'",
	"f'abc", "f'abc\n", "f'''abc", "f'''abc\n\n", "f'{a", "f'{a\n", "f'{a:", "f'{a:\n}'", "f'{a:{b", "f'{a:{b}\n", "f'{'", "f\"{'\"", "f'{\"'", "f'''{'''", "f'}'", "f'a}b'", "f'{)}'", "f'{(}'", "f'{(]}'", "f'{[\n)}'", "f'{a)}'", "f'{a]}'", "f'{a:{b:{c:{d}}}}'", "f'{a}}'", "f'{a:}}'", "f'{a!}'", "f'{}'", "f'{ }'", "f'{a b}'", "f'{'a'}'", "f'{\"\"\"", "t'}'", "t'{)}'", "t'abc", "t'''a\nb", "t'{'", "t'{a:\n}'", "t'{a:{b:{c:{d}}}}'", "x = f'abc\nd", "é f'x",
	"(", "x = (1,\n", "(\n[\n", "{\n  (\n", "x = [1\n\ny = 2\n", ")", "x\n)", "x]", "é }", "(]", "(\n]", "([)]", "{(})", "é(]", "(\n\n é}", "()())",
	"x = 1 \\ 3\n", "x = 1 \\\n\\ 3\n", "x = é \\\n é \\ 3\n", "x = \\", "x = \\\n", "(\\\n", "\\ x", "x = (1 \\ )", "if 1:\n  \\ x\n", "\\\n", "x\\y",
	"if 1:\n\tx\n        y\n", "if 1:\n        x\n\ty\n", "if 1:\n    x\n  y\n", "if 1:\n    x é\n  y é\n", "if 1:\n  if 2:\n\tx\n    y\n", "if 1:\n \tx\n\t y\n", "if 1:\n    x\n  y", "if 1:\n\tx\n    y\n",
	"é€ = 1", "€", "x€", "x€é", "a\u00a0b", "\u00a0", "x \u200b", "a\u200bb", "²", "x²", "𝔘", "x = “a”", "a−b", "\ufeffx", "x\ufeff", "名前 = 1", "é́", "a·b", "·", "x ؛", "℘ ℮", "\U000e0001",
	"x$", "x ?", "`x`", "x \x01", "\x7f", "x!", "a ! b", "x \x0b y", "\x1b[0m", "x = 1\x1a",
	"a; b;\n", "x:int=1\n", "@a\ndef f(x, /, *, y): -> z\n", "a if b else c\n", "x = yield\n", "print('x', end='')\n", "async def f():\n  await x\n",
	"x = [\n  'a'\n  'b',\n]\nif y:\n  z = {\n 'c': 1}\n\n  w\n", "def f(\n  a,\n):\n  '''doc\n  string'''\n  return a\n\n\nclass B: pass\n",
	strings.Repeat("(", 200), strings.Repeat("(", 201), strings.Repeat("[", 150) + strings.Repeat("]", 150), "x = " + strings.Repeat("(\n", 201),
	indented(99), indented(100), "if 1:\n" + strings.Repeat("f'{", 149), strings.Repeat("f'{", 150), strings.Repeat("f'{", 3) + "x" + strings.Repeat("}'", 3),
}

// crlfCases have line breaks other than "\n", or NULs; what they give depends on who reads
// them.
var crlfCases = []string{
	"x\r\n", "x\r\n\r\n#c\r\ny", "if x:\r\n  y\r\n", "'''a\r\nb'''\r\n", "'a\\\r\nb'\r\n", "x \\\r\n y\r\n", "a\rb\n", "a\n\r", "\r", "# c\rx\n", "(\r\n)\r\n", "f'''\r\n{x}\\\r\n'''",
	"'a\rb'", "x\r(\n)", "\r\rx", "a\r'b'\n", "x\r# c\n", "  \rx\n", "f'{x}\r'", "x\n\x00y\n", "'''a\nb\x00c'''", "f'''a\nb\x00c'''", "(\n\x00", "x\\\n\x00",
}

// indented returns n levels of blocks.
func indented(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "if 1:\n")
	}
	return b.String() + strings.Repeat(" ", n) + "x\n"
}

// typeCommentCases are read with the option TypeComments.
var typeCommentCases = []string{
	"x = 1 # type: int\n", "x = 1 #type:int", "x = 1  # type:   List[int]  \n", "x = [] # type: ignore\n", "x = 1 # type: ignore[a]\n", "x = 1 # type: ignored\n", "# type: ignore\nx\n", "  # type: ignore x\nx\n",
	"def f(a, # type: int\n  b):\n  # type: (...) -> int\n  pass\n", "# type: int\n", "x # type : int\n", "x # Type: int\n", "x # type:\n", "if x: # type: int\n  y\n", "x # type: ignoreé\n", "é # type: ignore_\n", "x #\ttype:\tint\n",
}
