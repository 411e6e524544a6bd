# python >= 3.10
def f(x):
    match x:
        case {}:
            pass
    match x:
        case {"k": v}:
            return v
        case {"a": 1, "b": [x, y], **rest}:
            return x, y, rest
        case {1: _, None: True, -1: "x"}:
            return 1
        case {x.key: {"inner": z}} if z:
            return z
