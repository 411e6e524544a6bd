"""An interpreter for a toy machine: an assembler with labels, then a loop over instructions, once by if, once by table."""

import sys

SOURCE = """
; add up the lengths of the Collatz sequences of all numbers up to the limit
push 0 | store sum | push 1 | store n
next:
load n | load limit | less | jumpif body
load sum | halt
body:
load n | call collatz | load sum | add | store sum
load n | push 1 | add | store n | jump next

collatz:
store x | push 0 | store steps
loop:
load x | push 1 | equal | jumpif done
load steps | push 1 | add | store steps
load x | push 2 | mod | jumpif odd
load x | push 2 | div | store x | jump loop
odd:
load x | push 3 | mul | push 1 | add | store x | jump loop
done:
load steps | return
"""


def assemble(source):
    """Return a list of (name, operand)."""
    code, labels = [], {}
    for line in source.splitlines():
        if line.endswith(":"):
            labels[line[:-1]] = len(code)
        elif line and line[0] != ";":
            for part in line.split(" | "):
                name, _, operand = part.partition(" ")
                code.append((name, int(operand) if name == "push" else operand))
    jumps = ("jump", "jumpif", "call")
    return [(name, labels[operand] if name in jumps else operand) for name, operand in code]

BINARY = {
    "add": lambda a, b: a + b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a // b,
    "mod": lambda a, b: a % b,
    "less": lambda a, b: a < b,
    "equal": lambda a, b: a == b,
}


def run(code, variables):
    """Run with a chain of comparisons."""
    stack, calls, place, steps = [], [], 0, 0
    while True:
        name, operand = code[place]
        place += 1
        steps += 1
        if name == "load":
            stack.append(variables[operand])
        elif name == "push":
            stack.append(operand)
        elif name == "store":
            variables[operand] = stack.pop()
        elif name == "jumpif":
            if stack.pop():
                place = operand
        elif name == "jump":
            place = operand
        elif name == "call":
            calls.append(place)
            place = operand
        elif name == "return":
            place = calls.pop()
        elif name == "halt":
            return stack.pop(), steps
        else:
            right = stack.pop()
            left = stack.pop()
            stack.append(BINARY[name](left, right))


class Machine:
    """The same with a method an instruction."""

    def __init__(self, code, variables):
        self.stack, self.calls, self.place, self.variables = [], [], 0, variables
        self.code = [(getattr(self, "do_" + name), operand) for name, operand in code]

    def run(self):
        self.going = True
        while self.going:
            action, operand = self.code[self.place]
            self.place += 1
            action(operand)
        return self.stack.pop()

    def __getattr__(self, name):
        function = BINARY[name.removeprefix("do_")]

        def action(_):
            right = self.stack.pop()
            self.stack[-1] = function(self.stack[-1], right)

        return action

    def do_push(self, value):
        self.stack.append(value)

    def do_load(self, name):
        self.stack.append(self.variables[name])

    def do_store(self, name):
        self.variables[name] = self.stack.pop()

    def do_jump(self, place):
        self.place = place

    def do_jumpif(self, place):
        if self.stack.pop():
            self.place = place

    def do_call(self, place):
        self.calls.append(self.place)
        self.place = place

    def do_return(self, _):
        self.place = self.calls.pop()

    def do_halt(self, _):
        self.going = False


def main(limit):
    code = assemble(SOURCE)
    total, steps = run(code, {"limit": limit})
    print(f"toyvm {len(code)} {total} {steps} {Machine(code, {"limit": limit // 2}).run()}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3300)
