def loops(xs, n):
    for x in xs:
        if x:
            continue
        if not x and n:
            break
        print(x)
    else:
        print("none")
    for (a,
         b), *c in xs:
        pass
    for i in [1, 2]:
        for j in (3, 4):
            if i < j: break
            continue
    while n > 0:
        n -= 1
        while True:
            if n: break
        else:
            n = 0
    else:
        n = None
    while 0:
        never()
    while not (n or xs) and n:
        continue
    return n


async def async_loops(xs):
    async for x in xs:
        if x:
            break
        elif x is None:
            continue
        await x
    else:
        pass
    async for a, b in xs():
        async for c in a:
            return c


for x in range(
        10):
    print(x)
