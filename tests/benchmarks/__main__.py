"""python3 run.py bench [--data FOLDER] [--model NAME]

Prints every row of the README's table as Markdown. Rows on unseen verse need a folder with `test.txt` (or .gz), which
is not part of the project; without --data they are left out. Exit status 1 where a row does not hold.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # read when torch is loaded

from models import shelf
from models.sentence_vae import FAMILY
from models.sentence_vae.model import SentenceModel
from tests.benchmarks import app, verses
from tests.benchmarks.table import Row, show


def main() -> int:
    parser = argparse.ArgumentParser(prog="run.py bench", description=(__doc__ or "").split("\n\n")[1])
    parser.add_argument("--data", type=Path, help="a folder of unseen verse")
    parser.add_argument("--model", help="a name on the shelf or a folder")
    arguments = parser.parse_args()
    return 0 if show(itertools.chain(_verses(arguments.data, arguments.model), app.rows())) else 1


def _verses(data: Path | None, name: str | None) -> Iterator[Row]:
    folder = shelf.find(name, FAMILY) if name else shelf.default(FAMILY)
    model = SentenceModel.load(folder, "cpu")
    yield from verses.rows_alone(model)
    if data is not None:
        yield verses.row_of_speed(model, data)
        yield from verses.rows_on_data(model, data)


if __name__ == "__main__":
    sys.exit(main())
