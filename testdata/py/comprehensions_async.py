# python >= 3.6
async def f(a, b):
    l = [x async for x in a]
    g = (x async for x in a if await x)
    s = {await x for x in b}
    d = {k: await v async for k, v in a if k}
    n = [[y async for y in x] async for x in a]
    m = [x for x in await a for y in b]
    return l, g, s, d, n, m


async def g(a):
    return [x async for x in a if x async for y in x]
