package symtable_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

// build runs the stages up to the symbol table.
func build(f *source.File) (*symtable.Table, *source.Diagnostic) {
	root, ds := parser.Parse(f, parser.Options{})
	if root == nil {
		return nil, ds[len(ds)-1]
	}
	future, d := symtable.ParseFuture(root, f)
	if d != nil {
		return nil, d
	}
	return symtable.Build(root, f, symtable.Options{Future: future})
}

// errorLine is a syntax error as the table below has it: where, from and to, with
// columns as SyntaxError has them; type and message.
func errorLine(d *source.Diagnostic) string {
	if d == nil {
		return ""
	}
	return fmt.Sprintf("%d:%d-%d:%d %s: %s", d.Line, d.Col, d.EndLine, d.EndCol, d.Type, d.Message)
}

// errorCases are programs and the error that CPython 3.14.6 compiles them with; ""
// is none.
var errorCases = []struct{ source, want string }{

	// Parameters.
	{"def f(a, a): pass", "1:10-1:11 SyntaxError: duplicate argument 'a' in function definition"},
	{"def f(a, /, a): pass", "1:13-1:14 SyntaxError: duplicate argument 'a' in function definition"},
	{"def f(a, *, a): pass", "1:13-1:14 SyntaxError: duplicate argument 'a' in function definition"},
	{"def f(a, *a): pass", "1:11-1:12 SyntaxError: duplicate argument 'a' in function definition"},
	{"def f(*a, **a): pass", "1:13-1:14 SyntaxError: duplicate argument 'a' in function definition"},
	{"def f(a, **a): pass", "1:12-1:13 SyntaxError: duplicate argument 'a' in function definition"},
	{"lambda x, y, x: 0", "1:14-1:15 SyntaxError: duplicate argument 'x' in function definition"},
	{"async def f(a, *, b, a): pass", "1:22-1:23 SyntaxError: duplicate argument 'a' in function definition"},
	{"class C:\n    def f(self, __a, __a): pass", "2:22-2:25 SyntaxError: duplicate argument '__a' in function definition"},
	{"class C:\n    def f(self, __a, _C__a): pass", "2:22-2:27 SyntaxError: duplicate argument '_C__a' in function definition"},
	{"def f(é, x, é): pass", "1:14-1:16 SyntaxError: duplicate argument 'é' in function definition"},
	{"def f[T](a, a): pass", "1:13-1:14 SyntaxError: duplicate argument 'a' in function definition"},
	{"def f(__debug__): pass", "1:7-1:16 SyntaxError: cannot assign to __debug__"},
	{"def f(*__debug__): pass", "1:8-1:17 SyntaxError: cannot assign to __debug__"},
	{"def f(*, __debug__=1): pass", "1:10-1:19 SyntaxError: cannot assign to __debug__"},
	{"def f(**__debug__): pass", "1:9-1:18 SyntaxError: cannot assign to __debug__"},
	{"lambda __debug__: 0", "1:8-1:17 SyntaxError: cannot assign to __debug__"},
	{"def f(a,\n      b,\n      a): pass", "3:7-3:8 SyntaxError: duplicate argument 'a' in function definition"},

	// Global.
	{"x = 1\nglobal x", "2:1-2:9 SyntaxError: name 'x' is assigned to before global declaration"},
	{"def f():\n    x = 1\n    global x", "3:5-3:13 SyntaxError: name 'x' is assigned to before global declaration"},
	{"def f(x):\n    global x", "2:5-2:13 SyntaxError: name 'x' is parameter and global"},
	{"def f():\n    print(x)\n    global x", "3:5-3:13 SyntaxError: name 'x' is used prior to global declaration"},
	{"def f():\n    x: int\n    global x", "3:5-3:13 SyntaxError: annotated name 'x' can't be global"},
	{"def f():\n    x: int = 1\n    global x", "3:5-3:13 SyntaxError: annotated name 'x' can't be global"},
	{"def f():\n    import x\n    global x", ""},
	{"def f():\n    x += 1\n    global x", "3:5-3:13 SyntaxError: name 'x' is assigned to before global declaration"},
	{"def f():\n    del x\n    global x", "3:5-3:13 SyntaxError: name 'x' is assigned to before global declaration"},
	{"def f():\n    for x in y: pass\n    global x", "3:5-3:13 SyntaxError: name 'x' is assigned to before global declaration"},
	{"def f():\n    with a as x: pass\n    global x", "3:5-3:13 SyntaxError: name 'x' is assigned to before global declaration"},
	{"def f():\n    def x(): pass\n    global x", "3:5-3:13 SyntaxError: name 'x' is assigned to before global declaration"},
	{"def f():\n    class x: pass\n    global x", "3:5-3:13 SyntaxError: name 'x' is assigned to before global declaration"},
	{"def f():\n    try: pass\n    except E as x: pass\n    global x", "4:5-4:13 SyntaxError: name 'x' is assigned to before global declaration"},
	{"def f():\n    (x := 1)\n    global x", "3:5-3:13 SyntaxError: name 'x' is assigned to before global declaration"},
	{"def f():\n    [x := 1 for y in z]\n    global x", "3:5-3:13 SyntaxError: name 'x' is assigned to before global declaration"},
	{"def f():\n    global x, y, x\n    x = 1\n    global y, x", "4:5-4:16 SyntaxError: name 'x' is assigned to before global declaration"},
	{"class C:\n    x = 1\n    global x", "3:5-3:13 SyntaxError: name 'x' is assigned to before global declaration"},
	{"class C:\n    global x\n    x: int", "3:5-3:11 SyntaxError: annotated name 'x' can't be global"},
	{"def f():\n    global x\n    x: int = 1", "3:5-3:15 SyntaxError: annotated name 'x' can't be global"},
	{"global x\nx: int", ""},
	{"x: int\nglobal x", "2:1-2:9 SyntaxError: annotated name 'x' can't be global"},
	{"def f():\n    global x\n    (x): int", ""},
	{"def f():\n    match a:\n        case x: pass\n    global x", "4:5-4:13 SyntaxError: name 'x' is assigned to before global declaration"},
	{"def f():\n    type x = int\n    global x", "3:5-3:13 SyntaxError: name 'x' is assigned to before global declaration"},
	{"def f[x]():\n    global x", ""},
	{"class C:\n    __x = 1\n    global __x", "3:5-3:15 SyntaxError: name '__x' is assigned to before global declaration"},
	{"class C:\n    def f(self, __x):\n        global __x", "3:9-3:19 SyntaxError: name '__x' is parameter and global"},
	{"def f():\n    global x; nonlocal x", "2:5-2:13 SyntaxError: name 'x' is nonlocal and global"},
	{"def f():\n    nonlocal x; global x", "2:5-2:15 SyntaxError: name 'x' is nonlocal and global"},
	{"def g():\n    x = 1\n    def f():\n        global x\n        nonlocal x", "4:9-4:17 SyntaxError: name 'x' is nonlocal and global"},
	{"def f():\n    global __debug__\n    __debug__ = 1", "3:5-3:14 SyntaxError: cannot assign to __debug__"},
	{"if 1:\n    def f():\n        x = 1\n        global x, \\\n            y", "4:9-5:14 SyntaxError: name 'x' is assigned to before global declaration"},
	{"async def f():\n    async for x in y: pass\n    global x", "3:5-3:13 SyntaxError: name 'x' is assigned to before global declaration"},
	{"def f():\n    [x for x in y]\n    global x", ""},

	// Nonlocal.
	{"nonlocal x", "1:1-1:11 SyntaxError: nonlocal declaration not allowed at module level"},
	{"x = 1\nnonlocal x", "2:1-2:11 SyntaxError: name 'x' is assigned to before nonlocal declaration"},
	{"def f():\n    nonlocal x", "2:5-2:15 SyntaxError: no binding for nonlocal 'x' found"},
	{"def f():\n    x = 1\n    nonlocal x", "3:5-3:15 SyntaxError: name 'x' is assigned to before nonlocal declaration"},
	{"def f(x):\n    nonlocal x", "2:5-2:15 SyntaxError: name 'x' is parameter and nonlocal"},
	{"def f():\n    print(x)\n    nonlocal x", "3:5-3:15 SyntaxError: name 'x' is used prior to nonlocal declaration"},
	{"def f():\n    x: int\n    nonlocal x", "3:5-3:15 SyntaxError: annotated name 'x' can't be nonlocal"},
	{"def g():\n    x = 1\n    def f():\n        nonlocal x\n        x: int", "5:9-5:15 SyntaxError: annotated name 'x' can't be nonlocal"},
	{"def g():\n    x = 1\n    def f():\n        x: int = 2\n        nonlocal x", "5:9-5:19 SyntaxError: annotated name 'x' can't be nonlocal"},
	{"class C:\n    x = 1\n    def f(self):\n        nonlocal x", "4:9-4:19 SyntaxError: no binding for nonlocal 'x' found"},
	{"class C:\n    nonlocal x", "2:5-2:15 SyntaxError: no binding for nonlocal 'x' found"},
	{"def g():\n    global x\n    def f():\n        nonlocal x", "4:9-4:19 SyntaxError: no binding for nonlocal 'x' found"},
	{"def g():\n    x = 1\n    def f():\n        global x\n        def h():\n            nonlocal x", "6:13-6:23 SyntaxError: no binding for nonlocal 'x' found"},
	{"def f[T]():\n    nonlocal T", "2:5-2:15 SyntaxError: nonlocal binding not allowed for type parameter 'T'"},
	{"class C[T]:\n    nonlocal T", "2:5-2:15 SyntaxError: nonlocal binding not allowed for type parameter 'T'"},
	{"class C[T]:\n    def f(self):\n        nonlocal T", "3:9-3:19 SyntaxError: nonlocal binding not allowed for type parameter 'T'"},
	{"class C[T]:\n    T = 1\n    def f(self):\n        nonlocal T", ""},
	{"def f():\n    nonlocal a, b, c", "2:5-2:21 SyntaxError: no binding for nonlocal 'a' found"},
	{"def g():\n    a = c = 1\n    def f():\n        nonlocal a, b, c", "4:9-4:25 SyntaxError: no binding for nonlocal 'b' found"},
	{"def f():\n    nonlocal __class__", "2:5-2:23 SyntaxError: no binding for nonlocal '__class__' found"},
	{"class C:\n    def f(self):\n        nonlocal __class__\n        nonlocal y", "4:9-4:19 SyntaxError: no binding for nonlocal 'y' found"},
	{"class C:\n    def f(self):\n        nonlocal __x", "3:9-3:21 SyntaxError: no binding for nonlocal '_C__x' found"},
	{"def g():\n    def f():\n        nonlocal x\n    def h():\n        x = 1", "3:9-3:19 SyntaxError: no binding for nonlocal 'x' found"},
	{"def f():\n    [(nonlocal_, x) for x in y]\n    def g():\n        nonlocal x", "4:9-4:19 SyntaxError: no binding for nonlocal 'x' found"},
	{"type A[T] = lambda: (yield)", ""},
	{"def f():\n    nonlocal x, \\\n       y", "2:5-3:9 SyntaxError: no binding for nonlocal 'x' found"},
	{"def f(x):\n    class C:\n        nonlocal x\n        x: int", "4:9-4:15 SyntaxError: annotated name 'x' can't be nonlocal"},
	{"lambda: x\nnonlocal x", "2:1-2:11 SyntaxError: nonlocal declaration not allowed at module level"},

	// Walrus.
	{"[i := 0 for i in y]", "1:2-1:3 SyntaxError: assignment expression cannot rebind comprehension iteration variable 'i'"},
	{"[[i := 0 for j in y] for i in z]", "1:3-1:4 SyntaxError: assignment expression cannot rebind comprehension iteration variable 'i'"},
	{"[j for i in y if (i := 1)]", "1:19-1:20 SyntaxError: assignment expression cannot rebind comprehension iteration variable 'i'"},
	{"{i := 0 for i in y}", "1:2-1:3 SyntaxError: assignment expression cannot rebind comprehension iteration variable 'i'"},
	{"{(i := 0): 1 for i in y}", "1:3-1:4 SyntaxError: assignment expression cannot rebind comprehension iteration variable 'i'"},
	{"((i := 0) for i in y)", "1:3-1:4 SyntaxError: assignment expression cannot rebind comprehension iteration variable 'i'"},
	{"[i for i in (j := y)]", "1:14-1:20 SyntaxError: assignment expression cannot be used in a comprehension iterable expression"},
	{"[i for i in y for k in (j := i)]", "1:25-1:31 SyntaxError: assignment expression cannot be used in a comprehension iterable expression"},
	{"[i for i in [j := 1 for k in y]]", "1:14-1:20 SyntaxError: assignment expression cannot be used in a comprehension iterable expression"},
	{"[i for i in (lambda: (j := 1))]", "1:23-1:29 SyntaxError: assignment expression cannot be used in a comprehension iterable expression"},
	{"[x for i in y for x in (lambda: [j := 1])]", "1:34-1:40 SyntaxError: assignment expression cannot be used in a comprehension iterable expression"},
	{"class C:\n    [j := 1 for i in y]", "2:6-2:7 SyntaxError: assignment expression within a comprehension cannot be used in a class body"},
	{"class C:\n    x = [[j := 1 for i in y] for k in z]", "2:11-2:12 SyntaxError: assignment expression within a comprehension cannot be used in a class body"},
	{"[(j := 1) for i in y for j in z]", "1:3-1:4 SyntaxError: assignment expression cannot rebind comprehension iteration variable 'j'"},
	{"[[(j := 1) for i in y] for k in z for j in w]", "1:4-1:5 SyntaxError: assignment expression cannot rebind comprehension iteration variable 'j'"},
	{"[i for a in y if (i := 1) for i in z]", "1:31-1:32 SyntaxError: comprehension inner loop cannot rebind assignment expression target 'i'"},
	{"def f():\n    [(j := 1) for i in y for j in z]", "2:7-2:8 SyntaxError: assignment expression cannot rebind comprehension iteration variable 'j'"},
	{"[0 for x[(a := 1)] in y]", "1:11-1:12 SyntaxError: comprehension inner loop cannot rebind assignment expression target 'a'"},
	{"[0 for x[[a := 1 for b in c]] in y]", ""},
	{"def f():\n    return [0 for i in y if [k := 0 for k in z]]", "2:30-2:31 SyntaxError: assignment expression cannot rebind comprehension iteration variable 'k'"},
	{"type A = [x := 1 for y in z]", "1:11-1:12 SyntaxError: assignment expression within a comprehension cannot be used in a type alias"},
	{"type A[T] = [x := 1 for y in z]", "1:14-1:15 SyntaxError: assignment expression within a comprehension cannot be used in a type alias"},
	{"def f[T: [x := 1 for y in z]](): pass", "1:11-1:12 SyntaxError: assignment expression within a comprehension cannot be used in a TypeVar bound"},
	{"def f[T = [x := 1 for y in z]](): pass", "1:12-1:13 SyntaxError: assignment expression within a comprehension cannot be used in a TypeVar bound"},
	{"class C[T](a[[x := 1 for y in z]]): pass", "1:15-1:16 SyntaxError: assignment expression within a comprehension cannot be used within the definition of a generic"},
	{"def f(a: [x := 1 for y in z]): pass", ""},
	{"a: [x := 1 for y in z]", ""},
	{"def f[T](a: [x := 1 for y in z]): pass", "1:14-1:15 SyntaxError: assignment expression within a comprehension cannot be used within the definition of a generic"},
	{"(__debug__ := 1)", "1:2-1:11 SyntaxError: cannot assign to __debug__"},
	{"[__debug__ := 1 for a in b]", "1:2-1:11 SyntaxError: cannot assign to __debug__"},
	{"[a for __debug__ in b]", "1:8-1:17 SyntaxError: cannot assign to __debug__"},
	{"def f():\n    global i\n    [i := 0 for i in y]", "3:6-3:7 SyntaxError: assignment expression cannot rebind comprehension iteration variable 'i'"},
	{"def f():\n    [i := 0 for j in y]\n    global i", "3:5-3:13 SyntaxError: name 'i' is assigned to before global declaration"},
	{"[é for é in (ü := é)]", "1:16-1:24 SyntaxError: assignment expression cannot be used in a comprehension iterable expression"},
	{"lambda: [a := 1 for a in b]", "1:10-1:11 SyntaxError: assignment expression cannot rebind comprehension iteration variable 'a'"},
	{"class C:\n    def f(self, x=[a := 1 for b in c]): pass", "2:20-2:21 SyntaxError: assignment expression within a comprehension cannot be used in a class body"},
	{"class C:\n    lambda x=[a := 1 for b in c]: 0", "2:15-2:16 SyntaxError: assignment expression within a comprehension cannot be used in a class body"},
	{"async def f():\n    return [a := 1 async for a in b]", "2:13-2:14 SyntaxError: assignment expression cannot rebind comprehension iteration variable 'a'"},

	// Yield and await.
	{"[(yield) for a in b]", "1:3-1:8 SyntaxError: 'yield' inside list comprehension"},
	{"{(yield a) for a in b}", "1:3-1:10 SyntaxError: 'yield' inside set comprehension"},
	{"{(yield): 1 for a in b}", "1:3-1:8 SyntaxError: 'yield' inside dict comprehension"},
	{"{1: (yield) for a in b}", "1:6-1:11 SyntaxError: 'yield' inside dict comprehension"},
	{"((yield) for a in b)", "1:3-1:8 SyntaxError: 'yield' inside generator expression"},
	{"def f():\n    return [(yield x) for x in y]", "2:14-2:21 SyntaxError: 'yield' inside list comprehension"},
	{"def f():\n    return [(yield from x) for x in y]", "2:14-2:26 SyntaxError: 'yield' inside list comprehension"},
	{"def f():\n    ((yield from x) for x in y)", "2:7-2:19 SyntaxError: 'yield' inside generator expression"},
	{"[a for a in b if (yield)]", "1:19-1:24 SyntaxError: 'yield' inside list comprehension"},
	{"[a for a in b for c in (yield)]", "1:25-1:30 SyntaxError: 'yield' inside list comprehension"},
	{"def f():\n    [a for a in (yield)]\n    [(yield) for c in d]", "3:7-3:12 SyntaxError: 'yield' inside list comprehension"},
	{"class C:\n    [(yield) for c in d]", "2:7-2:12 SyntaxError: 'yield' inside list comprehension"},
	{"await x", "1:1-1:8 SyntaxError: 'await' outside function"},
	{"class C:\n    await x", "2:5-2:12 SyntaxError: 'await' outside function"},
	{"def f():\n    await x", "2:5-2:12 SyntaxError: 'await' outside async function"},
	{"lambda: await x", "1:9-1:16 SyntaxError: 'await' outside async function"},
	{"def f():\n    [await x for y in z]", "2:5-2:25 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"[await x for y in z]", "1:1-1:21 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"def f():\n    return (await x for y in z)\ndef g():\n    await y", "4:5-4:12 SyntaxError: 'await' outside async function"},
	{"async for x in y: pass", "1:1-1:23 SyntaxError: 'async for' outside async function"},
	{"async with x: pass", "1:1-1:19 SyntaxError: 'async with' outside async function"},
	{"def f():\n    async for x in y: pass", "2:5-2:27 SyntaxError: 'async for' outside async function"},
	{"def f():\n    async with x: pass", "2:5-2:23 SyntaxError: 'async with' outside async function"},
	{"def f():\n    async with x as y, z: pass", "2:5-2:31 SyntaxError: 'async with' outside async function"},
	{"class C:\n    async for x in y: pass", "2:5-2:27 SyntaxError: 'async for' outside async function"},
	{"async def f():\n    class C:\n        await x", "3:9-3:16 SyntaxError: 'await' outside function"},
	{"async def f():\n    def g():\n        await x", "3:9-3:16 SyntaxError: 'await' outside async function"},
	{"async def f():\n    lambda: await x", "2:13-2:20 SyntaxError: 'await' outside async function"},
	{"[x async for x in y]", "1:1-1:21 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"def f():\n    [x async for x in y]", "2:5-2:25 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"def f():\n    {x async for x in y}", "2:5-2:25 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"def f():\n    {x: 1 async for x in y}", "2:5-2:28 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"def f():\n    (x async for x in y)\n    [await z]", "3:6-3:13 SyntaxError: 'await' outside async function"},
	{"lambda: [x async for x in y]", "1:9-1:29 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"class C:\n    [x async for x in y]", "2:5-2:25 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"async def f():\n    class C:\n        [x async for x in y]", "3:9-3:29 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"def f():\n    [[x async for x in y] for z in w]", "2:5-2:38 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"def f():\n    [x for x in [y async for y in z]]", "2:17-2:37 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"async def f():\n    def g():\n        [x async for x in y]", "3:9-3:29 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"async def f():\n    lambda: [x for z in w async for x in z]", "2:13-2:44 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"def f():\n    [(x async for x in y) for z in w]\n    [[x async for x in y] for z in w]", "3:5-3:38 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"'é'; [é async for é in y]", "1:7-1:29 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"async def f():\n    def g(x=[y async for y in z], *, a=await b): [c async for c in d]", "2:50-2:70 SyntaxError: asynchronous comprehension outside of an asynchronous function"},

	// Annotations, type parameters and aliases.
	{"x: (yield)", "1:5-1:10 SyntaxError: yield expression cannot be used within an annotation"},
	{"x: (yield from y)", "1:5-1:17 SyntaxError: yield expression cannot be used within an annotation"},
	{"x: (y := 1)", "1:5-1:11 SyntaxError: named expression cannot be used within an annotation"},
	{"x: (await y)", "1:5-1:12 SyntaxError: await expression cannot be used within an annotation"},
	{"def f(a: (yield)): pass", "1:11-1:16 SyntaxError: yield expression cannot be used within an annotation"},
	{"def f(a: (y := 1)): pass", "1:11-1:17 SyntaxError: named expression cannot be used within an annotation"},
	{"def f() -> (yield): pass", "1:13-1:18 SyntaxError: yield expression cannot be used within an annotation"},
	{"def f(*a: (y := 1)): pass", "1:12-1:18 SyntaxError: named expression cannot be used within an annotation"},
	{"def f(**a: (yield)): pass", "1:13-1:18 SyntaxError: yield expression cannot be used within an annotation"},
	{"def f(*, a: (y := 1)): pass", "1:14-1:20 SyntaxError: named expression cannot be used within an annotation"},
	{"async def f(a: await b): pass", "1:16-1:23 SyntaxError: await expression cannot be used within an annotation"},
	{"async def f() -> await b: pass", "1:18-1:25 SyntaxError: await expression cannot be used within an annotation"},
	{"class C:\n    x: (yield)", "2:9-2:14 SyntaxError: yield expression cannot be used within an annotation"},
	{"def f():\n    x: (yield)", "2:9-2:14 SyntaxError: yield expression cannot be used within an annotation"},
	{"def f():\n    x: (y := 1)", "2:9-2:15 SyntaxError: named expression cannot be used within an annotation"},
	{"async def f():\n    x: await y", "2:8-2:15 SyntaxError: await expression cannot be used within an annotation"},
	{"async def f():\n    x: [await y for z in w]", "2:8-2:28 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"x: [await y for z in w]", "1:4-1:24 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"x: [y async for y in z]", "1:4-1:24 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"def f(a: [y async for y in z]): pass", "1:10-1:30 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"x: (lambda: (yield))\ny: (yield)", "2:5-2:10 SyntaxError: yield expression cannot be used within an annotation"},
	{"type A = (yield)", "1:11-1:16 SyntaxError: yield expression cannot be used within a type alias"},
	{"type A = (x := 1)", "1:11-1:17 SyntaxError: named expression cannot be used within a type alias"},
	{"async def f():\n    type A = await x", "2:14-2:21 SyntaxError: await expression cannot be used within a type alias"},
	{"type A = await x", "1:10-1:17 SyntaxError: await expression cannot be used within a type alias"},
	{"type A[T] = (yield)", "1:14-1:19 SyntaxError: yield expression cannot be used within a type alias"},
	{"type A[T: (yield)] = 1", "1:12-1:17 SyntaxError: yield expression cannot be used within a TypeVar bound"},
	{"type A[T: (x := 1)] = 1", "1:12-1:18 SyntaxError: named expression cannot be used within a TypeVar bound"},
	{"type A[T: ((yield), 1)] = 1", "1:13-1:18 SyntaxError: yield expression cannot be used within a TypeVar constraint"},
	{"type A[T: (int, (x := 1))] = 1", "1:18-1:24 SyntaxError: named expression cannot be used within a TypeVar constraint"},
	{"type A[T = (yield)] = 1", "1:13-1:18 SyntaxError: yield expression cannot be used within a TypeVar default"},
	{"type A[*T = (yield)] = 1", "1:14-1:19 SyntaxError: yield expression cannot be used within a TypeVarTuple default"},
	{"type A[**T = (x := 1)] = 1", "1:15-1:21 SyntaxError: named expression cannot be used within a ParamSpec default"},
	{"async def f():\n    type A[T: await x] = 1", "2:15-2:22 SyntaxError: await expression cannot be used within a TypeVar bound"},
	{"def f[T: (yield)](): pass", "1:11-1:16 SyntaxError: yield expression cannot be used within a TypeVar bound"},
	{"def f[T = (yield)](): pass", "1:12-1:17 SyntaxError: yield expression cannot be used within a TypeVar default"},
	{"def f[*T = (x := 1)](): pass", "1:13-1:19 SyntaxError: named expression cannot be used within a TypeVarTuple default"},
	{"def f[**T = (yield)](): pass", "1:14-1:19 SyntaxError: yield expression cannot be used within a ParamSpec default"},
	{"class C[T: (x := 1)]: pass", "1:13-1:19 SyntaxError: named expression cannot be used within a TypeVar bound"},
	{"class C[T]((x := 1)): pass", "1:13-1:19 SyntaxError: named expression cannot be used within the definition of a generic"},
	{"class C[T]((yield)): pass", "1:13-1:18 SyntaxError: yield expression cannot be used within the definition of a generic"},
	{"class C[T](a=(yield)): pass", "1:15-1:20 SyntaxError: yield expression cannot be used within the definition of a generic"},
	{"async def f():\n    class C[T](await x): pass", "2:16-2:23 SyntaxError: await expression cannot be used within the definition of a generic"},
	{"async def f():\n    class C[T](a=[await x for y in z]): pass", "2:18-2:38 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"def f[T](a: (yield)): pass", "1:14-1:19 SyntaxError: yield expression cannot be used within an annotation"},
	{"def f():\n    def g[T](a: (x := 1)): pass", "2:18-2:24 SyntaxError: named expression cannot be used within an annotation"},
	{"def f[T, T](): pass", "1:10-1:11 SyntaxError: duplicate type parameter 'T'"},
	{"class C[T, *T]: pass", "1:12-1:14 SyntaxError: duplicate type parameter 'T'"},
	{"type A[T, **T] = 1", "1:11-1:14 SyntaxError: duplicate type parameter 'T'"},
	{"class C[__T, __T]: pass", "1:14-1:17 SyntaxError: duplicate type parameter '__T'"},
	{"class C[__T, _C__T]: pass", "1:14-1:19 SyntaxError: duplicate type parameter '_C__T'"},
	{"def f[T,\n      U,\n      T](): pass", "3:7-3:8 SyntaxError: duplicate type parameter 'T'"},
	{"def f[__classdict__](): pass", "1:7-1:20 SyntaxError: reserved name '__classdict__' cannot be used for type parameter"},
	{"def f[__classdict__: int](): pass", "1:7-1:25 SyntaxError: reserved name '__classdict__' cannot be used for type parameter"},
	{"class C[*__classdict__]: pass", "1:9-1:23 SyntaxError: reserved name '__classdict__' cannot be used for type parameter"},
	{"type A[**__classdict__] = 1", "1:8-1:23 SyntaxError: reserved name '__classdict__' cannot be used for type parameter"},
	{"class C[__class__]: pass", ""},
	{"def f[__debug__](): pass", "1:7-1:16 SyntaxError: cannot assign to __debug__"},
	{"type __debug__ = 1", "1:6-1:15 SyntaxError: cannot assign to __debug__"},
	{"type A[T] = [x async for x in y]", "1:13-1:33 SyntaxError: asynchronous comprehension outside of an asynchronous function"},
	{"type A = lambda: (yield)\ntype B = (lambda: (yield), (yield))", "2:29-2:34 SyntaxError: yield expression cannot be used within a type alias"},
	{"class C:\n    type A = (x := 1)", "2:15-2:21 SyntaxError: named expression cannot be used within a type alias"},
	{"type A[T = [x async for x in y]] = 1", "1:12-1:32 SyntaxError: asynchronous comprehension outside of an asynchronous function"},

	// __debug__.
	{"__debug__ = 1", "1:1-1:10 SyntaxError: cannot assign to __debug__"},
	{"__debug__ += 1", "1:1-1:10 SyntaxError: cannot assign to __debug__"},
	{"del __debug__", "1:5-1:14 SyntaxError: cannot delete __debug__"},
	{"__debug__: int", "1:1-1:10 SyntaxError: cannot assign to __debug__"},
	{"__debug__: int = 1", "1:1-1:10 SyntaxError: cannot assign to __debug__"},
	{"(__debug__): int", ""},
	{"(__debug__): int = 1", "1:2-1:11 SyntaxError: cannot assign to __debug__"},
	{"(__debug__).x = 1", ""},
	{"a.__debug__ = 1", "1:1-1:12 SyntaxError: cannot assign to __debug__"},
	{"a.__debug__ += 1", "1:1-1:12 SyntaxError: cannot assign to __debug__"},
	{"del a.__debug__", "1:5-1:16 SyntaxError: cannot delete __debug__"},
	{"del a.b, a.__debug__", "1:10-1:21 SyntaxError: cannot delete __debug__"},
	{"a.__debug__: int = 1", "1:1-1:12 SyntaxError: cannot assign to __debug__"},
	{"for __debug__ in x: pass", "1:5-1:14 SyntaxError: cannot assign to __debug__"},
	{"for a.__debug__ in x: pass", "1:5-1:16 SyntaxError: cannot assign to __debug__"},
	{"with a as __debug__: pass", "1:11-1:20 SyntaxError: cannot assign to __debug__"},
	{"import __debug__", "1:8-1:17 SyntaxError: cannot assign to __debug__"},
	{"import a.__debug__", ""},
	{"import __debug__.a", "1:8-1:19 SyntaxError: cannot assign to __debug__"},
	{"import a as __debug__", "1:8-1:22 SyntaxError: cannot assign to __debug__"},
	{"from a import __debug__", "1:15-1:24 SyntaxError: cannot assign to __debug__"},
	{"from a import b as __debug__", "1:15-1:29 SyntaxError: cannot assign to __debug__"},
	{"from __debug__ import a", ""},
	{"def __debug__(): pass", "1:1-1:22 SyntaxError: cannot assign to __debug__"},
	{"async def __debug__(): pass", "1:1-1:28 SyntaxError: cannot assign to __debug__"},
	{"class __debug__: pass", "1:1-1:22 SyntaxError: cannot assign to __debug__"},
	{"class C(__debug__=1): pass", "1:9-1:20 SyntaxError: cannot assign to __debug__"},
	{"class C(a=1, __debug__=1): pass", "1:14-1:25 SyntaxError: cannot assign to __debug__"},
	{"f(__debug__=1)", "1:3-1:14 SyntaxError: cannot assign to __debug__"},
	{"f(a, b=1, __debug__=1)", "1:11-1:22 SyntaxError: cannot assign to __debug__"},
	{"f(**{'__debug__': 1})\nf(__debug__=1)", "2:3-2:14 SyntaxError: cannot assign to __debug__"},
	{"try: pass\nexcept E as __debug__: pass", "2:1-2:28 SyntaxError: cannot assign to __debug__"},
	{"try: pass\nexcept* E as __debug__: pass", "2:1-2:29 SyntaxError: cannot assign to __debug__"},
	{"[__debug__, a] = b", "1:2-1:11 SyntaxError: cannot assign to __debug__"},
	{"(a, *__debug__) = b", "1:6-1:15 SyntaxError: cannot assign to __debug__"},
	{"[0 for __debug__ in a]", "1:8-1:17 SyntaxError: cannot assign to __debug__"},
	{"def f():\n    nonlocal __debug__", "2:5-2:23 SyntaxError: no binding for nonlocal '__debug__' found"},
	{"match a:\n    case __debug__: pass", "2:10-2:19 SyntaxError: cannot assign to __debug__"},
	{"match a:\n    case [*__debug__]: pass", "2:11-2:21 SyntaxError: cannot assign to __debug__"},
	{"match a:\n    case {**__debug__}: pass", "2:10-2:23 SyntaxError: cannot assign to __debug__"},
	{"match a:\n    case {'a': 1, **__debug__}: pass", "2:10-2:31 SyntaxError: cannot assign to __debug__"},
	{"match a:\n    case C(__debug__=1): pass", "2:22-2:23 SyntaxError: cannot assign to __debug__"},
	{"match a:\n    case C(x, y=1, __debug__=z): pass", "2:30-2:31 SyntaxError: cannot assign to __debug__"},
	{"match a:\n    case C() as __debug__: pass", "2:10-2:26 SyntaxError: cannot assign to __debug__"},
	{"match a:\n    case 1 | 2 as __debug__: pass", "2:10-2:28 SyntaxError: cannot assign to __debug__"},
	{"x = __debug__\na.__debug__()\n__debug__, = 1", "3:1-3:10 SyntaxError: cannot assign to __debug__"},
	{"@__debug__\ndef __debug__(): pass", "2:1-2:22 SyntaxError: cannot assign to __debug__"},
	{"é.__debug__ = 1", "1:1-1:13 SyntaxError: cannot assign to __debug__"},

	// Imports.
	{"def f():\n    from a import *", "2:19-2:20 SyntaxError: import * only allowed at module level"},
	{"class C:\n    from a import *", "2:19-2:20 SyntaxError: import * only allowed at module level"},
	{"class C:\n    def f(self):\n        from .a import *", "3:24-3:25 SyntaxError: import * only allowed at module level"},
	{"async def f():\n    if x:\n        from . import *", "3:23-3:24 SyntaxError: import * only allowed at module level"},
	{"from a import *\ndef f():\n    import b\n    from a import *", "4:19-4:20 SyntaxError: import * only allowed at module level"},

	// __future__.
	{"x = 1\nfrom __future__ import annotations", "2:1-2:35 SyntaxError: from __future__ imports must occur at the beginning of the file"},
	{"'''d'''\n'x'\nfrom __future__ import annotations", "3:1-3:35 SyntaxError: from __future__ imports must occur at the beginning of the file"},
	{"from __future__ import annotations\nx = 1\nfrom __future__ import division", "3:1-3:32 SyntaxError: from __future__ imports must occur at the beginning of the file"},
	{"from __future__ import annotations; import a; from __future__ import division", "1:47-1:78 SyntaxError: from __future__ imports must occur at the beginning of the file"},
	{"from a import b\nfrom __future__ import division", "2:1-2:32 SyntaxError: from __future__ imports must occur at the beginning of the file"},
	{"def f():\n    from __future__ import division", "2:5-2:36 SyntaxError: from __future__ imports must occur at the beginning of the file"},
	{"from __future__ import division\ndef f():\n    from __future__ import division", "3:5-3:36 SyntaxError: from __future__ imports must occur at the beginning of the file"},
	{"if 1:\n    from __future__ import annotations", "2:5-2:39 SyntaxError: from __future__ imports must occur at the beginning of the file"},
	{"from __future__ import braces", "1:24-1:30 SyntaxError: not a chance"},
	{"from __future__ import division, braces", "1:34-1:40 SyntaxError: not a chance"},
	{"from __future__ import nonsense", "1:24-1:32 SyntaxError: future feature nonsense is not defined"},
	{"from __future__ import (division,\n    nonsense)", "2:5-2:13 SyntaxError: future feature nonsense is not defined"},
	{"from __future__ import annotations as a, nonsense as b", "1:42-1:55 SyntaxError: future feature nonsense is not defined"},
	{"from __future__ import Annotations", "1:24-1:35 SyntaxError: future feature Annotations is not defined"},
	{"'doc'\nfrom __future__ import braces", "2:24-2:30 SyntaxError: not a chance"},
	{"from __future__ import barry_as_FLUFL\nfrom __future__ import rested_snark", "2:24-2:36 SyntaxError: future feature rested_snark is not defined"},
	{"x = 1\nfrom __future__ import nonsense", "2:1-2:32 SyntaxError: from __future__ imports must occur at the beginning of the file"},
	{"from __future__ import aéééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé", "1:24-1:145 SyntaxError: future feature aééééééééééééééééééééééééééééééééééééééééééééééééé is not defined"},
	{"from __future__ import xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "1:24-1:144 SyntaxError: future feature xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx is not defined"},
	{"from .__future__ import x\nfrom __future__ import annotations", "2:1-2:35 SyntaxError: from __future__ imports must occur at the beginning of the file"},
	{"from __future__ import division; x = 1; from __future__ import nested_scopes", "1:41-1:77 SyntaxError: from __future__ imports must occur at the beginning of the file"},
	{"from __future__ import annotations\nx: (yield)", "2:5-2:10 SyntaxError: yield expression cannot be used within an annotation"},
	{"from __future__ import annotations\ndef f(a: (x := 1)): pass", "2:11-2:17 SyntaxError: named expression cannot be used within an annotation"},
	{"from __future__ import annotations\ndef f(a, a): pass", "2:10-2:11 SyntaxError: duplicate argument 'a' in function definition"},
	{"from __future__ import *", "1:24-1:25 SyntaxError: future feature * is not defined"},
	{"pass\nfrom __future__ import *", "2:1-2:25 SyntaxError: from __future__ imports must occur at the beginning of the file"},
	{"from __future__ import annotations\nimport a\nfrom __future__ import *", "3:1-3:25 SyntaxError: from __future__ imports must occur at the beginning of the file"},
	{"f'x'\nfrom __future__ import annotations", "2:1-2:35 SyntaxError: from __future__ imports must occur at the beginning of the file"},
	{"b'x'\nfrom __future__ import annotations", "2:1-2:35 SyntaxError: from __future__ imports must occur at the beginning of the file"},
	{"from __future__ import annotations\n'x'\nfrom __future__ import division", "3:1-3:32 SyntaxError: from __future__ imports must occur at the beginning of the file"},
}

func TestErrors(t *testing.T) {
	for _, c := range errorCases {
		_, d := build(source.NewFile("t.py", c.source))
		if got := errorLine(d); got != c.want {
			t.Errorf("%q:\ngot  %s\nwant %s", c.source, got, c.want)
		}
	}
}

// TestErrorsReference compares the table with CPython, and what we say of the text
// of a line with what it says.
func TestErrorsReference(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	sources := make([]string, len(errorCases))
	for i, c := range errorCases {
		sources[i] = c.source
	}
	// Lines that are too long for CPython's buffer, in several encodings.
	long := "def f(a, a): 'é" + strings.Repeat("é", 900) + "'\n"
	sources = append(sources, long, "def f(a, a):  'é"+long[14:], "# coding: utf-8\n"+long, "x = 1\r\ndef f(a, a): pass", "\ufeffdef f(a, a): pass",
		"\x0cdef f(a, a): pass\n", "x = 'é'; del 'é', __debug__")
	s := in.Start(oracle.Config{})
	defer s.Close()
	list, err := json.Marshal(sources)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := s.Exec(`
import json, os, tempfile, warnings
warnings.simplefilter("ignore")
out = []
with tempfile.TemporaryDirectory() as dir:
    path = os.path.join(dir, "t.py")
    for source in json.loads(` + pyString(list) + `):
        with open(path, "wb") as f: f.write(source.encode())
        try: compile(source.encode(), path, "exec", dont_inherit=True); out.append(("", ""))
        except SyntaxError as e:
            out.append(("%d:%d-%d:%d %s: %s" % (e.lineno, e.offset, e.end_lineno, e.end_offset, type(e).__name__, e.msg), e.text))
result = json.dumps(out)
`)
	if err != nil {
		t.Fatal(err)
	}
	var want [][2]string
	if err := json.Unmarshal([]byte(answer), &want); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for i, src := range sources {
		f, d := source.Decode(filepath.Join(dir, "t.py"), []byte(src))
		if d == nil {
			_, d = build(f)
		}
		if got := errorLine(d); got != want[i][0] {
			t.Errorf("%q:\ngot  %s\nwant %s", src, got, want[i][0])
		}
		if d != nil && d.Text != want[i][1] {
			t.Errorf("%q: text\ngot  %q\nwant %q", src, d.Text, want[i][1])
		}
	}
}

// pyString returns JSON as a literal of Python.
func pyString(b []byte) string {
	q, err := json.Marshal(string(b))
	if err != nil {
		panic(err)
	}
	return string(q)
}
