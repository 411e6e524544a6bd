"""A language read by hand: a tokenizer over characters, a recursive parser, closures that compute."""

import sys

SOURCE = """
# areas and lengths
let width = 12.5; let height = 4 * (3 + 1);
let area = width * height - -2;
if area > 100 and not width == 3 { area = area / 2; } else { area = 0; }
let i = 0; let total = 0;
while i < 20 {
    total = total + i * i - (i + 3) / 4;
    i = i + 1;
    if i == 7 or i > 17 { total = total * 2; }
}
let name = "a \\"quoted\\" word"; let count = len(name) + max(i, width, 3);
"""
KEYWORDS = {"let", "if", "else", "while", "and", "or", "not"}
# How strongly an operator binds, and what computes it.
OPERATORS = {
    "or": (1, lambda a, b: lambda env: a(env) or b(env)),
    "and": (2, lambda a, b: lambda env: a(env) and b(env)),
    "==": (3, lambda a, b: lambda env: a(env) == b(env)),
    "<": (4, lambda a, b: lambda env: a(env) < b(env)),
    ">": (4, lambda a, b: lambda env: a(env) > b(env)),
    "+": (5, lambda a, b: lambda env: a(env) + b(env)),
    "-": (5, lambda a, b: lambda env: a(env) - b(env)),
    "*": (6, lambda a, b: lambda env: a(env) * b(env)),
    "/": (6, lambda a, b: lambda env: a(env) / b(env)),
}
FUNCTIONS = {"len": len, "max": max}


def tokens(text):
    """Yield (kind, value); one character at a time."""
    place, end = 0, len(text)
    while place < end:
        c = text[place]
        start = place
        if c.isspace():
            place += 1
        elif c == "#":
            while place < end and text[place] != "\n":
                place += 1
        elif c.isdigit():
            while place < end and (text[place].isdigit() or text[place] == "."):
                place += 1
            word = text[start:place]
            yield "number", float(word) if "." in word else int(word)
        elif c.isalpha() or c == "_":
            while place < end and (text[place].isalnum() or text[place] == "_"):
                place += 1
            word = text[start:place]
            yield (word if word in KEYWORDS else "name"), word
        elif c == '"':
            place += 1
            letters = []
            while text[place] != '"':
                if text[place] == "\\":
                    place += 1
                letters.append(text[place])
                place += 1
            place += 1
            yield "string", "".join(letters)
        else:
            place += 2 if text[place:place + 2] == "==" else 1
            yield text[start:place], None
    yield "end", None


class Parser:
    def __init__(self, text):
        self.stream = tokens(text)
        self.advance()

    def advance(self):
        self.kind, self.value = next(self.stream, ("end", None))

    def expect(self, kind):
        if self.kind != kind:
            raise SyntaxError(f"{kind} expected, not {self.kind}")
        value = self.value
        self.advance()
        return value

    def block(self, end):
        body = []
        while self.kind != end:
            body.append(self.statement())
        self.advance()
        return lambda env: [step(env) for step in body]

    def statement(self):
        kind = self.kind
        if kind in ("if", "while"):
            self.advance()
            test = self.expression(0)
            self.expect("{")
            body = self.block("}")
            if kind == "while":
                def loop(env):
                    while test(env):
                        body(env)
                return loop
            other = None
            if self.kind == "else":
                self.advance()
                self.expect("{")
                other = self.block("}")
            return lambda env: body(env) if test(env) else other and other(env)
        if kind == "let":
            self.advance()
        name = self.expect("name")
        self.expect("=")
        value = self.expression(0)
        self.expect(";")
        return lambda env: env.__setitem__(name, value(env))

    def expression(self, power):
        left = self.operand()
        while self.kind in OPERATORS:
            strength, combine = OPERATORS[self.kind]
            if strength <= power:
                break
            self.advance()
            left = combine(left, self.expression(strength))
        return left

    def operand(self):
        kind, value = self.kind, self.value
        self.advance()
        if kind in ("number", "string"):
            return lambda env: value
        if kind == "(":
            inner = self.expression(0)
            self.expect(")")
            return inner
        if kind in ("-", "not"):
            inner = self.expression(7 if kind == "-" else 2)
            return (lambda env: -inner(env)) if kind == "-" else (lambda env: not inner(env))
        if kind != "name":
            raise SyntaxError(kind)
        if self.kind != "(":
            return lambda env: env[value]
        arguments = []
        while self.kind != ")":
            self.advance()
            arguments.append(self.expression(0))
        self.advance()
        return lambda env: FUNCTIONS[value](*[argument(env) for argument in arguments])


def main(rounds):
    env, checksum = {}, 0.0
    for _ in range(rounds):
        Parser(SOURCE).block("end")(env)
        checksum += env["total"]
    print(f"calculator {env['area']} {env['total']} {env['count']} {checksum} {len(list(tokens(SOURCE)))}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5500)
