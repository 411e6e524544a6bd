# Writes how this interpreter's marshal.dumps writes values in every version of
# the format, one a line: format, hexadecimal, name. Run with each version:
#
#     python dumps.py > dumps-3.12.txt
#
# The values are made anew each time, so that nothing but what is meant to be
# shared is: CPython decides by reference counts.
import binascii, marshal, sys

V = sys.version_info[:2]
py2 = V[0] == 2
text = (lambda s: s.decode('utf-8')) if py2 else (lambda s: s.encode('latin-1').decode('utf-8'))


def new(s):
    """A str that nothing else refers to."""
    return ''.join([s[:1], s[1:]]) if len(s) > 1 else s


NAME = 'eman_tiark'


def interned(s):
    return (intern if py2 else sys.intern)(new(s))


values = [
    ('none', lambda: None), ('true', lambda: True), ('ellipsis', lambda: Ellipsis),
    ('stop', lambda: StopIteration),
    ('int', lambda: int('100000')), ('int negative', lambda: int('-100000')),
    ('int 2^31', lambda: int('2147483648')), ('int -2^31', lambda: int('-2147483648')),
    ('int 2^62', lambda: int('4611686018427387904')), ('int -2^63', lambda: int('-9223372036854775808')),
    ('int 2^64', lambda: int('18446744073709551616')), ('int 10^50', lambda: -10 ** int('50')),
    ('float', lambda: float('0.1')), ('float 1e16', lambda: float('1e16')), ('float 1e17', lambda: float('1e17')),
    ('float -0', lambda: float('-0')), ('float inf', lambda: float('-inf')), ('float nan', lambda: float('nan')),
    ('float 1e-5', lambda: float('1e-5')), ('float 123456', lambda: float('123456')),
    ('complex', lambda: complex(1.5, -2.0)),
    ('bytes', lambda: b'ab\xff'[:int('2')] + b'\xff'),
    ('text', lambda: new('abc') if not py2 else text('abc')),
    ('text long', lambda: text('ab' * int('200'))), ('text accent', lambda: text('\xc3\xa9\xe2\x82\xac')),
    ('interned', lambda: interned(NAME[::-1])),
    ('interned twice', lambda: [interned(NAME[::-1]), interned(NAME[::-1])]),
    ('interned accent', lambda: interned('\xe9\xe9')),
    ('tuple', lambda: tuple([None, int('100000')])), ('tuple of 300', lambda: tuple([None] * 300)),
    ('list', lambda: [None, int('100000')]), ('dict', lambda: {int('100000'): None}),
    ('shared list', lambda: [x for x in [[None]] for _ in (1, 2)]),
    ('frozenset of one', lambda: frozenset([int('100000')])), ('set of one', lambda: set([int('100000')])),
    ('slice', lambda: slice(int('100000'), None, None)),
]
if V >= (3, 11):
    values.append(('frozenset sorted', lambda: frozenset([new('bb'), int('100000'), new('aa'), None, float('1.5')])))

print('# %d.%d.%d: python dumps.py' % sys.version_info[:3])
for name, make in values:
    for version in range(marshal.version + 1):
        try:
            # The list keeps nothing: the value's one reference is the argument.
            b = binascii.hexlify(marshal.dumps([make()], version)).decode()
        except ValueError:
            b = 'refused'
        print('%d %s %s' % (version, b, name))
