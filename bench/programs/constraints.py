"""A constraint solver: variables, propagation and search as objects; solves magic squares and colourings."""

import sys


class Failure(Exception):
    """There is no value left for a variable."""


class Variable:
    def __init__(self, name, values):
        self.name = name
        self.values = set(values)
        self.watchers = []

    @property
    def value(self):
        """The only value left, or None."""
        return next(iter(self.values)) if len(self.values) == 1 else None

    def restrict(self, solver, allowed):
        kept = self.values & allowed
        if len(kept) < len(self.values):
            if not kept:
                raise Failure(self.name)
            solver.remember(self)
            self.values = kept
            solver.pending.extend(self.watchers)


class Constraint:
    def __init__(self, *variables):
        self.variables = variables
        for variable in variables:
            variable.watchers.append(self)

    def propagate(self, solver):
        raise NotImplementedError


class Different(Constraint):
    """No two variables have the same value."""

    def propagate(self, solver):
        for variable in self.variables:
            value = variable.value
            if value is not None:
                for other in self.variables:
                    if other is not variable and value in other.values:
                        other.restrict(solver, other.values - {value})


class Sum(Constraint):
    """The variables add up to a total."""

    def __init__(self, total, *variables):
        super().__init__(*variables)
        self.total = total

    def propagate(self, solver):
        least = sum([min(v.values) for v in self.variables])
        most = sum([max(v.values) for v in self.variables])
        if not least <= self.total <= most:
            raise Failure(self.total)
        for variable in self.variables:
            low = self.total - (most - max(variable.values))
            high = self.total - (least - min(variable.values))
            variable.restrict(solver, {x for x in variable.values if low <= x <= high})


class Solver:
    def __init__(self, variables):
        self.variables = variables
        self.pending = []
        self.trail = []
        self.steps = 0

    def remember(self, variable):
        self.trail.append((variable, variable.values))

    def propagate(self):
        while self.pending:
            self.steps += 1
            self.pending.pop().propagate(self)

    def solutions(self):
        """Yield each way to give all variables a value."""
        open_ones = [v for v in self.variables if len(v.values) > 1]
        if not open_ones:
            yield {v.name: v.value for v in self.variables}
            return
        variable = min(open_ones, key=lambda v: (len(v.values), v.name))
        for value in sorted(variable.values):
            mark = len(self.trail)
            try:
                variable.restrict(self, {value})
                self.propagate()
                yield from self.solutions()
            except Failure:
                pass
            self.pending.clear()
            while len(self.trail) > mark:
                changed, values = self.trail.pop()
                changed.values = values


def magic_square():
    cells = [Variable(f"{row}{column}", range(1, 10)) for row in range(3) for column in range(3)]
    Different(*cells)
    for line in ((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)):
        Sum(15, *[cells[i] for i in line])
    return Solver(cells)


def ring(length, colours):
    regions = [Variable(f"r{i:02}", range(colours)) for i in range(length)]
    for i, region in enumerate(regions):
        Different(region, regions[(i + 1) % length])
    return Solver(regions)


def main(rounds):
    found = steps = weight = 0
    for number in range(rounds):
        for solver in (magic_square(), ring(4 + number % 3, 3)):
            for solution in solver.solutions():
                found += 1
                weight += sum(i * value for i, value in enumerate(solution.values()))
            steps += solver.steps
    print(f"constraints {found} {steps} {weight}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 80)
