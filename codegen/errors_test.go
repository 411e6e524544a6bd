package codegen_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// compiled are programs and what CPython 3.14.6 says of them: lines with where, from
// and to, as SyntaxError has it; type and message. The position of a warning is that
// of the error it is made with -W error. Nothing is wrong if there is no line.
type compiled struct{ source, want string }

// errorCases are refused by the code generator or, so that it never sees them, by the
// stages before it.
var errorCases = []compiled{

	// Return, yield and await where they may not be.
	{"return", "1:1-1:7 SyntaxError: 'return' outside function"},
	{"return 1", "1:1-1:9 SyntaxError: 'return' outside function"},
	{"class C:\n    return", "2:5-2:11 SyntaxError: 'return' outside function"},
	{"class C:\n    return x", "2:5-2:13 SyntaxError: 'return' outside function"},
	{"if 1:\n    return x", "2:5-2:13 SyntaxError: 'return' outside function"},
	{"def f():\n    class C:\n        return 1", "3:9-3:17 SyntaxError: 'return' outside function"},
	{"async def f():\n    yield\n    return 1", "3:5-3:13 SyntaxError: 'return' with value in async generator"},
	{"async def f():\n    return 1\n    yield", "2:5-2:13 SyntaxError: 'return' with value in async generator"},
	{"async def f():\n    yield\n    return", ""},
	{"async def f():\n    yield\n    if x: return None", "3:11-3:22 SyntaxError: 'return' with value in async generator"},
	{"async def f():\n    return (yield)", "2:5-2:19 SyntaxError: 'return' with value in async generator"},
	{"yield", "1:1-1:6 SyntaxError: 'yield' outside function"},
	{"yield x", "1:1-1:8 SyntaxError: 'yield' outside function"},
	{"x = yield", "1:5-1:10 SyntaxError: 'yield' outside function"},
	{"x = (yield)", "1:6-1:11 SyntaxError: 'yield' outside function"},
	{"yield from x", "1:1-1:13 SyntaxError: 'yield from' outside function"},
	{"class C:\n    yield", "2:5-2:10 SyntaxError: 'yield' outside function"},
	{"class C:\n    x = yield from y", "2:9-2:21 SyntaxError: 'yield from' outside function"},
	{"async def f():\n    yield from x", "2:5-2:17 SyntaxError: 'yield from' inside async function"},
	{"async def f():\n    x = 1 + (yield from y)", "2:14-2:26 SyntaxError: 'yield from' inside async function"},
	{"def f[T](a=(yield)): pass", "1:13-1:18 SyntaxError: 'yield' outside function"},
	{"def f(a=(yield)): pass", "1:10-1:15 SyntaxError: 'yield' outside function"},
	{"lambda: (yield from x)", ""},
	{"async def f():\n    lambda: (yield from x)", ""},
	{"f'{(yield)}'", "1:5-1:10 SyntaxError: 'yield' outside function"},
	{"def f(a=lambda: (yield)): pass\nyield", "2:1-2:6 SyntaxError: 'yield' outside function"},
	{"@(yield)\ndef f(): pass", "1:3-1:8 SyntaxError: 'yield' outside function"},
	{"class C((yield)): pass", "1:10-1:15 SyntaxError: 'yield' outside function"},
	{"def f():\n    class C((yield)): pass", ""},
	{"for x in (yield): pass", "1:11-1:16 SyntaxError: 'yield' outside function"},
	{"with (yield): pass", "1:7-1:12 SyntaxError: 'yield' outside function"},
	{"try:\n    pass\nfinally:\n    return", "4:5-4:11 SyntaxError: 'return' outside function"},
	{"try:\n    pass\nfinally:\n    yield", "4:5-4:10 SyntaxError: 'yield' outside function"},
	{"return lambda: 1", "1:1-1:17 SyntaxError: 'return' outside function"},
	{"é = 1; return é", "1:9-1:18 SyntaxError: 'return' outside function"},
	{"(x,\n return_, (yield\n a))", "2:12-3:3 SyntaxError: 'yield' outside function"},
	{"if 0: return", "1:7-1:13 SyntaxError: 'return' outside function"},
	{"if 0: yield", "1:7-1:12 SyntaxError: 'yield' outside function"},
	{"while 0: return", "1:10-1:16 SyntaxError: 'return' outside function"},
	{"assert (yield)", "1:9-1:14 SyntaxError: 'yield' outside function"},

	// Break and continue.
	{"break", "1:1-1:6 SyntaxError: 'break' outside loop"},
	{"continue", "1:1-1:9 SyntaxError: 'continue' not properly in loop"},
	{"if x: break", "1:7-1:12 SyntaxError: 'break' outside loop"},
	{"if x:\n    continue", "2:5-2:13 SyntaxError: 'continue' not properly in loop"},
	{"class C:\n    break", "2:5-2:10 SyntaxError: 'break' outside loop"},
	{"for x in y:\n    class C:\n        break", "3:9-3:14 SyntaxError: 'break' outside loop"},
	{"for x in y:\n    def f():\n        continue", "3:9-3:17 SyntaxError: 'continue' not properly in loop"},
	{"while x:\n    lambda: 1\nelse:\n    break", "4:5-4:10 SyntaxError: 'break' outside loop"},
	{"for x in y: pass\nelse:\n    continue", "3:5-3:13 SyntaxError: 'continue' not properly in loop"},
	{"with a: break", "1:9-1:14 SyntaxError: 'break' outside loop"},
	{"try: break\nexcept: pass", "1:6-1:11 SyntaxError: 'break' outside loop"},
	{"try:\n    pass\nfinally:\n    continue", "4:5-4:13 SyntaxError: 'continue' not properly in loop"},
	{"match x:\n    case 1: break", "2:13-2:18 SyntaxError: 'break' outside loop"},
	{"def f():\n    for x in y: pass\n    break", "3:5-3:10 SyntaxError: 'break' outside loop"},
	{"while 0: pass\nelse: break", "2:7-2:12 SyntaxError: 'break' outside loop"},
	{"for x in y:\n    try: pass\n    finally: break", ""},
	{"for x in y:\n    try: pass\n    finally:\n        continue", ""},
	{"while 1:\n    try: pass\n    finally:\n        def f():\n            return\n        for z in w: break", ""},

	// Except and except*.
	{"try: pass\nexcept: pass\nexcept E: pass", "2:1-2:13 SyntaxError: default 'except:' must be last"},
	{"try: pass\nexcept: pass\nexcept: pass", "2:1-2:13 SyntaxError: default 'except:' must be last"},
	{"try: pass\nexcept E: pass\nexcept: pass\nexcept F: pass", "3:1-3:13 SyntaxError: default 'except:' must be last"},
	{"try: pass\nexcept:\n    pass\nexcept (E, F) as g:\n    pass\nelse: pass", "2:1-3:9 SyntaxError: default 'except:' must be last"},
	{"def f():\n    try: pass\n    except* E: return", "3:16-3:22 SyntaxError: 'break', 'continue' and 'return' cannot appear in an except* block"},
	{"for x in y:\n    try: pass\n    except* E: break", "3:16-3:21 SyntaxError: 'break', 'continue' and 'return' cannot appear in an except* block"},
	{"while x:\n    try: pass\n    except* E:\n        continue", "4:9-4:17 SyntaxError: 'break', 'continue' and 'return' cannot appear in an except* block"},
	{"def f():\n    try: pass\n    except* E:\n        if x: return 1", "4:22-4:23 SyntaxError: 'break', 'continue' and 'return' cannot appear in an except* block"},
	{"def f():\n    try: pass\n    except* E:\n        for x in y:\n            break\n            return", "6:13-6:19 SyntaxError: 'break', 'continue' and 'return' cannot appear in an except* block"},
	{"def f():\n    try: pass\n    except* E:\n        while x: continue", ""},
	{"def f():\n    try: pass\n    except* E:\n        def g(): return 1", ""},
	{"for x in y:\n    try: pass\n    except* E: pass\n    except* F:\n        with a: break", "-1:0--1:0 SyntaxError: 'break', 'continue' and 'return' cannot appear in an except* block"},
	{"def f():\n    try: return\n    except* E: pass\n    else: return", ""},
	{"def f():\n    for x in y:\n        try: pass\n        except* E:\n            try: return\n            finally: pass", "-1:0--1:0 SyntaxError: 'break', 'continue' and 'return' cannot appear in an except* block"},
	{"def f():\n    try: pass\n    except* E:\n        try: pass\n        finally: return", "5:18-5:24 SyntaxError: 'break', 'continue' and 'return' cannot appear in an except* block"},
	{"try: pass\nexcept* E: break", "2:12-2:17 SyntaxError: 'break', 'continue' and 'return' cannot appear in an except* block"},
	{"try: pass\nexcept* E: return", "2:12-2:18 SyntaxError: 'return' outside function"},
	{"def f():\n    try: pass\n    except* E:\n        async def g(): return", ""},

	// Starred.
	{"*a", "1:1-1:3 SyntaxError: can't use starred expression here"},
	{"*a = b", "1:1-1:3 SyntaxError: starred assignment target must be in a list or tuple"},
	{"*a, *b = c", "1:1-1:7 SyntaxError: multiple starred expressions in assignment"},
	{"a, *b, *c = d", "1:1-1:10 SyntaxError: multiple starred expressions in assignment"},
	{"[*a, b, *c] = d", "1:1-1:12 SyntaxError: multiple starred expressions in assignment"},
	{"(*a, (*b, *c)) = d", "1:6-1:14 SyntaxError: multiple starred expressions in assignment"},
	{"for *a in b: pass", "1:5-1:7 SyntaxError: starred assignment target must be in a list or tuple"},
	{"for *a, *b in c: pass", "1:5-1:11 SyntaxError: multiple starred expressions in assignment"},
	{"with a as (*b, *c): pass", "1:11-1:19 SyntaxError: multiple starred expressions in assignment"},
	{"x = *a", "1:5-1:7 SyntaxError: can't use starred expression here"},
	{"x = (*a)", "1:6-1:8 SyntaxError: cannot use starred expression here"},
	{"x = *a,\ny = *b", "2:5-2:7 SyntaxError: can't use starred expression here"},
	{"del *a", "1:5-1:7 SyntaxError: cannot delete starred"},
	{"del (*a)", "1:6-1:8 SyntaxError: cannot use starred expression here"},
	{"del *a, b", "1:5-1:7 SyntaxError: cannot delete starred"},
	{"del [a, *b]", "1:9-1:11 SyntaxError: cannot delete starred"},
	{"print(*a)\n*a", "2:1-2:3 SyntaxError: can't use starred expression here"},
	{"return_ = (yield_, *a)\n*b", "2:1-2:3 SyntaxError: can't use starred expression here"},
	{"x[*a] = 1\nx[a:*b]", "2:5-2:6 SyntaxError: invalid syntax"},
	{"(*a).b", "1:2-1:4 SyntaxError: cannot use starred expression here"},
	{"-*a", "1:2-1:3 SyntaxError: invalid syntax"},
	{"a + *b", "1:5-1:6 SyntaxError: invalid syntax"},
	{"f(*a) = 1", "1:1-1:6 SyntaxError: cannot assign to function call here. Maybe you meant '==' instead of '='?"},
	{"*a += 1", "1:1-1:3 SyntaxError: 'starred' is an illegal expression for augmented assignment"},
	{"*a: int", "1:3-1:4 SyntaxError: invalid syntax"},
	{"*a: int = 1", "1:3-1:4 SyntaxError: invalid syntax"},
	{"(*a): int", "1:2-1:4 SyntaxError: cannot use starred expression here"},
	{"x: *a", "1:4-1:5 SyntaxError: invalid syntax"},
	{"x: (*a, b)\n*a", "2:1-2:3 SyntaxError: can't use starred expression here"},
	{"def f(a: *b): pass", "1:10-1:11 SyntaxError: invalid syntax"},
	{"def f(*a: *b): pass\n*c", "2:1-2:3 SyntaxError: can't use starred expression here"},
	{"def f(**a: *b): pass", "1:12-1:13 SyntaxError: invalid syntax"},
	{"def f() -> *a: pass", "1:9-1:11 SyntaxError: expected ':'"},
	{"def f[*T = *a](): pass\n*b", "2:1-2:3 SyntaxError: can't use starred expression here"},
	{"def f[T = *a](): pass", "1:6-1:7 SyntaxError: expected '('"},
	{"def f[**T = *a](): pass", "1:6-1:7 SyntaxError: expected '('"},
	{"type A[*T = *a] = 1\n*b", "2:1-2:3 SyntaxError: can't use starred expression here"},
	{"type A = *a", "1:10-1:11 SyntaxError: invalid syntax"},
	{"lambda: *a", "1:9-1:10 SyntaxError: invalid syntax"},
	{"(lambda: (*a, b))\n*c", "2:1-2:3 SyntaxError: can't use starred expression here"},
	{"if *a: pass", "1:4-1:5 SyntaxError: invalid syntax"},
	{"while *a: pass", "1:7-1:8 SyntaxError: invalid syntax"},
	{"assert *a", "1:8-1:9 SyntaxError: invalid syntax"},
	{"raise *a", "1:7-1:8 SyntaxError: invalid syntax"},
	{"f'{*a}'", "1:4-1:6 SyntaxError: can't use starred expression here"},
	{"f'{*a,}'\n*b", "2:1-2:3 SyntaxError: can't use starred expression here"},
	{"t'{*a}'", "1:4-1:6 SyntaxError: can't use starred expression here"},
	{"[*a for a in b]", "1:2-1:4 SyntaxError: iterable unpacking cannot be used in comprehension"},
	{"{*a for a in b}", "1:2-1:4 SyntaxError: iterable unpacking cannot be used in comprehension"},
	{"(*a for a in b)", "1:2-1:4 SyntaxError: iterable unpacking cannot be used in comprehension"},
	{"[a for *a in b]", "1:8-1:10 SyntaxError: starred assignment target must be in a list or tuple"},
	{"[a for *a, *b in c]", "1:8-1:14 SyntaxError: multiple starred expressions in assignment"},
	{"[a for a in *b]", "1:13-1:14 SyntaxError: invalid syntax"},
	{"a if *b else c", "1:6-1:7 SyntaxError: invalid syntax"},
	{"*a if b else c", "1:4-1:6 SyntaxError: invalid syntax"},
	{"not *a", "1:5-1:6 SyntaxError: invalid syntax"},
	{"await_(*a)\n(*a,) = *b", "2:9-2:11 SyntaxError: can't use starred expression here"},
	{"*a; b", "1:1-1:3 SyntaxError: can't use starred expression here"},
	{"import a\n(\n*b\n)", "3:1-3:3 SyntaxError: cannot use starred expression here"},

	// Nested blocks.
	{"with a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20: pass", ""},
	{"x = [x = [x = [x = [x = [a for a in b] for a in b] for a in b] for a in b] for a in b]", "1:21-1:39 SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='?"},
	{"[[[a for a in b]]]", ""},
	{"[[[[[[[[[[[[[[[[[[a for a in b] for a in b] for a in b] for a in b] for a in b] for a in b] for a in b] for a in b] for a in b] for a in b] for a in b] for a in b] for a in b] for a in b] for a in b] for a in b] for a in b] for a in b]", ""},

	// Arguments.
	{"f(a=1, a=2)", "1:8-1:11 SyntaxError: keyword argument repeated: a"},
	{"f(a=1, b=2, a=3, b=4)", "1:13-1:16 SyntaxError: keyword argument repeated: a"},
	{"f(x, *y, a=1, **z, a=2)", "1:20-1:23 SyntaxError: keyword argument repeated: a"},
	{"class C(a=1, a=2): pass", "1:14-1:17 SyntaxError: keyword argument repeated: a"},
	{"class C(metaclass=m, metaclass=n): pass", "1:22-1:33 SyntaxError: keyword argument repeated: metaclass"},
	{"x.f(a=1,\n    a=2)", "2:5-2:8 SyntaxError: keyword argument repeated: a"},
	{"f(é=1, é=2)", "1:9-1:13 SyntaxError: keyword argument repeated: é"},
	{"f(**a, a=1, **b, a=2)", "1:18-1:21 SyntaxError: keyword argument repeated: a"},
	{"class C[T](a=1, a=2): pass", "1:17-1:20 SyntaxError: keyword argument repeated: a"},
	{"@f(a=1, a=1)\ndef g(): pass", "1:9-1:12 SyntaxError: keyword argument repeated: a"},
	{"class C:\n    f(__a=1, __a=2)", "2:14-2:19 SyntaxError: keyword argument repeated: __a"},
	{"class C:\n    f(__a=1, _C__a=2)", ""},
	{"x.y(b=1, **c, b=2)", "1:15-1:18 SyntaxError: keyword argument repeated: b"},
	{"super().f(a=1, a=2)", "1:16-1:19 SyntaxError: keyword argument repeated: a"},
	{"f(a=1)(a=1, a=1)", "1:13-1:16 SyntaxError: keyword argument repeated: a"},
	{"f((yield), a=1, a=2)", "1:17-1:20 SyntaxError: keyword argument repeated: a"},

	// Match.
	{"match x:\n    case _: pass\n    case 1: pass", "2:10-2:11 SyntaxError: wildcard makes remaining patterns unreachable"},
	{"match x:\n    case a: pass\n    case 1: pass", "2:10-2:11 SyntaxError: name capture 'a' makes remaining patterns unreachable"},
	{"match x:\n    case a if b: pass\n    case 1: pass", ""},
	{"match x:\n    case _ if b: pass\n    case _: pass", ""},
	{"match x:\n    case 1: pass\n    case é: pass\n    case _: pass", "3:10-3:12 SyntaxError: name capture 'é' makes remaining patterns unreachable"},
	{"match x:\n    case _ | 1: pass", "2:10-2:11 SyntaxError: wildcard makes remaining patterns unreachable"},
	{"match x:\n    case a | 1: pass", "2:10-2:11 SyntaxError: name capture 'a' makes remaining patterns unreachable"},
	{"match x:\n    case 1 | _ | 2: pass", "2:14-2:15 SyntaxError: wildcard makes remaining patterns unreachable"},
	{"match x:\n    case (a) | 1: pass", "2:11-2:12 SyntaxError: name capture 'a' makes remaining patterns unreachable"},
	{"match x:\n    case 1 as a | a: pass", "2:17-2:18 SyntaxError: invalid syntax"},
	{"match x:\n    case [_ | 1]: pass", "2:11-2:12 SyntaxError: wildcard makes remaining patterns unreachable"},
	{"match x:\n    case [a | 1, b]: pass", "2:11-2:12 SyntaxError: name capture 'a' makes remaining patterns unreachable"},
	{"match x:\n    case (_ as a): pass\n    case 1: pass", "2:11-2:12 SyntaxError: wildcard makes remaining patterns unreachable"},
	{"match x:\n    case 1 | a: pass", "2:10-2:15 SyntaxError: alternative patterns bind different names"},
	{"match x:\n    case [a] | [b]: pass", "2:10-2:19 SyntaxError: alternative patterns bind different names"},
	{"match x:\n    case [a, b] | [b, a]: pass", ""},
	{"match x:\n    case [a] | 1: pass", "2:10-2:17 SyntaxError: alternative patterns bind different names"},
	{"match x:\n    case (1 as a) | (2 as a) | 3: pass", "2:10-2:33 SyntaxError: alternative patterns bind different names"},
	{"match x:\n    case {'k': a} | C(b): pass", "2:10-2:25 SyntaxError: alternative patterns bind different names"},
	{"match x:\n    case [a, a]: pass", "2:14-2:15 SyntaxError: multiple assignments to name 'a' in pattern"},
	{"match x:\n    case [a, *a]: pass", "2:14-2:16 SyntaxError: multiple assignments to name 'a' in pattern"},
	{"match x:\n    case {'k': a, **a}: pass", "2:10-2:23 SyntaxError: multiple assignments to name 'a' in pattern"},
	{"match x:\n    case (a as a): pass", "2:11-2:17 SyntaxError: multiple assignments to name 'a' in pattern"},
	{"match x:\n    case [a, (b, a)]: pass", "2:18-2:19 SyntaxError: multiple assignments to name 'a' in pattern"},
	{"match x:\n    case C(a, b=a): pass", "2:17-2:18 SyntaxError: multiple assignments to name 'a' in pattern"},
	{"match x:\n    case ([a] | [a]) as a: pass", "2:10-2:26 SyntaxError: multiple assignments to name 'a' in pattern"},
	{"match x:\n    case [é, é]: pass", "2:15-2:17 SyntaxError: multiple assignments to name 'é' in pattern"},
	{"match x:\n    case [*a, *b]: pass", "2:10-2:18 SyntaxError: multiple starred names in sequence pattern"},
	{"match x:\n    case [*_, *_]: pass", "2:10-2:18 SyntaxError: multiple starred names in sequence pattern"},
	{"match x:\n    case [*a, [*b, *c]]: pass", "2:15-2:23 SyntaxError: multiple starred names in sequence pattern"},
	{"match x:\n    case *a, *b: pass", "2:10-2:16 SyntaxError: multiple starred names in sequence pattern"},
	{"match x:\n    case C(a=1, a=2): pass", "2:19-2:20 SyntaxError: attribute name repeated in class pattern: a"},
	{"match x:\n    case C(a=1, b=2, a=3): pass", "2:24-2:25 SyntaxError: attribute name repeated in class pattern: a"},
	{"match x:\n    case C(a=b,\n           a=c): pass", "3:14-3:15 SyntaxError: attribute name repeated in class pattern: a"},
	{"match x:\n    case {1: a, 1: b}: pass", "2:10-2:22 SyntaxError: mapping pattern checks duplicate key (1)"},
	{"match x:\n    case {'a': 1, 'b': 2, 'a': 3}: pass", "2:10-2:34 SyntaxError: mapping pattern checks duplicate key ('a')"},
	{"match x:\n    case {1: a, True: b}: pass", "2:10-2:25 SyntaxError: mapping pattern checks duplicate key (True)"},
	{"match x:\n    case {1: a, 1.0: b}: pass", "2:10-2:24 SyntaxError: mapping pattern checks duplicate key (1.0)"},
	{"match x:\n    case {0: a, -0: b}: pass", "2:10-2:23 SyntaxError: mapping pattern checks duplicate key (0)"},
	{"match x:\n    case {-1: a, -1: b}: pass", "2:10-2:24 SyntaxError: mapping pattern checks duplicate key (-1)"},
	{"match x:\n    case {1+2j: a, 1+2j: b}: pass", "2:10-2:28 SyntaxError: mapping pattern checks duplicate key ((1+2j))"},
	{"match x:\n    case {'é': a, 'é': b}: pass", "2:10-2:28 SyntaxError: mapping pattern checks duplicate key ('é')"},
	{"match x:\n    case {'a': 1, b'a': 2}: pass", ""},
	{"match x:\n    case {None: 1, None: 2}: pass", "2:10-2:28 SyntaxError: mapping pattern checks duplicate key (None)"},
	{"match x:\n    case {False: 1, 0: 2}: pass", "2:10-2:26 SyntaxError: mapping pattern checks duplicate key (0)"},
	{"match x:\n    case {a.b: 1, a.b: 2}: pass", ""},
	{"match x:\n    case {'a' 'b': 1, 'ab': 2}: pass", "2:10-2:31 SyntaxError: mapping pattern checks duplicate key ('ab')"},
	{"match x:\n    case {b'a': 1, b'a': 2}: pass", "2:10-2:28 SyntaxError: mapping pattern checks duplicate key (b'a')"},
	{"match x:\n    case {1.5: 1, 1.50: 2}: pass", "2:10-2:27 SyntaxError: mapping pattern checks duplicate key (1.5)"},
	{"match x:\n    case {'\\n\\'': 1, '\\n\\'': 2}: pass", "2:10-2:32 SyntaxError: mapping pattern checks duplicate key (\"\\n'\")"},
	{"match x:\n    case {10000000000000000000000: 1, 10000000000000000000000: 2}: pass", "2:10-2:66 SyntaxError: mapping pattern checks duplicate key (10000000000000000000000)"},
	{"match x:\n    case f'a': pass", "2:10-2:14 SyntaxError: patterns may only match literals and attribute lookups"},
	{"match x:\n    case {f'a': 1}: pass", "2:10-2:19 SyntaxError: mapping pattern keys may only match literals and attribute lookups"},
	{"match x:\n    case {**_}: pass", "2:13-2:14 SyntaxError: invalid syntax"},
	{"match x:\n    case C(*a): pass", "2:12-2:13 SyntaxError: invalid syntax"},
	{"match x:\n    case [a, 1] if (a := 2): pass\n    case _: pass\n    case _: pass", "3:10-3:11 SyntaxError: wildcard makes remaining patterns unreachable"},
	{"match x:\n    case 1: pass\n    case _: pass\n    case (_): pass", "3:10-3:11 SyntaxError: wildcard makes remaining patterns unreachable"},
	{"match (yield):\n    case 1: pass", "1:8-1:13 SyntaxError: 'yield' outside function"},
	{"match x:\n    case 1+1: pass", "2:12-2:13 SyntaxError: imaginary number required in complex literal"},
	{"match x:\n    case -a: pass", "2:11-2:12 SyntaxError: invalid syntax"},
	{"match x:\n    case [_, _] | _: pass\n    case 1: pass", "2:19-2:20 SyntaxError: wildcard makes remaining patterns unreachable"},
	{"match x, *y:\n    case *_,: return", "2:15-2:21 SyntaxError: 'return' outside function"},
	{"match x:\n    case a.b | a: pass\n    case 1: break", "2:16-2:17 SyntaxError: name capture 'a' makes remaining patterns unreachable"},

	// Type parameters.
	{"def f[T=int, U](): pass", "1:14-1:15 SyntaxError: non-default type parameter 'U' follows default type parameter"},
	{"class C[T=int, *U]: pass", "1:16-1:18 SyntaxError: non-default type parameter 'U' follows default type parameter"},
	{"type A[T=int, U=str, **P] = 1", "1:22-1:25 SyntaxError: non-default type parameter 'P' follows default type parameter"},
	{"def f[*T=int, U](): pass", "1:15-1:16 SyntaxError: non-default type parameter 'U' follows default type parameter"},
	{"def f[**P=int, U](): pass", "1:16-1:17 SyntaxError: non-default type parameter 'U' follows default type parameter"},
	{"class C[T: int = 1, U: str]: pass", "1:21-1:27 SyntaxError: non-default type parameter 'U' follows default type parameter"},
	{"def f[T=int,\n      U](): pass", "2:7-2:8 SyntaxError: non-default type parameter 'U' follows default type parameter"},
	{"class C[T, U=int, V]: pass", "1:19-1:20 SyntaxError: non-default type parameter 'V' follows default type parameter"},
	{"async def f[é=1, ü](): pass", "1:19-1:21 SyntaxError: non-default type parameter 'ü' follows default type parameter"},
	{"type A[T=1, U: (a, b)] = 1", "1:13-1:22 SyntaxError: non-default type parameter 'U' follows default type parameter"},
	{"class C:\n    def f[__T=1, __U](self): pass", "2:18-2:21 SyntaxError: non-default type parameter '__U' follows default type parameter"},

	// Imports and others.
	{"from __future__ import annotations\nx: (*a)", "2:5-2:7 SyntaxError: cannot use starred expression here"},
	{"x: (yield_)[*a] = *b", "1:19-1:21 SyntaxError: can't use starred expression here"},
	{"nonlocal_ = 1\nprint(f'{x!r:{*y}}')", "2:15-2:17 SyntaxError: can't use starred expression here"},
	{"class C: x = super().__init__(a=1, a=2)", "1:36-1:39 SyntaxError: keyword argument repeated: a"},
	{"del f()", "1:5-1:8 SyntaxError: cannot delete function call"},
	{"del a, f()", "1:8-1:11 SyntaxError: cannot delete function call"},
	{"a = b = *c", "1:9-1:11 SyntaxError: can't use starred expression here"},
	{"a: b = *c", "1:8-1:10 SyntaxError: can't use starred expression here"},
	{"a += *c", "1:6-1:8 SyntaxError: can't use starred expression here"},
	{"[*a] = [*b] = *c, d\n*e", "2:1-2:3 SyntaxError: can't use starred expression here"},
	{"global a; *a", "1:11-1:13 SyntaxError: can't use starred expression here"},
	{"with *a: pass", "1:6-1:7 SyntaxError: invalid syntax"},
	{"with *a as b: pass", "1:6-1:7 SyntaxError: invalid syntax"},
	{"with (*a, b): pass\nwith (*a): pass", "2:7-2:9 SyntaxError: cannot use starred expression here"},
	{"raise a from *b", "1:14-1:15 SyntaxError: invalid syntax"},
	{"async def f(): await *a", "1:22-1:23 SyntaxError: invalid syntax"},
	{"def f(): yield *a", "1:16-1:18 SyntaxError: can't use starred expression here"},
	{"def f(): yield *a, b\n*c", "2:1-2:3 SyntaxError: can't use starred expression here"},
	{"def f(): return *a\n", "1:17-1:19 SyntaxError: can't use starred expression here"},
	{"def f(): return *a, b\n*c", "2:1-2:3 SyntaxError: can't use starred expression here"},
	{"a[*b]\n*c", "2:1-2:3 SyntaxError: can't use starred expression here"},
	{"a[*b, *c] = 1; *d", "1:16-1:18 SyntaxError: can't use starred expression here"},
	{"a[b, *c:d]", "1:8-1:9 SyntaxError: invalid syntax"},
	{"print(x for x in *y)", "1:18-1:19 SyntaxError: invalid syntax"},
	{"a < *b", "1:5-1:6 SyntaxError: invalid syntax"},
	{"a and *b", "1:7-1:8 SyntaxError: invalid syntax"},
	{"{**a, *b}", "1:7-1:8 SyntaxError: invalid syntax"},
	{"{*a, **b}", "1:6-1:8 SyntaxError: invalid syntax"},
	{"{a: *b}", "1:5-1:7 SyntaxError: cannot use a starred expression in a dictionary value"},
	{"{*a: b}", "1:4-1:5 SyntaxError: invalid syntax"},
	{"f(**a, *b)", "1:6-1:10 SyntaxError: iterable argument unpacking follows keyword argument unpacking"},
	{"f(*a=1)", "1:3-1:7 SyntaxError: cannot assign to iterable argument unpacking"},
	{"x = {*a, *b}; *c", "1:15-1:17 SyntaxError: can't use starred expression here"},
	{"(a, *b).c = *d", "1:13-1:15 SyntaxError: can't use starred expression here"},
	{"a.b: *c", "1:6-1:7 SyntaxError: invalid syntax"},
	{"é = *ü", "1:6-1:9 SyntaxError: can't use starred expression here"},
}

