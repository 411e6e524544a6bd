"""Bits: counts, reversals, Gray codes, a shift register, checksums by table, a bit board, big masks."""

import sys


def reverse(n):
    """Reverse 32 bits by swapping halves."""
    n = (n >> 16) | (n & 0xFFFF) << 16
    n = (n >> 8 & 0x00FF00FF) | (n & 0x00FF00FF) << 8
    n = (n >> 4 & 0x0F0F0F0F) | (n & 0x0F0F0F0F) << 4
    n = (n >> 2 & 0x33333333) | (n & 0x33333333) << 2
    return (n >> 1 & 0x55555555) | (n & 0x55555555) << 1


def count(n):
    bits = 0
    while n:
        n &= n - 1
        bits += 1
    return bits


def interleave(x, y):
    result = 0
    for i in range(8):
        result |= (x >> i & 1) << (2 * i) | (y >> i & 1) << (2 * i + 1)
    return result


def register(state, steps):
    """Step a linear feedback shift register of 16 bits."""
    for _ in range(steps):
        bit = (state ^ state >> 2 ^ state >> 3 ^ state >> 5) & 1
        state = state >> 1 | bit << 15
    return state


def table():
    """The table of a cyclic redundancy check of 32 bits."""
    rows = []
    for n in range(256):
        for _ in range(8):
            n = n >> 1 ^ 0xEDB88320 if n & 1 else n >> 1
        rows.append(n)
    return rows


def crc(data, rows):
    value = 0xFFFFFFFF
    for byte in data:
        value = rows[(value ^ byte) & 0xFF] ^ value >> 8
    return value ^ 0xFFFFFFFF


def knights(square):
    """The squares a knight attacks, as bits of a board of 64."""
    board = 1 << square
    left1, left2 = board >> 1 & 0x7F7F7F7F7F7F7F7F, board >> 2 & 0x3F3F3F3F3F3F3F3F
    right1, right2 = board << 1 & 0xFEFEFEFEFEFEFEFE, board << 2 & 0xFCFCFCFCFCFCFCFC
    near, far = left1 | right1, left2 | right2
    return (near << 16 | near >> 16 | far << 8 | far >> 8) & 0xFFFFFFFFFFFFFFFF


def main(rounds):
    rows, data = table(), bytes(range(256))
    total = attacked = 0
    value = 0x12345678
    big = 1
    for n in range(rounds):
        value = (value ^ value << 13) & 0xFFFFFFFF
        value ^= value >> 17
        value = (value ^ value << 5) & 0xFFFFFFFF
        total += count(value) + value.bit_count() + value.bit_length()
        total ^= reverse(value) + (n ^ n >> 1)
        if n % 8 == 0:
            total ^= interleave(value & 255, value >> 24)
            attacked |= knights(value & 63) << (n & 1)
            big = big << 3 ^ big >> 7 ^ value
            big &= (1 << 521) - 1
        if n % 64 == 0:
            total ^= crc(data[n % 256:], rows) ^ ~n & 0xFFFF
    print(f"bits {total} {attacked:x} {big.bit_count()} {register(0xACE1, rounds)} {crc(data, rows):08x}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 240000)
