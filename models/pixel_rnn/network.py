"""The PixelRNN: a sprite's likelihood, pixel after pixel, whatever part of it is known beforehand.

After van den Oord, Kalchbrenner and Kavukcuoglu, "Pixel Recurrent Neural Networks" (ICML 2016). Three parts look at a
pixel's surroundings, each with its own sight:

* `around`, a residual convolutional network, sees the known pixels on all sides, also below and to the right (Dahl,
  Norouzi and Shlens, "Pixel Recursive Super Resolution", ICCV 2017, condition a PixelCNN so);
* `above`, a convolutional LSTM (Shi et al., NIPS 2015) that goes down the rows, sees all rows above;
* `along`, an LSTM that goes along the row, sees the pixels to the left.

A sprite repeats its few colours, and a thousand sprites are too few to learn that for each colour of the palette.
Therefore every colour's logit is raised, as far as gates say that hang on the state, where the colour stands in
a near place, in the mirrored place, or often in the sprite (a pointer to seen symbols: Merity et al., "Pointer Sentinel
Mixture Models", ICLR 2017; a cache: Grave et al., ICLR 2017).

No logit depends on a pixel that is neither known nor earlier in raster order, so the product of all chances is exact.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from models.sprites.palette import oklab

# Where a pixel looks for its own colour, as (down, right); later places count only where they are known.
EARLIER = (
    (0, -1),
    (0, -2),
    (0, -3),
    (-1, -2),
    (-1, -1),
    (-1, 0),
    (-1, 1),
    (-1, 2),
    (-2, -1),
    (-2, 0),
    (-2, 1),
    (-3, 0),
)
LATER = ((0, 1), (0, 2), (1, -1), (1, 0), (1, 1), (2, 0))
NEAR = len(EARLIER) + len(LATER) + 2  # and two mirrored places
GATES = NEAR + 5  # one for each of these, four for counts, and one for what the known pixels alone let guess
MOST_SHIFT, HUES = 2, 8
LOOKS = 15  # numbers that say what a colour looks like
TOLD = 1 + 2 * (2 * MOST_SHIFT + 1) + HUES  # flipped, shifted down and right, hue: what augmentation did to a sprite


@dataclass(frozen=True)
class Configuration:
    """Sizes of the network. `copies`: whether logits are raised for colours seen nearby; idle for two colours."""

    height: int = 20
    width: int = 20
    colours: int = 167
    embedding: int = 32
    around: int = 48
    blocks: int = 3
    above: int = 96
    along: int = 192
    layers: int = 1
    features: int = 128
    copies: bool = True
    dropout: float = 0.3


class PixelRNN(nn.Module):
    """Logits of every pixel. B sprites of H rows and W columns, P colours, E, C, A, R sizes of the parts."""

    def __init__(self, c: Configuration, palette: NDArray[np.uint8]) -> None:
        super().__init__()
        self.configuration = c
        self.looks: Tensor
        self.register_buffer("looks", _looks(palette), persistent=False)  # (P, LOOKS)
        self.colour = _normal(0.3, c.colours + 1, c.embedding)  # the last: nothing is there, or known
        self.look = nn.Linear(LOOKS, c.embedding)
        self.row = _normal(0.1, c.height, c.around)
        self.column = _normal(0.1, c.width, c.around)
        self.told = nn.Linear(TOLD, c.around, bias=False)
        self.enter = nn.Conv2d(c.embedding + 1, c.around, 3, padding=1)
        self.blocks = nn.ModuleList(Residual(c.around, 1 + i % 2, c.dropout / 2) for i in range(c.blocks))
        self.leave = nn.GroupNorm(1, c.around)
        self.above_in = nn.Conv1d(c.embedding + c.around, 4 * c.above, 3, padding=1)
        self.above_state = nn.Conv1d(c.above, 4 * c.above, 3, padding=1, bias=False)
        self.across = nn.Conv1d(c.above, c.above, 5, padding=2)
        inputs = c.embedding + c.above + c.around
        self.along = nn.LSTM(inputs, c.along, c.layers, batch_first=True, dropout=c.dropout if c.layers > 1 else 0.0)
        self.feature = nn.Linear(c.along + c.above, c.features)
        self.output = nn.Linear(c.features, c.colours)
        self.match = nn.Linear(c.features, c.embedding)
        self.guess = nn.Linear(c.around, c.features)
        if c.copies:
            self.gates = nn.Linear(c.features, GATES)

    def forward(self, pixels: Tensor, known: Tensor, told: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Logits (B, H, W, P) of each pixel given the known and the earlier ones, and given the known ones alone.

        `pixels` (B, H, W) holds colour indices, `known` (B, H, W) is true where a pixel is known beforehand; `told`
        (B, TOLD) says what augmentation did.
        """
        colours = self.colours()
        seen = colours[pixels]  # (B, H, W, E)
        around = self.look_around(torch.where(known[..., None], seen, colours[-1]), known, told)
        feature = self.features(seen, around, colours[-1])
        guesses = self._guesses(pixels, known, around, colours)
        logits = self.logits(feature, colours)
        if self.configuration.copies:
            palette = self.configuration.colours
            near, among = nearby(pixels, known, palette), known_counts(pixels, known, palette)
            gates = self.gates(feature).float()
            logits = raised(logits, gates, near, counts(pixels, known, palette), among)
            logits = logits + gates[..., -1:] * guesses.log_softmax(-1)
        return logits, guesses

    def features(self, seen: Tensor, around: Tensor, nothing: Tensor) -> Tensor:
        """(B, H, W, F) of each pixel from the earlier ones' embeddings (B, H, W, E) and from `around` (B, H, W, C).

        `nothing` (E,) is the embedding of what lies outside the canvas.
        """
        batch, height, width, _ = seen.shape
        nothing = nothing.to(seen.dtype)
        over = torch.cat([nothing.expand(batch, 1, width, -1), seen[:, :-1]], 1)
        left = torch.cat([nothing.expand(batch, height, 1, -1), seen[:, :, :-1]], 2)
        above = self._drop(self._read_down(over, around), 2)  # (B, H, W, A)
        sequence = torch.cat([left.to(above.dtype), above, around.to(above.dtype)], -1)
        states, _ = self.along(sequence.flatten(0, 1))  # (B·H, W, R)
        states = self._drop(states, 1).view(batch, height, width, -1)
        return F.gelu(self.feature(torch.cat([states, above.to(states.dtype)], -1)))

    def guesses(self, pixels: Tensor, known: Tensor) -> Tensor:
        """Logits (B, H, W, P) of each pixel given the known ones alone; far cheaper than those of `forward`."""
        colours = self.colours()
        seen = torch.where(known[..., None], colours[pixels], colours[-1])
        return self._guesses(pixels, known, self.look_around(seen, known, None), colours)

    def _guesses(self, pixels: Tensor, known: Tensor, around: Tensor, colours: Tensor) -> Tensor:
        feature = F.gelu(self.guess(around))
        logits = self.logits(feature, colours)
        if not self.configuration.copies:
            return logits
        near, among = known_nearby(pixels, known, logits.shape[-1]), known_counts(pixels, known, logits.shape[-1])
        return raised(logits, self.gates(feature).float(), near, among, among)

    def colours(self) -> Tensor:
        """Embeddings (P + 1, E): a learned part and one from the colour's look; the last is for nothing there."""
        looks = self.look(self.looks)
        return torch.cat([self.colour[:-1] + looks, self.colour[-1:]])

    def look_around(self, seen: Tensor, known: Tensor, told: Tensor | None) -> Tensor:
        """(B, H, W, C) from the known pixels' embeddings (B, H, W, E) on all sides."""
        x = torch.cat([seen, known[..., None].to(seen.dtype)], -1).permute(0, 3, 1, 2)
        x = self.enter(x.contiguous(memory_format=torch.channels_last))
        x = x + (self.row[:, None] + self.column).permute(2, 0, 1)
        if told is not None:
            x = x + self.told(told)[:, :, None, None]
        for block in self.blocks:
            x = block(x)
        return F.gelu(self.leave(x)).permute(0, 2, 3, 1)

    def step_down(self, gates: Tensor, hidden: Tensor, cell: Tensor) -> tuple[Tensor, Tensor]:
        """One row of `above`: states (B, A, W) from the row's gates (B, 4A, W) and the states of the row before."""
        opens, forgets, shows, new = (gates + self.above_state(hidden)).float().chunk(4, 1)
        cell = torch.sigmoid(forgets + 1) * cell + torch.sigmoid(opens) * torch.tanh(new)
        return (torch.sigmoid(shows) * torch.tanh(cell)).to(gates.dtype), cell

    def spread(self, hidden: Tensor) -> Tensor:
        """What a row's states (B, A, W) tell one another: all of them are known before the row is drawn."""
        return hidden + F.gelu(self.across(hidden))

    def logits(self, feature: Tensor, colours: Tensor) -> Tensor:
        """(…, P) in float32 from features (…, F)."""
        logits: Tensor = self.output(feature) + self.match(feature) @ colours[:-1].T
        return logits.float()

    def _read_down(self, over: Tensor, around: Tensor) -> Tensor:
        """States of `above` (B, H, W, A) from each row's pixels above (B, H, W, E)."""
        batch, height, width, _ = over.shape
        inputs = torch.cat([over.to(around.dtype), around], -1).flatten(0, 1).transpose(1, 2)  # (B·H, E + C, W)
        gates = self.above_in(inputs).view(batch, height, -1, width)
        hidden = gates.new_zeros(batch, self.configuration.above, width)
        cell = hidden.float()
        rows = []
        for row in gates.unbind(1):  # its gradient is one stack; that of a slice is as large as all rows
            hidden, cell = self.step_down(row, hidden, cell)
            rows.append(hidden)
        states = self.spread(torch.stack(rows, 1).flatten(0, 1))  # (B·H, A, W)
        return states.view(batch, height, -1, width).transpose(2, 3)

    def _drop(self, x: Tensor, along: int) -> Tensor:
        """Dropout with one mask for a whole row (Gal and Ghahramani, NIPS 2016); `along` is the row's axis."""
        if not self.training:
            return x
        shape = list(x.shape)
        shape[along] = 1
        return x * F.dropout(x.new_ones(shape), self.configuration.dropout)


