# Module _csv: what readers make of lines, and writers of rows.
import _csv

ROWS = [
    'a,b,c', '', ',', 'a,"b,c",d', '"a""b"', '"a', '"a"b', 'a"b"', " a, b", '"a\nb",c', "a,b\r\n", "'a','b'", "1,2.5,x", '"1",2.5', "a;b", "\\,a",
]


def read(**how):
    for line in ROWS:
        try:
            print("   ", ascii(line), list(_csv.reader([line], **how)))
        except Exception as e:
            print("   ", ascii(line), type(e).__name__, e)


for how in ({}, {"strict": True}, {"delimiter": ";"}, {"quotechar": "'"}, {"quoting": 3}, {"quoting": 2}, {"quoting": 4}, {"quoting": 5},
            {"escapechar": "\\"}, {"skipinitialspace": True}, {"doublequote": False}, {"quoting": 3, "escapechar": "\\"}):
    print(how)
    read(**how)


class Out:
    def __init__(self):
        self.parts = []

    def write(self, s):
        self.parts.append(s)
        return len(s)


TABLE = [["a", "b"], ["a,b", 'c"d'], [1, 2.5, None, ""], [""], [], ["a\nb", "c\r"], [" x "], ["\\", "'"]]
for how in ({}, {"quoting": 1}, {"quoting": 2}, {"quoting": 3}, {"quoting": 3, "escapechar": "\\"}, {"quoting": 4}, {"quoting": 5}, {"delimiter": "\t"},
            {"lineterminator": "\n"}, {"quotechar": "'"}, {"doublequote": False, "escapechar": "\\"}, {"quotechar": None, "quoting": 3}):
    out = Out()
    w = _csv.writer(out, **how)
    print(how)
    for row in TABLE:
        try:
            print("   ", row, w.writerow(row), ascii("".join(out.parts)))
        except Exception as e:
            print("   ", row, type(e).__name__, e)
        out.parts.clear()

for how in ({"delimiter": ""}, {"delimiter": "ab"}, {"delimiter": 1}, {"quotechar": "ab"}, {"quoting": 9}, {"lineterminator": 1},
            {"delimiter": "\n"}, {"quotechar": ",", "delimiter": ","}, {"escapechar": " ", "skipinitialspace": True}, {"quotechar": None}):
    try:
        _csv.reader([], **how)
        print(how)
    except Exception as e:
        print(how, type(e).__name__, e)

r = _csv.reader(["a", '"b', 'c"', "d"])
print([(row, r.line_num) for row in r], r.dialect.delimiter, r.dialect.quoting)
_csv.register_dialect("odd", delimiter="|", quoting=1)
print(_csv.list_dialects(), _csv.get_dialect("odd").delimiter, list(_csv.reader(["a|b"], "odd")))
_csv.unregister_dialect("odd")
try:
    _csv.get_dialect("odd")
except _csv.Error as e:
    print(e)
print(_csv.field_size_limit(3))
try:
    print(list(_csv.reader(["abcd"])))
except _csv.Error as e:
    print(e)
print(_csv.field_size_limit(131072))
try:
    next(_csv.reader([b"a"]))
except _csv.Error as e:
    print(e)
