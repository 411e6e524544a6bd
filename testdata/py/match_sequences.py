# python >= 3.10
def f(x):
    match x:
        case []:
            return 0
        case [a]:
            return a
        case [a, b] | (a, b, _):
            return a, b
        case [a, *rest]:
            return rest
        case [*_, last]:
            return last
        case [[a, b], [c, *_]] if a:
            return c
        case (1, 2, *middle, 3) as whole:
            return middle, whole
        case [_, _] | [_]:
            return 1
