# The driver answers krait's questions about Python: it is run by a real
# interpreter, any from 2.7 to 3.15, unchanged.
#
# Started with "-c", it speaks frames on standard input and output. Hosted
# (Pyodide), only handle() is called. A frame is a big-endian u32 length and
# that many bytes; the bytes are a list of byte strings, each preceded by its
# own big-endian u32 length. A request is an operation and its arguments, an
# answer is "ok" and its results, or "error", a kind and a message.
import sys

# No module of the working directory may shadow the library.
if sys.path and not sys.path[0]:
    del sys.path[0]

import dis
import marshal
import os
import struct
import types
import warnings

PY2 = sys.version_info[0] == 2
VERSION = sys.version_info[:2]
CODE = types.CodeType

warnings.simplefilter("ignore")


def pack(fields):
    parts = []
    for f in fields:
        parts.append(struct.pack(">I", len(f)))
        parts.append(f)
    return b"".join(parts)


def unpack(data):
    fields = []
    at = 0
    while at < len(data):
        n = struct.unpack(">I", data[at:at + 4])[0]
        fields.append(data[at + 4:at + 4 + n])
        at += 4 + n
    return fields


def encode(text):
    if PY2 and isinstance(text, str):
        return text
    if PY2:
        return text.encode("utf-8")
    return text.encode("utf-8", "surrogatepass")


def decode(data):
    return data if PY2 else data.decode("utf-8", "surrogatepass")


class Sink(object):
    """A text file that keeps what is written to it."""

    def __init__(self):
        self.parts = []

    def write(self, s):
        self.parts.append(s)

    def flush(self):
        pass

    def value(self):
        return encode("".join(self.parts))


class SortedSet(frozenset):
    """A frozenset whose repr does not depend on hashing."""

    def __repr__(self):
        if not self:
            return "frozenset()"
        inner = ", ".join(sorted(repr(x) for x in self))
        if PY2:
            return "frozenset([" + inner + "])"
        return "frozenset({" + inner + "})"


def sort_sets(value):
    """Return value with its frozensets, nested ones too, made SortedSets."""
    t = type(value)
    if t is frozenset:
        return SortedSet([sort_sets(x) for x in value])
    if t is tuple:
        changed = [sort_sets(x) for x in value]
        for a, b in zip(changed, value):
            if a is not b:
                return tuple(changed)
    elif t is slice:
        parts = [value.start, value.stop, value.step]
        changed = [sort_sets(x) for x in parts]
        for a, b in zip(changed, parts):
            if a is not b:
                return slice(*changed)
    elif t is CODE:
        consts = sort_sets(value.co_consts)
        if consts is not value.co_consts:
            return with_consts(value, consts)
    return value


def with_consts(co, consts):
    if hasattr(co, "replace"):
        return co.replace(co_consts=consts)
    args = [co.co_argcount]
    if not PY2:
        args.append(co.co_kwonlyargcount)
    args += [co.co_nlocals, co.co_stacksize, co.co_flags, co.co_code, consts,
             co.co_names, co.co_varnames, co.co_filename, co.co_name,
             co.co_firstlineno, co.co_lnotab, co.co_freevars, co.co_cellvars]
    return CODE(*args)


def header_size():
    if VERSION < (3, 3):
        return 8
    if VERSION < (3, 7):
        return 12
    return 16


def magic():
    if VERSION < (3, 4):
        import imp
        return imp.get_magic()
    import importlib.util
    return importlib.util.MAGIC_NUMBER


def load(pyc):
    return marshal.loads(pyc[header_size():])


def nested(co):
    """Yield co and every code object in it, in pre-order."""
    yield co
    for c in co.co_consts:
        if type(c) is CODE:
            for x in nested(c):
                yield x


def compile_source(source, filename, level):
    """Return the .pyc of source: unchecked by hash, or of time 0 before 3.7."""
    name = decode(filename)
    level = int(level)
    if PY2:
        if level != sys.flags.optimize:
            raise ValueError("2.7 compiles at the level it was started with")
        co = compile(source, name, "exec", 0, True)
    else:
        co = compile(source, name, "exec", 0, True, level)
    head = magic()
    if VERSION >= (3, 7):
        import importlib.util
        head += struct.pack("<I", 1) + importlib.util.source_hash(source)
    elif VERSION >= (3, 3):
        head += struct.pack("<II", 0, len(source) & 0xFFFFFFFF)
    else:
        head += struct.pack("<I", 0)
    return [head + marshal.dumps(co)]


def dis_one(co, flags):
    sink = Sink()
    if VERSION < (3, 7):
        dis_recursive(co, sink)
        return sink.value()
    kw = {}
    for letter, name in (("C", "show_caches"), ("O", "show_offsets"),
                         ("P", "show_positions"), ("S", "adaptive")):
        if letter in flags:
            kw[name] = True
    dis.dis(co, file=sink, **kw)
    return sink.value()


