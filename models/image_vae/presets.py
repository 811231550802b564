"""Named places on a model's map, found in its own encoded data: a plain tour for who does not know where to go.

What needs labels is left out where the data has none; what needs data, where the card came without codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from models.image_vae.codes import Code, Codes, EncodedData, Window
from models.image_vae.overlays import density, nearest_distances, places
from models.image_vae.scene import HOME, Overlay, Point, Scene

CLOSE, DEEP = 0.8, 0.04  # units to each side of a place: a neighbourhood, and far within one
CROWD = 2000  # of the encoded data take part in a search: enough to find a place by
KIN = 16  # neighbours that say what lies around a code
INNER = 2.0  # units from 0: within them lie six in seven codes of the prior
ROUND, CORNERS = 1.5, 48  # the walk round the middle
STEPS = 60  # of the grids that are searched


@dataclass(frozen=True)
class Preset:
    """A place by name: the name's template with the labels that it mentions, and what is shown there."""

    name: str
    scene: Scene
    values: dict[str, str] = field(default_factory=dict)


def presets(scene: Scene, data: EncodedData | None, *, variational: bool, has_counterpart: bool) -> tuple[Preset, ...]:
    """The places of a model's map. `scene` says the model and where a person stands who asks."""
    home = replace(Scene.fresh(scene.model, scene.dimensions), seed=scene.seed)
    found = [Preset("The whole map", home)]
    if data is not None and len(data) > KIN:
        if scene.dimensions > 2:
            found += _of_many_numbers(home, data)
        found += _of_labels(home, data)
        found += _of_data(home, data)
    found += _of_plane(home)
    if variational:
        found.append(Preset("Where the encoder is sure", replace(home, overlay=Overlay.SPREAD, points=False)))
    if has_counterpart:
        found.append(Preset("Autoencoder beside VAE", replace(home, beside=True)))
    return tuple(found)


def medians(data: EncodedData) -> dict[str, Code]:
    """For each label that occurs the median of each number of its codes."""
    if data.labels is None:
        return {}
    kinds = {name: data.means[data.labels == place] for place, name in enumerate(data.names)}
    return {name: _code(np.median(codes, axis=0)) for name, codes in kinds.items() if len(codes)}


def _of_labels(home: Scene, data: EncodedData) -> Iterator[Preset]:
    middles = medians(data)
    if len(middles) < 2:
        return
    first, last = _farthest(middles)
    if home.dimensions == 2:
        between = _path(home, (middles[first], middles[last]))
        yield Preset("From {first} to {last}", between, {"first": first, "last": last})
        yield Preset("A walk past every kind", _path(home, tuple(middles[name] for name in _tour(middles))))
    else:
        for name in (first, last):
            yield Preset("An ordinary {first}", home.at_code(middles[name]), {"first": name})
    meeting = _meeting(data)
    if meeting is not None:
        one, other, code = meeting
        near = home.at_code(code).around((code[home.across], code[home.up]), CLOSE)
        values = {"first": one, "last": other}
        yield Preset("Where {first} meets {last}", near, values)
        deep = home.at_code(code).around((code[home.across], code[home.up]), DEEP)
        yield Preset("Deep between {first} and {last}", replace(deep, points=False), values)


def _of_data(home: Scene, data: EncodedData) -> Iterator[Preset]:
    empty = emptiest(home, data)
    yield Preset("The emptiest place", replace(home.at(*empty).around(empty, CLOSE * 2), overlay=Overlay.HOLES))
    crowd = _densest(home, data)
    yield Preset("Where most pictures land", replace(home.at(*crowd), overlay=Overlay.DENSITY))


def _of_plane(home: Scene) -> Iterator[Preset]:
    turns = np.linspace(0, 2 * np.pi, CORNERS)
    walk = tuple((ROUND * float(np.cos(turn)), ROUND * float(np.sin(turn))) for turn in turns)
    yield Preset("Once round the middle", replace(home.at(*walk[0]), path=walk, points=False))
    yield Preset("Into the middle", replace(home.around((0.0, 0.0), DEEP), points=False))
    far = 2 * home.window.right
    yield Preset("Far out, where no picture is", home.at(far * 0.6, far * 0.6).around((0.0, 0.0), far))


