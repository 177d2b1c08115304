#!/usr/bin/env python3
"""Write powers_of_ten.inc (on standard output), and prove the small formulas that its users rely on.

    python3 lib/base/powers_of_ten.py > lib/base/powers_of_ten.inc
"""
from fractions import Fraction

FIRST, LAST, LAST_EXACT = -342, 324, 55


def floor_log2(x):
    """floor(log2(x)) of a positive fraction, exactly."""
    e = x.numerator.bit_length() - x.denominator.bit_length()
    return e if Fraction(2) ** e <= x else e - 1


def floor_log10(x):
    e = len(str(x.numerator)) - len(str(x.denominator))
    return e if Fraction(10) ** e <= x else e - 1


def main():
    print("/* Made by lib/base/powers_of_ten.py: do not edit. 10^q for q from %d to %d, see powers_of_ten.h. */"
          % (FIRST, LAST))
    for q in range(FIRST, LAST + 1):
        power = Fraction(10) ** q
        e = floor_log2(power)
        assert e == (q * 1741647) >> 19, q
        scaled = power * Fraction(2) ** (127 - e)
        g = scaled.numerator // scaled.denominator
        assert 2 ** 127 <= g < 2 ** 128
        assert (g + 1) % 2 ** 64 != 0, q  # the writer adds 1 to the low word alone
        assert (g == scaled) == (0 <= q <= LAST_EXACT), q
        print("{0x%016x, 0x%016x}, /* %d */" % (g >> 64, g & (2 ** 64 - 1), q))
    # The writer's exponents: floor(log10(2^q)) and floor(log10(3/4 · 2^q)) for every exponent of a double.
    for q in range(-1074, 972):
        two = Fraction(2) ** q
        k = (q * 1262611) >> 22
        closer = (q * 1262611 - 524031) >> 22
        assert floor_log10(two) == k, q
        assert floor_log10(two * Fraction(3, 4)) == closer, q
        for power in (-k, -closer):
            assert FIRST <= power <= LAST
            assert 1 <= q + ((power * 1741647) >> 19) + 1 <= 4


if __name__ == "__main__":
    main()
