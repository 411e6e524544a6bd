"""Method calls: one name on many classes, operators, callable objects, bound methods kept, *args and keywords."""

import sys


class Expression:
    def __add__(self, other):
        return Sum(self, wrap(other))

    def __mul__(self, other):
        return Product(self, wrap(other))

    def __neg__(self):
        return Negated(self)

    def size(self):
        return 1


class Constant(Expression):
    def __init__(self, number):
        self.number = number

    def value(self, x):
        return self.number

    def derivative(self):
        return Constant(0)


class Variable(Expression):
    def value(self, x):
        return x

    def derivative(self):
        return Constant(1)


class Pair(Expression):
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def size(self):
        return 1 + self.left.size() + self.right.size()


class Sum(Pair):
    def value(self, x):
        return self.left.value(x) + self.right.value(x)

    def derivative(self):
        return self.left.derivative() + self.right.derivative()


class Product(Pair):
    def value(self, x):
        return self.left.value(x) * self.right.value(x) % 1000003

    def derivative(self):
        return self.left.derivative() * self.right + self.left * self.right.derivative()


class Negated(Expression):
    def __init__(self, inner):
        self.inner = inner

    def value(self, x):
        return -self.inner.value(x)

    def derivative(self):
        return -self.inner.derivative()

    def size(self):
        return 1 + self.inner.size()


def wrap(value):
    return value if isinstance(value, Expression) else Constant(value)


class Accumulator:
    def __init__(self):
        self.total = 0
        self.calls = 0

    def __call__(self, value, weight=1):
        self.total += value * weight
        self.calls += 1

    def add_all(self, *values, scale=1, **named):
        for value in values:
            self(value, scale)
        return self.total + named.get("extra", 0)

    def __len__(self):
        return self.calls

    def __bool__(self):
        return self.total >= 0

    def __getitem__(self, index):
        return self.total >> index

    def __contains__(self, value):
        return self.total % 1000 == value


def main(rounds):
    x = Variable()
    polynomial = (x * x * 3 + x * -5 + 7) * (x + 1) + -(x * 2)
    slope = polynomial.derivative()
    total, accumulator = 0, Accumulator()
    evaluate, add = polynomial.value, accumulator.add_all
    for n in range(rounds):
        total += evaluate(n) + slope.value(n)
        accumulator(n, weight=2)
        total += add(n, 1, 2, scale=3, extra=n)
        if accumulator and n in accumulator:
            total += len(accumulator) + accumulator[3]
        if n % 50 == 0:
            total += polynomial.derivative().size()
    print(f"methods {total} {polynomial.size()} {slope.size()} {accumulator.total}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 130000)