// warningCases are compiled with at most one warning, which may come twice.
var warningCases = []compiled{

	// Literals that are compared, called or indexed.
	{"x is 1", "1:1-1:7 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"x is not 'a'", "1:1-1:13 SyntaxWarning: \"is not\" with 'str' literal. Did you mean \"!=\"?"},
	{"x is ()", "1:1-1:8 SyntaxWarning: \"is\" with 'tuple' literal. Did you mean \"==\"?"},
	{"1 is x", "1:1-1:7 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"x is -1", ""},
	{"x is 1 is y", "1:1-1:12 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"x is b'' or y", "1:1-1:9 SyntaxWarning: \"is\" with 'bytes' literal. Did you mean \"==\"?"},
	{"x is (1, a)", ""},
	{"x is None", ""},
	{"x is True", ""},
	{"x is ...", ""},
	{"x is f'a'", ""},
	{"x is 1.5", "1:1-1:9 SyntaxWarning: \"is\" with 'float' literal. Did you mean \"==\"?"},
	{"x is 1j", "1:1-1:8 SyntaxWarning: \"is\" with 'complex' literal. Did you mean \"==\"?"},
	{"é is 'é'", "1:1-1:11 SyntaxWarning: \"is\" with 'str' literal. Did you mean \"==\"?"},
	{"x is (\n 1)", "1:1-2:4 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"x is 10**5", ""},
	{"x is [1]", ""},
	{"if x is 1: pass", "1:4-1:10 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"assert x is 1", "1:8-1:14 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"while x is 'a': pass", "1:7-1:15 SyntaxWarning: \"is\" with 'str' literal. Did you mean \"==\"?"},
	{"def f(a=x is 1): pass", "1:9-1:15 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"class C(x is 1): pass", "1:9-1:15 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"[a for a in b if a is 1]", "1:18-1:24 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"lambda: x is 1", "1:9-1:15 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"x is -1.0", ""},
	{"x is not ()", "1:1-1:12 SyntaxWarning: \"is not\" with 'tuple' literal. Did you mean \"!=\"?"},
	{"x is 'a' 'b'", "1:1-1:13 SyntaxWarning: \"is\" with 'str' literal. Did you mean \"==\"?"},
	{"x is __debug__", ""},
	{"1()", "1:1-1:2 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"'a'()", "1:1-1:4 SyntaxWarning: 'str' object is not callable; perhaps you missed a comma?"},
	{"(1, 2)()", "1:1-1:7 SyntaxWarning: 'tuple' object is not callable; perhaps you missed a comma?"},
	{"[1](2)", "1:1-1:4 SyntaxWarning: 'list' object is not callable; perhaps you missed a comma?"},
	{"{1: 2}()", "1:1-1:7 SyntaxWarning: 'dict' object is not callable; perhaps you missed a comma?"},
	{"{1}()", "1:1-1:4 SyntaxWarning: 'set' object is not callable; perhaps you missed a comma?"},
	{"f''()", "1:1-1:4 SyntaxWarning: 'str' object is not callable; perhaps you missed a comma?"},
	{"(lambda: 1)()", ""},
	{"(a for a in b)()", "1:1-1:15 SyntaxWarning: 'generator' object is not callable; perhaps you missed a comma?"},
	{"[a for a in b]()", "1:1-1:15 SyntaxWarning: 'list' object is not callable; perhaps you missed a comma?"},
	{"{a for a in b}()", "1:1-1:15 SyntaxWarning: 'set' object is not callable; perhaps you missed a comma?"},
	{"{a: a for a in b}()", "1:1-1:18 SyntaxWarning: 'dict' object is not callable; perhaps you missed a comma?"},
	{"None()", "1:1-1:5 SyntaxWarning: 'NoneType' object is not callable; perhaps you missed a comma?"},
	{"...()", "1:1-1:4 SyntaxWarning: 'ellipsis' object is not callable; perhaps you missed a comma?"},
	{"True()", "1:1-1:5 SyntaxWarning: 'bool' object is not callable; perhaps you missed a comma?"},
	{"t''()", "1:1-1:4 SyntaxWarning: 'string.templatelib.Template' object is not callable; perhaps you missed a comma?"},
	{"1.5(2)", "1:1-1:4 SyntaxWarning: 'float' object is not callable; perhaps you missed a comma?"},
	{"b''(x)", "1:1-1:4 SyntaxWarning: 'bytes' object is not callable; perhaps you missed a comma?"},
	{"(1)(2)", "1:2-1:3 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"x = [(1, 2) (3, 4)]", "1:6-1:12 SyntaxWarning: 'tuple' object is not callable; perhaps you missed a comma?"},
	{"[(1, 2)\n (3, 4)]", "1:2-1:8 SyntaxWarning: 'tuple' object is not callable; perhaps you missed a comma?"},
	{"'é' (x)", "1:1-1:5 SyntaxWarning: 'str' object is not callable; perhaps you missed a comma?"},
	{"1 (a)(b)", "1:1-1:2 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"@1()\ndef f(): pass", "1:2-1:3 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"-1()", "1:2-1:3 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"(1 + 2)()", ""},
	{"''.join()()", ""},
	{"1[0]", "1:1-1:2 SyntaxWarning: 'int' object is not subscriptable; perhaps you missed a comma?"},
	{"None[0]", "1:1-1:5 SyntaxWarning: 'NoneType' object is not subscriptable; perhaps you missed a comma?"},
	{"...[0]", "1:1-1:4 SyntaxWarning: 'ellipsis' object is not subscriptable; perhaps you missed a comma?"},
	{"True[0]", "1:1-1:5 SyntaxWarning: 'bool' object is not subscriptable; perhaps you missed a comma?"},
	{"1.5[0]", "1:1-1:4 SyntaxWarning: 'float' object is not subscriptable; perhaps you missed a comma?"},
	{"1j[0]", "1:1-1:3 SyntaxWarning: 'complex' object is not subscriptable; perhaps you missed a comma?"},
	{"{1}[0]", "1:1-1:4 SyntaxWarning: 'set' object is not subscriptable; perhaps you missed a comma?"},
	{"{a for a in b}[0]", "1:1-1:15 SyntaxWarning: 'set' object is not subscriptable; perhaps you missed a comma?"},
	{"(a for a in b)[0]", "1:1-1:15 SyntaxWarning: 'generator' object is not subscriptable; perhaps you missed a comma?"},
	{"(lambda: 1)[0]", "1:2-1:11 SyntaxWarning: 'function' object is not subscriptable; perhaps you missed a comma?"},
	{"t''[0]", "1:1-1:4 SyntaxWarning: 'string.templatelib.Template' object is not subscriptable; perhaps you missed a comma?"},
	{"'a'[0]", ""},
	{"'a'['b']", "1:1-1:4 SyntaxWarning: str indices must be integers or slices, not str; perhaps you missed a comma?"},
	{"'a'[1.5]", "1:1-1:4 SyntaxWarning: str indices must be integers or slices, not float; perhaps you missed a comma?"},
	{"'a'[()]", "1:1-1:4 SyntaxWarning: str indices must be integers or slices, not tuple; perhaps you missed a comma?"},
	{"'a'[(1,)]", "1:1-1:4 SyntaxWarning: str indices must be integers or slices, not tuple; perhaps you missed a comma?"},
	{"'a'[None]", "1:1-1:4 SyntaxWarning: str indices must be integers or slices, not NoneType; perhaps you missed a comma?"},
	{"'a'[b'']", "1:1-1:4 SyntaxWarning: str indices must be integers or slices, not bytes; perhaps you missed a comma?"},
	{"'a'[True]", ""},
	{"'a'[0:1]", ""},
	{"'a'['b':]", ""},
	{"(1, 2)['a']", "1:1-1:7 SyntaxWarning: tuple indices must be integers or slices, not str; perhaps you missed a comma?"},
	{"(1, 2)[1, 2]", "1:1-1:7 SyntaxWarning: tuple indices must be integers or slices, not tuple; perhaps you missed a comma?"},
	{"[1][1.5]", "1:1-1:4 SyntaxWarning: list indices must be integers or slices, not float; perhaps you missed a comma?"},
	{"[1]['a']", "1:1-1:4 SyntaxWarning: list indices must be integers or slices, not str; perhaps you missed a comma?"},
	{"[[1, 2] [3, 4]]", "1:2-1:8 SyntaxWarning: list indices must be integers or slices, not tuple; perhaps you missed a comma?"},
	{"[a for a in b]['c']", "1:1-1:15 SyntaxWarning: list indices must be integers or slices, not str; perhaps you missed a comma?"},
	{"[a for a in b][c]", ""},
	{"f''['a']", "1:1-1:4 SyntaxWarning: str indices must be integers or slices, not str; perhaps you missed a comma?"},
	{"f'{a}'[b, c]", "1:1-1:7 SyntaxWarning: str indices must be integers or slices, not tuple; perhaps you missed a comma?"},
	{"b''['a']", "1:1-1:4 SyntaxWarning: bytes indices must be integers or slices, not str; perhaps you missed a comma?"},
	{"{1: 2}['a']", ""},
	{"'a'[[1]]", "1:1-1:4 SyntaxWarning: str indices must be integers or slices, not list; perhaps you missed a comma?"},
	{"'a'[{}]", "1:1-1:4 SyntaxWarning: str indices must be integers or slices, not dict; perhaps you missed a comma?"},
	{"'a'[-1]", ""},
	{"'a'[-1.5]", ""},
	{"'a'[1+1]", ""},
	{"'a'['b'] = 1", ""},
	{"del 'a'['b']", ""},
	{"'a'[f'']", "1:1-1:4 SyntaxWarning: str indices must be integers or slices, not str; perhaps you missed a comma?"},
	{"'a'[lambda: 1]", "1:1-1:4 SyntaxWarning: str indices must be integers or slices, not function; perhaps you missed a comma?"},
	{"'a'[(a for a in b)]", "1:1-1:4 SyntaxWarning: str indices must be integers or slices, not generator; perhaps you missed a comma?"},
	{"'a'[[a for a in b]]", "1:1-1:4 SyntaxWarning: str indices must be integers or slices, not list; perhaps you missed a comma?"},
	{"(1, 2)[t'']", "1:1-1:7 SyntaxWarning: tuple indices must be integers or slices, not string.templatelib.Template; perhaps you missed a comma?"},
	{"(1, 2)[...]", "1:1-1:7 SyntaxWarning: tuple indices must be integers or slices, not ellipsis; perhaps you missed a comma?"},
	{"()['a']", "1:1-1:3 SyntaxWarning: tuple indices must be integers or slices, not str; perhaps you missed a comma?"},
	{"[]['a']", "1:1-1:3 SyntaxWarning: list indices must be integers or slices, not str; perhaps you missed a comma?"},
	{"'a'[1j]", "1:1-1:4 SyntaxWarning: str indices must be integers or slices, not complex; perhaps you missed a comma?"},
	{"('a')['b']['c']", "1:2-1:5 SyntaxWarning: str indices must be integers or slices, not str; perhaps you missed a comma?"},
	{"é['a']; 'é'['é']", "1:10-1:14 SyntaxWarning: str indices must be integers or slices, not str; perhaps you missed a comma?"},
	{"'a'['b'].c = 1", "1:1-1:4 SyntaxWarning: str indices must be integers or slices, not str; perhaps you missed a comma?"},
	{"(x, 1)['a']", "1:1-1:7 SyntaxWarning: tuple indices must be integers or slices, not str; perhaps you missed a comma?"},
	{"[*x]['a']", "1:1-1:5 SyntaxWarning: list indices must be integers or slices, not str; perhaps you missed a comma?"},
	{"(1, 2)\n[0]['a']", "2:1-2:4 SyntaxWarning: list indices must be integers or slices, not str; perhaps you missed a comma?"},

	// Assertions.
	{"assert (x, 'y')", "1:1-1:16 SyntaxWarning: assertion is always true, perhaps remove parentheses?"},
	{"assert (x, 'y'), 'z'", "1:1-1:21 SyntaxWarning: assertion is always true, perhaps remove parentheses?"},
	{"assert ()", ""},
	{"assert (1,)", "1:1-1:12 SyntaxWarning: assertion is always true, perhaps remove parentheses?"},
	{"assert (x,\n        y)", "1:1-2:11 SyntaxWarning: assertion is always true, perhaps remove parentheses?"},
	{"assert x, y", ""},
	{"assert [x, y]", ""},
	{"assert 'x'", ""},
	{"assert not ()", ""},
	{"if 0: assert (x, y)", "1:7-1:20 SyntaxWarning: assertion is always true, perhaps remove parentheses?"},
	{"def f():\n    assert (é, 'é')", "2:5-2:22 SyntaxWarning: assertion is always true, perhaps remove parentheses?"},
	{"assert (*x, y)", "1:1-1:15 SyntaxWarning: assertion is always true, perhaps remove parentheses?"},

	// Return, break and continue in finally.
	{"def f():\n    try: pass\n    finally: return", "3:14-3:20 SyntaxWarning: 'return' in a 'finally' block"},
	{"def f():\n    try: pass\n    finally:\n        return 1", "4:9-4:17 SyntaxWarning: 'return' in a 'finally' block"},
	{"for x in y:\n    try: pass\n    finally: break", "3:14-3:19 SyntaxWarning: 'break' in a 'finally' block"},
	{"for x in y:\n    try: pass\n    finally:\n        continue", "4:9-4:17 SyntaxWarning: 'continue' in a 'finally' block"},
	{"def f():\n    try: pass\n    finally:\n        if x: return é", "4:15-4:24 SyntaxWarning: 'return' in a 'finally' block"},
	{"def f():\n    try: pass\n    finally:\n        def g(): return\n        for x in y: break", ""},
	{"while x:\n    try: pass\n    finally:\n        for z in w: pass\n        else: break", "5:15-5:20 SyntaxWarning: 'break' in a 'finally' block"},
	{"def f():\n    try: pass\n    finally:\n        with a: return", "4:17-4:23 SyntaxWarning: 'return' in a 'finally' block"},
	{"def f():\n    try: pass\n    finally:\n        try: return\n        except: pass", "4:14-4:20 SyntaxWarning: 'return' in a 'finally' block"},
	{"def f():\n    try: pass\n    finally:\n        while x: return", ""},
	{"def f():\n    try: pass\n    except: return\n    else: return", ""},
	{"def f():\n    try: pass\n    except* E: pass\n    finally: return", "4:14-4:20 SyntaxWarning: 'return' in a 'finally' block"},
	{"for x in y:\n    try: pass\n    finally:\n        class C: pass\n        match x:\n            case 1: continue", "6:21-6:29 SyntaxWarning: 'continue' in a 'finally' block"},
	{"def f():\n    try: pass\n    finally: lambda: (yield)", ""},

	// Where code is compiled twice or not at all.
	{"try: pass\nfinally: x is 1", "2:10-2:16 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"try: pass\nfinally:\n    1()", "3:5-3:6 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"def f():\n    try: return\n    finally: assert (x, y)", "3:14-3:27 SyntaxWarning: assertion is always true, perhaps remove parentheses?\n3:14-3:27 SyntaxWarning: assertion is always true, perhaps remove parentheses?"},
	{"if 0: x is 1", "1:7-1:13 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"if 0:\n    1()", "2:5-2:6 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"while 0: 'a'['b']", "1:10-1:13 SyntaxWarning: str indices must be integers or slices, not str; perhaps you missed a comma?"},
	{"if 1: pass\nelse: x is 1", "2:7-2:13 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"if not 1: x is 1", "1:11-1:17 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"0 and x is 1", "1:7-1:13 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"1 or 1()", "1:6-1:7 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"x if 1 else 1()", "1:13-1:14 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"if __debug__: x is 1", "1:15-1:21 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"if not __debug__: x is 1", "1:19-1:25 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"return_ = 1\nif x: pass\nelif 0: 1()", "3:9-3:10 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"while 1: pass\nelse: x is 1", "2:7-2:13 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"with a: x is 1", "1:9-1:15 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"def f():\n    return\n    x is 1", "3:5-3:11 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"raise x\nx is 1", "2:1-2:7 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"for x in (): 1()", "1:14-1:15 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"try: pass\nexcept E as e: x is 1", "2:16-2:22 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"try: pass\nexcept* E: x is 1", "2:12-2:18 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"x: 1()", "1:4-1:5 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"def f(a: 1()): pass", "1:10-1:11 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"type A = 1()", "1:10-1:11 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"def f[T: 1()](): pass", "1:10-1:11 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"class C:\n    x: y is 1", "2:8-2:14 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"def f():\n    x: 1()\n    y is 1", "3:5-3:11 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"from __future__ import annotations\nx: 1()", ""},
	{"@(x is 1)\nclass C: pass", "1:3-1:9 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"f'{x is 1}'", "1:4-1:10 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"f'{1():{x}}'", "1:4-1:5 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"t'{x is 1}'", "1:4-1:10 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"match x is 1:\n    case 1: pass", "1:7-1:13 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"match x:\n    case 1 if 1(): pass", "2:15-2:16 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"[x is 1 for x in y]", "1:2-1:8 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"lambda x=1(): x", "1:10-1:11 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"global_ = {1(): 2}", "1:12-1:13 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"print(1 is 1)", "1:7-1:13 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"1 < x is 2 < 3", "1:1-1:15 SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?"},
	{"async def f():\n    async with 1(): pass", "2:16-2:17 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"del x[1()]", "1:7-1:8 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"x[1()] += 1", "1:3-1:4 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"*x, y = 1()", "1:9-1:10 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"assert x, 1()", "1:11-1:12 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
	{"f(*1())", "1:4-1:5 SyntaxWarning: 'int' object is not callable; perhaps you missed a comma?"},
}

// numbered returns a0, a1, ...
func numbered(n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("a%d", i)
	}
	return strings.Join(names, ", ")
}

// nest returns a statement that begins with header inside of itself, and ends with
// the lines of footer.
func nest(depth, indent int, header, footer string) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat("    ", indent+i) + header + "\n")
	}
	b.WriteString(strings.Repeat("    ", indent+depth) + "pass\n")
	if footer != "" {
		for i := depth - 1; i >= 0; i-- {
			b.WriteString(strings.Repeat("    ", indent+i) + footer + "\n")
		}
	}
	return b.String()
}

// limitCases are programs at the limits of CPython and beyond.
var limitCases = []compiled{
	// Targets before a starred one.
	{numbered(255) + ", *b = c", ""},
	{numbered(256) + ", *b = c", "1:1-1:1429 SyntaxError: too many expressions in star-unpacking assignment"},
	{"(x, [" + numbered(256) + ", *b]) = c", "1:5-1:1435 SyntaxError: too many expressions in star-unpacking assignment"},
	{"*a, " + numbered(300) + " = c", ""},
	{"for " + numbered(256) + ", *b in c: pass", "1:5-1:1433 SyntaxError: too many expressions in star-unpacking assignment"},
	{"match x:\n    case [" + numbered(255) + ", *b]: pass", ""},
	{"match x:\n    case [" + numbered(256) + ", *b]: pass", "2:10-2:1440 SyntaxError: too many expressions in star-unpacking sequence pattern"},
	{"match x:\n    case [" + strings.Repeat("_, ", 256) + "*_]: pass", ""},

	// Nested blocks.
	{nest(20, 0, "with a:", ""), ""},
	{nest(21, 0, "with a:", ""), ""},
	{nest(22, 0, "with a:", ""), "22:90-22:91 SyntaxError: too many statically nested blocks"},
	{nest(1, 0, "with "+numbered(21)+":", ""), ""},
	{nest(1, 0, "with "+numbered(22)+":", ""), "1:101-1:104 SyntaxError: too many statically nested blocks"},
	{nest(21, 0, "while x:", ""), ""},
	{nest(22, 0, "while x:", ""), "22:85-23:93 SyntaxError: too many statically nested blocks"},
	{nest(21, 0, "for x in y:", ""), ""},
	{nest(22, 0, "for x in y:", ""), "22:85-23:93 SyntaxError: too many statically nested blocks"},
	{nest(20, 0, "try:", "except: pass"), ""},
	{nest(21, 0, "try:", "except: pass"), "23:81-23:93 SyntaxError: too many statically nested blocks"},
	{nest(21, 0, "try:", "finally: pass"), ""},
	{nest(22, 0, "try:", "finally: pass"), "22:85-24:98 SyntaxError: too many statically nested blocks"},
	{nest(20, 0, "try:", "except* E: pass"), ""},
	{nest(21, 0, "try:", "except* E: pass"), "23:81-23:96 SyntaxError: too many statically nested blocks"},
	{nest(10, 0, "try:", "except E as e: pass"), ""},
	{nest(40, 0, "if x:", ""), ""},
	{nest(21, 0, "while x:", "else: pass"), ""},
	{"async def f():\n" + nest(20, 1, "async with a:", ""), ""},
	{"async def f():\n" + nest(21, 1, "async with a:", ""), "22:96-22:97 SyntaxError: too many statically nested blocks"},
	{"async def f():\n" + nest(20, 1, "async for x in a:", ""), ""},
	{"async def f():\n" + nest(21, 1, "async for x in a:", ""), "22:85-23:93 SyntaxError: too many statically nested blocks"},
	{"async def f():\n" + nest(22, 1, "async for x in a:", ""), "22:85-24:97 SyntaxError: too many statically nested blocks"},
	{nest(20, 0, "while x:", "") + "[a for a in b]", ""},
	{strings.Repeat("[", 20) + "a" + strings.Repeat(" for a in b]", 20), ""},
}

func diagnose(text string) string {
	_, diagnostics := compile.Source(context.Background(), []byte(text), compile.Options{Filename: "t.py"})
	var lines []string
	for _, d := range diagnostics {
		lines = append(lines, line(&d))
	}
	return strings.Join(lines, "\n")
}

func line(d *source.Diagnostic) string {
	return fmt.Sprintf("%d:%d-%d:%d %s: %s", d.Line, d.Col, d.EndLine, d.EndCol, d.Type, d.Message)
}

// lastLine returns the error alone: some of the programs have warnings too.
func lastLine(s string) string {
	if s = s[strings.LastIndexByte(s, '\n')+1:]; strings.Contains(s, " SyntaxWarning: ") {
		return ""
	}
	return s
}

// knownDifferences are the cases that are not right yet. An entry that has become
// right is an error: take it out.
var knownDifferences = map[string]bool{}

func TestErrors(t *testing.T) {
	for _, cases := range [][]compiled{errorCases, limitCases} {
		for _, c := range cases {
			got := lastLine(diagnose(c.source))
			if knownDifferences[c.source] {
				if got == c.want {
					t.Errorf("%q is right now: take it out of knownDifferences", c.source)
				}
			} else if got != c.want {
				t.Errorf("%q:\ngot  %s\nwant %s", c.source, got, c.want)
			}
		}
	}
}

func TestWarnings(t *testing.T) {
	for _, c := range warningCases {
		if got := diagnose(c.source); got != c.want {
			t.Errorf("%q:\ngot  %s\nwant %s", c.source, got, c.want)
		}
	}
}

// TestErrorsReference asks CPython what the tables above say it says.
func TestErrorsReference(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	var sources [][2]string
	var want []string
	for i, cases := range [][]compiled{errorCases, limitCases, warningCases} {
		for _, c := range cases {
			filter := "ignore"
			if i == 2 {
				filter = "error"
			}
			sources = append(sources, [2]string{c.source, filter})
			line, _, _ := strings.Cut(c.want, "\n")
			want = append(want, strings.Replace(line, "SyntaxWarning", "SyntaxError", 1))
		}
	}
	list, err := json.Marshal(sources)
	if err != nil {
		t.Fatal(err)
	}
	literal, err := json.Marshal(string(list))
	if err != nil {
		t.Fatal(err)
	}
	s := in.Start(oracle.Config{})
	defer s.Close()
	answer, err := s.Exec(`
import json, warnings
out = []
for source, filter in json.loads(` + string(literal) + `):
    with warnings.catch_warnings():
        warnings.simplefilter(filter)
        try: compile(source.encode(), "nowhere/t.py", "exec", dont_inherit=True); out.append("")
        except SyntaxError as e:
            out.append("%d:%d-%d:%d %s: %s" % (e.lineno, e.offset, e.end_lineno, e.end_offset, type(e).__name__, e.msg))
result = json.dumps(out)
`)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := json.Unmarshal([]byte(answer), &got); err != nil {
		t.Fatal(err)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%q:\nCPython %s\ntable   %s", sources[i][0], got[i], want[i])
		}
	}
}
