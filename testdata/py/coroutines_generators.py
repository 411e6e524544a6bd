# python >= 3.6
async def agen(n):
    for i in range(n):
        x = yield i
        await x
    async for y in agen(n - 1):
        yield y
    yield


async def in_try():
    try:
        yield 1
    except ValueError:
        await in_try()
    finally:
        async with agen(1) as a:
            yield a
    return
