def f(a):
    try:
        a()
    finally:
        print(a)
    try:
        return a
    finally:
        a = None


def loops(a):
    for x in a:
        try:
            if x:
                break
            if a:
                return x
        finally:
            x.close()
    while a:
        try:
            a()
        finally:
            break
    while a:
        try:
            pass
        finally:
            return


def nested(a):
    try:
        try:
            a(1)
        finally:
            try:
                a(2)
            finally:
                a(3)
    except:
        a(4)
    else:
        a(5)
    finally:
        a(6)


def handlers(a):
    try:
        return a()
    except ValueError as e:
        return e
    else:
        return 1
    finally:
        a.x = 2
