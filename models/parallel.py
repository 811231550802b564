"""Parts of one computation side by side, each on a thread of its own.

torch lets go of the interpreter inside its operations, so plain threads gain almost all that a second core has to give.
Unlike torch's own threads they never wait for each other between two operations, which on a busy machine makes those
many times slower.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from models.device import compute_on_one_thread

Part = TypeVar("Part")
Result = TypeVar("Result")

AT_ONCE = 2  # the number of parts must not hang on the machine, and results not on who is first


def side_by_side(work: Callable[[Part], Result], parts: Sequence[Part]) -> list[Result]:
    """The result of each part, in order; what one part raises is raised here. The threads are gone afterwards."""
    if len(parts) < AT_ONCE:
        return [work(part) for part in parts]
    with ThreadPoolExecutor(AT_ONCE, "part", compute_on_one_thread) as threads:
        return list(threads.map(work, parts))


def halves(items: Sequence[Part], least: int) -> list[Sequence[Part]]:
    """The first and the second half of some items, where each is `least` or more; else all in one."""
    middle = len(items) // 2
    return [items[:middle], items[middle:]] if middle >= least else [items]
