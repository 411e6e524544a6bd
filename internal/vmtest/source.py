"""What programs written at random begin with."""

import gc
import sys

G = 7
L = [3, 1, 2]
D = {1: 'one', 'k': 2, (1, 2): 3, None: 0.5}
S = 'some text, more'
T = (1, 'b', None, 2.5)


class Error(Exception):
    """One of our own."""


class P:
    """A bit of everything: operators, an iterator, a context manager."""

    kind = 'p'

    def __init__(self, v=1):
        self.v = v

    def get(self, k=0, *rest, **more):
        return self.v, k, rest, more

    def bump(self, by=1):
        self.v = num(self.v) + num(by)
        return self

    @property
    def double(self):
        return self.v + self.v

    @classmethod
    def make(cls, v):
        return cls(v)

    @staticmethod
    def plain(v):
        return [v]

    def __add__(self, other):
        return P(num(self.v) + num(other))

    def __radd__(self, other):
        return P(num(other) - num(self.v))

    def __eq__(self, other):
        return isinstance(other, P) and num(self.v) == num(other.v)

    def __hash__(self):
        return hash(num(self.v))

    def __lt__(self, other):
        if isinstance(other, P):
            return num(self.v) < num(other.v)
        return NotImplemented

    def __len__(self):
        return num(self.v) % 4

    def __getitem__(self, i):
        if isinstance(i, int) and i > 3:
            raise IndexError(i)
        return num(self.v), i

    def __iter__(self):
        yield self.v
        yield from range(len(self))

    def __call__(self, *args):
        return self.v, args

    def __enter__(self):
        L.append('in')
        return self

    def __exit__(self, kind, e, tb):
        L.append('out')
        return isinstance(e, (KeyError, Error)) and len(self) > 1

    async def __aenter__(self):
        await pause(1)
        return self

    async def __aexit__(self, kind, e, tb):
        return await pause(isinstance(e, Error))

    async def __aiter__(self):
        for i in range(len(self)):
            await pause(i)
            yield i

    def __repr__(self):
        return f'P({canon(self.v)})'


class Q(P):
    """One that has what P has, and slots of its own."""

    __slots__ = 'w'

    def __init__(self, v=2, w=3):
        super().__init__(v)
        self.w = w

    def get(self, *args):
        return super().get(*args), self.w


class Awaitable:
    def __init__(self, v):
        self.v = v

    def __await__(self):
        got = yield self.v
        return got if got is not None else self.v


async def pause(v):
    return await Awaitable(v)


def num(v):
    """An int of any value, a small one."""
    if isinstance(v, (int, float)):
        return int(v) % 1000 if v == v and abs(v) < 1e300 else 1
    if isinstance(v, (str, list, tuple, dict, set)):
        return len(v)
    return 3


calls = 0


def risky(v):
    """Raises, or returns what it gets. Sometimes what is dead is cleared, in the middle of anything."""
    global calls
    calls += 1
    if calls % 64 == 0:
        gc.collect()
    n = num(v)
    if n % 7 == 1:
        raise ValueError(n)
    if n % 7 == 2:
        raise KeyError(n, 'risky')
    if n % 7 == 4:
        raise Error('e')
    return v


def pack(*args, k=None, **more):
    return args, k, more


def three(p, q=1, *, r=2):
    return p, q, r


def counted(n):
    """A generator."""
    for i in range(n):
        yield i


def canon(v, depth=3):
    """The text of a value, without addresses and in one order."""
    if depth == 0:
        return '..'
    kind = type(v).__name__
    if isinstance(v, (set, frozenset)):
        return f'{kind}{sorted(canon(i, depth - 1) for i in v)}'
    if isinstance(v, dict):
        return '{' + ', '.join(f'{canon(k, depth - 1)}: {canon(i, depth - 1)}' for k, i in list(v.items())[:8]) + '}'
    if isinstance(v, (list, tuple)):
        return f'{kind}[' + ', '.join(canon(i, depth - 1) for i in v[:8]) + f'; {len(v)}]'
    if isinstance(v, P):
        return f"{kind}<{canon(getattr(v, 'v', ...), depth - 1)}>"
    if isinstance(v, BaseException):
        return f'{kind}({canon(v.args, depth - 1)})'
    if isinstance(v, str):
        return repr(v[:60])
    if isinstance(v, float):
        return f'{v:.12g}'
    if isinstance(v, int):
        return f'{kind} {v % 10**60}'
    return kind if v is not None else 'None'


def failure(e):
    """What there is to say about an exception."""
    where = []
    tb = e.__traceback__.tb_next
    while tb is not None:
        where.append((tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_lasti))
        tb = tb.tb_next
    chain = []
    c = e.__context__
    while c is not None and len(chain) < 6:
        chain.append(type(c).__name__)
        c = c.__context__
    return f'{type(e).__name__} {canon(e.args)} {where[:6]} {chain} {type(e.__cause__).__name__}'


def drive(f):
    """A function that uses up what the generator function f makes."""

    def driven(*args):
        out = []
        g = f(*args)
        try:
            v = next(g)
            for i in range(9):
                out.append(v)
                v = g.throw(Error(i)) if i == 6 else g.send(i) if i % 3 else next(g)
        except StopIteration as e:
            out.append(('end', e.value))
        finally:
            g.close()
        return out

    driven.__name__ = f.__name__
    return driven


def wait(f):
    """A function that runs what the coroutine function f makes."""

    def waited(*args):
        c = f(*args)
        try:
            v = c.send(None)
            for i in range(40):
                v = c.send(i if i % 4 else None)
        except StopIteration as e:
            return e.value
        finally:
            c.close()

    waited.__name__ = f.__name__
    return waited


ARGS = [(1, 2), (-1, 0), ('ab', 3), ([1, 2, 3], 'x'), (2.5, (4, 5)), (P(5), 1), (0, -7), ({1: 2, 'k': 'v'}, None),
        (1 << 70, 5), ((1, 'z'), [0]), (None, True), (Q(6), P(2)), (1, 2), (9, {1, 2, 3})]


def report(functions):
    global G
    for f in functions:
        for args in ARGS:
            G = 7
            L[:] = 3, 1, 2
            D.clear()
            D.update({1: 'one', 'k': 2, (1, 2): 3, None: 0.5})
            args = [i.copy() if isinstance(i, (list, dict, set)) else type(i)(i.v) if isinstance(i, P) else i for i in args]
            try:
                out = canon(f(*args))
            except Exception as e:
                out = failure(e)
            print(f.__name__, out, canon(globals().get('G', '?')), canon(L), canon(D), canon(args), sys.exception())


