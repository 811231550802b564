"""The words of a command line, and the checks of its values."""

from __future__ import annotations

import argparse
import math
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, TypeAlias

from models.errors import AtelierError
from models.seed import MAX_SEED

Subparsers: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001  # what `add_subparsers` gives has no other

_NUMBERS = re.compile(r"-[\d.einaf+-]*(,[\d.einaf+-]*)+", re.IGNORECASE)  # nan and inf too: they are told of later
MAX_DRAWN_SEED = 999_999  # short enough to be typed again


class UsageError(AtelierError):
    """A command was called in a way that it does not have."""


class Parser(argparse.ArgumentParser):
    """argparse that raises `UsageError` with one sentence in place of printing its usage and leaving."""

    def error(self, message: str) -> NoReturn:
        """Called by argparse for everything that it cannot parse."""
        raise UsageError("{message} (see {program} --help)", message=message, program=self.prog)


def command(subparsers: Subparsers, called: str, run: Callable[[argparse.Namespace], None], description: str) -> Parser:
    """A new command with the options that all have."""
    parser = subparsers.add_parser(called, help=description, description=f"{description[0].upper()}{description[1:]}.")
    parser.set_defaults(run=run)
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    add_debug(parser)
    return parser


def add_debug(parser: argparse.ArgumentParser) -> None:
    """`--debug`, which may stand before a command's name as well as behind it."""
    told = "show where in the program an error arose"
    parser.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=told)


def add_model(parser: argparse.ArgumentParser) -> None:
    """`--model`, without which a command takes the first model of its family, the one that the window opens, or the
    one that speaks what was typed."""
    parser.add_argument("--model", type=name, help="a name from the shelf, or a model folder")


def add_dial(parser: Parser) -> None:
    """`--dial`, as a path's request has it."""
    told = "from 0, faithful to the code, to 1, inventive (default: %(default)s)"
    parser.add_argument("--dial", metavar="D", type=between(0, 1), default=0.5, help=told)


def add_seed(parser: argparse.ArgumentParser) -> None:
    """`--seed`; see `seed_of`."""
    told = "makes the result repeatable; without it one is drawn and told"
    parser.add_argument("--seed", type=whole(0, MAX_SEED), help=told)


def seed_of(arguments: argparse.Namespace) -> int:
    """The seed that was given, else a fresh one."""
    given: int | None = arguments.seed
    return random.SystemRandom().randint(0, MAX_DRAWN_SEED) if given is None else given


def whole(least: int, most: int) -> Callable[[str], int]:
    """A check for whole numbers of a range."""

    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"a whole number is needed, not {text!r}") from error
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{least} to {most} is possible, not {value}")
        return value

    return parse


def positive(text: str) -> float:
    """A check for numbers above 0."""
    try:
        value = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"a number is needed, not {text!r}") from error
    if not (value > 0 and math.isfinite(value)):
        raise argparse.ArgumentTypeError(f"a number above 0 is needed, not {text}")
    return value


def positive_up_to(most: float) -> Callable[[str], float]:
    """A check for numbers above 0 that has a largest one."""

    def parse(text: str) -> float:
        value = positive(text)
        if value > most:
            raise argparse.ArgumentTypeError(f"at most {most:g} is possible, not {text}")
        return value

    return parse


def between(least: float, most: float) -> Callable[[str], float]:
    """A check for numbers of a range."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"a number is needed, not {text!r}") from error
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{least:g} to {most:g} is possible, not {text}")
        return value

    return parse


def numbers(text: str) -> tuple[float, ...]:
    """A check for numbers with commas between."""
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"numbers with commas between are needed, not {text!r}") from error


def with_numbers(words: Sequence[str]) -> list[str]:
    """The words, numbers that begin with a minus tied to their option: argparse would take -1,2 for an option.

    Behind `--` there are no options, and all stays.
    """
    tied: list[str] = []
    for i, word in enumerate(words):
        if word == "--":
            return [*tied, *words[i:]]
        if _NUMBERS.fullmatch(word) and tied and tied[-1].startswith("--") and "=" not in tied[-1]:
            tied[-1] += f"={word}"
        else:
            tied.append(word)
    return tied


def name(text: str) -> str:
    """A check for names and paths, which may be anything but empty or with a NUL."""
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError(f"a name or path is needed, not {text!r}")
    return text


def path(text: str) -> Path:
    """As `name`, for a path."""
    return Path(name(text))


def file_of_kind(ending: str) -> Callable[[str], Path]:
    """A check for the name of a file to write, which says by its ending what it will hold."""

    def parse(text: str) -> Path:
        file = path(text)
        if file.suffix.lower() != ending:
            raise argparse.ArgumentTypeError(f"a name that ends in {ending} is needed, not {text!r}")
        return file

    return parse
