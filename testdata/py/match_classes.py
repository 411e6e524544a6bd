# python >= 3.10
def f(x):
    match x:
        case int():
            return 1
        case str(s) | bytes(s):
            return s
        case Point(0, y=0):
            return "origin"
        case Point(x=px, y=py) if px == py:
            return px
        case a.b.C(1, [d, e], f={"g": h}) as i:
            return d, e, h, i
        case int(n) | float(n):
            return n
        case (Point(1) | Point(2)) as p:
            return p


match command.split():
    case ["go", ("north" | "south") as direction]:
        print(direction)
    case ["quit"]:
        raise SystemExit
