"""Verse files to token tensors.

A text file (or .gz) with one line a row, or a folder with `train`, `valid` and `test` of these. Everything is
tokenised once; a batch holds lines of one length, so that nothing is padded.
"""

from __future__ import annotations

import gzip
import hashlib
import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.errors import DataError
from models.sentence_vae.tokens import Tokens, clean

MAX_BYTES = 1 << 29  # of text in one file, unpacked: some 13 million lines, which fit in memory
MAX_ROW_BYTES = 1 << 16
MAX_TOKENS = 48
HELD_OUT = 0.1
PLAIN_SHARE = 0.08  # of lines that are also learned in small letters without punctuation, as people type
_PUNCTUATION = re.compile(r"[^\w\s']+", re.UNICODE)


@dataclass(frozen=True)
class Splits:
    """Lines to learn from and lines to select on."""

    train: list[str]
    valid: list[str]


def read_lines(path: Path) -> list[str]:
    """The distinct, clean, non-empty lines of a text file, plain or .gz, in order. Raises `DataError`."""
    seen: dict[str, None] = {}
    for line in _rows(path):
        cleaned = clean(line)
        if cleaned:
            seen.setdefault(cleaned)
    if not seen:
        raise DataError("{path} holds no lines of text.", path=path)
    return list(seen)


def read_splits(path: Path, seed: int) -> Splits:
    """`train` and `valid` of a folder that has them; a single file gives a seeded tenth. Raises `DataError`."""
    if path.is_dir():
        return Splits(read_lines(_split_file(path, "train")), read_lines(_split_file(path, "valid")))
    lines = read_lines(path)
    if len(lines) < 20:
        raise DataError("{path} holds {count} lines; at least 20 are needed to train.", path=path, count=len(lines))
    random.Random(seed).shuffle(lines)
    held_out = max(1, int(len(lines) * HELD_OUT))
    return Splits(lines[held_out:], lines[:held_out])


def read_test(path: Path) -> list[str]:
    """The `test` lines of a folder that carries its own split, else all of a file. Raises `DataError`."""
    return read_lines(_split_file(path, "test") if path.is_dir() else path)


def _split_file(folder: Path, split: str) -> Path:
    for name in (f"{split}.txt", f"{split}.txt.gz"):
        if (folder / name).is_file():
            return folder / name
    raise DataError("{folder} has no {split}.txt and no {split}.txt.gz.", folder=folder, split=split)


def _rows(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    read = 0
    try:
        with opener(path, "rb") as file:
            while row := file.readline(MAX_ROW_BYTES):
                read += len(row)
                _check_size(path, len(row), read)
                yield row.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError("{path} is not UTF-8 text: save it as UTF-8 first.", path=path) from error
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise DataError("Cannot read {path}: {reason}.", path=path, reason=reason) from error


def _check_size(path: Path, row: int, read: int) -> None:
    if row == MAX_ROW_BYTES:
        raise DataError("{path} holds a row of {limit} bytes or more: give one line a row.", path=path, limit=row)
    if read > MAX_BYTES:
        raise DataError("{path} holds more than {limit} MiB of text: give less.", path=path, limit=MAX_BYTES >> 20)


def with_plain_lines(lines: list[str], seed: int) -> list[str]:
    """The lines and, for a seeded share of them, their plain form: small letters, no punctuation."""
    chosen = random.Random(seed).sample(lines, int(len(lines) * PLAIN_SHARE))
    plain = (clean(_PUNCTUATION.sub(" ", line.lower())) for line in chosen)
    return lines + [line for line in plain if line]


def short_enough(lines: list[str], tokens: Tokens) -> list[str]:
    """The lines that are not longer than what is learned. Raises `DataError` where none is left."""
    short = [line for line in lines if len(tokens.encode(line)) <= MAX_TOKENS]
    if not short:
        raise _all_too_long()
    return short


def _all_too_long() -> DataError:
    return DataError("Every line is longer than {limit} tokens: give shorter lines.", limit=MAX_TOKENS)


class LineTensors:
    """Tokenised lines in one tensor a length; `batches` walks them in an order that (seed, epoch) alone decides."""

    def __init__(self, lines: list[str], tokens: Tokens, batch: int) -> None:
        by_length: defaultdict[int, list[list[int]]] = defaultdict(list)
        for line in lines:
            numbers = tokens.encode(line)
            if len(numbers) <= MAX_TOKENS:
                by_length[len(numbers)].append(numbers)
        if not by_length:
            raise _all_too_long()
        self.batch = batch
        self.tensors = {n: torch.from_numpy(np.array(rows, dtype=np.int16)) for n, rows in sorted(by_length.items())}

    def __len__(self) -> int:
        """Batches in one epoch."""
        return sum(-(-len(rows) // self.batch) for rows in self.tensors.values())

    @property
    def hash(self) -> str:
        """Tells these lines, as these tokens, from all others."""
        told = hashlib.sha256()
        for length, rows in self.tensors.items():
            told.update(f"{length} {len(rows)} ".encode() + rows.numpy().tobytes())
        return told.hexdigest()

    def order(self, seed: int, epoch: int) -> list[tuple[int, Tensor]]:
        """(length, row numbers) of every batch of an epoch, shuffled within and across lengths."""
        generator = torch.Generator().manual_seed(seed * 100_003 + epoch)
        batches: list[tuple[int, Tensor]] = []
        for length, rows in self.tensors.items():
            mixed = torch.randperm(len(rows), generator=generator)
            batches += [(length, part) for part in torch.split(mixed, self.batch)]
        return [batches[i] for i in torch.randperm(len(batches), generator=generator).tolist()]

    def take(self, length: int, rows: Tensor) -> Tensor:
        """Token numbers (B, length) as int64."""
        return self.tensors[length][rows].long()
