# Writes what this interpreter's marshal.loads makes of hand-made streams, one
# a line: accepted or refused, the stream in hexadecimal, its name. Run with
# each version:
#
#     python streams.py > streams-3.12.txt
#
# The tests compare what they accept with these answers.
import binascii, marshal, sys

py2 = sys.version_info[0] == 2
V = sys.version_info[:2]


def L(n):
    n &= 0xffffffff
    return bytes(bytearray([n & 255, n >> 8 & 255, n >> 16 & 255, n >> 24 & 255]))


def I(n): return b'i' + L(n)
def S(b): return b's' + L(len(b)) + b
def U(b): return (b's' if py2 else b'u') + L(len(b)) + b
def T(*items): return b'(' + L(len(items)) + b''.join(items)


def code(head=b'c', args=0, posonly=0, kwonly=0, nlocals=0, stack=1, flags=0x40,
         instructions=S(b'd\x00S\x00'), consts=T(b'N'), names=T(), varnames=T(),
         freevars=T(), cellvars=T(), plus=T(), kinds=S(b''), filename=U(b'f'),
         name=U(b'n'), qualname=U(b'n'), first=L(1), lines=S(b''), exceptions=S(b'')):
    b = head + L(args)
    if V >= (3, 8): b += L(posonly)
    if V >= (3, 0): b += L(kwonly)
    if V < (3, 11): b += L(nlocals)
    b += L(stack) + L(flags) + instructions + consts + names
    if V < (3, 11): b += varnames + freevars + cellvars
    else: b += plus + kinds
    b += filename + name
    if V >= (3, 11): b += qualname
    b += first + lines
    if V >= (3, 11): b += exceptions
    return b


