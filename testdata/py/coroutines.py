# python >= 3.6
async def f(x):
    await x
    y = await x.method(await x)
    async with x as a, y as b:
        await a
    async with x:
        pass
    async for i in x:
        if i:
            continue
        break
    else:
        await y
    return await y


async def returns():
    async with f(1):
        return 1


async def nested():
    async for a in f(1):
        async with a as (b, c):
            async for d in b:
                try:
                    await d
                finally:
                    await c


class C:
    async def __aenter__(self): return self
    async def __aexit__(self, *exc): await self
