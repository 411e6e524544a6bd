"""Visitors of trees: methods found by name, dataclasses, isinstance, keyword arguments, properties, super."""

import sys
from dataclasses import dataclass, field, fields, replace


@dataclass
class Node:
    line: int = field(default=0, kw_only=True)

    def children(self):
        for f in fields(self):
            value = getattr(self, f.name)
            if isinstance(value, Node):
                yield value
            elif isinstance(value, list):
                yield from value


@dataclass
class Number(Node):
    value: int


@dataclass
class Name(Node):
    name: str


@dataclass
class Operation(Node):
    operator: str
    left: Node
    right: Node

    @property
    def commutes(self):
        return self.operator in "+*"


@dataclass
class Call(Node):
    function: Name
    arguments: list = field(default_factory=list)


class Visitor:
    def visit(self, node):
        method = getattr(self, "visit_" + type(node).__name__.lower(), self.generic)
        return method(node)

    def generic(self, node):
        for child in node.children():
            self.visit(child)


class Names(Visitor):
    def __init__(self):
        self.found = {}

    def visit_name(self, node):
        self.found.setdefault(node.name, []).append(node.line)


class Depth(Visitor):
    def generic(self, node):
        return 1 + max((self.visit(child) for child in node.children()), default=0)


class Folder(Visitor):
    """Returns a tree where operations of numbers are done."""

    def __init__(self, **names):
        self.names = names
        self.folded = 0

    def generic(self, node):
        return node

    def visit_name(self, node):
        if node.name in self.names:
            return Number(self.names[node.name], line=node.line)
        return node

    def visit_call(self, node):
        return replace(node, arguments=[self.visit(argument) for argument in node.arguments])

    def visit_operation(self, node):
        left, right = self.visit(node.left), self.visit(node.right)
        match left, node.operator, right:
            case Number(a), "+", Number(b):
                value = a + b
            case Number(a), "*", Number(b):
                value = a * b % 1_000_003
            case Number(0), "*", _:
                value = 0
            case _:
                return Operation(node.operator, left, right, line=node.line)
        self.folded += 1
        return Number(value, line=node.line)


class Counting(Folder):
    def __init__(self, **names):
        super().__init__(**names)
        self.visits = 0

    def visit(self, node):
        self.visits += 1
        return super().visit(node)


class Text(Visitor):
    def visit_number(self, node):
        return str(node.value)

    def visit_name(self, node):
        return node.name

    def visit_operation(self, node):
        parts = [self.visit(node.left), self.visit(node.right)]
        if node.commutes:
            parts.sort()
        return f" {node.operator} ".join(parts).join("()")

    def visit_call(self, node):
        return f"{self.visit(node.function)}({', '.join(map(self.visit, node.arguments))})"


def tree(depth, n=1):
    if depth == 0:
        return Name(f"v{n % 7}", line=n) if n % 3 else Number(n % 10, line=n)
    if n % 5 == 0:
        return Call(Name("f", line=n), [tree(depth - 1, n + i) for i in range(2)], line=n)
    return Operation("+*-"[n % 3], tree(depth - 1, n * 2 % 1009), tree(depth - 1, n * 2 % 1009 + 1), line=n)


def main(size):
    root = tree(size)
    names = Names()
    names.visit(root)
    folder = Counting(v1=3, v2=4, v5=0)
    small = folder.visit(root)
    text = Text().visit(small)
    where = sorted((name, len(lines), sum(lines)) for name, lines in names.found.items())
    print(f"visitors {Depth().visit(root)} {Depth().visit(small)} {folder.folded} {folder.visits} {len(text)} {text[:20]} {where} {small == folder.visit(small)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
