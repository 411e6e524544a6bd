"""Writes what str.isprintable answers for each code point, as a bit string.

    python isprintable.py [OUT]

Bit c&7 of byte c>>3 belongs to code point c. Prints the Python version, the
version of its Unicode database and the SHA-256 of the bit string; the bit
string itself goes to OUT, which genunidata -record reads.
"""
import hashlib
import sys
import unicodedata

bits = bytearray(0x110000 // 8)
for c in range(0x110000):
    if chr(c).isprintable():
        bits[c >> 3] |= 1 << (c & 7)
print("%d.%d.%d" % sys.version_info[:3], unicodedata.unidata_version,
      hashlib.sha256(bytes(bits)).hexdigest())
if len(sys.argv) > 1:
    with open(sys.argv[1], "wb") as f:
        f.write(bytes(bits))
