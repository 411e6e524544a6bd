# Prints what an interpreter knows of the tables of code objects, in the form
# that describe in tables_test.go prints what package code makes of them.
#
# The test runs this program with one of two variables set by lines put before
# it: CASES, a list of (first line, code, table, exception table), the last
# three in hexadecimal; or, for the golden files, SOURCE. It leaves its answer in
# result: for SOURCE the module's marshal stream in hexadecimal and a newline first.
import binascii
import dis
import marshal
import sys

V = sys.version_info[:2]
CODE = type((lambda: 0).__code__)


def num(n):
    return "-" if n is None else str(int(n))


def hexes(data):
    return binascii.hexlify(data).decode()


def walk(co):
    yield co
    for const in co.co_consts:
        if isinstance(const, CODE):
            for inner in walk(const):
                yield inner


def raw(code):
    """Yield what dis lists: offset, start offset (3.13), opcode, oparg."""
    if V > (2, 7):
        for row in dis._unpack_opargs(code):
            yield row
        return
    at = extended = 0
    while at < len(code):
        op, arg, start = ord(code[at]), None, at
        at += 1
        if op >= dis.HAVE_ARGUMENT:
            arg = ord(code[at]) + ord(code[at + 1]) * 256 + extended
            extended = arg * 65536 if op == dis.EXTENDED_ARG else 0
            at += 2
        yield start, op, arg


def runs(rows):
    """Join equal neighbours: COUNT*ROW."""
    last, count = None, 0
    for row in rows:
        if row == last:
            count += 1
            continue
        if count:
            yield (count, last)
        last, count = row, 1
    if count:
        yield (count, last)


class Tables(object):
    """As much of a code object as the functions of dis need."""

    def __init__(self, first, code, table, exceptions):
        self.co_firstlineno, self.co_code = first, code
        self.co_lnotab, self.co_exceptiontable = table, exceptions
        if V >= (3, 10):
            base = walk.__code__.replace(co_firstlineno=first, co_linetable=table)
            self.co_lines = base.co_lines
            self.co_positions = getattr(base, "co_positions", None)


def tables(co):
    if V >= (3, 10):
        yield "lines", ["%d-%d:%s" % (s, e, num(n)) for s, e, n in co.co_lines()]
    yield "starts", ["%d:%s" % (at, num(n)) for at, n in dis.findlinestarts(co)]
    yield "labels", [str(at) for at in dis.findlabels(co.co_code)]
    yield "raw", [":".join(map(num, row)) for row in raw(co.co_code)]
    if V >= (3, 11):
        yield "positions", ["%d*%s" % (n, ",".join(map(num, p))) for n, p in runs(co.co_positions())]
        yield "exceptions", ["%d-%d>%d,%d,%d" % tuple(e) for e in dis._parse_exception_table(co)]


def variables(co):
    yield "locals", co.co_varnames
    yield "cells", co.co_cellvars
    yield "frees", co.co_freevars
    yield "counts", [str(co.co_nlocals), str(co.co_argcount)]
    if V > (2, 7):
        yield "flags", [dis.pretty_flags(co.co_flags)]


def answer():
    if "SOURCE" in globals():
        module = compile(SOURCE, "tables", "exec", 0, True)
        yield hexes(marshal.dumps(module))
        for co in walk(module):
            yield "object " + co.co_name
            for kind, items in list(variables(co)) + list(tables(co)):
                yield " ".join([kind] + list(items))
        return
    for number, case in enumerate(CASES):
        first, code, table, exceptions = case[:1] + tuple(map(binascii.unhexlify, case[1:]))
        yield "object %d" % number
        for kind, items in tables(Tables(first, code, table, exceptions)):
            yield " ".join([kind] + list(items))


result = "\n".join(answer()) + "\n"
