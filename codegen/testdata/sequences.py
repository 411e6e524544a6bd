# Prints what CPython's code generator makes of files, before flowgraph.c sees it.
# Arguments: optimisation level, mode (exec, eval, single). Names of files come on
# standard input, one a line. For each file there is, in 32-bit numbers: 1 and how
# many sequences follow, inner ones before the one around them; each is its length
# and six numbers per instruction. Or 0 and an error: the length of a text in UTF-8,
# and the text, padded.
import _testinternalcapi
import array
import ast
import ctypes
import gc
import json
import os
import sys
import warnings

LEVEL = int(sys.argv[1])
MODE = sys.argv[2]
# get_nested does not count the reference it returns. So nothing may be released,
# and a process must not live long.
BATCH = 40
gc.disable()

sys.set_int_max_str_digits(0)
out = sys.stdout.buffer


def keep(value):
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(value))


def visit(seq, result):
    keep(seq)
    inner = seq.get_nested()
    keep(inner)
    for nested in inner:
        visit(nested, result)
    instructions = seq.get_instructions()
    numbers = array.array("i", [len(instructions)])
    for op, arg, *where in instructions:
        numbers.append(op)
        numbers.append(arg or 0)
        numbers.extend(where)
    result.append(numbers)


def text(s):
    data = s.encode("utf-8", "surrogatepass")
    head = array.array("i", [len(data)]).tobytes()
    return head + data + b" " * (-len(data) % 4)


def answer(name):
    with open(name, "rb") as f:
        data = f.read()
    try:
        with warnings.catch_warnings(record=True):
            warnings.simplefilter("always")
            tree = compile(data, name, MODE, ast.PyCF_ONLY_AST, dont_inherit=True)
            seq, meta = _testinternalcapi.compiler_codegen(
                tree, name, LEVEL, ["exec", "eval", "single"].index(MODE))
    except Exception as e:
        info = [type(e).__name__, str(getattr(e, "msg", e))]
        for field in "lineno", "offset", "end_lineno", "end_offset":
            info.append(getattr(e, field, None))
        out.write(array.array("i", [0]).tobytes() + text(json.dumps(info)))
        return
    result = []
    visit(seq, result)
    out.write(array.array("i", [1, len(result)]).tobytes())
    for numbers in result:
        out.write(numbers.tobytes())


names = [line.rstrip("\n") for line in sys.stdin]
for start in range(0, len(names), BATCH):
    out.flush()
    child = os.fork()
    if child == 0:
        for name in names[start:start + BATCH]:
            answer(name)
        out.flush()
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        sys.exit("died at " + names[start])
