# Prints every name that \N{...} takes except those that can be derived, one per
# line with the number of its character; then, behind "=" signs, the aliases
# and the names of sequences in the order in which CPython has them.
import ctypes
import re
import unicodedata

assert unicodedata.unidata_version == "16.0.0"


class CAPI(ctypes.Structure):
    _fields_ = [
        ("getname", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_uint32, ctypes.c_char_p, ctypes.c_int, ctypes.c_int)),
        ("getcode", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_uint32), ctypes.c_int)),
    ]


pointer = ctypes.pythonapi.PyCapsule_GetPointer
pointer.restype = ctypes.c_void_p
pointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
capi = CAPI.from_address(pointer(unicodedata._ucnhash_CAPI, b"unicodedata._ucnhash_CAPI"))

derived = re.compile(
    "HANGUL SYLLABLE .*|(CJK UNIFIED IDEOGRAPH|CJK COMPATIBILITY IDEOGRAPH|EGYPTIAN HIEROGLYPH"
    "|KHITAN SMALL SCRIPT CHARACTER|NUSHU CHARACTER|TANGUT IDEOGRAPH)-[0-9A-F]+"
)
name = ctypes.create_string_buffer(300)
code = ctypes.c_uint32()
names = {}
aliases = []
sequences = []
# Aliases have numbers in a private use area, and so have sequences.
for c in range(0x110000):
    if not capi.getname(c, name, 300, 1):
        continue
    n = name.value
    if not capi.getcode(n, len(n), ctypes.byref(code), 0):
        sequences.append((c, n.decode(), unicodedata.lookup(n.decode())))
        continue
    if derived.fullmatch(n.decode()):
        continue
    names[n.decode()] = code.value
    if unicodedata.name(chr(c), None) is None:
        aliases.append((c, n.decode()))
for n, c in sorted(names.items()):
    print(f"{n}\t{c:X}")
first = aliases[0][0]
assert [c for c, _ in aliases] == list(range(first, first + len(aliases)))
print(f"={first:X}")
for _, n in aliases:
    print(n)
first = sequences[0][0]
assert [c for c, _, _ in sequences] == list(range(first, first + len(sequences)))
print(f"={first:X}")
for _, n, text in sequences:
    print(n + "\t" + ".".join(f"{ord(c):X}" for c in text))
