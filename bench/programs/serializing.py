"""A serializer in Python: types dispatch to methods, parts are packed into bytes and read back from them."""

import io
import struct
import sys


class Writer:
    def __init__(self, stream):
        self.write = stream.write
        self.seen = {}

    def save(self, value):
        known = self.seen.get(id(value))
        if known is not None:
            self.write(b"r" + struct.pack("<I", known[0]))
            return
        try:
            method = self.dispatch[type(value)]
        except KeyError:
            raise TypeError(f"cannot write {type(value).__name__}") from None
        method(self, value)

    def remember(self, value):
        self.seen[id(value)] = len(self.seen), value

    def save_none(self, value):
        self.write(b"n")

    def save_bool(self, value):
        self.write(b"t" if value else b"f")

    def save_int(self, value):
        if -0x8000 <= value < 0x8000:
            self.write(b"h" + struct.pack("<h", value))
            return
        text = b"%d" % value
        self.write(b"i" + bytes([len(text)]) + text)

    def save_float(self, value):
        self.write(b"d" + struct.pack(">d", value))

    def save_str(self, value):
        data = value.encode("utf-8")
        self.write(b"s" + len(data).to_bytes(4, "little"))
        self.write(data)
        self.remember(value)

    def save_list(self, value):
        self.remember(value)
        self.write(b"l")
        for item in value:
            self.save(item)
        self.write(b".")

    def save_dict(self, value):
        self.remember(value)
        self.write(b"m")
        for key, item in value.items():
            self.save(key)
            self.save(item)
        self.write(b".")

    dispatch = {
        type(None): save_none, bool: save_bool, int: save_int, float: save_float,
        str: save_str, list: save_list, dict: save_dict,
    }


class Reader:
    end = object()

    def __init__(self, stream):
        self.read = stream.read
        self.known = []
        self.dispatch = {name[5].encode(): getattr(self, name) for name in dir(self) if name.startswith("load_")}

    def load(self):
        kind = self.read(1)
        if kind == b".":
            return self.end
        return self.dispatch[kind]()

    def load_n(self):
        return None

    def load_t(self):
        return True

    def load_f(self):
        return False

    def load_h(self):
        return struct.unpack("<h", self.read(2))[0]

    def load_i(self):
        return int(self.read(self.read(1)[0]))

    def load_d(self):
        return struct.unpack(">d", self.read(8))[0]

    def load_s(self):
        value = self.read(int.from_bytes(self.read(4), "little")).decode("utf-8")
        self.known.append(value)
        return value

    def load_l(self):
        value = []
        self.known.append(value)
        append = value.append
        while (item := self.load()) is not self.end:
            append(item)
        return value

    def load_m(self):
        value = {}
        self.known.append(value)
        while (key := self.load()) is not self.end:
            value[key] = self.load()
        return value

    def load_r(self):
        return self.known[struct.unpack("<I", self.read(4))[0]]


def document(count):
    colours = ["red", "green", "blue"]
    return [
        {"id": n, "price": n * 0.25, "name": f"item {n}", "big": n ** 7, "colours": colours, "sold": n % 3 == 0, "note": None,
         "sizes": list(range(n % 10))}
        for n in range(count)
    ]


def main(size):
    data = document(size)
    total = 0
    for _ in range(5):
        stream = io.BytesIO()
        Writer(stream).save(data)
        total += stream.tell()
        stream.seek(0)
        data = Reader(stream).load()
    try:
        Writer(io.BytesIO()).save([{"x": 1j}])
    except TypeError as e:
        error = e
    print(f"serializing {total} {data == document(size)} {data[0]['colours'] is data[-1]['colours']} {error}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6500)
