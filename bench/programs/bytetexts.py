"""Bytes as text: hexadecimal dumps, base64 and others, percent signs, checksums, byte order."""

import base64
import binascii
import sys
import zlib
from urllib.parse import quote, unquote


def noise(size):
    state, out = 1, bytearray(size)
    for i in range(size):
        state = state * 69069 + 1 & 0xFFFFFFFF
        out[i] = state >> 24
    return bytes(out)


def dump(data):
    lines = []
    for at in range(0, len(data), 16):
        row = data[at:at + 16]
        shown = "".join(chr(b) if 32 <= b < 127 else "." for b in row)
        lines.append(f"{at:08x}  {row[:8].hex(' ')}  {row[8:].hex(' '):23}  |{shown}|")
    return "\n".join(lines)


def undump(text):
    return b"".join(bytes.fromhex(line[10:58]) for line in text.splitlines())


def around(data):
    total = 0
    for encode, decode in [
        (base64.b64encode, base64.b64decode), (base64.urlsafe_b64encode, base64.urlsafe_b64decode),
        (base64.b32encode, base64.b32decode), (base64.b16encode, base64.b16decode),
        (base64.b85encode, base64.b85decode), (binascii.hexlify, binascii.unhexlify),
    ]:
        text = encode(data)
        assert decode(text) == data
        total = binascii.crc32(text, total)
    return total


def swap(data):
    return b"".join(data[i:i + 4][::-1] for i in range(0, len(data), 4))


def rot(text):
    table = str.maketrans("abcdefghijklmnopqrstuvwxyz", "nopqrstuvwxyzabcdefghijklm")
    return text.translate(table)


def main(size):
    data = noise(size)
    text = dump(data)
    assert undump(text) == data
    sums = [around(data[i:i + 60]) for i in range(0, size, 60)]
    whole = around(data)
    names = [f"/path {n}/ä{n:x}?q=a&b" for n in range(size // 40)]
    quoted = [quote(name) for name in names]
    assert [unquote(q) for q in quoted] == names
    swapped = swap(data)
    packed = zlib.compress(text.encode(), 6)
    assert zlib.decompress(packed).decode() == text
    turned = rot(text)
    print(f"bytetexts {len(text)} {zlib.crc32(text.encode()):08x} {sum(sums):x} {whole:08x} {len(''.join(quoted))} {zlib.adler32(swapped):08x} {rot(turned) == text}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200000)
