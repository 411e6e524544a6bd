def patterns(x):
    match x:
        case 1: return 1
        case -1 | 2 | 3.5 | -1j | 1 + 2j: return 2
        case "a" | b"a": return 3
        case None: return 4
        case True | False: return 5
        case a.b | a.b.c: return 6
        case []: return 7
        case [a]: return 8
        case [_]: return 9
        case [_, _]: return 10
        case [*_]: return 11
        case [a, *_]: return 12
        case [*_, a]: return 13
        case [a, _, *_, b, _]: return 14
        case [a, *b]: return 15
        case [*a, b, c]: return 16
        case (a, b): return 17
        case [[a, [b]], c]: return 18
        case {}: return 19
        case {1: a}: return 20
        case {"a": 1, "b": [b], c.d: _}: return 21
        case {"a": a, **rest}: return 22
        case {**rest}: return 23
        case C(): return 24
        case C(a, 1, _): return 25
        case C(a=1, b=b): return 26
        case c.D(a, _, x=[*_, y], y=_): return 27
        case [a, b] as c: return 28
        case ([1 as a, 2 as b] | [3 as b, 4 as a]) as c: return 29
        case {"x": [a, b, c] | (C(b, c, a)) | (D(c, a, b))}: return 30
        case [1, a] if a > 1 and x: return 31
        case int() as i if i: return 32
        case (1 | 2) | 3: return 33
        case y if y: return 34
        case _ if x: return 35
        case _: return 36


match a, b:
    case (
        1,
        x,
    ) if (
        x
    ):
        print(x)
    case [x,
          {"k": y}]:
        pass
match a:
    case _:
        pass
match a:
    case x:
        pass
match a:
    case 1:
        pass
    case x:
        pass
match a:
    case [x, [y, [z, [w]]]] | [w, [z, [y, [x]]]]: pass
for x in y:
    match x:
        case 1: break
        case 2: continue
        case _: pass
match a:
    case 1 if b: pass
    case _ if c: pass
