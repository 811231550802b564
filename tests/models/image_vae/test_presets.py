"""Named places, found in data whose shape is known."""

from __future__ import annotations

import numpy as np
import pytest

from models.image_vae.codes import EncodedData
from models.image_vae.presets import Preset, emptiest, medians, presets
from models.image_vae.scene import Overlay, Scene

NAMES = ("a", "b", "c", "d")
MIDDLES = np.array([[-2.0, 0.0], [0.5, 0.3], [0.9, 0.3], [2.4, -0.2]])  # b and c lie among each other
HOLE = (0.0, -1.6)  # none lies near


def clouds(dimensions: int = 2, *, labels: bool = True) -> EncodedData:
    random = np.random.default_rng(0)
    numbers = (np.arange(800) % len(NAMES)).astype(np.uint8)
    means = random.normal(0, 0.2, (len(numbers), dimensions))
    means[:, :2] += MIDDLES[numbers]
    around = random.normal(0, 1.5, (4000, dimensions))
    far = around[np.linalg.norm(around[:, :2] - HOLE, axis=1) > 0.7]
    every = np.concatenate([means, far]).astype(np.float32)
    told = np.concatenate([numbers, np.full(len(far), 3)]).astype(np.uint8)
    return EncodedData(every, None, told if labels else None, NAMES if labels else ())


def named(found: tuple[Preset, ...]) -> dict[str, Preset]:
    return {preset.name.format(**preset.values): preset for preset in found}


@pytest.fixture(scope="module")
def labelled() -> dict[str, Preset]:
    return named(presets(Scene.fresh("m", 2), clouds(), variational=True, has_counterpart=True))


def test_there_are_enough_and_each_has_a_name_of_its_own(labelled: dict[str, Preset]) -> None:
    assert 8 <= len(labelled) <= 14
    assert all(preset.scene.model == "m" for preset in labelled.values())


def test_a_walk_leads_from_one_labels_middle_to_the_farthest(labelled: dict[str, Preset]) -> None:
    walk = next(preset for name, preset in labelled.items() if name.startswith("From "))
    middles = medians(clouds())
    first, last = walk.values["first"], walk.values["last"]
    assert walk.scene.path == (middles[first], middles[last])
    assert walk.scene.code == middles[first]
    assert "a" in (first, last)


def test_the_walk_past_every_kind_visits_each_once(labelled: dict[str, Preset]) -> None:
    path = labelled["A walk past every kind"].scene.path
    assert sorted(path) == sorted(medians(clouds()).values())


def test_two_labels_meet_where_there_are_as_many_of_each() -> None:
    data = clouds()
    assert data.labels is not None
    own = EncodedData(data.means[:800], None, data.labels[:800], NAMES)
    found = named(presets(Scene.fresh("m", 2), own, variational=True, has_counterpart=False))
    meeting = found["Where b meets c"].scene
    assert np.linalg.norm(np.array(meeting.point) - [0.7, 0.3]) < 0.35
    deep = found["Deep between b and c"].scene
    assert deep.window.right - deep.window.left < 0.1
    assert deep.window.left < meeting.point[0] < deep.window.right


def test_the_emptiest_place_is_the_hole(labelled: dict[str, Preset]) -> None:
    scene = labelled["The emptiest place"].scene
    assert scene.overlay is Overlay.HOLES
    assert np.linalg.norm(np.array(scene.point) - HOLE) < 0.4
    assert scene.window.left < scene.point[0] < scene.window.right
    assert emptiest(Scene.fresh("m", 2), clouds()) == scene.point


def test_without_labels_or_data_or_spread_there_are_fewer_and_all_work() -> None:
    home = Scene.fresh("m", 2)
    whole = named(presets(home, clouds(), variational=True, has_counterpart=True))
    unlabelled = named(presets(home, clouds(labels=False), variational=True, has_counterpart=True))
    bare = named(presets(home, None, variational=False, has_counterpart=False))
    assert set(bare) < set(unlabelled) < set(whole)
    assert len(bare) >= 3
    assert not any(preset.scene.overlay or preset.scene.beside for preset in bare.values())


def test_few_codes_are_no_ground_for_a_search() -> None:
    few = EncodedData(np.zeros((3, 2), np.float32), None, np.zeros(3, np.uint8), ("a",))
    found = presets(Scene.fresh("m", 2), few, variational=True, has_counterpart=True)
    assert "The emptiest place" not in named(found)


def test_of_one_label_nothing_is_compared() -> None:
    data = clouds()
    one = EncodedData(data.means, None, np.zeros(len(data), np.uint8), ("a",))
    assert not any(
        "a" in preset.values.values()
        for preset in presets(Scene.fresh("m", 2), one, variational=True, has_counterpart=True)
    )


def test_of_ten_numbers_the_busy_and_the_idle_are_told_apart() -> None:
    data = clouds(10)
    data.means[:, 4] *= 5
    data.means[:, 7] *= 0.01
    found = named(presets(Scene.fresh("m", 10), data, variational=True, has_counterpart=False))
    assert found["The two busiest numbers"].scene.across == 4
    assert found["The two idlest numbers"].scene.up == 7
    ordinary = [preset for name, preset in found.items() if name.startswith("An ordinary ")]
    assert len(ordinary) == 2
    assert ordinary[0].scene.code == medians(data)[ordinary[0].values["first"]]
    assert all(len(preset.scene.code) == 10 for preset in found.values())
