"""asyncio: tasks, queues, events, semaphores and cancellation, no input or output."""

import asyncio
import sys


async def worker(queue, results, gate):
    while True:
        job = await queue.get()
        async with gate:
            await asyncio.sleep(0)
            results.append(job * job % 1009)
        queue.task_done()


async def farm(jobs):
    queue, results, gate = asyncio.Queue(maxsize=20), [], asyncio.Semaphore(4)
    workers = [asyncio.create_task(worker(queue, results, gate)) for _ in range(8)]
    for job in range(jobs):
        await queue.put(job)
    await queue.join()
    for task in workers:
        task.cancel()
    outcomes = await asyncio.gather(*workers, return_exceptions=True)
    return sum(results), sum(isinstance(o, asyncio.CancelledError) for o in outcomes)


async def fibonacci(n):
    """A tree of tasks."""
    if n < 2:
        await asyncio.sleep(0)
        return n
    async with asyncio.TaskGroup() as group:
        left = group.create_task(fibonacci(n - 1))
        right = group.create_task(fibonacci(n - 2))
    return left.result() + right.result()


async def relay(length, laps):
    """Runners that wake each other in a ring."""
    events = [asyncio.Event() for _ in range(length)]
    steps = 0

    async def runner(place):
        nonlocal steps
        for _ in range(laps):
            await events[place].wait()
            events[place].clear()
            steps += 1
            events[(place + 1) % length].set()

    runners = [asyncio.create_task(runner(i)) for i in range(length)]
    events[0].set()
    await asyncio.gather(*runners)
    return steps


async def impatient(count):
    late = 0
    for _ in range(count):
        try:
            async with asyncio.timeout(-1):
                await asyncio.Event().wait()
        except TimeoutError:
            late += 1
    return late


async def main(size):
    total, cancelled = await farm(size * 5)
    trees = [await fibonacci(8) for _ in range(size // 50)]
    steps = await relay(10, size // 5)
    print(f"asynctasks {total} {cancelled} {sum(trees)} {steps} {await impatient(size // 10)}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10000))
