"""The ready-made drawings that the window opens on, before any model is loaded.

`python -m models.pixel_rnn.examples` lets the shipped models draw each preset and writes the drawings to
`resources/examples/drawing.json`. Reading them needs no torch.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from models import atomic
from models.errors import AtelierError
from models.pixel_rnn import FAMILY
from models.pixel_rnn.drawn import Drawn, record
from models.pixel_rnn.presets import Preset, examples_file, presets
from models.pixel_rnn.sprite import DrawRequest
from models.pixel_rnn.stored import drawn_from_dict, drawn_to_dict
from models.sprites.form import Format, Pixels

log = logging.getLogger(__name__)

Verb = Callable[[DrawRequest], Drawn]


def read_drawn(file: Path | None = None) -> tuple[Drawn, ...]:
    """The ready-made drawings; none where the file is missing or damaged, for the models can make them again."""
    file = file or examples_file("drawing.json")
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
        return tuple(drawn_from_dict(value) for value in values)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, RecursionError, AtelierError) as error:
        log.info("no ready-made drawings: %s: %s", file, error)
        return ()


def draw_presets(chosen: Iterable[Preset], form: Format, draw: Verb) -> Iterator[Drawn]:
    """Each preset's drawing by one model; the first one is the picture of which others cover a part."""
    picture: Pixels | None = None
    for preset in chosen:
        drawn = draw(preset.request(form, picture))
        if picture is None:
            picture = drawn.pixels
        yield drawn


def write_drawn(file: Path, drawn: Iterable[Drawn]) -> int:
    """Write drawings to `file`; gives their number. Raises `SaveError`."""
    rows = [json.dumps(drawn_to_dict(one)) for one in drawn]
    atomic.write_text(file, "[\n" + ",\n".join(rows) + "\n]\n")
    return len(rows)


def main() -> None:
    """Write the shipped models' ready-made drawings."""
    from models import shelf
    from models.pixel_rnn.drawing import draw
    from models.pixel_rnn.model import DrawingModel

    def drawn_by(name: str) -> Iterator[Drawn]:
        model = DrawingModel.load(shelf.find(name, FAMILY))

        def draw_whole(request: DrawRequest) -> Drawn:
            steps = list(draw(model, request))
            return record(request, model.form, model.folder.name, model.folder.hash, steps)

        return draw_presets([preset for preset in presets() if preset.model == name], model.form, draw_whole)

    names = dict.fromkeys(preset.model for preset in presets())
    file = examples_file("drawing.json")
    count = write_drawn(file, (drawn for name in names for drawn in drawn_by(name)))
    sys.stdout.write(f"{count} drawings written to {file}\n")


if __name__ == "__main__":
    main()
