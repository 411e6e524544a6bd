# python >= 3.10
def f(x):
    match x:
        case 0:
            return "zero"
        case 1 | 2 | 3:
            return "small"
        case -1 | 1.5 | -1.5j | 2 + 3j:
            return "number"
        case "text" | b"bytes":
            return "string"
        case None | True | False:
            return "singleton"
        case x.y.z:
            return "value"
        case n if n > 100:
            return n
        case _:
            return "other"


def g(x):
    match x, x.y:
        case 1, y:
            return y
    match x:
        case all:
            return all
