"""The verb of the family: sprites drawn and finished pixel by pixel, and what the model thinks of each pixel.

A pixel's colour is drawn by the Gumbel-max rule (Maddison, Tarlow and Minka, NIPS 2014): the colour whose logit plus
noise is the largest. The noise hangs on the seed and the place alone, so a request repeats exactly, and when
one pixel is decided otherwise the rest changes only where it must.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from models import shelf
from models.errors import InputError, ModelFolderError
from models.pixel_rnn.model import Begun, DrawingModel
from models.pixel_rnn.network import PixelRNN
from models.pixel_rnn.sprite import MAX_COMPLETIONS, Bits, Canvas, Completion, DrawRequest, Nearest, Step, check
from models.pixel_rnn.training import pixel_bits
from models.seed import MAX_SEED
from models.sprites.form import MAX_COLOURS, Pixels

_COLOURS = torch.arange(MAX_COLOURS)[:, None].unbind()  # each as what a stepper takes for one sprite


def draw(model: DrawingModel, request: DrawRequest) -> Iterator[Step]:
    """Every covered pixel in raster order, one a step. Raises `InputError`.

    A drawing that agrees with the last one up to some pixel goes on from there without computing it again.
    """
    check(request, model.form)
    noise = _noise(model, [request.seed])[0]
    decided = dict(request.decided)
    drawing = _taken_up(model, request)
    try:
        for place, known in enumerate(drawing.known):
            if known is not None:
                with torch.inference_mode():
                    _put(drawing, place, known, None)
            else:
                yield _step(model, drawing, request, place, noise[place], decided.get(place))
    finally:
        model.last[:] = [drawing]


def completions(model: DrawingModel, request: DrawRequest, count: int) -> Iterator[tuple[Completion, ...]]:
    """`count` sprites in one batch, with the seeds from the request's on; after each row as far as they have come.

    Last they come ranked by likelihood, the likeliest first. Raises `InputError`.
    """
    check(request, model.form)
    if not 1 <= count <= MAX_COMPLETIONS:
        raise InputError("Between 1 and {most} sprites can be drawn at once.", most=MAX_COMPLETIONS)
    seeds = [(request.seed + number) % (MAX_SEED + 1) for number in range(count)]
    batch = _Batch(model, request, seeds)
    for row in range(model.form.height):
        batch.draw_row(row)
        yield batch.completions()
    yield tuple(sorted(batch.completions(), key=_bits_of))


@torch.inference_mode()
def uncertainty(model: DrawingModel, canvas: Canvas, blind: bool = False) -> Bits | None:
    """Entropy in bits (H, W) of each covered pixel given all that is not covered; 0 elsewhere.

    `blind`: given only what comes before the first covered pixel.

    None for the lecture's plain network, which cannot tell of a pixel before its turn has come. Raises `InputError`.
    """
    check(DrawRequest(canvas), model.form)
    if not isinstance(model.network, PixelRNN):
        return None
    pixels, mask = (torch.from_numpy(array.copy())[None] for array in (canvas.pixels, canvas.mask))
    known = ~mask
    if blind:
        known = known.flatten().int().cumprod(0).bool().view_as(known)
    logs = torch.log_softmax(model.network.guesses(pixels.long(), known), -1)
    entropies = -(logs.exp() * logs).sum(-1) / math.log(2)
    return (entropies * mask)[0].numpy()


def surprise(model: DrawingModel, canvas: Canvas, blind: bool = False) -> Bits:
    """What each covered pixel, as it stands on the canvas, costs in bits (H, W); 0 elsewhere. Raises `InputError`."""
    check(DrawRequest(canvas), model.form)
    pixels, mask = canvas.pixels[None].copy(), canvas.mask[None].copy()
    bits = pixel_bits(model.network, pixels, mask, model.device, blind)[0].numpy()
    return np.where(canvas.mask, bits, np.float32(0))


def nearest(model: DrawingModel, pixels: Pixels) -> Nearest | None:
    """How far a sprite (H, W) is from the nearest training sprite; None where the model ships no fingerprints.

    Raises `InputError`.
    """
    check(DrawRequest(Canvas.of(pixels, np.ones(pixels.shape, np.bool_))), model.form)
    return model.fingerprints.nearest(pixels, model.form) if model.fingerprints else None


def _taken_up(model: DrawingModel, request: DrawRequest) -> Begun:
    """The last drawing, if it began with the same known pixels, else a new one; nobody else holds it meanwhile."""
    canvas = request.canvas
    pairs = zip(canvas.colours, canvas.covers, strict=True)
    known = tuple(None if covered else colour for colour, covered in pairs)
    last = model.last.pop() if model.last else None
    if last is not None and (last.known, last.blind) == (known, request.blind):
        return last
    pixels, mask = (torch.from_numpy(array.copy())[None] for array in (canvas.pixels, canvas.mask))
    with torch.inference_mode():
        return Begun(known, request.blind, model.prepared.start(pixels.long(), ~mask, request.blind))


@torch.inference_mode()
def _step(
    model: DrawingModel, drawing: Begun, request: DrawRequest, place: int, noise: Tensor, decided: int | None
) -> Step:
    """Draw or take over one pixel; `noise` (P,)."""
    logits = drawing.logits[place] if place < len(drawing.logits) else drawing.stepper.logits()[0]
    assert logits is not None  # it is a covered pixel
    own = torch.log_softmax(logits, 0)
    changed = request.temperature != 1 or request.top_p < 1
    logs = _narrowed(logits[None], request)[0] if changed else own
    colour = int((logs + noise).argmax()) if decided is None else decided
    bits = -float(own[colour]) / math.log(2)
    if not math.isfinite(bits):
        raise _no_numbers(model)
    _put(drawing, place, colour, logits)
    return Step(place, colour, bits, logs.exp().numpy(), decided is not None)


def _put(drawing: Begun, place: int, colour: int, logits: Tensor | None) -> None:
    """Decide a pixel, unless it was decided so before."""
    if place < len(drawing.colours):
        if drawing.colours[place] == colour:
            return
        drawing.stepper.back_to(place)
        del drawing.logits[place:], drawing.colours[place:]
    drawing.stepper.put(_COLOURS[colour])
    drawing.logits.append(logits)
    drawing.colours.append(colour)


class _Batch:
    """N sprites that are drawn side by side from the same canvas."""

    def __init__(self, model: DrawingModel, request: DrawRequest, seeds: Sequence[int]) -> None:
        self.model, self.request, self.seeds = model, request, seeds
        self.noise = _noise(model, seeds)  # (N, H·W, P)
        self.decided = dict(request.decided)
        canvas = request.canvas
        pixels = torch.from_numpy(canvas.pixels.copy()).long().expand(len(seeds), -1, -1)
        known = torch.from_numpy(~canvas.mask).expand(len(seeds), -1, -1)
        self.nats = torch.zeros(len(seeds))
        with torch.inference_mode():
            self.stepper = model.prepared.start(pixels, known, request.blind)

    @torch.inference_mode()
    def draw_row(self, row: int) -> None:
        width, covers = self.model.form.width, self.request.canvas.covers
        for place in range(row * width, (row + 1) * width):
            if covers[place]:
                self.stepper.put(self._colours(place))
            else:
                self.stepper.put(self.stepper.pixels[:, place])

    def completions(self) -> tuple[Completion, ...]:
        """As far as they have come, in the order of their seeds."""
        if not bool(torch.isfinite(self.nats).all()):
            raise _no_numbers(self.model)
        form, covered = self.model.form, max(1, self.request.canvas.covered)
        images = self.stepper.pixels.to(torch.uint8).numpy()
        bits = (self.nats / (covered * math.log(2))).tolist()
        made = zip(images, bits, self.seeds, strict=True)
        return tuple(Completion(form.height, form.width, image.tobytes(), cost, seed) for image, cost, seed in made)

    def _colours(self, place: int) -> Tensor:
        """The pixel's colour in each of the sprites (N,), and its price added to theirs."""
        logits = self.stepper.logits()
        if place in self.decided:
            colours = torch.full((len(logits),), self.decided[place])
        else:
            colours = (_narrowed(logits, self.request) + self.noise[:, place]).argmax(1)
        self.nats -= torch.log_softmax(logits, 1).gather(1, colours[:, None])[:, 0]
        return colours


