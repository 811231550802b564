"""`atelier score`: how likely pictures are under a model."""

from __future__ import annotations

import argparse
import sys

from models.commands import output
from models.commands.parsing import Subparsers, add_model, command, path


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    parser = command(subparsers, "score", run, "tells how likely pictures are, in bits a pixel: fewer are likelier")
    told = "a picture, a folder of pictures, the lecture's text files or images in the idx format"
    parser.add_argument("data", metavar="DATA", type=path, help=told)
    add_model(parser)


def run(arguments: argparse.Namespace) -> None:
    """Tell of every image, in the order of the data. Raises `DataError`, `ModelFolderError`."""
    from models.commands.loading import drawing_model

    model = drawing_model(arguments.model)

    import numpy as np
    from tqdm import tqdm

    from models.pixel_rnn.evaluation import black_and_white, scores
    from models.pixel_rnn.training import batches
    from models.sprites.dataset import read_for_evaluation

    data = read_for_evaluation(arguments.data, model.form, every_split=True)
    for _, reason in data.broken:
        output.note(reason)
    count = len(batches(model.network, len(data.names)))
    found = tqdm(scores(model, black_and_white(data)), total=count, unit="batch", file=sys.stderr, disable=count == 1)
    bits = np.concatenate(list(found)).tolist()
    scored = list(zip(data.names, bits, strict=True))
    if arguments.json:
        output.show_json([{"image": image, "bits_per_pixel": price} for image, price in scored])
        return
    output.show("\n".join(f"{price:7.3f}  {image}" for image, price in scored))
    if len(scored) > 1:
        output.note(f"{len(scored)} images, {sum(bits) / len(bits):.3f} bits a pixel on average.")
