"""A small program for trying krait on."""


class Greeter:
    """Greets people, politely or not."""

    def __init__(self, greeting="Hello"):
        self.greeting = greeting

    def greet(self, *names):
        for name in names:
            print(f"{self.greeting}, {name}!")


def count(path):
    try:
        with open(path) as lines:
            return sum(1 for line in lines if line.strip())
    except OSError:
        return None


if __name__ == "__main__":
    Greeter().greet("world")