def _narrowed(logits: Tensor, request: DrawRequest) -> Tensor:
    """The logarithms (N, P) of the chances that colours are drawn with.

    With top-p below 1 only the likeliest colours stay that together reach it (Holtzman et al., ICLR 2020).
    """
    logs = torch.log_softmax(logits / request.temperature, 1)
    if request.top_p >= 1:
        return logs
    ordered, order = logs.sort(dim=1, descending=True, stable=True)
    chances = ordered.exp()
    dropped = chances.cumsum(1) - chances >= request.top_p  # the likeliest always stays
    narrowed = logs.scatter(1, order, ordered.masked_fill(dropped, -math.inf))
    return torch.log_softmax(narrowed, 1)


def _noise(model: DrawingModel, seeds: Sequence[int]) -> Tensor:
    """Gumbel noise (N, H·W, P)."""
    shape = (model.form.pixels, len(model.form.palette))
    made = []
    for seed in seeds:
        generator = torch.Generator().manual_seed(seed)
        made.append(-torch.empty(shape).exponential_(generator=generator).log())
    return torch.stack(made)


def _bits_of(completion: Completion) -> float:
    return completion.bits_per_pixel


def _no_numbers(model: DrawingModel) -> ModelFolderError:
    return shelf.damaged(model.folder.path, model.folder.shipped, "its weights lead to no numbers")
