"""A set of which only bits are kept, so that it tells whether something is in it, never what is.

Bloom, "Space/time trade-offs in hash coding with allowable errors" (CACM 1970), two hashes made into several after
Kirsch and Mitzenmacher (ESA 2006). What is in the set is never missed; of what is not, some is taken for it: three in a
hundred at seven bits for each member.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BITS = 7  # for each member
HASHES = 5  # nearest to 7 · ln 2, which errs least
LEAST_BYTES = 8
AT_ONCE = 1 << 16  # members whose bits are set together


class Bloom:
    """A set of byte strings. Raises `ValueError` for bytes that are none."""

    def __init__(self, serialized: bytes) -> None:
        if len(serialized) < LEAST_BYTES:
            raise ValueError("it is too short for a set")
        self.serialized = serialized
        self._bytes = np.frombuffer(serialized, np.uint8)

    def hold(self, some: Sequence[bytes]) -> NDArray[np.bool_]:
        """Whether each of some byte strings (N,) is in the set."""
        places = _places(some, 8 * len(self._bytes))  # (N, HASHES)
        bits = self._bytes[places >> 3] >> (places & 7).astype(np.uint8) & 1
        held: NDArray[np.bool_] = bits.all(axis=1)
        return held


NOTHING = Bloom(bytes(LEAST_BYTES))


def learn(members: Sequence[bytes]) -> Bloom:
    """The set of these byte strings."""
    size = 8 * max(LEAST_BYTES, -(-BITS * len(members) // 8))
    bits = np.zeros(size, np.bool_)
    for start in range(0, len(members), AT_ONCE):
        bits[_places(members[start : start + AT_ONCE], size)] = True
    return Bloom(np.packbits(bits, bitorder="little").tobytes())


def _places(some: Sequence[bytes], size: int) -> NDArray[np.int64]:
    """The bits (N, HASHES) of N byte strings among `size`."""
    digests = b"".join(hashlib.blake2b(one, digest_size=8).digest() for one in some)
    halves = np.frombuffer(digests, "<u4").reshape(-1, 2).astype(np.int64)
    return (halves[:, :1] + np.arange(HASHES) * (halves[:, 1:] | 1)) % size
