"""`complete`: what is covered is drawn, what is not stays, and the likeliest comes first."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from models.commands import complete
from models.pixel_rnn import masks
from models.pixel_rnn.film import GREYS
from models.shelf import ModelFolder
from tests.drawing import HEIGHT, PALETTE, WIDTH, sprites
from tests.models.commands.conftest import Atelier

SPRITE = sprites(1, 7)[0]
TOP = HEIGHT // 2


@pytest.fixture
def image(tmp_path: Path, drawer: ModelFolder) -> str:
    """A picture of just the size and colours of the one model on the shelf."""
    return save(tmp_path / "image.png", np.array(PALETTE, np.uint8)[SPRITE])


def save(file: Path, colours: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> str:
    Image.fromarray(colours).save(file)
    return str(file)


def save_mask(file: Path, mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> str:
    return save(file, (mask * 255).astype(np.uint8))


def test_json_is_what_the_command_line_promises(atelier: Atelier, image: str, tmp_path: Path) -> None:
    said = atelier("complete", image, "--cover", "bottom:0.5", "--count", "6", "--seed", "3", "--json")
    assert (said.status, said.err) == (0, "")
    assert all(row.keys() == {"seed", "pixels", "bits_per_pixel", "bits_per_covered_pixel"} for row in said.json)
    assert sorted(row["seed"] for row in said.json) == list(range(3, 9))
    prices = [row["bits_per_covered_pixel"] for row in said.json]
    assert prices == sorted(prices)
    for row in said.json:
        assert (np.array(row["pixels"])[:TOP] == SPRITE[:TOP]).all()
        file = save(tmp_path / "made.png", np.array(PALETTE, np.uint8)[row["pixels"]])
        (scored,) = atelier("score", file, "--json").json
        assert row["bits_per_pixel"] == pytest.approx(scored["bits_per_pixel"], abs=1e-4)


def test_half_from_below_is_covered_where_nothing_is_said(atelier: Atelier, image: str) -> None:
    words = ("complete", image, "--count", "2", "--seed", "3", "--json")
    assert atelier(*words).json == atelier(*words, "--cover", "bottom:0.5").json


@pytest.mark.parametrize("cover", ["top:0.5", "left:0.3", "right:1", "bottom:0.75"])
def test_any_side_can_be_covered(cover: str, atelier: Atelier, image: str) -> None:
    side, share = cover.split(":")
    covered = np.zeros((HEIGHT, WIDTH), np.bool_)
    lines = covered if side in ("top", "bottom") else covered.T
    count = round(float(share) * len(lines))
    lines[:count] |= side in ("top", "left")
    lines[len(lines) - count :] |= side in ("bottom", "right")
    made = np.array(
        [row["pixels"] for row in atelier("complete", image, "--cover", cover, "--seed", "3", "--json").json]
    )
    assert ((made == SPRITE).all(0) >= ~covered).all()
    assert (made != SPRITE).any(0).sum() > covered.sum() / 2


def test_a_mask_covers_what_is_white(atelier: Atelier, image: str, tmp_path: Path) -> None:
    covered = np.zeros((HEIGHT, WIDTH), np.bool_)
    covered[1:4, 2:6] = True
    mask = save_mask(tmp_path / "mask.png", covered)
    said = atelier("complete", image, "--mask", mask, "--count", "9", "--seed", "1", "--json")
    made = np.array([row["pixels"] for row in said.json])
    assert (made[:, ~covered] == SPRITE[~covered]).all()
    assert (made[:, covered] != SPRITE[covered]).any(0).all()


@pytest.mark.usefixtures("drawer")
def test_a_blind_model_does_not_see_what_lies_below(atelier: Atelier, tmp_path: Path) -> None:
    pictures = [SPRITE, SPRITE.copy()]
    pictures[1][TOP:] = 3
    files = [save(tmp_path / f"{i}.png", np.array(PALETTE, np.uint8)[sprite]) for i, sprite in enumerate(pictures)]
    words = ("--cover", "top:0.5", "--count", "5", "--seed", "1", "--json")
    tops = {}
    for sight in ((), ("--blind",)):
        rows = [atelier("complete", file, *words, *sight).json for file in files]
        tops[sight] = [{row["seed"]: row["pixels"][:TOP] for row in some} for some in rows]
    assert tops["--blind",][0] == tops["--blind",][1]
    assert tops[()][0] != tops[()][1]


def test_the_sheet_shows_the_covered_picture_first(atelier: Atelier, image: str, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.png"
    said = atelier("complete", image, "--count", "3", "--seed", "1", "--out", str(sheet))
    assert said.err == f"The sheet is in {sheet}.\n"
    rows = atelier("complete", image, "--count", "3", "--seed", "1", "--json").json
    told = [f"seed {row['seed']}  {row['bits_per_covered_pixel']:.2f} bits a covered pixel" for row in rows]
    assert said.out.splitlines() == told
    with Image.open(sheet) as opened:
        shown = np.array(opened.convert("RGB"))
    greys = (shown[:, :, None] == GREYS).all(-1).any(-1)
    rows, columns = np.nonzero(greys)
    scale = 160 // WIDTH
    assert greys.sum() == WIDTH * (HEIGHT - TOP) * scale**2
    assert rows.max() < shown.shape[0] / 2
    assert columns.max() < shown.shape[1] / 2


@pytest.mark.usefixtures("drawer")
def test_a_picture_of_another_size_is_brought_to_the_models_and_that_is_told(atelier: Atelier, tmp_path: Path) -> None:
    large = np.array(PALETTE, np.uint8)[SPRITE].repeat(4, 0).repeat(4, 1)
    said = atelier("complete", save(tmp_path / "large.png", large), "--count", "2", "--seed", "1", "--json")
    assert said.err == f"The picture was brought to {WIDTH}×{HEIGHT} pixels; the cover lies over that.\n"
    assert np.array(said.json[0]["pixels"]).shape == (HEIGHT, WIDTH)


def test_all_covered_is_told_and_drawn_from_nothing(atelier: Atelier, image: str) -> None:
    said = atelier("complete", image, "--cover", "bottom:1", "--count", "3", "--seed", "1", "--json")
    assert said.err == "All of the picture is covered: the model sees nothing of it.\n"
    from_nothing = atelier("draw", "--count", "3", "--seed", "1", "--json").json
    assert sorted(row["pixels"] for row in said.json) == sorted(row["pixels"] for row in from_nothing)
    for row in said.json:
        assert row["bits_per_covered_pixel"] == pytest.approx(row["bits_per_pixel"], abs=1e-4)


@pytest.mark.parametrize("cover", ["bottom:0.01", "left:0.001"])
def test_nothing_covered_is_told(cover: str, atelier: Atelier, image: str) -> None:
    said = atelier("complete", image, "--cover", cover)
    assert said == (1, "", "atelier: nothing of the picture is covered: cover more of it\n")


def test_a_black_mask_covers_nothing(atelier: Atelier, image: str, tmp_path: Path) -> None:
    mask = save_mask(tmp_path / "mask.png", np.zeros((HEIGHT, WIDTH), np.bool_))
    assert (
        atelier("complete", image, "--mask", mask).err
        == "atelier: nothing of the picture is covered: cover more of it\n"
    )


@pytest.mark.parametrize(
    "cover", ["", "bottom", "bottom:", "bottom:0", "bottom:-1", "bottom:1.5", "bottom:nan", "under:0.5", ":0.5", "0.5"]
)
def test_wrong_words_for_a_cover_are_told(cover: str, atelier: Atelier, image: str) -> None:
    said = atelier("complete", image, "--cover", cover)
    assert (said.status, said.out) == (2, "")
    assert f"a share up to 1 are needed, such as bottom:0.5, not {cover!r} (see atelier complete --help)" in said.err


def test_one_cover_is_enough(atelier: Atelier, image: str) -> None:
    said = atelier("complete", image, "--cover", "top:0.5", "--mask", image)
    assert said.status == 2
    assert "not allowed with" in said.err


def test_what_is_no_picture_is_told(atelier: Atelier, image: str, tmp_path: Path) -> None:
    other = tmp_path / "moon.png"
    other.write_text("no picture", encoding="utf-8")
    sentence = f"atelier: cannot read {other}: not a picture\n"
    assert atelier("complete", str(other)) == (1, "", sentence)
    assert atelier("complete", image, "--mask", str(other)) == (1, "", sentence)
    assert (
        atelier("complete", str(tmp_path / "no.png")).err
        == f"atelier: cannot read {tmp_path / 'no.png'}: No such file or directory\n"
    )


def test_a_mask_of_another_shape_is_told(atelier: Atelier, image: str, tmp_path: Path) -> None:
    mask = save_mask(tmp_path / "mask.png", np.ones((HEIGHT, WIDTH + 3), np.bool_))
    said = atelier("complete", image, "--mask", mask)
    assert (said.status, said.out) == (1, "")
    assert f"a mask of {WIDTH}×{HEIGHT} or of that shape is needed" in said.err


@given(st.one_of(st.text(), st.builds("{}:{}".format, st.sampled_from(["top", "left", "up"]), st.floats())))
def test_whatever_is_typed_as_a_cover_it_is_a_side_and_a_share_or_refused(text: str) -> None:
    try:
        side, share = complete._cover(text)
    except argparse.ArgumentTypeError:
        return
    assert side in masks.SIDES
    assert 0 < share <= 1
