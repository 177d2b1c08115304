#!/usr/bin/env python3
"""Write tests/base/numbers.txt: texts and doubles that belong together, and exact sums.

    python3 tests/reference/number_cases.py > tests/base/numbers.txt        (made with CPython 3.11.7)

What a text is worth comes from float() (David Gay's dtoa.c) and is checked here against fractions.Fraction, whose
division of whole numbers is exact. How a double is written comes from repr(), less the ".0" of whole numbers. Sums
are of Fractions, rounded once. Lines, with doubles as the 16 hexadecimal digits of their bits:

    read BITS TEXT      the text is this double
    large TEXT          the text is too large for a double
    write BITS TEXT     the double is written so
    sum BITS BITS ...   the first is the sum of the others
"""
import math
import random
import struct
import sys
from fractions import Fraction

LARGE = Fraction(2) ** 1024 - Fraction(2) ** 970  # from here on, nearest is infinity


def bits(x):
    return "%016x" % struct.unpack(">Q", struct.pack(">d", x))[0]


def double(n):
    return struct.unpack(">d", struct.pack(">Q", n))[0]


def finite(n):
    return (n >> 52) & 0x7FF != 0x7FF


def nearest(exact):
    """The nearest double of a fraction, ties to even, by whole numbers alone."""
    if exact == 0:
        return 0.0
    sign = -1 if exact < 0 else 1
    exact = abs(exact)
    if exact >= LARGE:
        return sign * float("inf")
    e = exact.numerator.bit_length() - exact.denominator.bit_length()
    if Fraction(2) ** e > exact:
        e -= 1
    unit = max(e - 52, -1074)
    scaled = exact / Fraction(2) ** unit
    n, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest
    if twice > scaled.denominator or (twice == scaled.denominator and n % 2 == 1):
        n += 1
    return sign * math.ldexp(float(n), unit)


def read(text):
    value = float(text)
    if float("inf") in (value, -value):
        assert abs(Fraction(text)) >= LARGE
        print("large", text)
        return
    expected = nearest(Fraction(text))
    assert abs(value) == abs(expected) and (value == expected), text
    print("read", bits(value), text)


def write(x):
    text = repr(x)
    if text.endswith(".0"):
        text = text[:-2]
    assert float(text) == x
    print("write", bits(x), text)


def decimal(exact):
    """All digits of a fraction whose denominator is a power of two, as d.ddd…e±x."""
    power = exact.denominator.bit_length() - 1
    digits = str(exact.numerator * 5 ** power)
    tail = len(digits.rstrip("0"))
    text = digits[0] + "." + (digits[1:tail] or "0")
    return "%se%d" % (text, len(digits) - 1 - power)


def random_double(rng):
    while True:
        n = rng.getrandbits(64)
        if finite(n):
            return double(n)


