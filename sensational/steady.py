"""Powers and logarithms, the same on every machine.

The C libraries of Linux, macOS and Windows differ in the last bit of these, and two processors may under one
of them. So whatever is scored with takes them from here, where they are rounded to :data:`DIGITS` decimals:
one that lies on a bound (a support at which a term counts as supported, two numbers equally far from a
third) lies on it everywhere. All other arithmetic of a score is addition, multiplication, division and square
roots of single numbers, which IEEE 754 rounds alike everywhere, and sums by ``math.fsum``, which are exact
(``sum`` is compensated from Python 3.12 on, and was not before). See "The same everywhere" in
``docs/score.md``.
"""

from __future__ import annotations

import math

DIGITS = 12
"""Far more than comes out (at most six), and three less than differ."""
_MOST = 500.0  # of log-odds: nothing comes out differently beyond, and e to the 710 is too large for a float


def exp(value: float) -> float:
    """E to the ``value``; raises OverflowError above 709."""
    return round(math.exp(value), DIGITS)


def expm1(value: float) -> float:
    """E to the ``value``, less 1; raises OverflowError above 709."""
    return round(math.expm1(value), DIGITS)


def log(value: float) -> float:
    """The natural logarithm; raises ValueError from 0 down."""
    return round(math.log(value), DIGITS)


def log1p(value: float) -> float:
    """The natural logarithm of 1 + ``value``; raises ValueError from -1 down."""
    return round(math.log1p(value), DIGITS)


def log10(value: float) -> float:
    """The logarithm to base 10; raises ValueError from 0 down."""
    return round(math.log10(value), DIGITS)


def power(base: float, exponent: float) -> float:
    """``base``, 0 or more, to the ``exponent``."""
    return round(math.pow(base, exponent), DIGITS)


def logistic(odds: float) -> float:
    """The probability, 0 to 1, of these log-odds."""
    return round(1.0 / (1.0 + math.exp(-max(-_MOST, min(_MOST, odds)))), DIGITS)
