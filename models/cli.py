"""The `atelier` command: everything that the app can do, without a window.

    atelier                     opens the app
    atelier verses LINE LINE    … and so on: atelier --help

Each command is a module of `models.commands`. Nothing heavy is imported before a command needs it, so help and the
shelf's list come at once.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

from models.commands import (
    app,
    complete,
    data,
    decode,
    draw,
    encode,
    evaluate,
    latent_map,
    listing,
    neighbours,
    output,
    score,
    square,
    train,
    verses,
)
from models.commands.parsing import Parser, UsageError, add_debug, with_numbers
from models.errors import AtelierError

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the words ask for; returns the exit status."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch loads: idle threads shall not take whole cores
    output.prepare()
    words = sys.argv[1:] if argv is None else argv
    try:
        arguments = parser().parse_args(with_numbers(words))
        arguments.run(arguments)
    except output.ReaderLeftError:
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  # the last resort: a person gets a sentence, whatever happened
        return _fail(error, "--debug" in words)
    return DONE


def parser() -> Parser:
    """The parser of the whole command line."""
    whole = Parser(prog="atelier", description="Opens the app; with a command, works without a window.")
    app.add_options(whole)
    add_debug(whole)
    whole.set_defaults(run=app.run)
    commands = whole.add_subparsers(metavar="COMMAND", title="commands")
    with_models = (verses, square, neighbours, draw, complete, score, decode, encode, latent_map)
    for module in (listing, *with_models, train, evaluate, data):
        module.add(commands)
    return whole


def _fail(error: Exception, debug: bool) -> int:
    """Tell an error in one sentence, with `--debug` after its traceback; returns the exit status."""
    if debug:
        traceback.print_exception(error)
    if isinstance(error, AtelierError):
        output.note(f"atelier: {output.sentence(error)}")
        return WRONG_USAGE if isinstance(error, UsageError) else FAILED
    told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    output.note(f"atelier: an unexpected error, {told} (--debug shows where)")
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