def main():
    rng = random.Random(1991)
    print("# Made by tests/reference/number_cases.py with CPython %s: do not edit." % sys.version.split()[0])

    # Texts that broke other readers, and the ends of the range.
    for text in """2.2250738585072011e-308 2.2250738585072012e-308 2.2250738585072014e-308 9007199254740993
        9007199254740992.999999999999999999999 9007199254740993.000000000000000000000001 5e-324 2.4703282292062327e-324
        2.4703282292062328e-324 2.47e-324 1e-400 -1e-400 1.7976931348623157e308 1.7976931348623158e308
        1.7976931348623159e308 179769313486231580793e289 1e309 -1e309 1e23 8.5e22 1e22 1e-22 6.631236846766476e-316
        3.237883913302901e-319 6929495644600919.5 3.2378839133029012895883524125015321748630094785e-319
        0.500000000000000166533453693773481063544750213623046875 3.518437208883201171875e13 62.5364939768271845828
        8.10109172351e-10 1.50000000000000011102230246251565 9007199254740991.4999999999999999999999999999999995
        30078505129381147446200 1777820000000000000001 0.000000000000000000000000000000000000000000000000000000001
        100000000000000016777215 100000000000000016777216 1.00000000000000011102230246251565404 4.9406564584124654e-324
        2.2250738585072009e-308 7.4109846876186981e-324 7.4109846876186982e-324 4.4501477170144023e-308
        -0 0e99999 0.0e-5 00000000000000000000001.5 1e0000000000000000000000005 1234567890123456789012345678901234567890
        0.1 0.2 0.3 1e15 1e16 123456789.123456789 18446744073709551615 18446744073709551616 99999999999999999999
        9999999999999999999 9999999999999999999e-342 9999999999999999999e-343 9999999999999999999999e-345
        1e-323 1.5e-323 2e-323 0.1e-322 10000000000000000000000000e-348""".split():
        read(text)

    # Midpoints between neighbours, all their digits; the same a hair below and above; and their first digits.
    patterns = [0, 1, 2, 0xFFFFFFFFFFFFF, 0x10000000000000, 0x10000000000001, 0x7FEFFFFFFFFFFFFE, 0x7FEFFFFFFFFFFFFF]
    patterns += [rng.getrandbits(52) >> rng.randrange(50) for _ in range(6)]
    patterns += [n for n in (rng.getrandbits(63) for _ in range(14)) if finite(n)]
    for n in patterns:
        unit = Fraction(2) ** (max(n >> 52, 1) - 1075)
        middle = decimal(Fraction(double(n)) + unit / 2)
        digits, exponent = middle.split("e")
        read(middle)
        read("%s%se%s" % (digits, "0" * 30 + "1", exponent))
        lower = digits[:-1] + "%d9" % (int(digits[-1]) - 1) if digits[-1] != "0" else digits + "1"
        read("%se%s" % (lower, exponent))
        for length in (18, 19, 20, 21, 22):
            read("%se%s" % (digits[:length], exponent))
    for _ in range(60):  # midpoints that need no exponent
        n = rng.getrandbits(rng.randrange(54, 63)) | 1 << 53
        read(decimal(Fraction(n | 1, 2 ** rng.randrange(12))))

    # 19 digits whose value is within 2^-63 of a midpoint, relative to it: what 64 bits of a product cannot tell.
    found = 0
    while found < 80:
        w, q = rng.randrange(10 ** 18, 10 ** 19), rng.randrange(-60, 60)
        numerator, denominator = (w * 10 ** q, 1) if q >= 0 else (w, 10 ** -q)
        shift = numerator.bit_length() - denominator.bit_length() - 200
        top = numerator // (denominator << shift) if shift >= 0 else (numerator << -shift) // denominator
        top >>= top.bit_length() - 128
        if abs((top & (2 ** 75 - 1)) - 2 ** 74) < 2 ** 65:
            read("%de%d" % (w, q))
            found += 1

    # Random texts: any length, any power.
    for _ in range(900):
        digits = str(rng.getrandbits(rng.randrange(1, 90)))
        point = rng.randrange(len(digits) + 1)
        exponent = rng.choice(["", "", "e%d" % rng.randrange(-345, 312), "e%+03d" % rng.randrange(-30, 30)])
        sign = rng.choice(["", "", "-", "+"])
        read("%s%s.%s%s" % (sign, digits[:point], digits[point:], exponent))

    # Writing: ends of the range, powers of two and ten and their neighbours, short decimals, all of a kind.
    doubles = [0.0, -0.0, 1.0, -1.0, 5e-324, 1e-323, 2.2250738585072014e-308, 2.225073858507201e-308, 9007199254740991.0,
               9007199254740992.0, 9007199254740994.0, 1.7976931348623157e308, -1.7976931348623157e308, 0.0001, 0.00001,
               0.00012345, 0.000099999999999999991, 123456.789, 1e15, 1e16, 1e17, 9999999999999998.0, 1.5e16, 1e21,
               1e22, 1e23, 9.5367431640625e-07, 2.0 ** 63, 2.0 ** 64, 299792458.0, 0.1 + 0.2, 1 / 3, 2 / 3, 15.4,
               9007199254740992.0 * 1.5, 4503599627370496.5, 4503599627370497.5]
    for e in range(-1074, 1024, 9):
        n = struct.unpack(">Q", struct.pack(">d", 2.0 ** e))[0]
        doubles += [double(n), double(n + 1)] + ([double(n - 1)] if n > 1 else [])
    for e in range(-323, 309, 11):
        x = float("1e%d" % e)
        n = struct.unpack(">Q", struct.pack(">d", x))[0]
        doubles += [x, double(n + 1), double(n - 1)]
    doubles += [double(n) for n in range(1, 60)]  # the least of all
    for e in (54, 55, 56, 57):  # midpoints that are multiples of ten: owned by the even neighbour alone
        doubles += [2.0 ** e + 2.0 ** (e - 52) * n for n in range(30)]
    doubles += [random_double(rng) for _ in range(500)]
    doubles += [rng.randrange(10 ** 9) / 10.0 ** rng.randrange(1, 8) for _ in range(300)]
    doubles += [float(rng.getrandbits(rng.randrange(1, 70))) for _ in range(150)]
    for x in doubles:
        write(x)

    # Exact sums: cancelling, far apart, subnormal, ties.
    sums = [[1e308, 1.0, -1e308], [1e16, 1.0, 1e-300, -1e16], [0.1] * 10, [5e-324] * 3, [2.0 ** 53, 1.0],
            [2.0 ** 53, 1.0, 5e-324], [2.0 ** 53, 1.0, -5e-324], [2.0 ** 53 + 2, 1.0], [-2.0 ** 53, -1.0, -5e-324],
            [1.7976931348623157e308, 9.9792015476735991e291], [1.7976931348623157e308, 2.0 ** 970 * (1 - 2.0 ** -53)],
            [1.7976931348623157e308, 2.0 ** 970], [-1.7976931348623157e308] * 5, [1e308, 1e308, -1e308],
            [2.2250738585072014e-308, -5e-324], [0.0, -0.0], [-0.0], [3.5, -3.5], [1e-310, -1e-311, 2e-322]]
    for _ in range(60):
        sums.append([random_double(rng) for _ in range(rng.randrange(1, 7))])
        spread = rng.randrange(1, 120)
        terms = [rng.choice([-1, 1]) * rng.random() * 2.0 ** rng.randrange(-spread, spread) for _ in range(6)]
        sums.append(terms + [-x for x in terms[:rng.randrange(6)]])
    for terms in sums:
        print("sum", bits(nearest(sum(map(Fraction, terms), Fraction(0)))), *map(bits, terms))


if __name__ == "__main__":
    main()
