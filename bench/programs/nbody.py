"""Moons around a planet: floats in attributes, a double loop over pairs."""

import sys
from math import sqrt


class Body:
    def __init__(self, mass, position, velocity):
        self.mass = mass
        self.x, self.y, self.z = position
        self.vx, self.vy, self.vz = velocity


def system():
    """Return a planet and four moons, at rest as a whole."""
    bodies = [
        Body(40.0, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
        Body(0.031, (4.1, -1.2, 0.1), (0.9, 2.9, -0.05)),
        Body(0.012, (-7.3, 2.5, -0.4), (-0.6, -2.1, 0.11)),
        Body(0.0017, (1.9, 11.0, 0.7), (-1.8, 0.4, 0.02)),
        Body(0.0023, (-3.5, -14.8, -0.9), (1.5, -0.3, -0.04)),
    ]
    planet = bodies[0]
    for moon in bodies[1:]:
        planet.vx -= moon.vx * moon.mass / planet.mass
        planet.vy -= moon.vy * moon.mass / planet.mass
        planet.vz -= moon.vz * moon.mass / planet.mass
    return bodies


def kick(pairs, dt):
    """Change the velocities by what the bodies do to each other in time dt."""
    for a, b in pairs:
        dx = b.x - a.x
        dy = b.y - a.y
        dz = b.z - a.z
        square = dx * dx + dy * dy + dz * dz
        pull = dt / (square * sqrt(square))
        by_b = pull * b.mass
        by_a = pull * a.mass
        a.vx += dx * by_b
        a.vy += dy * by_b
        a.vz += dz * by_b
        b.vx -= dx * by_a
        b.vy -= dy * by_a
        b.vz -= dz * by_a


def drift(bodies, dt):
    for body in bodies:
        body.x += dt * body.vx
        body.y += dt * body.vy
        body.z += dt * body.vz


def energy(bodies, pairs):
    total = 0.0
    for body in bodies:
        total += body.mass * (body.vx * body.vx + body.vy * body.vy + body.vz * body.vz) / 2
    for a, b in pairs:
        distance = sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) + (a.z - b.z) * (a.z - b.z))
        total -= a.mass * b.mass / distance
    return total


def main(steps):
    bodies = system()
    pairs = [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1:]]
    before = energy(bodies, pairs)
    dt = 0.0005
    drift(bodies, dt / 2)
    for _ in range(steps):
        kick(pairs, dt)
        drift(bodies, dt)
    drift(bodies, -dt / 2)
    print(f"nbody {before:.9f} {energy(bodies, pairs):.9f} {bodies[2].x:.9f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 160000)
