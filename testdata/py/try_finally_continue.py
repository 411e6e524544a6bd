# python >= 3.8
def f(a):
    for x in a:
        try:
            x()
        finally:
            continue
    for y in a:
        try:
            y()
        except ValueError:
            continue
        finally:
            if y:
                break
            with y:
                continue