def _of_many_numbers(home: Scene, data: EncodedData) -> Iterator[Preset]:
    """Which numbers the model uses, and which it leaves to chance."""
    order = np.argsort(-data.means.var(axis=0), kind="stable").tolist()
    yield Preset("The two busiest numbers", replace(home, across=order[0], up=order[1]))
    yield Preset("The two idlest numbers", replace(home, across=order[-2], up=order[-1]))


def _path(home: Scene, stops: tuple[Code, ...]) -> Scene:
    """A walk along the stops, begun at the first."""
    path = tuple((stop[home.across], stop[home.up]) for stop in stops)
    return replace(home.at_code(stops[0]), path=path)


def _farthest(middles: dict[str, Code]) -> tuple[str, str]:
    """The two labels whose middles lie farthest apart."""
    names, apart = list(middles), _apart(np.array(list(middles.values())))
    one, other = np.unravel_index(int(apart.argmax()), apart.shape)
    return names[one], names[other]


def _tour(middles: dict[str, Code]) -> tuple[str, ...]:
    """All labels, each time on to the nearest that is left; begun at the outermost."""
    names, codes = list(middles), np.array(list(middles.values()))
    apart = _apart(codes)
    route = [int(np.linalg.norm(codes, axis=1).argmax())]
    while len(route) < len(names):
        rest = [place for place in range(len(names)) if place not in route]
        route.append(min(rest, key=apart[route[-1]].__getitem__))
    return tuple(names[place] for place in route)


def _meeting(data: EncodedData) -> tuple[str, str, Code] | None:
    """The two labels that lie most among each other, and a code with as many neighbours of one as of the other."""
    crowd = _crowd(data)
    if data.labels is None:
        return None
    means, labels = data.means[crowd], data.labels[crowd]
    kin = np.argpartition(_apart(means), KIN, axis=1)[:, : KIN + 1]  # (N, KIN + 1), itself among them
    counts = np.stack([(labels[kin] == kind).sum(axis=1) for kind in range(len(data.names))], axis=1)  # (N, L)
    shared = np.minimum(counts[:, :, None], counts[:, None, :]).sum(axis=0)
    np.fill_diagonal(shared, 0)
    one, other = (int(place) for place in np.unravel_index(int(shared.argmax()), shared.shape))
    if not shared[one, other]:
        return None
    balance = np.minimum(counts[:, one], counts[:, other])
    place = int(balance.argmax())
    return data.names[one], data.names[other], _code(means[kin[place]].mean(axis=0))


def emptiest(home: Scene, data: EncodedData) -> Point:
    """The place on the plane that is farthest from every code, of those where the prior has most of its own."""
    inner = Window(-INNER, -INNER, INNER, INNER)
    grid = places(inner, STEPS, STEPS)
    grid = grid[np.linalg.norm(grid, axis=1) <= INNER]
    found = grid[int(nearest_distances(data.means, home.plane.codes(grid)).argmax())]
    return float(found[0]), float(found[1])


def _densest(home: Scene, data: EncodedData) -> Point:
    found = places(HOME, STEPS, STEPS)[int(density(data, home.plane, HOME, STEPS, STEPS).argmax())]
    return float(found[0]), float(found[1])


def _crowd(data: EncodedData) -> NDArray[np.intp]:
    """At most `CROWD` rows, evenly out of all."""
    return np.unique(np.linspace(0, len(data) - 1, min(CROWD, len(data))).astype(np.intp))


def _apart(codes: Codes) -> NDArray[np.float32]:
    """The distance (N, N) of each code from each."""
    squares = (codes**2).sum(axis=1)
    apart = squares[:, None] + squares - 2 * codes @ codes.T
    return np.asarray(np.sqrt(np.maximum(apart, 0)), np.float32)


def _code(numbers: NDArray[np.float32]) -> Code:
    return tuple(float(number) for number in numbers)
