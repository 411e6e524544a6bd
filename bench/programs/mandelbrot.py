"""The Mandelbrot set, with complex numbers on one half and floats on the other; packed as a bitmap."""

import sys

LIMIT = 60


def inside_complex(c):
    z = 0j
    for _ in range(LIMIT):
        z = z * z + c
        if z.real * z.real + z.imag * z.imag > 4.0:
            return False
    return True


def escape(cr, ci):
    """Return after how many steps the point leaves, LIMIT if it stays."""
    x = y = xx = yy = 0.0
    for step in range(LIMIT):
        y = 2.0 * x * y + ci
        x = xx - yy + cr
        xx = x * x
        yy = y * y
        if xx + yy > 4.0:
            return step
    return LIMIT


def main(size):
    rows = []
    steps = 0
    for j in range(size):
        ci = 2.0 * j / size - 1.0
        byte = 0
        row = bytearray()
        for i in range(size):
            cr = 3.0 * i / size - 2.0
            if j % 2:
                stays = inside_complex(complex(cr, ci))
            else:
                step = escape(cr, ci)
                steps += step
                stays = step == LIMIT
            byte = byte << 1 | stays
            if i % 8 == 7:
                row.append(byte)
                byte = 0
        rows.append(bytes(row))
    bitmap = b"".join(rows)
    checksum = 0
    for value in bitmap:
        checksum = (checksum * 31 + value) % 1000000007
    print(f"mandelbrot {size} {steps} {len(bitmap)} {checksum}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 480)
