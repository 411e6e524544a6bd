"""Coroutines driven by hand: a scheduler of forty lines, channels, async with and async for."""

import sys


class Switch:
    """What a coroutine awaits to let others run; the scheduler sees the request."""

    __slots__ = ("request",)

    def __init__(self, request):
        self.request = request

    def __await__(self):
        return (yield self.request)


class Channel:
    def __init__(self, room):
        self.room = room
        self.items = []

    async def put(self, item):
        while len(self.items) >= self.room:
            await Switch("full")
        self.items.append(item)

    async def get(self):
        while not self.items:
            await Switch("empty")
        return self.items.pop(0)

    async def __aiter__(self):
        while (item := await self.get()) is not None:
            yield item


class Lock:
    def __init__(self):
        self.held = False
        self.taken = 0

    async def __aenter__(self):
        while self.held:
            await Switch("held")
        self.held = True
        self.taken += 1

    async def __aexit__(self, kind, error, trace):
        self.held = False


async def produce(channel, count, step):
    for i in range(count):
        await channel.put(i * step)
    await channel.put(None)


async def double(source, target):
    async for item in source:
        await target.put(item * 2)
    await target.put(None)


async def gather(source, lock, totals):
    async for item in source:
        async with lock:
            before = totals["sum"]
            await Switch("slow")
            totals["sum"] = before + item
    return totals["sum"]


def run(coroutines):
    """Run coroutines in turns until all are done; return how often which request was made."""
    requests = {}
    while coroutines:
        waiting = []
        for coroutine in coroutines:
            try:
                request = coroutine.send(None)
            except StopIteration:
                continue
            requests[request] = requests.get(request, 0) + 1
            waiting.append(coroutine)
        coroutines = waiting
    return requests


async def deep(level):
    """Await through many levels, with a switch at the bottom."""
    if level == 0:
        await Switch("deep")
        return 1
    return 1 + await deep(level - 1)


async def dive(times):
    for _ in range(times):
        await deep(20)


def main(count):
    lock, totals, work = Lock(), {"sum": 0}, []
    for pipeline in range(4):
        first, second = Channel(3), Channel(5)
        work += [produce(first, count, pipeline + 1), double(first, second), gather(second, lock, totals)]
    requests = run(work + [dive(count)])
    text = " ".join(f"{name}={requests[name]}" for name in sorted(requests))
    print(f"coroutines {totals['sum']} {lock.taken} {text}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 32000)
