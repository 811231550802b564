"""The lines of the training text, as a Bloom filter: whether a line stands there, without any line being shipped.

Bloom, "Space/time trade-offs in hash coding with allowable errors" (CACM 1970), two hashes made into several after
Kirsch and Mitzenmacher (ESA 2006). At seven bits a line, some three lines in a hundred that the text does not hold are
taken for its own; one that it holds is never missed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from models.sentence_vae.row import heard
from models.sentence_vae.script import HAN, han_in, script_of

FILE = "lines.bin"
BITS_A_LINE = 7
HASHES = 5  # nearest to 7 · ln 2, which errs least
AT_ONCE = 1 << 16  # lines whose bits are set together
LEAST_BYTES = 8


class Copies:
    """A set of lines; marks, capitals and blanks make no difference. Raises `ValueError` for bytes that are none."""

    def __init__(self, serialized: bytes) -> None:
        if len(serialized) < LEAST_BYTES:
            raise ValueError("it is not a list of lines")
        self.serialized = serialized
        self._bytes = np.frombuffer(serialized, np.uint8)

    def holds(self, line: str) -> bool:
        """Whether a line of the training text reads like this one; a line of marks alone does not."""
        return bool(self.hold([line])[0])

    def hold(self, lines: Sequence[str]) -> NDArray[np.bool_]:
        """`holds` of several lines (N,) at once."""
        said = [_said(line) for line in lines]
        places = _places(said, 8 * len(self._bytes))  # (N, HASHES)
        bits = self._bytes[places >> 3] >> (places & 7).astype(np.uint8) & 1
        held: NDArray[np.bool_] = bits.all(axis=1) & np.array([bool(some) for some in said], np.bool_)
        return held


NONE = Copies(bytes(LEAST_BYTES))


def learn(lines: Iterable[str]) -> Copies:
    """The set of these lines."""
    said = [some for some in map(_said, lines) if some]
    size = 8 * max(LEAST_BYTES, -(-BITS_A_LINE * len(said) // 8))
    bits = np.zeros(size, np.bool_)
    for start in range(0, len(said), AT_ONCE):
        bits[_places(said[start : start + AT_ONCE], size)] = True
    return Copies(np.packbits(bits, bitorder="little").tobytes())


def _said(line: str) -> bytes:
    """What a line says, however it is marked: its words as they are heard, of a Chinese line its characters."""
    return (han_in(line) if script_of([line]) == HAN else " ".join(heard(line))).encode("utf-8", "replace")


def _places(said: Sequence[bytes], size: int) -> NDArray[np.int64]:
    """The bits (N, HASHES) of N lines among `size`."""
    digests = b"".join(hashlib.blake2b(some, digest_size=8).digest() for some in said)
    halves = np.frombuffer(digests, "<u4").reshape(-1, 2).astype(np.int64)
    return (halves[:, :1] + np.arange(HASHES) * (halves[:, 1:] | 1)) % size
