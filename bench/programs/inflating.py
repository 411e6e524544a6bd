"""Compression in Python: Huffman codes, back references, a reader of bits, checksums, move to front."""

import sys
from heapq import heapify, heappop, heappush


def text(size):
    words = [b"the ", b"quick ", b"brown ", b"fox ", b"jumps ", b"over ", b"a ", b"lazy ", b"dog. "]
    state, out = 7, bytearray()
    for _ in range(size):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        out += words[state >> 16 & 7 if state >> 20 & 3 else 8]
    return bytes(out)


def references(data, window=4096, shortest=4):
    """Return data as bytes and (distance, length) of what has been before."""
    last, out, i = {}, [], 0
    while i < len(data):
        key = data[i:i + shortest]
        at = last.get(key, -1)
        last[key] = i
        if len(key) == shortest and at >= 0 and i - at <= window:
            n = shortest
            while n < 255 and i + n < len(data) and data[at + n] == data[i + n]:
                n += 1
            out.append((i - at, n))
            i += n
        else:
            out.append(data[i])
            i += 1
    return out


def lengths(counts):
    """Return how long the Huffman code of each symbol is."""
    heap = [(n, symbol, (symbol,)) for symbol, n in counts.items()]
    heapify(heap)
    result = dict.fromkeys(counts, 0)
    while len(heap) > 1:
        n, first, some = heappop(heap)
        m, _, others = heappop(heap)
        for symbol in some + others:
            result[symbol] += 1
        heappush(heap, (n + m, first, some + others))
    return result


def codes(lengths):
    code = previous = 0
    table = {}
    for symbol, n in sorted(lengths.items(), key=lambda pair: (pair[1], pair[0])):
        code <<= n - previous
        table[symbol] = code, n
        previous = n
        code += 1
    return table


class BitWriter:
    def __init__(self):
        self.data, self.bits, self.count = bytearray(), 0, 0

    def put(self, value, n):
        self.bits = self.bits << n | value
        self.count += n
        while self.count >= 8:
            self.count -= 8
            self.data.append(self.bits >> self.count & 0xFF)
        self.bits &= (1 << self.count) - 1

    def close(self):
        self.put(0, -self.count % 8)
        return bytes(self.data)


class BitReader:
    def __init__(self, data):
        self.data, self.at, self.bits, self.count = data, 0, 0, 0

    def need(self, n):
        while self.count < n:
            self.bits = self.bits << 8 | self.data[self.at]
            self.at += 1
            self.count += 8

    def take(self, n):
        self.need(n)
        self.count -= n
        value = self.bits >> self.count
        self.bits &= (1 << self.count) - 1
        return value


def symbol(reader, table):
    code = n = 0
    while True:
        code = code << 1 | reader.take(1)
        n += 1
        if (found := table.get((code, n))) is not None:
            return found


def deflate(data):
    parts = references(data)
    counts = {256: 1}
    for part in parts:
        name = 257 if isinstance(part, tuple) else part
        counts[name] = counts.get(name, 0) + 1
    table = codes(lengths(counts))
    writer = BitWriter()
    for part in parts:
        if isinstance(part, tuple):
            writer.put(*table[257])
            writer.put(part[0], 13)
            writer.put(part[1], 8)
        else:
            writer.put(*table[part])
    writer.put(*table[256])
    return table, writer.close()


def inflate(table, packed):
    reader, out = BitReader(packed), bytearray()
    back = {code: name for name, code in table.items()}
    while (name := symbol(reader, back)) != 256:
        if name < 256:
            out.append(name)
            continue
        start = len(out) - reader.take(13)
        for i in range(reader.take(8)):
            out.append(out[start + i])
    return bytes(out)


def adler(data):
    a, b = 1, 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return b << 16 | a


def front(data):
    order, out = list(range(256)), []
    for byte in data:
        i = order.index(byte)
        out.append(i)
        order.insert(0, order.pop(i))
    return sum(out)


def main(size):
    data = text(size)
    table, packed = deflate(data)
    back = inflate(table, packed)
    print(f"inflating {len(data)} {len(packed)} {len(table)} {back == data} {adler(packed):08x} {adler(back):08x} {front(data)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 130000)
