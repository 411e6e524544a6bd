"""Attributes: of instances and classes, slots, properties, descriptors, super, __getattr__, class and static methods."""

import sys


class Positive:
    """A data descriptor that keeps its value in the instance's dict."""

    def __set_name__(self, owner, name):
        self.key = "_" + name

    def __get__(self, instance, owner=None):
        return self if instance is None else instance.__dict__[self.key]

    def __set__(self, instance, value):
        instance.__dict__[self.key] = value if value > 0 else 1


class Lazy:
    """A non-data descriptor that puts what it computed in its own place."""

    def __init__(self, function):
        self.function = function
        self.name = function.__name__

    def __get__(self, instance, owner):
        value = instance.__dict__[self.name] = self.function(instance)
        return value


class Shape:
    made = 0
    unit = "cm"

    def __init__(self, name):
        self.name = name
        Shape.made += 1

    def describe(self):
        return len(self.name) + len(self.unit)


class Box(Shape):
    width = Positive()
    height = Positive()

    def __init__(self, name, width, height):
        super().__init__(name)
        self.width = width
        self.height = height
        self.touched = 0

    @property
    def area(self):
        return self.width * self.height

    @area.setter
    def area(self, value):
        self.touched += 1
        self.width = value // self.height

    @Lazy
    def outline(self):
        return 2 * (self.width + self.height)

    @classmethod
    def square(cls, side):
        return cls("square", side, side)

    @staticmethod
    def larger(a, b):
        return a if a.area > b.area else b

    def describe(self):
        return super().describe() + self.touched


class Proxy:
    def __init__(self, target):
        self.target = target

    def __getattr__(self, name):
        return getattr(self.target, name)


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def turn(self):
        self.x, self.y, self.z = self.y, self.z, self.x - self.y
        return self.x + self.z


def main(rounds):
    box, vector = Box("crate", 3, 5), Vector(1, 2, 3)
    proxy = Proxy(box)
    total = 0
    for n in range(rounds):
        box.area = n % 1000
        box.height = n % 17
        total += box.area + vector.turn() % 10 + box.describe()
        square = Box.square(n % 30)
        total += square.outline + square.outline + Box.larger(box, square).width
        total += proxy.height + len(proxy.unit)
        if hasattr(vector, "w") or not hasattr(square, "outline"):
            total += 1000
        vector.x = n
        setattr(square, "depth", n & 7)
        total += getattr(square, "depth") * getattr(square, "weight", 2)
    print(f"attributes {total} {Shape.made} {box.touched} {len(vars(square))}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 170000)
