from __future__ import annotations

import io
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from models.errors import DataError
from models.sprites import pictures
from models.sprites.form import Format
from models.sprites.palette import oklab
from models.sprites.pictures import Picture, fit, read_mask, read_picture, scale_down, to_palette

WHITE, BLACK, RED, BLUE = (255, 255, 255), (0, 0, 0), (220, 20, 20), (20, 20, 220)
Rgb = NDArray[np.uint8]


def opaque(rgb: Rgb) -> Picture:
    return Picture(np.concatenate([rgb, np.full((*rgb.shape[:2], 1), 255, np.uint8)], axis=-1))


def noise(height: int, width: int, bands: int = 3) -> Rgb:
    return np.random.default_rng(height * 1000 + width).integers(0, 256, (height, width, bands), np.uint8)


# reading

EXACTLY: dict[str, dict[str, Any]] = {".webp": {"lossless": True}, ".jpg": {"quality": 100, "subsampling": 0}}


@pytest.mark.parametrize("suffix", [".png", ".gif", ".webp", ".bmp", ".jpg"])
def test_each_kind_of_picture_is_read(suffix: str, tmp_path: Path) -> None:
    rgb = np.zeros((16, 24, 3), np.uint8)
    rgb[:, 8:] = RED
    Image.fromarray(rgb).save(tmp_path / f"picture{suffix}", **EXACTLY.get(suffix, {}))
    read = read_picture(tmp_path / f"picture{suffix}")
    assert (read.height, read.width) == (16, 24)
    most = 3 if suffix == ".jpg" else 0
    assert np.abs(read.on_white.astype(int) - rgb).max() <= most


@pytest.mark.parametrize(
    ("mode", "value", "shown"),
    [
        ("1", 0, BLACK),
        ("L", 100, (100, 100, 100)),
        ("LA", (0, 51), (204, 204, 204)),
        ("RGB", RED, RED),
        ("RGBA", (*RED, 0), WHITE),
        ("RGBA", (0, 0, 0, 102), (153, 153, 153)),
        ("I;16", 100 << 8, (100, 100, 100)),
    ],
)
def test_each_mode_is_read_as_it_looks_on_white_paper(
    mode: str, value: Any, shown: tuple[int, int, int], tmp_path: Path
) -> None:
    Image.new(mode, (3, 2), value).save(tmp_path / "picture.png")
    assert (read_picture(tmp_path / "picture.png").on_white == shown).all()


def test_a_palette_picture_with_a_transparent_colour_is_read(tmp_path: Path) -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([*RED, *BLUE])
    image.putpixel((1, 0), 1)
    image.save(tmp_path / "picture.png", transparency=0)
    assert read_picture(tmp_path / "picture.png").on_white.tolist() == [[list(WHITE), list(BLUE)]]


def test_of_a_film_the_first_frame_is_read(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (2, 2), colour) for colour in (RED, BLUE)]
    frames[0].save(tmp_path / "film.gif", save_all=True, append_images=frames[1:])
    assert (read_picture(tmp_path / "film.gif").on_white == RED).all()


def test_a_photograph_is_read_the_right_way_up(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side: turn it by a quarter to the right
    rgb = np.zeros((1, 2, 3), np.uint8)
    rgb[0, 0] = RED
    Image.fromarray(rgb).save(tmp_path / "photograph.png", exif=exif)
    assert read_picture(tmp_path / "photograph.png").on_white.tolist() == [[list(RED)], [list(BLACK)]]


@pytest.mark.parametrize(("data", "told"), [(b"no picture", "not a picture"), (b"", "not a picture")])
def test_what_is_no_picture_is_told(data: bytes, told: str, tmp_path: Path) -> None:
    file = tmp_path / "moon.png"
    file.write_bytes(data)
    with pytest.raises(DataError) as error:
        read_picture(file)
    assert str(error.value) == f"Cannot read {file}: {told}."


def test_a_picture_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"Cannot read .*moon\.png: No such file or directory\."):
        read_picture(tmp_path / "moon.png")


def test_a_truncated_picture_is_told(tmp_path: Path) -> None:
    file = tmp_path / "moon.png"
    Image.fromarray(noise(40, 40)).save(file)
    file.write_bytes(file.read_bytes()[:1000])
    with pytest.raises(DataError, match=r"Cannot read .*moon\.png: the picture is damaged\."):
        read_picture(file)


