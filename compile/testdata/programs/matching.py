"""Every pattern."""


def match_all(subject, C):
    match subject:
        case 1 | -1 | 1.5 | 2j | 1 + 2j | -1 - 2j: return 1
        case "a" "b" | b"c" | None | True | False: return 2
        case C.x | C.y.z: return 3
        case [] | (): return 4
        case [a] | (a,): return a
        case [a, b, *rest] if rest: return a, b
        case [*_, a]: return a
        case [_, *_, _]: return 5
        case [1, [2, [x, *y]], *z]: return x, y, z
        case {}: return 6
        case {"a": 1, C.x: a, -1: b, None: c}: return a, b, c
        case {"a": [a, {"b": b}], **rest}: return a, b, rest
        case C(): return 7
        case C(1, a, x=b, y=[c]): return a, b, c
        case C.D(x=1 | 2 as a) as b: return a, b
        case (1 as a) | ([a]): return a
        case str() | int() as x: return x
        case _ if C: return 8
        case x: return x
    match subject, C:
        case a, b: pass
        case *a, b: pass
    match (yield):
        case _: pass
    match [subject]:
        case [x] if x: pass
    match subject:
        case _: return
    return 9


for x in y:
    match x:
        case 1: break
        case 2: continue
        case {**rest}: match = case = type = _ = rest
match.case(_)
type(x)
match[a], case, type = 1, 2, 3
