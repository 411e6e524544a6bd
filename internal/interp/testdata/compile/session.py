# What compile() says of texts that end too soon, and of others, with the flags that sessions use: PyCF_DONT_IMPLY_DEDENT,
# with and without PyCF_ALLOW_INCOMPLETE_INPUT.
TEXTS = [
    '', '\n', 'x', 'x\n', 'x y', 'x y\n', '(', '(\n', 'x = (1,\n', "'abc", "'abc\n", "'''abc", "'''abc\n",
    "f'''abc{", "f'''abc{x}\n", "f'{", "f'{x\n", "f'abc", "f'abc\n", "f'''{x!\n", "f'''{x:\n", "rf'''{x:a",
    '\\', '\\\n', 'x = \\', 'x = \\\n', 'a = 1 + \\\n', 'def f():', 'def f():\n', 'def f():\n    pass',
    'def f():\n    pass\n', 'def f():\n  pass\n\n', 'if 1:\n  pass\nelse:', 'if 1:\n  pass\nelse:\n',
    'if 1:\n  pass\n  ', 'if 1:\n  pass\n  #c', 'if 1:\n  if 2:\n    x', 'if 1:\n  if 2:\n    x\n',
    'if 1:\n  if 2:\n    x\n  ', '@d', '@d\n', 'class A', 'class A\n', "x 'a'", "x ''", 'x 1', 'x )', ')',
    'x = )', '1 +', '1 +\n', 'lambda', 'lambda\n', 'try:\n  pass', 'try:\n  pass\n', 'try:\n  pass\nexcept',
    'try:\n  pass\nexcept\n', 'x=1;', 'x=1;\n', 'x=1; y=2\nz=3', 'x=1\ny=2\n', 'if 1: pass\nx',
    'if 1:\n  x\ny\n', '# c', '# c\n', '  x', '  x\n', 'if 1:\nx', 'if 1:\nx\n', 'if 1:\n  x\n y',
    'if 1:\n  x\n y\n', '0x', '0xg\n', '1_', '1__0', 'a = {1:', 'print(', 'print(x y', 'print(x y\n',
    'import', 'from a import (', 'from a import (b,\n', 'from a import', 'with a:', 'match x:\n  case 1:',
    'match x:\n', 'return\n', 'def f(', 'def f(:\n', 'assert', 'del', 'del\n', 'del 1', 'x = $', 'x = ?\n',
    'x ?', 'if x\n', 'if x', "a = ''' b\nc\n", 'a.\n', 'a.', 'a[', 'async', 'async\n', 'not', 'global',
    'global x, ', 'while 1: x\n', 'while 1: x', '\tx\n', 'x\n\n\n', '\n\nx\n', 'x # c', 'def f(x, x): pass\n',
    "'a' 'b\n", "b'\xe9'", "b'\xe9'\n", 'break\n', '1 = x', '1 = x\n', 'f() = 1', '(1 = 2', 'f(a=1, 2',
    'x if y', 'x if y\n', 'print 1', 'print 1\n', 'for', 'for x in', 'for x in y:\n', '\xe9', 'a\x0c',
    'if 1:\n\tx\n        y', "u'\\N{", "'\\N{xx}'", 'nonlocal x\n', 'yield\n', 'await x\n', 'type X',
    'type X =\n', 'a := 1', "class A:\n  def f(self):\n    '''doc\n",
]


def compiled(text, mode, flags):
    try:
        compile(text, "<text>", mode, flags)
        return "compiles"
    except SyntaxError as e:
        return f"{type(e).__name__}: {e.msg} ({e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}) {ascii(e.text)}"


for text in TEXTS:
    for mode in "exec", "single", "eval":
        plain = compiled(text, mode, 0x200)
        session = compiled(text, mode, 0x4200)
        print(mode, ascii(text))
        print("   ", plain)
        if session != plain:
            print("   ", session)


def run(c):
    """Run a coroutine that never waits."""
    try:
        c.send(None)
    except StopIteration as e:
        return e.value


async def five():
    return 5


async def numbers():
    yield 1
    yield 2

# PyCF_ALLOW_TOP_LEVEL_AWAIT makes coroutines of code; their names are in the mapping that exec() gets.
for text, mode in (("x = await five()", "exec"), ("await five()", "eval"), ("[i async for i in numbers()]", "eval"),
                   ("async for y in numbers(): pass", "exec"), ("2 + 2", "eval"), ("def f(): await five()", "exec")):
    try:
        c = compile(text, "<text>", mode, 0x2000)
    except SyntaxError as e:
        print(text, e.msg)
        continue
    names = {}
    r = eval(c, globals(), names)
    print(text, hex(c.co_flags), type(r).__name__, end=" ")
    if c.co_flags & 0x80:
        print(r.cr_frame.f_locals is names, end=" ")
        r = run(r)
    print(r, names)