@pytest.mark.parametrize(
    ("width", "height"), [(20_000, 1), (1, 20_000), (9_000, 9_000), (9_900, 9_900), (20_000, 20_000)]
)
def test_an_absurdly_large_picture_is_refused_before_it_is_unpacked(
    width: int, height: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("1", (width, height)).save(tmp_path / "wall.png")
    monkeypatch.delattr(pictures, "_unpack")
    with pytest.raises(
        DataError, match=r"wall\.png is too large a picture: at most 10000 pixels a side and 50 million"
    ):
        read_picture(tmp_path / "wall.png")


def test_a_large_picture_is_averaged_down_while_it_is_read(tmp_path: Path) -> None:
    Image.new("RGB", (5000, 100), RED).save(tmp_path / "banner.png")
    read = read_picture(tmp_path / "banner.png")
    assert (read.width, read.height) == (1667, 34)
    assert (read.on_white == RED).all()


def saved(kind: str) -> bytes:
    file = io.BytesIO()
    Image.fromarray(noise(9, 7, 4) if kind != "JPEG" else noise(9, 7)).save(file, kind)
    return file.getvalue()


KINDS = {kind: saved(kind) for kind in ("PNG", "GIF", "JPEG", "WEBP", "BMP")}


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_damaged_bytes_give_a_picture_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    whole = bytearray(KINDS[kind])
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=6)):
        whole[place] = value
    end = data.draw(st.integers(0, len(whole)))
    give_or_tell(tmp_path_factory.getbasetemp() / "damaged.png", bytes(whole[:end]))


@given(st.binary(max_size=300))
@example(b"BM")
@example(b"GIF89a")
@example(b"\x89PNG\r\n\x1a\n")
def test_any_bytes_give_a_picture_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    give_or_tell(tmp_path_factory.getbasetemp() / "any.png", data)


def give_or_tell(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    try:
        picture = read_picture(file)
    except DataError:
        return
    assert fit(picture, 5, 6).shape == (5, 6, 3)


# fitting


def test_a_picture_of_the_right_size_stays_as_it_stands() -> None:
    rgba = noise(6, 8, 4)
    rgba[0] = 0  # a transparent border, which would be trimmed elsewhere
    picture = Picture(rgba)
    assert (fit(picture, 6, 8) == picture.on_white).all()


def test_a_small_picture_is_centred_as_it_is() -> None:
    rgb = noise(3, 4)
    fitted = fit(opaque(rgb), 8, 8)
    assert (fitted[2:5, 2:6] == rgb).all()
    fitted[2:5, 2:6] = WHITE
    assert (fitted == WHITE).all()


def test_one_pixel_is_a_picture() -> None:
    fitted = fit(opaque(np.array([[RED]], np.uint8)), 5, 5)
    assert (fitted[2, 2] == RED).all()
    assert (fitted == WHITE).all(axis=-1).sum() == 24


def test_a_transparent_border_is_trimmed() -> None:
    rgba = np.zeros((20, 30, 4), np.uint8)
    rgba[5:10, 2:6, :3] = noise(5, 4)
    rgba[5:10, 2:6, 3] = 255
    assert (fit(Picture(rgba), 5, 4) == noise(5, 4)).all()


@pytest.mark.parametrize("border", [WHITE, BLUE])
def test_where_all_is_opaque_a_border_of_one_colour_is_trimmed(border: tuple[int, int, int]) -> None:
    rgb = np.full((20, 30, 3), border, np.uint8)
    rgb[5:10, 2:6] = noise(5, 4)
    assert (fit(opaque(rgb), 5, 4) == noise(5, 4)).all()


def test_of_a_picture_with_transparency_no_colour_is_trimmed() -> None:
    rgba = np.full((4, 4, 4), 255, np.uint8)
    rgba[1:3, 1:3] = (*RED, 255)
    rgba[0, 0, 3] = 0
    fitted = fit(Picture(rgba), 6, 6)
    assert (fitted[2:4, 2:4] == RED).all()
    assert (fitted == RED).all(axis=-1).sum() == 4


@pytest.mark.parametrize("rgba", [np.zeros((9, 9, 4), np.uint8), np.full((9, 9, 4), 255, np.uint8)])
def test_an_empty_picture_is_white_paper(rgba: Rgb) -> None:
    assert (fit(Picture(rgba), 4, 4) == WHITE).all()


@pytest.mark.parametrize(("high", "wide"), [(40, 20), (20, 40), (3000, 20), (1, 2000)])
def test_a_large_picture_fits_and_keeps_its_shape(high: int, wide: int) -> None:
    fitted = fit(opaque(np.full((high, wide, 3), RED, np.uint8)), 10, 10)
    rows, columns = np.nonzero((fitted == RED).all(axis=-1))
    share = 10 / max(high, wide)
    assert np.ptp(rows) + 1 == max(1, round(high * share))
    assert np.ptp(columns) + 1 == max(1, round(wide * share))
    assert abs(rows.min() + rows.max() - 9) <= 1
    assert abs(columns.min() + columns.max() - 9) <= 1


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 12), st.integers(1, 12))
def test_every_colour_of_a_scaled_picture_is_one_of_its_own(high: int, wide: int, height: int, width: int) -> None:
    rgb = noise(high, wide)
    fitted = fit(opaque(rgb), height, width)
    own = {tuple(colour) for colour in rgb.reshape(-1, 3).tolist()}
    fine = high <= 4 * height and wide <= 4 * width  # else colours are averaged before one is chosen
    shown = {tuple(colour) for colour in fitted.reshape(-1, 3).tolist()}
    assert fitted.shape == (height, width, 3)
    assert not fine or shown <= own | {WHITE}