class Residual(nn.Module):
    """Two normalised convolutions beside the identity (He et al., ECCV 2016); it starts as the identity."""

    def __init__(self, channels: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.first_norm, self.second_norm = nn.GroupNorm(1, channels), nn.GroupNorm(1, channels)
        self.first = nn.Conv2d(channels, channels, 3, padding=dilation, dilation=dilation)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        self.dropout = nn.Dropout2d(dropout)
        nn.init.zeros_(self.second.weight)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.second(self.dropout(F.gelu(self.second_norm(self.first(F.gelu(self.first_norm(x)))))))
        return x + y


def _normal(spread: float, *shape: int) -> nn.Parameter:
    """Random numbers; none where only shapes are asked for, since torch would load hundreds of modules for that."""
    values = torch.empty(shape)
    return nn.Parameter(values if values.is_meta else values.normal_(std=spread))


def _looks(palette: NDArray[np.uint8]) -> Tensor:
    """What a colour looks like (P, LOOKS): its place in Oklab, and waves over it that tell near colours apart."""
    lab = torch.from_numpy(oklab(palette)).float()  # (P, 3)
    waves = [wave(math.tau * rate * lab) for rate in (1.0, 3.0) for wave in (torch.sin, torch.cos)]
    return torch.cat([lab, *waves], 1)


def raised(logits: Tensor, gates: Tensor, near: Tensor, count: Tensor, among: Tensor) -> Tensor:
    """Logits (…, P) raised by gates (…, GATES) for colours seen.

    `near` (…, NEAR) are the colours nearby, where P means none; `count` (…, P) says how often a colour stands among all
    pixels that may be seen, `among` how often among the known ones.
    """
    none = near == logits.shape[-1]
    logits = logits.scatter_add(-1, near.masked_fill(none, 0), gates[..., :NEAR].masked_fill(none, 0.0))
    told = ((count > 0).float(), count.log1p(), (among > 0).float(), among.log1p())
    for number, feature in enumerate(told, NEAR):
        logits = logits + gates[..., number : number + 1] * feature
    return logits


def nearby(pixels: Tensor, known: Tensor, none: int) -> Tensor:
    """Colours (B, H, W, NEAR) of the places near each pixel that it may see; `none` where there is no such colour."""
    seen = pixels.masked_fill(~known, none)
    early = [_moved(pixels, *offset, none) for offset in EARLIER]
    late = [_moved(seen, *offset, none) for offset in LATER]
    mirrored = pixels.flip(2)
    place = torch.arange(pixels.shape[2], device=pixels.device)
    was_drawn = place > place.flip(0)  # the left half comes before the right
    own = torch.where(was_drawn | known.flip(2), mirrored, none)
    return torch.stack([*early, *late, own, _moved(mirrored, -1, 0, none)], -1)


def known_nearby(pixels: Tensor, known: Tensor, none: int) -> Tensor:
    """`nearby` where only known pixels are seen."""
    seen = pixels.masked_fill(~known, none)
    mirrored = seen.flip(2)
    moved = [_moved(seen, *offset, none) for offset in EARLIER + LATER]
    return torch.stack([*moved, mirrored, _moved(mirrored, -1, 0, none)], -1)


def _moved(pixels: Tensor, down: int, right: int, none: int) -> Tensor:
    """What stands `down` rows below and `right` columns beside each pixel (B, H, W)."""
    height, width = pixels.shape[1:]
    padded = F.pad(pixels, (3, 3, 3, 3), value=none)
    return padded[:, 3 + down : 3 + down + height, 3 + right : 3 + right + width]


def counts(pixels: Tensor, known: Tensor, colours: int) -> Tensor:
    """How often each colour stands among the earlier and the known pixels (B, H, W, P), as float32."""
    ones = F.one_hot(pixels.flatten(1), colours).float()  # (B, H·W, P)
    beforehand = ones * known.flatten(1)[..., None]
    earlier = ones.cumsum(1) - ones
    later = beforehand.sum(1, keepdim=True) - beforehand.cumsum(1)
    return (earlier + later).view(*pixels.shape, colours)


def known_counts(pixels: Tensor, known: Tensor, colours: int) -> Tensor:
    """How often each colour stands among the known pixels (B, 1, 1, P)."""
    ones = F.one_hot(pixels.flatten(1), colours).float()
    return (ones * known.flatten(1)[..., None]).sum(1)[:, None, None]
