"""How many digits an integer of a source may have, and constants of which there is one only."""

import sys


def tried(text):
    try:
        return eval(text) % 1000
    except SyntaxError as e:
        return e.msg, e.lineno, e.offset


for limit in 700, 4300, 0:
    sys.set_int_max_str_digits(limit)
    for digits in 640, 701, 4301:
        print(limit, digits, tried('3' * digits), tried('-' + '0' * digits), tried('0x' + '1' * digits), tried('1_' * digits + '1'))

empty, one = b'', b'a'
print(bytes() is empty, bytes([97]) is one, eval("b''") is empty, b'xa'[1:] is one)
