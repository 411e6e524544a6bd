# Rows of all kinds, and what becomes of them.
import _csv as csv
import _io as io
texts = ["a,b,c\r\n1,,3\r\n", '"q,1",x,"y""z"\n,,\n\n a , b\n', "é,中文,😀\nlong field that is longer than twenty-four bytes,b\n", "a;b c;'d;e'\n", "1.5,2,x\n", "a\\,b,c\\\n,d\n", "x,y", '"open\nline",z\n', "a b  c\n", "a,b\nc\nd,e,f,g,h\n"]
opts = [{}, {"delimiter": ";"}, {"delimiter": " ", "skipinitialspace": False}, {"quotechar": "'"}, {"escapechar": "\\"}, {"quoting": csv.QUOTE_NONE, "escapechar": "\\"}, {"quoting": csv.QUOTE_NONNUMERIC}, {"skipinitialspace": True}, {"delimiter": "é"}, {"delimiter": "\\", "quoting": csv.QUOTE_NONE}, {"strict": True}, {"quoting": csv.QUOTE_STRINGS}, {"quoting": csv.QUOTE_NOTNULL}, {"doublequote": False}, {"delimiter": "\\", "escapechar": "\\"}, {"delimiter": " ", "skipinitialspace": True}]
for o in opts:
    for t in texts:
        try:
            rows = []
            for r in csv.reader(io.StringIO(t, newline=""), **o):
                rows.append(r)
            for r in rows:
                r.append("more"); r.insert(0, "x"); del r[0]
            print(o, rows)
        except Exception as e:
            print(o, rows, type(e).__name__, e)
class L:
    def __iter__(self): return self
    n = 0
    def __next__(self):
        self.n += 1
        if self.n == 2: print("inner", next(r))
        if self.n > 5: raise StopIteration
        return f"a{self.n},b{self.n}," + '"' * (self.n == 1) + f"c{self.n}\n"
l = L(); r = csv.reader(l)
try:
    for x in r: print(x)
except Exception as e: print(type(e).__name__, e)
class Q:
    n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n == 1:
            try:
                print("inner", next(q))
            except Exception as e:
                print("inner", type(e).__name__)
            return "d,e\n"
        if self.n == 2: return 'a,"open\n'
        raise StopIteration
q = csv.reader(Q())
try:
    print(list(q))
except Exception as e: print(type(e).__name__, e)
