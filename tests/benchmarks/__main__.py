"""python3 run.py bench [--data FOLDER …] [--model NAME]

Prints every row of the README's table as Markdown. Rows on unseen data need folders that are not part of the project:
English and Chinese verse, each with `test.txt` or `NAME-test.txt` (or .gz), the creatures with their `index.csv`,
MNIST's files, or a folder in which these lie. Without `--data`, what `atelier data fetch` has fetched is taken. Exit
status 1 where a row does not hold or could not be measured.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # read when torch is loaded

from models import shelf
from models.errors import ModelFolderError
from tests.benchmarks import app, data, drawing, latent_map, verses
from tests.benchmarks.data import Data
from tests.benchmarks.table import Row, all_missing, show


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench", description=(__doc__ or "").split("\n\n")[1])
    parser.add_argument("--data", metavar="FOLDER", type=Path, nargs="+", help="folders of unseen data")
    parser.add_argument("--model", help="what writes verses: a name on the shelf or a folder")
    arguments = parser.parse_args(words)
    found = data.find(arguments.data or [shelf.user_data() / "data"])
    rows = (
        _verses(found, arguments.model),
        drawing.rows(found.creatures, found.digits),
        latent_map.rows(found.digits),
        app.rows(),
    )
    return 0 if show(itertools.chain(*rows)) else 1


def _verses(found: Data, name: str | None) -> Iterator[Row]:
    try:
        return verses.rows(verses.folders(name), found.verse)
    except ModelFolderError as error:
        return all_missing(verses.ALL, str(error))


if __name__ == "__main__":
    sys.exit(main())
