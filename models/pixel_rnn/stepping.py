"""A network at use: one pixel a step, with its state kept, N sprites at once.

What does not hang on the new pixel is computed once: for the model (`prepare`), for the canvas, or for the row. A step
then costs one step of an LSTM and one product for the logits. The states after every pixel are kept, so that a drawing
can go back to any of its pixels and on from there.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from models.pixel_rnn.building import Network
from models.pixel_rnn.network import EARLIER, LATER, NEAR, PixelRNN
from models.pixel_rnn.plain import PlainRNN

State = tuple[tuple[Tensor, Tensor], ...]  # hidden and cell (N, R) of each layer
_BORDER = 3


class Stepper(ABC):
    """N sprites of H·W pixels, drawn in raster order. `place`: how many pixels are decided."""

    def __init__(self, pixels: Tensor, known: Tensor) -> None:
        """`pixels` (N, H, W) and `known` (N, H, W); what `pixels` holds where nothing is known is not looked at."""
        self.count, self.height, self.width = pixels.shape
        self.pixels = pixels.flatten(1).clone()  # (N, H·W)
        self.known = known.flatten(1)
        self.place = 0

    @abstractmethod
    def logits(self) -> Tensor:
        """(N, P) of the pixel at `place`."""

    @abstractmethod
    def put(self, colours: Tensor) -> None:
        """Decide the pixel at `place` (N,) and go on to the next."""

    @abstractmethod
    def back_to(self, place: int) -> None:
        """Forget the pixel at `place` and all after it."""


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer of an LSTM; its gates stand as input, forget, output, cell: one sigmoid serves three."""

    inputs: Tensor  # (I, 4R)
    states: Tensor  # (R, 4R)
    bias: Tensor  # (4R,)

    @classmethod
    def of(cls, lstm: torch.nn.LSTM, number: int) -> Layer:
        inputs, states, *biases = (
            _regrouped(getattr(lstm, f"{name}_l{number}")) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        return cls(inputs.T.contiguous(), states.T.contiguous(), biases[0] + biases[1])

    def start(self, count: int) -> tuple[Tensor, Tensor]:
        nothing = self.states.new_zeros(count, self.states.shape[0])
        return nothing, nothing

    def step(self, gates: Tensor, state: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        """The next state (N, R) from what the inputs add to the gates (N, 4R)."""
        hidden, cell = state
        size = hidden.shape[1]
        switches, new = torch.addmm(gates, hidden, self.states).split_with_sizes([3 * size, size], 1)
        opens, forgets, shows = switches.sigmoid().chunk(3, 1)
        cell = torch.addcmul(opens * new.tanh(), forgets, cell)
        return shows * cell.tanh(), cell


def _regrouped(weights: Tensor) -> Tensor:
    """(4R, …) of the gates input, forget, cell, output, with the last two exchanged."""
    opens, forgets, new, shows = weights.chunk(4)
    return torch.cat([opens, forgets, shows, new])


class Prepared(ABC):
    """What a network's steps need of it, computed once for the model."""

    @abstractmethod
    def start(self, pixels: Tensor, known: Tensor, blind: bool) -> Stepper:
        """Sprites to draw; `blind`: known pixels are met in raster order and not seen before."""


def prepare(network: Network) -> Prepared:
    """For either kind of network. Call it under `torch.inference_mode`."""
    return PreparedPixelRNN(network) if isinstance(network, PixelRNN) else PreparedPlainRNN(network)


class PreparedPixelRNN(Prepared):
    """See `network.PixelRNN` for the letters of the shapes."""

    def __init__(self, network: PixelRNN) -> None:
        self.network = network
        sizes = network.configuration
        self.colours = network.colours()  # (P + 1, E)
        parts = [sizes.embedding, sizes.above, sizes.around]
        self.layers = [Layer.of(network.along, number) for number in range(sizes.layers)]
        left, self.from_above, self.from_around = self.layers[0].inputs.split(parts)
        self.from_left = self.colours @ left  # (P + 1, 4R)
        self.row_in, around_in = network.above_in.weight.split([sizes.embedding, sizes.around], 1)
        self.around_in = (around_in, network.above_in.bias)
        self.feature_of_state, self.feature_of_above = network.feature.weight.T.split([sizes.along, sizes.above])
        self.out, self.out_bias = self._outputs()
        self.looks = _places_near(sizes.height, sizes.width).unbind()  # of each place (NEAR,)
        self.parts = [sizes.colours + 1, NEAR, 1, 1, 1, 1, 1]  # of an output

    def start(self, pixels: Tensor, known: Tensor, blind: bool) -> PixelRNNStepper:
        return PixelRNNStepper(self, pixels, known, blind)

    def _outputs(self) -> tuple[Tensor, Tensor]:
        """Weights (F, P + 1 + gates) and bias: logits, a column that takes what is copied from nowhere, and gates."""
        network, known = self.network, self.colours[:-1]
        weights = [network.output.weight + known @ network.match.weight]
        biases = [network.output.bias + known @ network.match.bias]
        if network.configuration.copies:
            weights += [torch.zeros_like(weights[0][:1]), network.gates.weight]
            biases += [torch.zeros_like(biases[0][:1]), network.gates.bias]
        return torch.cat(weights).T.contiguous(), torch.cat(biases)


class PixelRNNStepper(Stepper):
    """Draws with a `PixelRNN`."""

    def __init__(self, model: PreparedPixelRNN, pixels: Tensor, known: Tensor, blind: bool) -> None:
        super().__init__(pixels, known)
        self.model = model
        sizes = model.network.configuration
        self.none = sizes.colours
        seen = torch.zeros_like(known) if blind else known
        self.seen = seen.flatten(1)
        self.unseen = (~self.seen[0]).tolist()
        self.beforehand = F.pad(pixels.masked_fill(~seen, self.none), (_BORDER,) * 4, value=self.none).flatten(1)
        self.shown = self.beforehand.clone()  # and what was drawn since
        self.counted = _counted(self.pixels, self.seen, self.none + 1)  # (N, P + 1)
        self.ones = torch.ones(self.count, 1)
        among = _counted(self.pixels[:1], self.seen[:1], self.none + 1)
        self.known_once, self.known_often = (among > 0).float(), among.log1p()
        embedded = torch.where(seen[:1, ..., None], model.colours[pixels[:1]], model.colours[-1])
        self.around = model.network.look_around(embedded, seen[:1], None)[0]  # (H, W, C): the same for all N
        self.above_gates = F.conv1d(self.around.transpose(1, 2), *model.around_in, padding=1)  # (H, 4A, W)
        if sizes.copies:
            guesses = model.network.guesses(pixels[:1], seen[:1]).log_softmax(-1).flatten(0, 2)  # (H·W, P)
            self.guesses = F.pad(guesses, (0, 1)).unbind()
        nothing = self.around.new_zeros(self.count, sizes.above, self.width)
        self.row_states: list[tuple[Tensor, Tensor]] = [(nothing, nothing)]
        self.into_gates: list[Tensor] = []  # (N, 4R), of each place whose row was begun
        self.into_features: list[Tensor] = []  # (N, F)
        self.states: list[State] = []  # with which each place is drawn

    def logits(self) -> Tensor:
        model, place = self.model, self.place
        hidden = self._state()[-1][0]
        feature = torch.addmm(self.into_features[place], hidden, model.feature_of_state)
        feature = feature * torch.special.ndtr(feature)  # GELU, for few numbers ten times as fast as by its own name
        out = torch.addmm(model.out_bias, feature, model.out)
        if not model.network.configuration.copies:
            return out
        logits, near, once, often, known_once, known_often, guess = out.split_with_sizes(model.parts, 1)
        logits.scatter_add_(1, self.shown[:, model.looks[place]], near)
        logits.addcmul_(once, (self.counted > 0).float()).addcmul_(often, self.counted.log1p())
        logits.addcmul_(known_once, self.known_once).addcmul_(known_often, self.known_often)
        logits.addcmul_(guess, self.guesses[place])
        return out[:, : self.none]

    def put(self, colours: Tensor) -> None:
        self._state()
        place = self.place
        if self.unseen[place]:  # else it is there already
            self.pixels[:, place] = colours
            self.shown[:, self._padded(place)] = colours
            self.counted.scatter_add_(1, colours[:, None], self.ones)
        self.place += 1

    def back_to(self, place: int) -> None:
        padded = [self._padded(later) for later in range(place, self.place)]
        self.shown[:, padded] = self.beforehand[:, padded]
        seen = self.seen.clone()
        seen[:, :place] = True
        self.counted = _counted(self.pixels, seen, self.none + 1)
        self.place = place
        rows = -(-place // self.width)
        del self.states[place:], self.row_states[rows + 1 :]
        del self.into_gates[rows * self.width :], self.into_features[rows * self.width :]

    def _padded(self, place: int) -> int:
        row, column = divmod(place, self.width)
        return (row + _BORDER) * (self.width + 2 * _BORDER) + column + _BORDER

    def _state(self) -> State:
        """The states with which the pixel at `place` is drawn, computed at the first time of asking."""
        if len(self.states) == self.place:
            if len(self.into_gates) == self.place:
                self._begin_row(self.place // self.width)
            self.states.append(self._next_state())
        return self.states[self.place]

    def _next_state(self) -> State:
        model, place = self.model, self.place
        if place % self.width:
            left, before = model.from_left[self.pixels[:, place - 1]], self.states[place - 1]
        else:
            left, before = model.from_left[-1:], tuple(layer.start(self.count) for layer in model.layers)
        after = [model.layers[0].step(self.into_gates[place] + left, before[0])]
        for layer, state in zip(model.layers[1:], before[1:], strict=True):
            after.append(layer.step(torch.addmm(layer.bias, after[-1][0], layer.inputs), state))
        return tuple(after)

    def _begin_row(self, row: int) -> None:
        """What the rows above mean for this one, as soon as they are decided."""
        model, network = self.model, self.model.network
        if row:
            over = model.colours[self.pixels[:, (row - 1) * self.width : row * self.width]]  # (N, W, E)
        else:
            over = model.colours[-1].expand(1, self.width, -1)
        gates = self.above_gates[row] + F.conv1d(over.transpose(1, 2), model.row_in, padding=1)  # (N, 4A, W)
        hidden, cell = network.step_down(gates, *self.row_states[row])
        self.row_states.append((hidden, cell))
        above = network.spread(hidden).transpose(1, 2)  # (N, W, A)
        into_gates = above @ model.from_above + self.around[row] @ model.from_around + model.layers[0].bias
        into_features = above @ model.feature_of_above + network.feature.bias
        self.into_gates += into_gates.unbind(1)
        self.into_features += into_features.unbind(1)


class PreparedPlainRNN(Prepared):
    """See `plain.PlainRNN`."""

    def __init__(self, network: PlainRNN) -> None:
        self.network = network
        self.layer = Layer.of(network.along, 0)
        self.from_before = self.layer.inputs + self.layer.bias  # (P + 1, 4R): a one-hot colour picks one row
        self.out = network.output.weight.T.contiguous()

    def start(self, pixels: Tensor, known: Tensor, blind: bool) -> PlainStepper:
        return PlainStepper(self, pixels, known)


class PlainStepper(Stepper):
    """Draws with a `PlainRNN`, which is always blind."""

    def __init__(self, model: PreparedPlainRNN, pixels: Tensor, known: Tensor) -> None:
        super().__init__(pixels, known)
        self.model = model
        self.states: list[tuple[Tensor, Tensor]] = []

    def logits(self) -> Tensor:
        return torch.addmm(self.model.network.output.bias, self._state()[0], self.model.out)

    def put(self, colours: Tensor) -> None:
        self._state()
        self.pixels[:, self.place] = colours
        self.place += 1

    def back_to(self, place: int) -> None:
        self.place = place
        del self.states[place:]

    def _state(self) -> tuple[Tensor, Tensor]:
        model = self.model
        if len(self.states) == self.place:
            first = self.place == 0
            before = model.layer.start(self.count) if first else self.states[-1]
            rows = model.from_before[-1:] if first else model.from_before[self.pixels[:, self.place - 1]]
            self.states.append(model.layer.step(rows, before))
        return self.states[self.place]


def _counted(pixels: Tensor, seen: Tensor, colours: int) -> Tensor:
    """How often each colour stands among the seen pixels: (N, P) from (N, H·W)."""
    empty = torch.zeros(len(pixels), colours, device=pixels.device)
    return empty.scatter_add(1, pixels, seen.to(empty.dtype))


def _places_near(height: int, width: int) -> Tensor:
    """For each place (H·W, NEAR) where `network.nearby` looks, as places of the canvas with its border."""
    wide = width + 2 * _BORDER
    rows, columns = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    here = ((rows + _BORDER) * wide + columns + _BORDER).flatten()
    mirrored = ((rows + _BORDER) * wide + width - 1 - columns + _BORDER).flatten()
    near = [here + down * wide + right for down, right in EARLIER + LATER]
    return torch.stack([*near, mirrored, mirrored - wide], 1)