def dis_recursive(co, sink):
    """Do for versions whose dis stays on one level what 3.7's dis does."""
    if PY2:
        saved = sys.stdout
        sys.stdout = sink
        try:
            dis.disassemble(co)
        finally:
            sys.stdout = saved
    else:
        dis.disassemble(co, file=sink)
    for c in co.co_consts:
        if type(c) is CODE:
            sink.write("\nDisassembly of %r:\n" % (c,))
            dis_recursive(c, sink)


def dis_pyc(pyc, *flags):
    # Loaded anew for each text, so that the code was never touched before.
    return [dis_one(sort_sets(load(pyc)), decode(f)) for f in flags]


def show_pyc(pyc):
    if not hasattr(dis, "show_code"):
        raise NotImplementedError("dis.show_code")
    co = sort_sets(load(pyc))
    return [encode("\n".join(dis.code_info(c) + "\n" for c in nested(co)))]


def lines_pyc(pyc):
    """Print (start, end, line) of co_lines, or (start, line) before 3.10."""
    out = []
    for co in nested(load(pyc)):
        out.append("%s:" % co.co_name)
        if hasattr(co, "co_lines"):
            for start, end, line in co.co_lines():
                out.append("%d %d %s" % (start, end, line))
        else:
            for start, line in dis.findlinestarts(co):
                out.append("%d %s" % (start, line))
    return [encode("\n".join(out) + "\n")]


def positions_pyc(pyc):
    if not hasattr(CODE, "co_positions"):
        raise NotImplementedError("co_positions")
    out = []
    for co in nested(load(pyc)):
        out.append("%s:" % co.co_name)
        for p in co.co_positions():
            out.append("%s %s %s %s" % p)
    return [encode("\n".join(out) + "\n")]


def effects(text):
    """Answer lines "OPCODE ARG JUMP" (ARG may be None, JUMP 1, 0 or None)."""
    if not hasattr(dis, "stack_effect"):
        raise NotImplementedError("dis.stack_effect")
    out = []
    for line in decode(text).splitlines():
        op, arg, jump = [None if f == "None" else int(f) for f in line.split()]
        try:
            if VERSION >= (3, 8):
                jump = None if jump is None else bool(jump)
                n = dis.stack_effect(op, arg, jump=jump)
            else:
                n = dis.stack_effect(op, arg)
        except ValueError:
            n = None
        out.append(str(n))
    return [encode("\n".join(out))]


def evaluate(text):
    return [encode(repr(eval(decode(text), {"sys": sys, "dis": dis, "marshal": marshal})))]


def execute(text):
    """Run statements and return what they bind to result, a str or bytes."""
    scope = {}
    exec(compile(decode(text), "<execute>", "exec"), scope)
    result = scope["result"]
    return [result if isinstance(result, bytes) else encode(result)]


def remarshal(data, version):
    value = marshal.loads(data)
    if version:
        return [marshal.dumps(value, int(version))]
    return [marshal.dumps(value)]


def info():
    if PY2:
        import platform
        name = platform.python_implementation().lower()
    else:
        name = sys.implementation.name
    return [encode(name), encode("%d.%d" % VERSION), encode(sys.version.split()[0]),
            encode(sys.version), magic(), encode(str(marshal.version))]


def speed_loads(data, seconds):
    """Return how many seconds the fastest of several marshal.loads took."""
    import time
    clock = getattr(time, "perf_counter", time.time)
    best = None
    end = clock() + float(seconds)
    while best is None or clock() < end:
        t = clock()
        marshal.loads(data)
        t = clock() - t
        if best is None or t < best:
            best = t
    return [encode(repr(best))]


OPERATIONS = {
    b"compile": compile_source,
    b"dis": dis_pyc,
    b"show": show_pyc,
    b"lines": lines_pyc,
    b"positions": positions_pyc,
    b"effects": effects,
    b"eval": evaluate,
    b"exec": execute,
    b"marshal": remarshal,
    b"info": info,
    b"speedloads": speed_loads,
}


def handle(request):
    """Answer one request, both as the bytes inside a frame."""
    try:
        fields = unpack(request)
        return pack([b"ok"] + OPERATIONS[fields[0]](*fields[1:]))
    except Exception:
        kind, message = sys.exc_info()[:2]
        try:
            message = encode(str(message))
        except Exception:
            message = b"(no message)"
        return pack([b"error", encode(kind.__name__), message])


def serve():
    # Whatever prints by accident must not get between the frames.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    requests = getattr(sys.stdin, "buffer", sys.stdin)
    while True:
        head = requests.read(4)
        if len(head) < 4:
            return
        body = handle(requests.read(struct.unpack(">I", head)[0]))
        answers.write(struct.pack(">I", len(body)))
        answers.write(body)
        answers.flush()


if __name__ == "__main__":
    serve()
