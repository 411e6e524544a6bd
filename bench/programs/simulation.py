"""A workshop as discrete events: machines, jobs and queues, an object program with its own heap."""

import sys


class Clock:
    """A queue of events, earliest first; those of one time in the order they were planned."""

    def __init__(self):
        self.now = 0
        self.planned = 0
        self.heap = []

    def plan(self, delay, action, subject):
        heap = self.heap
        event = (self.now + delay, self.planned, action, subject)
        self.planned += 1
        place = len(heap)
        heap.append(event)
        while place:
            parent = (place - 1) >> 1
            if heap[parent] <= event:
                break
            heap[place] = heap[parent]
            place = parent
        heap[place] = event

    def next(self):
        heap = self.heap
        first, last = heap[0], heap.pop()
        if heap:
            place, child = 0, 1
            while child < len(heap):
                if child + 1 < len(heap) and heap[child + 1] < heap[child]:
                    child += 1
                if last <= heap[child]:
                    break
                heap[place] = heap[child]
                place, child = child, 2 * child + 1
            heap[place] = last
        return first

    def run(self):
        while self.heap:
            self.now, _, action, subject = self.next()
            action(subject)


class Machine:
    def __init__(self, shop, name, pace):
        self.shop, self.name, self.pace = shop, name, pace
        self.waiting = []
        self.busy = False
        self.worked = 0
        self.longest = 0

    def accept(self, job):
        if self.busy:
            self.waiting.append(job)
            self.longest = max(self.longest, len(self.waiting))
        else:
            self.begin(job)

    def begin(self, job):
        self.busy = True
        duration = self.time_for(job)
        self.worked += duration
        self.shop.clock.plan(duration, self.finish, job)

    def time_for(self, job):
        return self.pace * job.size

    def finish(self, job):
        self.busy = False
        if self.waiting:
            self.begin(self.waiting.pop(0))
        self.shop.route(job)


class MoodyMachine(Machine):
    """A machine that has to cool down now and then."""

    def time_for(self, job):
        return super().time_for(job) + (25 if self.worked % 7 == 0 else 0)


class Job:
    __slots__ = ("number", "size", "path", "born")

    def __init__(self, number, size, path, born):
        self.number, self.size, self.path, self.born = number, size, path, born


class Shop:
    def __init__(self, jobs):
        self.clock = Clock()
        self.machines = [(MoodyMachine if i % 3 == 1 else Machine)(self, f"m{i}", 2 + i % 4) for i in range(6)]
        self.seed = 12345
        self.left = jobs
        self.done = self.delay = 0
        self.clock.plan(0, self.arrive, None)

    def random(self, limit):
        self.seed = (self.seed * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.seed >> 8) % limit

    def arrive(self, _):
        path = [self.machines[self.random(6)] for _ in range(3 + self.random(4))]
        self.route(Job(self.left, 1 + self.random(9), path, self.clock.now))
        self.left -= 1
        if self.left:
            self.clock.plan(self.random(52), self.arrive, None)

    def route(self, job):
        if job.path:
            job.path.pop().accept(job)
        else:
            self.done += 1
            self.delay += self.clock.now - job.born


def main(jobs):
    shop = Shop(jobs)
    shop.clock.run()
    longest = max(machine.longest for machine in shop.machines)
    print(f"simulation {shop.done} {shop.delay} {longest} {sum(m.worked for m in shop.machines)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 85000)
