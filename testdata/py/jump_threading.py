def f(a, b, c):
    while a:
        if b:
            if c:
                continue
            else:
                break
        elif c:
            pass
        else:
            continue
    return (a and b) or (c and (a or b)) and not (a and (b or c))


def g(a, b):
    if a if b else not a:
        return a or b or a
    if (a or b) and (a and b):
        return
    x = a and b and (a or b)
    while a and (b or x):
        if not (a and x): break
    return x if a and b else (a or x)