# scaling down


@pytest.mark.parametrize("factor", [2, 3, 4, 7])
def test_enlarged_pixel_art_comes_back_whole(factor: int) -> None:
    art = noise(5, 6)
    large = art.repeat(factor, axis=0).repeat(factor, axis=1)
    assert (scale_down(large, 5, 6) == art).all()


def test_the_colour_that_most_of_a_pixel_has_is_taken() -> None:
    rgb = np.array([[RED, BLUE], [RED, RED]], np.uint8)
    assert scale_down(rgb, 1, 1).tolist() == [[list(RED)]]


def test_of_unlike_colours_the_middle_one_is_taken() -> None:
    greys = np.array([[[0] * 3, [90] * 3, [255] * 3]], np.uint8)
    assert scale_down(greys, 1, 1)[0, 0].tolist() == [90, 90, 90]


def test_a_pixel_counts_as_much_as_is_covered_of_it() -> None:
    rgb = np.array([[RED, BLUE, BLUE, RED, RED]], np.uint8)  # two targets of 2½: red 1 blue 1½; blue ½ red 2
    assert scale_down(rgb, 1, 2).tolist() == [[list(BLUE), list(RED)]]


@pytest.mark.parametrize(("source", "target"), [((5, 7), (3, 2)), ((32, 32), (20, 20)), ((9, 4), (4, 4))])
def test_it_is_the_area_weighted_medoid(source: tuple[int, int], target: tuple[int, int]) -> None:
    rgb = noise(*source)
    labs = oklab(rgb)
    areas = [overlaps(n, m) for n, m in zip(source, target, strict=True)]
    found = scale_down(rgb, *target)
    for y, x in itertools.product(*map(range, target)):
        weights = areas[0][y][:, None] * areas[1][x]
        cost = [
            (np.linalg.norm(labs - labs[i, j], axis=-1) * weights).sum() if weights[i, j] > 0 else np.inf
            for i, j in np.ndindex(source)
        ]
        assert (found[y, x] == rgb.reshape(-1, 3)[int(np.argmin(cost))]).all()


def overlaps(source: int, target: int) -> NDArray[np.float64]:
    """How much of each source pixel lies under each target pixel (target, source), exactly."""
    whole = np.zeros((target, source * target))
    for i in range(target):
        whole[i, i * source : (i + 1) * source] = 1 / target
    return np.asarray(whole.reshape(target, source, target).sum(axis=-1))


# palettes and masks


def test_a_picture_goes_to_the_nearest_colours_of_a_model() -> None:
    form = Format(2, 2, (WHITE, BLACK))
    rgb = np.array([[(250, 250, 240), (30, 30, 60)], [WHITE, BLACK]], np.uint8)
    pixels = to_palette(rgb, form)
    assert pixels.dtype == np.uint8
    assert pixels.tolist() == [[0, 1], [0, 1]]


def write_mask(file: Path, covered: NDArray[np.bool_]) -> Path:
    Image.fromarray(covered.astype(np.uint8) * 255).save(file)
    return file


@pytest.mark.parametrize("factor", [1, 3])
def test_a_mask_covers_what_is_white(factor: int, tmp_path: Path) -> None:
    covered = noise(4, 6, 1)[..., 0] > 127
    large = covered.repeat(factor, axis=0).repeat(factor, axis=1)
    assert (read_mask(write_mask(tmp_path / "mask.png", large), 4, 6) == covered).all()


@pytest.mark.parametrize("value", [False, True])
def test_nothing_or_everything_may_be_covered(value: bool, tmp_path: Path) -> None:
    mask = read_mask(write_mask(tmp_path / "mask.png", np.full((4, 6), value)), 4, 6)
    assert mask.shape == (4, 6)
    assert (mask == value).all()


def test_what_is_transparent_is_not_covered(tmp_path: Path) -> None:
    Image.fromarray(np.array([[(255, 255, 255, 0), (255, 255, 255, 255)]], np.uint8)).save(tmp_path / "mask.png")
    assert read_mask(tmp_path / "mask.png", 1, 2).tolist() == [[False, True]]


def test_a_small_mask_of_the_right_shape_is_enlarged(tmp_path: Path) -> None:
    file = write_mask(tmp_path / "mask.png", np.array([[True, False]]))
    assert read_mask(file, 2, 4).tolist() == [[True, True, False, False]] * 2


def test_a_mask_of_another_shape_is_told(tmp_path: Path) -> None:
    file = write_mask(tmp_path / "mask.png", np.zeros((5, 10), np.bool_))
    with pytest.raises(DataError) as error:
        read_mask(file, 20, 20)
    assert str(error.value) == f"{file} has 10×5 pixels, and a mask of 20×20 or of that shape is needed."
