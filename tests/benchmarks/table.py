"""One row of a benchmark table, and how a table is printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A measure, what it must reach, and what was measured."""

    measure: str
    asked: str
    measured: str
    holds: bool

    def __str__(self) -> str:
        return f"| {self.measure} | {self.asked} | {self.measured} | {'yes' if self.holds else 'NO'} |"


HEAD = "| measure | asked | measured | holds |\n| --- | --- | --- | --- |"


def at_least(measure: str, asked: float, value: float, form: str = "{:.2f}") -> Row:
    return Row(measure, f"≥ {form.format(asked)}", form.format(value), value >= asked)


def at_most(measure: str, asked: float, value: float, form: str = "{:.2f}") -> Row:
    return Row(measure, f"≤ {form.format(asked)}", form.format(value), value <= asked)


def show(rows: Iterable[Row]) -> bool:
    """Print rows as they come; whether all of them hold."""
    print(HEAD, flush=True)
    holds = True
    for row in rows:
        print(row, flush=True)
        holds = holds and row.holds
    return holds
