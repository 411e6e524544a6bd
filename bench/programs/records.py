"""Records of the standard kinds: dataclasses, named tuples, enums, flags; made, compared, hashed, replaced, shown."""

import sys
from collections import namedtuple
from dataclasses import astuple, dataclass, field, replace
from enum import Enum, Flag, IntEnum

Place = namedtuple("Place", "street number city", defaults=["Basel"])


class Colour(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3

    @property
    def warm(self):
        return self is Colour.RED

    def next(self):
        return Colour(self.value % 3 + 1)


class Size(IntEnum):
    SMALL = 10
    LARGE = 20


class Right(Flag):
    READ = 1
    WRITE = 2
    RUN = 4


@dataclass
class Account:
    owner: str
    cents: int = 0
    history: list[int] = field(default_factory=list, repr=False)

    def pay(self, cents):
        self.cents += cents
        self.history.append(cents)


@dataclass(frozen=True, order=True)
class Version:
    major: int
    minor: int
    label: str = field(default="", compare=False)

    def __post_init__(self):
        if self.major < 0:
            raise ValueError(self.major)


@dataclass(slots=True)
class Pixel:
    x: int
    y: int
    colour: Colour = Colour.RED


def main(rounds):
    total = 0
    versions, places, colour = {}, set(), Colour.GREEN
    accounts = [Account(f"owner {i}") for i in range(10)]
    for n in range(rounds):
        account = accounts[n % 10]
        account.pay(n % 200 - 50)
        version = Version(n % 7, n % 11, "x")
        versions[version] = versions.get(version, 0) + 1
        if Version(3, 4) < version:
            total += version.minor
        place = Place(f"street {n % 5}", n % 40)
        places.add(place)
        total += place.number + len(place.city) + (place == ("street 1", 1, "Basel"))
        pixel = Pixel(n, n + 1, colour)
        pixel.x += pixel.y
        colour = colour.next()
        total += pixel.x % 10 + (pixel.colour is Colour.BLUE) + Colour["RED"].warm
        if n % 3 == 0:
            right = Right.READ | (Right.RUN if n % 2 else Right.WRITE)
            total += (Right.WRITE in right) + (right & ~Right.READ).value + (Size.SMALL + n < Size.LARGE)
        if n % 20 == 0:
            total += len(repr(account)) + len(repr(place)) + len(repr(colour)) + len(str(pixel))
            total += len(astuple(pixel)) + replace(version, major=9).major + place._replace(number=3).number
            total += account == Account(account.owner, account.cents, account.history)
    oldest = max(versions)
    print(f"records {total} {len(versions)} {oldest.major}.{oldest.minor} {len(places)} {sum(a.cents for a in accounts)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 140000)