one = b'\xe9' + L(7)
cases = [
    # Every type code, unknown and unflaggable ones included.
    ('null', b'0'), ('none', b'N'), ('true', b'T'), ('false', b'F'), ('stop', b'S'),
    ('ellipsis', b'.'), ('int', I(-5)), ('int64', b'I' + L(5) + L(-1)),
    ('int64 small', b'I' + L(5) + L(0)), ('long 0', b'l' + L(0)),
    ('long small', b'l' + L(1) + b'\5\0'), ('long negative', b'l' + L(-1) + b'\5\0'),
    ('long 15 digits', b'l' + L(15) + b'\xff\x7f' * 15),
    ('long -2^63', b'l' + L(-5) + b'\0\0' * 4 + b'\x08\0'),
    ('long digit too large', b'l' + L(1) + b'\0\x80'),
    ('long high digit 0', b'l' + L(2) + b'\1\0\0\0'),
    ('float text', b'f\x041e10'), ('float', b'g' + b'\0' * 6 + b'\xf0\x3f'),
    ('float nan with payload', b'g' + b'\1\2\3\4\5\6\xf8\x7f'),
    ('complex text', b'x\x031.5\x03-2.'), ('complex', b'y' + b'\0' * 16),
    ('bytes', S(b'a\xff')), ('interned', b't' + L(1) + b'a'),
    ('interned not ascii', b't' + L(2) + b'\xc3\xa9'),
    ('string reference', b'[' + L(2) + b't' + L(1) + b'a' + b'R' + L(0)),
    ('string reference out of range', b'[' + L(2) + b't' + L(1) + b'a' + b'R' + L(1)),
    ('unicode', b'u' + L(2) + b'\xc3\xa9'), ('unicode empty', b'u' + L(0)),
    ('unicode surrogate', b'u' + L(3) + b'\xed\xa0\x80'),
    ('unicode surrogate pair', b'u' + L(6) + b'\xed\xa0\x80\xed\xb0\x80'),
    ('unicode bad byte', b'u' + L(1) + b'\xff'),
    ('unicode overlong', b'u' + L(2) + b'\xc0\x80'),
    ('unicode cut surrogate', b'u' + L(2) + b'\xed\xa0'),
    ('unicode above 10ffff', b'u' + L(4) + b'\xf4\x90\x80\x80'),
    ('ascii', b'a' + L(1) + b'a'), ('ascii latin-1', b'a' + L(2) + b'\xe9\x80'),
    ('ascii interned', b'A' + L(1) + b'a'), ('ascii interned latin-1', b'A' + L(1) + b'\xe9'),
    ('short', b'z\x01a'), ('short latin-1', b'z\x01\xff'), ('short interned', b'Z\x01a'),
    ('short interned latin-1', b'Z\x02\xe9a'), ('short of 255', b'z\xff' + b'a' * 255),
    ('tuple', T(I(1), b'N')), ('small tuple', b')\x01N'), ('tuple of null', T(b'0')),
    ('small tuple empty', b')\x00'), ('list', b'[' + L(1) + b'N'), ('list of null', b'[' + L(1) + b'0'),
    ('set', b'<' + L(2) + I(1) + I(2)), ('set with one twice', b'<' + L(2) + I(1) + I(1)),
    ('set of null', b'<' + L(1) + b'0'),
    ('frozenset', b'>' + L(1) + I(1)), ('frozenset empty', b'>' + L(0)),
    ('dict', b'{' + I(1) + I(2) + b'0'), ('dict with a key twice', b'{' + (I(1) + I(2)) * 2 + b'0'),
    ('dict value null', b'[' + L(2) + b'{' + I(1) + b'0' + I(2)),
    ('dict value null skipped', b'{' + I(1) + b'0' + I(2) + I(3) + b'0'),
    ('slice', b':' + I(1) + I(2) + b'N'), ('frozendict', b'}' + I(1) + I(2) + b'0'),
    ('frozendict value null', b'[' + L(2) + b'}' + I(1) + b'0' + I(2)),
    ('unknown', b'?'), ('unknown flagged', b'\xbf'), ('other', b'q'), ('zero', b'\0'),
    # Text floats.
    ('float with nul', b'f\x051.5\0x'), ('float spaces', b'f\x03 1 '), ('float underscore', b'f\x031_0'),
    ('float hex', b'f\x030x1'), ('float hex p', b'f\x050x1p1'), ('float -INF', b'f\x04-INF'),
    ('float -nan', b'f\x04-nan'), ('float +nan', b'f\x04+nan'), ('float nan', b'f\x03NaN'),
    ('float Infinity', b'f\x08Infinity'), ('float infinit', b'f\x07infinit'), ('float 1e999', b'f\x051e999'),
    ('float 1e-999', b'f\x061e-999'), ('float empty', b'f\x00'), ('float 1e', b'f\x021e'),
    ('float .', b'f\x01.'), ('float .5', b'f\x02.5'), ('float 5.', b'f\x025.'), ('float +5', b'f\x02+5'),
    ('float ++5', b'f\x03++5'), ('float 1d5', b'f\x031d5'), ('float 007', b'f\x03007'),
    # Flags and references.
    ('none flagged', b'\xce'), ('true flagged', b'\xd4'), ('ellipsis flagged', b'\xae'),
    ('stop flagged', b'\xd3'), ('null flagged', b'\xb0'), ('dict end flagged', b'{\xb0'),
    ('int64 flagged', b'[' + L(2) + b'\xc9' + L(5) + L(0) + b'r' + L(0)),
    ('none takes no number', b'[' + L(3) + b'\xce' + one + b'r' + L(0)),
    ('reference flagged', b'[' + L(3) + one + b'\xf2' + L(0) + b'r' + L(0)),
    ('reference takes no number', b'[' + L(3) + one + b'\xf2' + L(0) + b'r' + L(1)),
    ('reference in a dict end', b'{' + one + b'r' + L(0) + b'\xb0'),
    ('reference negative', b'r' + L(-1)), ('reference to nothing', b'r' + L(0)),
    ('string flagged', b'[' + L(2) + b'\xfa\x01ar' + L(0)),
    ('interned flagged', b'[' + L(2) + b'\xda\x01ar' + L(0)),
    ('t flagged', b'[' + L(2) + b'\xf4' + L(1) + b'ar' + L(0)),
    ('tuple in itself', b'\xa8' + L(1) + b'r' + L(0)), ('list in itself', b'\xdb' + L(1) + b'r' + L(0)),
    ('dict in itself', b'\xfb' + I(1) + b'r' + L(0) + b'0'),
    ('frozenset in itself', b'\xbe' + L(1) + b'r' + L(0)),
    ('frozenset again', b'[' + L(2) + b'\xbe' + L(1) + I(1) + b'r' + L(0)),
    ('frozenset numbered first', b'[' + L(2) + b'\xbe' + L(1) + one + b'r' + L(1)),
    ('frozenset empty again', b'[' + L(2) + b'\xbe' + L(0) + b'r' + L(0)),
    ('slice again', b'[' + L(2) + b'\xba' + I(1) + I(2) + b'Nr' + L(0)),
    ('slice numbered first', b'[' + L(2) + b'\xba' + one + I(2) + b'Nr' + L(1)),
    ('slice in itself', b'\xba' + b'r' + L(0) + I(2) + b'N'),
    ('slice of null in a list', b'[' + L(1) + b':' + I(1) + b'0N'),
    ('frozendict again', b'[' + L(2) + b'\xfd' + I(1) + I(2) + b'0r' + L(0)),
    ('frozendict numbered first', b'[' + L(2) + b'\xfd' + one + I(2) + b'0r' + L(1)),
    ('frozendict in itself', b'\xfd' + I(1) + b'r' + L(0) + b'0'),
    # Lengths and depth.
    ('tuple negative', b'(' + L(-1)), ('list negative', b'[' + L(-1)), ('set negative', b'<' + L(-1)),
    ('bytes negative', b's' + L(-1)), ('unicode negative', b'u' + L(-1)), ('ascii negative', b'a' + L(-1)),
    ('tuple too long', T(b'N', b'N')[:-1]), ('bytes too long', S(b'ab')[:-1]), ('empty', b''),
    ('2000 deep', (b'[' + L(1)) * 1999 + b'N'), ('2001 deep', (b'[' + L(1)) * 2000 + b'N'),
    ('trailing', b'NN'),
    # Code objects.
    ('code', code()), ('code flagged', code(b'\xe3')),
    ('code again', T(code(b'\xe3'), b'r' + L(0))),
    ('code in itself', code(b'\xe3', consts=T(b'r' + L(0)))),
    ('code numbered first', T(code(b'\xe3', consts=T(one)), b'r' + L(1))),
    ('code in code', code(consts=T(code()))),
    ('code argcount -1', code(args=-1)), ('code posonly -1', code(posonly=-1)),
    ('code kwonly -1', code(kwonly=-1)), ('code nlocals -1', code(nlocals=-1)),
    ('code first -1', code(first=L(-1))), ('code flags 0', code(flags=0)),
    ('code of none', code(instructions=b'N')), ('code consts list', code(consts=b'[' + L(0))),
    ('code consts none', code(consts=b'N')), ('code names none', code(names=b'N')),
    ('code varnames none', code(varnames=b'N')), ('code freevars none', code(freevars=b'N')),
    ('code cellvars none', code(cellvars=b'N')), ('code plus none', code(plus=b'N')),
    ('code kinds none', code(kinds=b'N')), ('code kinds short', code(plus=T(U(b'x')))),
    ('code kinds long', code(kinds=S(b' '))),
    ('code plus', code(plus=T(U(b'x')), kinds=S(b' '))),
    ('code args without locals', code(args=1)),
    ('code kwonly without locals', code(kwonly=1)), ('code varargs without locals', code(flags=0x44)),
    ('code varkeywords without locals', code(flags=0x48)),
    ('code args', code(args=1, nlocals=1, varnames=T(U(b'x')), plus=T(U(b'x')), kinds=S(b' '))),
    ('code args but no nlocals', code(args=1, varnames=T(U(b'x')), plus=T(U(b'x')), kinds=S(b'@'))),
    ('code nlocals without names', code(nlocals=3)),
    ('code posonly above args', code(posonly=1, varnames=T(U(b'x')), plus=T(U(b'x')), kinds=S(b' '))),
    ('code flags -1', code(flags=-1, varnames=T(U(b'x'), U(b'y')), plus=T(U(b'x'), U(b'y')), kinds=S(b'  '))),
    ('code stack -1', code(stack=-1)), ('code kinds all bits', code(plus=T(U(b'x')), kinds=S(b'\xff'))),
    ('code kinds 0', code(plus=T(U(b'x')), kinds=S(b'\0'))),
    ('code names of bytes', b'N' if V < (3, 10) else code(names=T(S(b'x')))),
    ('code plus of none', code(plus=T(b'N'), kinds=S(b' '))),
    ('code with names again', T(b'\xa8' + L(1) + U(b'x'), code(names=b'r' + L(0)))),
    ('code filename none', code(filename=b'N')), ('code name none', code(name=b'N')),
    ('code qualname none', code(qualname=b'N')), ('code lines none', code(lines=b'N')),
    ('code exceptions none', code(exceptions=b'N')), ('code lines null', T(code(lines=b'0'))),
    ('code filename bytes', code(filename=b'u' + L(1) + b'f' if py2 else S(b'f'))),
    ('code name bytes', code(name=b'u' + L(1) + b'f' if py2 else S(b'f'))),
    ('code with odd instructions', code(instructions=S(b'd\0S'))),
    ('code without instructions', code(instructions=S(b''))),
]

print('# %d.%d.%d: python streams.py' % sys.version_info[:3])
for name, stream in cases:
    # Streams that end the interpreter instead of raising are left out.
    if py2 and name.startswith('code names'): continue
    try:
        marshal.loads(stream)
        verdict = 'accepted'
    except Exception:
        verdict = 'refused'
    text = binascii.hexlify(stream).decode() or '-'
    n = stream.count(b'[' + L(1))
    if n > 1000: text = '%d*5b01000000+4e' % n
    print('%s %s %s' % (verdict, text, name))
