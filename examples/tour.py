"""Compile a function, look at its bytecode, change it, and run what comes of it."""

import dis

source = "def price(n): return n * 2 + 1"
names = {}
exec(compile(source, "<tour>", "exec"), names)
price = names["price"]
dis.dis(price)
print("price(10) is", price(10))

# The instruction that multiplies becomes one that subtracts.
code = price.__code__
text = bytearray(code.co_code)
for instruction in dis.get_instructions(code):
    if instruction.argrepr == "*":
        text[instruction.offset + 1] = 10
price.__code__ = code.replace(co_code=bytes(text))
print("now price(10) is", price(10))

# What would crash an interpreter is refused before it runs.
price.__code__ = code.replace(co_stacksize=1)
try:
    price(10)
except ValueError as error:
    print(error)
