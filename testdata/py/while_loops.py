def f(n):
    while n > 0:
        n -= 1
        if n == 5:
            continue
        if n == 3:
            break
    else:
        n = 100
    while True:
        n += 1
        if n > 10:
            return n


def forever():
    while 1:
        pass


def nested(a, b):
    while a:
        while b:
            b = a()
            if b:
                break
            continue
        else:
            break
    while not a:
        a = b
