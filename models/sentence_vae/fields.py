"""Checks of single values that come from a recipe or from settings: anything may stand in either."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from models.seed import MAX_SEED

Check = Callable[[object], bool]

MAX_TYPED = 100_000  # characters of a line that are kept


def is_line(value: object) -> bool:
    """Whether this is a line that a person may have typed."""
    return isinstance(value, str) and len(value) <= MAX_TYPED


def is_flag(value: object) -> bool:
    """Whether this is on or off."""
    return isinstance(value, bool)


def is_whole(value: object, low: int, high: int) -> bool:
    """Whether this is a whole number from `low` to `high`, both included."""
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def is_number(value: object, low: float, high: float) -> bool:
    """Whether this is a number from `low` to `high`, both included."""
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def is_seed(value: object) -> bool:
    """Whether this seeds a random generator."""
    return is_whole(value, 0, MAX_SEED)


def is_share(value: object) -> bool:
    """Whether this lies between nothing and all."""
    return is_number(value, 0, 1)


def unusable(values: Mapping[str, Any], checks: Mapping[str, Check], needed: Iterable[str]) -> list[str]:
    """The names of the fields that are missing though needed, or hold what they must not."""
    missing = [name for name in needed if name not in values]
    return missing + [name for name, check in checks.items() if name in values and not check(values[name])]
