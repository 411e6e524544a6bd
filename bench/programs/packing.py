"""Bytes: struct, bytearray, memoryview, hex, a file format of chunks, run lengths, base 64 by hand."""

import struct
import sys

HEADER = struct.Struct("<4sHHI")
SAMPLE = struct.Struct(">bBhHiIqd")
ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def chunk(kind, number, body):
    return HEADER.pack(kind, number & 0xFFFF, sum(body) & 0xFFFF, len(body)) + body


def chunks(data):
    """Yield kind, number and body of all chunks, without copying the bodies."""
    view, place = memoryview(data), 0
    while place < len(view):
        kind, number, check, size = HEADER.unpack_from(view, place)
        place += HEADER.size
        body = view[place:place + size]
        if sum(body) & 0xFFFF != check:
            raise ValueError(number)
        yield kind, number, body
        place += size


def base64(data):
    out = bytearray()
    for i in range(0, len(data), 3):
        group = data[i:i + 3]
        bits = int.from_bytes(group + bytes(3 - len(group)), "big")
        for shift in (18, 12, 6, 0)[: len(group) + 1]:
            out.append(ALPHABET[bits >> shift & 63])
    return bytes(out).ljust((len(data) + 2) // 3 * 4, b"=")


def squeeze(data):
    """Write runs of a byte as the byte and its number."""
    out = bytearray()
    place = 0
    while place < len(data):
        byte = data[place]
        end = place + 1
        while end < len(data) and end - place < 255 and data[end] == byte:
            end += 1
        out += bytes((byte, end - place))
        place = end
    return bytes(out)


def spread(data):
    return b"".join([data[i:i + 1] * data[i + 1] for i in range(0, len(data), 2)])


def varint(n):
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)
    return out


def main(rounds):
    file = bytearray()
    for n in range(rounds):
        sample = SAMPLE.pack(n % 128, n % 256, -n % 30000, n % 65536, -n, n * 7, n << 30, n / 3)
        file += chunk((b"DATA", b"TEXT")[n & 1], n, sample if n % 2 == 0 else f"line {n}".encode() * (n % 5))
    total = size = 0
    words = []
    for kind, number, body in chunks(file):
        size += len(body)
        if kind == b"DATA":
            a, b, c, d, e, f, g, x = SAMPLE.unpack(body)
            total += a + b + c + d + e + f + (g >> 30) + int(x)
        else:
            words.append(bytes(body))
    text = b" ".join(words)
    runs = squeeze(bytes(n // 40 % 256 for n in range(rounds * 10)))
    checks = [total, size, len(file), text.count(b"line"), text.replace(b"line", b"row").find(b"99")]
    checks += [len(runs), sum(spread(runs)), len(text.upper().split(b"LINE 1"))]
    checks += [sum(base64(text[: rounds * 3])), len(b"".join([varint(n * n) for n in range(rounds)]))]
    checks += [int(bytes(file[:20]).hex(), 16) % 10007, bytes.fromhex(file[-8:].hex(" "))[0]]
    print("packing", *checks)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 130000)
