"""The lines of the training text, as a set of hashes (`bloom`): whether a line stands there, without any line being
shipped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from models.sentence_vae import bloom
from models.sentence_vae.bloom import Bloom
from models.sentence_vae.row import heard
from models.sentence_vae.script import HAN, han_in, script_of

FILE = "lines.bin"


class Copies:
    """A set of lines; marks, capitals and blanks make no difference. Raises `ValueError` for bytes that are none."""

    def __init__(self, serialized: bytes) -> None:
        self._lines = Bloom(serialized)

    @property
    def serialized(self) -> bytes:
        return self._lines.serialized

    def holds(self, line: str) -> bool:
        """Whether a line of the training text reads like this one; a line of marks alone does not."""
        return bool(self.hold([line])[0])

    def hold(self, lines: Sequence[str]) -> NDArray[np.bool_]:
        """`holds` of several lines (N,) at once."""
        said = [_said(line) for line in lines]
        held: NDArray[np.bool_] = self._lines.hold(said) & np.array([bool(some) for some in said], np.bool_)
        return held


NONE = Copies(bloom.NOTHING.serialized)


def learn(lines: Iterable[str]) -> Copies:
    """The set of these lines."""
    return Copies(bloom.learn([some for some in map(_said, lines) if some]).serialized)


def _said(line: str) -> bytes:
    """What a line says, however it is marked: its words as they are heard, of a Chinese line its characters."""
    return (han_in(line) if script_of([line]) == HAN else " ".join(heard(line))).encode("utf-8", "replace")
