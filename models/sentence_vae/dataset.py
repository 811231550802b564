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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.errors import DataError
from models.sentence_vae.script import HAN, script_of
from models.sentence_vae.tokens import COMMON_HAN, HAN_MARKS, Tokens, clean

MAX_BYTES = 1 << 29  # of text in one file, unpacked: some 13 million lines, which fit in memory
MAX_ROW_BYTES = 1 << 16
MAX_TOKENS = 48
HELD_OUT = 0.1
PLAIN_SHARE = 0.08  # of lines that are also learned in small letters without punctuation, as people type …
NUMBER_SHARE = 0.02  # … with a number in place of a word, which verse hardly holds …
ACCENT_SHARE = 0.01  # … and with an accent
ANY_CHARACTER_SHARE = 0.06
MARK_SHARE, LENGTH_SHARE = 0.02, 0.03
_PUNCTUATION = re.compile(r"[^\w\s']+", re.UNICODE)
_ACCENTS = {"a": "àáâäãå", "c": "ç", "e": "éèêë", "i": "íìîï", "n": "ñ", "o": "óòôöõø", "u": "úùûü", "y": "ý"}


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
    draw = random.Random(seed)
    if path.is_dir():
        train, valid = read_split(path, "train"), read_split(path, "valid")
        draw.shuffle(valid)  # several files follow each other
        return Splits(train, valid)
    lines = read_lines(path)
    if len(lines) < 20:
        raise DataError("{path} holds {count} lines; at least 20 are needed to train.", path=path, count=len(lines))
    draw.shuffle(lines)
    held_out = max(1, int(len(lines) * HELD_OUT))
    return Splits(lines[held_out:], lines[:held_out])


def read_test(path: Path) -> list[str]:
    """The `test` lines of a folder that carries its own split, else all of a file. Raises `DataError`."""
    return read_split(path, "test") if path.is_dir() else read_lines(path)


def with_judges(path: Path, lines: list[str]) -> tuple[list[str], list[str]]:
    """Of the `test` lines of `path`, in random order, those to measure on, and unseen lines to teach a judge with: the
    folder's `valid`, which its split keeps apart, as a whole poem or poet; where there is none, the second half of the
    lines, which may be of the same poems. Raises `DataError`."""
    if path.is_dir() and split_files(path, "valid"):
        return lines, read_split(path, "valid")
    return lines[: len(lines) // 2], lines[len(lines) // 2 :]


def read_split(folder: Path, split: str) -> list[str]:
    """The distinct lines of all files of a folder's split. Raises `DataError`."""
    files = split_files(folder, split)
    if not files:
        raise DataError("{folder} has no {split}.txt and no {split}.txt.gz.", folder=folder, split=split)
    return list(dict.fromkeys(line for file in files for line in read_lines(file)))


def split_files(folder: Path, split: str) -> list[Path]:
    """A folder's `train.txt` and every `NAME-train.txt`, plain or .gz; or of another split."""
    names = [f"{begin}{split}.txt{end}" for begin in ("", "*-") for end in ("", ".gz")]
    return sorted({file for name in names for file in folder.glob(name) if file.is_file()})


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


def with_typed_lines(lines: list[str], seed: int) -> list[str]:
    """The lines and, for seeded shares of them, what people type and verse lacks.

    That is: plain lines, numbers and accents; in Chinese marks, other lengths and any character in any place.
    """
    draw = random.Random(seed)

    def chosen(share: float) -> list[str]:
        return draw.sample(lines, int(len(lines) * share))

    if script_of(lines[:1000]) == HAN:
        characters = sorted({character for line in lines for character in line} | set(COMMON_HAN))
        changed = [_with_characters(line, characters, draw) for line in chosen(ANY_CHARACTER_SHARE)]
        changed += [_with_characters(line, COMMON_HAN, draw) for line in chosen(ANY_CHARACTER_SHARE)]
        marked = [line + draw.choice(HAN_MARKS) for line in chosen(MARK_SHARE)]
        cut = [line[: draw.randint(1, len(line))] for line in chosen(LENGTH_SHARE)]
        joined = [
            a + draw.choice(HAN_MARKS) + b for a, b in zip(chosen(LENGTH_SHARE), chosen(LENGTH_SHARE), strict=True)
        ]
        return lines + changed + marked + cut + joined
    plain = [clean(_PUNCTUATION.sub(" ", line.lower())) for line in chosen(PLAIN_SHARE)]
    numbered = [_with_number(line, draw) for line in chosen(NUMBER_SHARE)]
    accented = [_with_accent(line, draw) for line in chosen(ACCENT_SHARE)]
    return lines + [line for line in plain + numbered + accented if line]


def _with_characters(line: str, characters: Sequence[str], draw: random.Random) -> str:
    """A line of which one to three characters give way to any others: verse lacks many that people use every day."""
    changed = list(line)
    for _ in range(draw.randint(1, 3)):
        changed[draw.randrange(len(line))] = draw.choice(characters)
    return "".join(changed)


def _with_number(line: str, draw: random.Random) -> str:
    words = line.split(" ")
    number = str(draw.randrange(10 ** draw.randint(1, 4)))
    words[draw.randrange(len(words))] = draw.choice((number, number, f"{draw.randrange(24)}:{draw.randrange(60):02}"))
    return " ".join(words)


def _with_accent(line: str, draw: random.Random) -> str:
    places = [i for i, letter in enumerate(line) if letter in _ACCENTS]
    if not places:
        return ""
    at = draw.choice(places)
    return line[:at] + draw.choice(_ACCENTS[line[at]]) + line[at + 1 :]


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
