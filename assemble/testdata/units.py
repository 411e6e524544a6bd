"""units.py OUT LEVEL FILES...: what the compiler hands to its last stages.

Writes for each file a length of four bytes and marshal of (path, size of the source, units).
A unit is (code object, instructions, instructions of
deferred annotations or None, constants, names, variables, cells, free variables, hidden ones),
in the order the code objects are made. An instruction is six integers: opcode, oparg (of jumps
the index of an instruction), line, column, end line, end column.

Code objects are watched as they are made. Then the dictionaries of the unit and its sequence of
instructions are still alive, the last of their kind that the garbage collector knows. FILES
may be one @LIST, a file with a path in each line.
"""
import ast, ctypes, gc, marshal, struct, sys, warnings
import _testinternalcapi

warnings.simplefilter("ignore")
gc.disable()
Sequence = type(_testinternalcapi.compiler_codegen(ast.parse("x"), "f", 0, 0)[0])
pack = struct.Struct("<6i").pack
units, errors = [], []


def instructions(seq):
    return b"".join([pack(op, arg or 0, line, col, end_line, end_col)
                     for op, arg, line, end_line, col, end_col in seq.get_instructions()])


def constants(keys):
    # What is not its own key stands second in it.
    return tuple([k[1] if type(k) is tuple else k for k in keys])


def find(co):
    """Returns the unit's dictionaries and sequences."""
    objects = gc.get_objects()
    annotations = None
    for i in reversed(range(len(objects))):
        if type(objects[i]) is not Sequence:
            continue
        j = i - 1
        while type(objects[j]) is set:
            j -= 1
        d = objects[j - 5:j + 1]
        if len(d) == 6 and all(type(x) is dict for x in d) and (
                tuple(d[5]) == co.co_names and tuple(d[0]) == co.co_varnames and
                tuple(d[2]) == co.co_freevars and set(d[1]) == set(co.co_cellvars)):
            return d, objects[i], annotations
        if annotations is not None:
            break
        annotations = objects[i]
    raise LookupError(co.co_qualname)


@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.py_object)
def watch(event, co):
    if event == 0:
        try:
            d, seq, annotations = find(co)
            units.append((co, instructions(seq), annotations and instructions(annotations), constants(d[4]),
                          tuple(d[5]), tuple(d[0]), tuple(d[1]), tuple(d[2]), tuple(d[3])))
        except BaseException as e:
            errors.append(e)
    return 0


def main(out, level, files):
    if files[0].startswith("@"):
        files = open(files[0][1:]).read().split("\n")[:-1]
    with open(out, "wb") as f:
        for name in files:
            with open(name, "rb") as g:
                source = g.read()
            units.clear()
            gc.collect()
            gc.freeze()
            watcher = ctypes.pythonapi.PyCode_AddWatcher(watch)
            try:
                compile(source, name, "exec", dont_inherit=True, optimize=level)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                units.clear()
            ctypes.pythonapi.PyCode_ClearWatcher(watcher)
            gc.unfreeze()
            if errors:
                raise errors[0]
            data = marshal.dumps((name, len(source), tuple(units)))
            f.write(struct.pack("<I", len(data)) + data)


main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
