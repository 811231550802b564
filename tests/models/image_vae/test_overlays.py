import numpy as np
import pytest

from models.image_vae import overlays
from models.image_vae.codes import EncodedData, Plane, Window

WIDE = Window(-3, -3, 3, 3)


def data(*codes: tuple[float, ...]) -> EncodedData:
    return EncodedData(np.array(codes, np.float32).reshape(len(codes), -1))


def test_the_density_of_all_codes_adds_up_to_one() -> None:
    told = overlays.density(data((0.5, -1), (1, 1), (-2, 0)), Plane.flat(2), WIDE, 120, 120)
    assert told.sum() * (6 / 120) ** 2 == pytest.approx(1.0, abs=1e-3)


def test_the_density_is_highest_where_the_code_lies_with_up_at_the_top() -> None:
    told = overlays.density(data((1.5, 2.5)), Plane.flat(2), WIDE, 6, 6)
    assert int(told.argmax()) == 4  # the upper row, the fifth column


def test_a_hole_is_as_far_from_data_as_the_nearest_code() -> None:
    told = overlays.holes(data((0.5, 0.5), (-2.5, -2.5)), Plane.flat(2), WIDE, 6, 6)
    assert told[2, 3] == pytest.approx(0)
    assert told[0, 3] == pytest.approx(2)
    assert told[5, 0] == pytest.approx(0)


def test_holes_count_all_numbers_of_a_code() -> None:
    told = overlays.holes(data((0.5, 0.5, 4.0)), Plane((0.0, 0.0, 1.0)), WIDE, 6, 6)
    assert told.min() == pytest.approx(3)


def test_without_data_everything_is_a_hole() -> None:
    nothing = EncodedData(np.zeros((0, 2), np.float32))
    assert np.isinf(overlays.holes(nothing, Plane.flat(2), WIDE, 3, 3)).all()
    assert (overlays.density(nothing, Plane.flat(2), WIDE, 3, 3) == 0).all()


def test_many_codes_are_compared_in_parts() -> None:
    random = np.random.default_rng(0)
    means, codes = (random.standard_normal((count, 2)).astype(np.float32) for count in (3000, 2500))
    told = overlays.nearest_distances(means, codes)
    row = 2400
    assert told[row] == pytest.approx(np.linalg.norm(means - codes[row], axis=1).min(), abs=1e-3)
