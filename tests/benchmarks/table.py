"""The rows of the benchmark table: what each must reach, and how the table is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


@dataclass(frozen=True)
class Limit:
    """What a measure must reach: at least `asked`, or at most where `is_most`."""

    measure: str
    asked: float
    form: str = "{:.2f}"
    is_most: bool = False

    def row(self, value: float) -> Row:
        holds = value <= self.asked if self.is_most else value >= self.asked
        return Row(self.measure, self._told, self.form.format(value), holds)

    def missing(self, reason: str) -> Row:
        """The row where nothing could be measured, which does not hold."""
        return Row(self.measure, self._told, f"not measured: {reason}", holds=False)

    @property
    def _told(self) -> str:
        return f"{'≤' if self.is_most else '≥'} {self.form.format(self.asked)}"


def at_least(measure: str, asked: float, form: str = "{:.2f}") -> Limit:
    return Limit(measure, asked, form)


def at_most(measure: str, asked: float, form: str = "{:.2f}") -> Limit:
    return Limit(measure, asked, form, is_most=True)


def all_missing(limits: Iterable[Limit], reason: str) -> Iterator[Row]:
    return (limit.missing(reason) for limit in limits)


HEAD = "| measure | asked | measured | holds |\n| --- | --- | --- | --- |"


def show(rows: Iterable[Row]) -> bool:
    """Print rows as they come; whether all of them hold."""
    print(HEAD, flush=True)
    holds = True
    for row in rows:
        print(row, flush=True)
        holds = holds and row.holds
    return holds
