"""The ready-made paths that the window opens on, and the pairs of lines that they lead between.

`resources/examples/verse_presets.json` holds the pairs; `python -m models.sentence_vae.examples` runs on each the
shipped model of its language and writes the paths to `resources/examples/verses.json`. Reading either needs no torch.
"""

from __future__ import annotations

import importlib.resources
import json
import logging
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from models import atomic
from models.errors import AtelierError
from models.sentence_vae import FAMILY
from models.sentence_vae.language import language_of, written_in
from models.sentence_vae.path import PathRequest, VersePath
from models.sentence_vae.stored import path_from_dict, path_to_dict

log = logging.getLogger(__name__)

Verb = Callable[[PathRequest], VersePath]


@dataclass(frozen=True)
class Preset:
    """A named pair of lines to start from."""

    name: str
    first: str
    last: str

    @property
    def request(self) -> PathRequest:
        return PathRequest(self.first, self.last)

    @property
    def language(self) -> str:
        return language_of(self.first, self.last)


def examples_file(name: str) -> Path:
    """Where a shipped example lies."""
    return Path(str(importlib.resources.files("resources") / "examples")) / name


def presets() -> tuple[Preset, ...]:
    """All pairs; the window opens on the first."""
    text = examples_file("verse_presets.json").read_text(encoding="utf-8")
    return tuple(Preset(**values) for values in json.loads(text))


def read_paths(file: Path | None = None) -> tuple[VersePath, ...]:
    """The ready-made paths; none where the file is missing or damaged, for the model can make them again."""
    file = file or examples_file("verses.json")
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
        return tuple(path_from_dict(value) for value in values)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, RecursionError, AtelierError) as error:
        log.info("no ready-made verses: %s: %s", file, error)
        return ()


def write_paths(file: Path, draw: Verb, chosen: Iterable[Preset]) -> int:
    """Draw the path of each preset and write them all to `file`; gives their number. Raises `SaveError`."""
    paths = [draw(preset.request) for preset in chosen]
    rows = [json.dumps(path_to_dict(path), ensure_ascii=False) for path in paths]
    atomic.write_text(file, "[\n" + ",\n".join(rows) + "\n]\n")
    return len(paths)


def main() -> None:
    """Write the ready-made paths of the shipped models."""
    from models import shelf
    from models.sentence_vae.interpolation import final_path
    from models.sentence_vae.model import SentenceModel

    shipped = [folder for folder in shelf.folders().models if folder.shipped and folder.family == FAMILY]
    speaking = {written_in(folder): SentenceModel.load(folder) for folder in shipped}

    def draw(request: PathRequest) -> VersePath:
        return final_path(speaking[language_of(request.first, request.last)], request)

    file = examples_file("verses.json")
    chosen = [preset for preset in presets() if preset.language in speaking]
    sys.stdout.write(f"{write_paths(file, draw, chosen)} paths written to {file}\n")


if __name__ == "__main__":
    main()
