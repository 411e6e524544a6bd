"""Print what this interpreter's opcode, _opcode and dis modules say.

The output is what golden/VERSION.txt holds and what the tests compare with the
tables, live where an interpreter is found:

    python3.13 record.py > golden/3.13.txt

Lines: "op NUMBER NAME LISTS" with the has* lists the number is in, "family BASE
NAME NUMBER", "cache NAME FIELD:ENTRIES...", "table NAME JSON", "= VECTOR RUNS"
and "effect NUMBER VECTOR..." with the vectors for jump=None, False and True
(None alone before 3.8). A vector has the stack effects for ARGS; a run is
START+STEPxCOUNT, PERIOD:VALUE,VALUE... for the first 1,025 values, or ExCOUNT
where stack_effect raises.
"""
from __future__ import print_function

import dis
import json
import opcode
import sys

SMALL = 1025
ARGS = sorted(set(
    list(range(SMALL))
    + [2 ** k + d for k in range(11, 31) for d in (-1, 0, 1)]
    + [0x12345, 0x10203, 0x30001, 0x7fff0302, 0xffff03]
    + list(range(0x7ffffff0, 0x80000000))))

LISTS = ('arg', 'const', 'name', 'local', 'free', 'jrel', 'jabs', 'compare', 'exc')

TABLES = (
    ('compare', opcode, 'cmp_op'),
    ('binaryop', opcode, '_nb_ops'),
    ('intrinsic1', opcode, '_intrinsic_1_descs'),
    ('intrinsic2', opcode, '_intrinsic_2_descs'),
    ('special', opcode, '_special_method_names'),
    ('commonconst', opcode, '_common_constants'),
    ('convert', dis, 'FORMAT_VALUE_CONVERTERS'),
    ('function', dis, 'MAKE_FUNCTION_FLAGS'),
    ('function', dis, 'FUNCTION_ATTR_FLAGS'),
    ('codeflags', dis, 'COMPILER_FLAG_NAMES'),
)


def plain(name, value):
    if name == 'commonconst':
        return [c.__name__ if isinstance(c, type) else repr(c) for c in value]
    if name == 'convert':
        return [text for _, text in value]
    if name == 'codeflags':
        return [[bit, text] for bit, text in sorted(value.items())]
    return [list(v) if isinstance(v, tuple) else v for v in value]


def effects(number, has_jump):
    def ask(arg, keywords):
        try:
            return dis.stack_effect(number, arg, **keywords)
        except ValueError as e:
            if 'does not permit' not in str(e):
                return None
        try:
            return dis.stack_effect(number, **keywords)
        except ValueError:
            return None

    for jump in (None, False, True) if has_jump else (None,):
        keywords = {'jump': jump} if has_jump else {}
        yield [ask(arg, keywords) for arg in ARGS]


def runs(values):
    out = []
    i = 0
    for period in range(2, 17):
        if (values[:SMALL] == [values[k % period] for k in range(SMALL)]
                and len(set(values[:period])) > 1 and None not in values[:period]):
            out.append('%d:%s' % (period, ','.join(map(str, values[:period]))))
            i = SMALL
            break
    while i < len(values):
        k = i + 1
        if values[i] is None:
            while k < len(values) and values[k] is None:
                k += 1
            out.append('Ex%d' % (k - i))
        else:
            step = 0
            if k < len(values) and values[k] is not None:
                step = values[k] - values[i]
                while k < len(values) and values[k] is not None and values[k] - values[k - 1] == step:
                    k += 1
            out.append('%d%+dx%d' % (values[i], step, k - i))
        i = k
    return ' '.join(out)


def main():
    print('# CPython %d.%d.%d%s%s: python record.py' % (
        sys.version_info[:3] + (('', '') if sys.version_info[3] == 'final' else ('rc', sys.version_info[4]))))
    print('have_argument', opcode.HAVE_ARGUMENT)
    print('extended_arg', opcode.EXTENDED_ARG)
    lists = [(name, set(getattr(opcode, 'has' + name, ()))) for name in LISTS]
    numbers = dict((number, name) for name, number in opcode.opmap.items())
    for number in sorted(set(numbers).union(*[members for _, members in lists])):
        print('op', number, numbers.get(number, '-'),
              ','.join(name for name, members in lists if number in members) or '-')
    for base, family in sorted(getattr(opcode, '_specializations', {}).items()):
        for name in family:
            print('family', base, name, dis._all_opmap[name])
    for name, fields in sorted(getattr(opcode, '_cache_format', {}).items()):
        print('cache', name, ' '.join('%s:%d' % field for field in fields.items()))
    for name, module, attribute in TABLES:
        if hasattr(module, attribute):
            print('table', name, json.dumps(plain(name, getattr(module, attribute))))
    if hasattr(dis, 'stack_effect'):
        vectors = {}
        for number in range(max(max(numbers) + 1, 256)):
            names = []
            for values in effects(number, sys.version_info >= (3, 8)):
                text = runs(values)
                if text not in vectors:
                    vectors[text] = 'v%d' % len(vectors)
                    print('=', vectors[text], text)
                names.append(vectors[text])
            print('effect', number, ' '.join(names))


if __name__ == '__main__':
    main()
