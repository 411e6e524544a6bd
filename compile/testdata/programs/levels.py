"""Docstrings and assertions, which levels drop."""


def documented():
    "Only a docstring."


def indented():
    """First.

        Deeper.
    Shallower.
	A tab.
    """
    assert indented, "message"
    return 1


class Documented:
    """A class."""

    def method(self):
        """A method."""
        assert self

    @property
    def other(self): "On one line."


async def coroutine():
    """A coroutine."""
    assert await coroutine(), (yield)


if __debug__:
    debugging = True
else:
    debugging = False

while not __debug__:
    pass

assert 1
assert 0, "never"
assert (yes := debugging), f"not {yes}"
x = __debug__ and 1 or 2
f = lambda: __debug__


def late():
    b"bytes are no docstring"


def formatted():
    f"nor are formatted ones"


def joined():
    "but " "joined ones are"
