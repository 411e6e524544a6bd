# Module zlib: what is compressed comes back, in pieces too; sums; what is wrong is refused. The compressed bytes are nobody's business.
import zlib

TEXT = b"".join(b"line %d of a text that repeats itself\n" % (i % 7) for i in range(400))
for data in (b"", b"a", TEXT):
    print(len(data), zlib.crc32(data), zlib.adler32(data), zlib.crc32(data, 5), zlib.adler32(data, 5))
    for level in (-1, 0, 1, 6, 9):
        for wbits in (15, -15, 31, 9):
            c = zlib.compress(data, level, wbits)
            if zlib.decompress(c, wbits) != data:
                print("differs", level, wbits)

c = zlib.compressobj(9)
parts = [c.compress(TEXT[i:i + 100]) for i in range(0, len(TEXT), 100)]
parts.append(c.flush(zlib.Z_SYNC_FLUSH))
synced = b"".join(parts)
d = zlib.decompressobj()
print(d.decompress(synced) == TEXT, d.eof)
whole = synced + c.flush()
d = zlib.decompressobj()
print(d.decompress(whole + b"behind") == TEXT, d.eof, d.unused_data, d.unconsumed_tail)
d = zlib.decompressobj()
first = d.decompress(whole, 10)
print(first, len(d.unconsumed_tail) > 0, first + d.decompress(d.unconsumed_tail) + d.flush() == TEXT)
d = zlib.decompressobj()
out = bytearray()
for i in range(len(whole)):
    out += d.decompress(whole[i:i + 1])
print(out == TEXT, d.eof)
d = zlib.decompressobj()
d.decompress(whole[:50])
e = d.copy()
print(d.decompress(whole[50:]) == e.decompress(whole[50:]))

table = b"line 1 of a text that repeats itself\n"
c = zlib.compressobj(zdict=table)
packed = c.compress(table * 3) + c.flush()
print(zlib.decompressobj(zdict=table).decompress(packed) == table * 3)


def wrong(f, *args, **how):
    try:
        print(f(*args, **how))
    except Exception as e:
        print(type(e).__name__, str(e).split(":")[0])


wrong(zlib.decompress, b"")
wrong(zlib.decompress, b"abc")
wrong(zlib.decompress, whole[:-1])
wrong(zlib.decompress, zlib.compress(b"abc")[:-2] + b"xx")
wrong(zlib.compress, "text")
wrong(zlib.compress, b"a", 10)
wrong(zlib.decompress, b"a", bufsize=-1)
wrong(zlib.decompressobj().decompress, b"a", -1)
wrong(zlib.compressobj, 1, 8, 99)
wrong(zlib.decompressobj, 99)
wrong(zlib.crc32, "a")
