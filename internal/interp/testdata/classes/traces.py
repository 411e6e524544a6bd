"""A trace function that raises before each line and each instruction in turn, in code with handlers."""
import sys

class Boom(Exception):
    pass

class M:
    def __enter__(self): return self
    def __exit__(self, *a): return a[0] is KeyError

def f1(d):
    r = []
    try:
        pass
    except Boom:
        r.append("e0")
    try:
        try:
            d["x"]
        except KeyError as e:
            r.append("key")
        finally:
            r.append("fin")
    except Boom as b:
        r.append("boom")
    else:
        r.append("else")
    return r

def f2(d):
    r = []
    for i in range(2):
        with M() as m:
            r.append(i)
            try:
                raise KeyError
            except:
                r.append(1)
                raise
    return r

def f3(d):
    r = []
    try:
        try:
            raise ExceptionGroup("g", [KeyError(), ValueError()])
        except* KeyError as e:
            r.append("k")
        except* ValueError:
            r.append("v")
    except* Boom:
        r.append("B")
    return r

def run(f, n, lines, ops):
    count = 0
    def trace(frame, event, arg):
        nonlocal count
        frame.f_trace_opcodes = ops
        frame.f_trace_lines = lines
        count += 1
        if count == n:
            raise Boom(n)
        return trace
    sys.settrace(trace)
    try:
        res = f({})
    except BaseException as e:
        names = []
        tb = e.__traceback__
        while tb:
            names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_lasti))
            tb = tb.tb_next
        res = (repr(e), repr(e.__context__), names)
    finally:
        sys.settrace(None)
    return count, res

for f in f1, f2, f3:
    for lines, ops in (True, False), (True, True):
        n = 1
        while True:
            c, res = run(f, n, lines, ops)
            print(f.__name__, lines, ops, n, res)
            if c < n:
                break
            n += 1
