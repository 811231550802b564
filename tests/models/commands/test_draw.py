"""`draw`: what is promised of its JSON, its sheet and its film."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from models.commands import half_blocks, sprites
from models.pixel_rnn.sprite import MAX_TEMPERATURE, MIN_TEMPERATURE
from models.seed import MAX_SEED
from models.shelf import ModelFolder
from models.sprites.form import Format
from tests.drawing import HEIGHT, PALETTE, WIDTH
from tests.models.commands.conftest import Atelier

pytestmark = pytest.mark.usefixtures("drawer")

WORDS = ("draw", "--count", "5", "--seed", "30")


def pixels_of(rows: list[dict[str, Any]]) -> NDArray[np.uint8]:
    return np.array([row["pixels"] for row in rows], np.uint8)


def test_json_is_what_the_command_line_promises(atelier: Atelier) -> None:
    said = atelier(*WORDS, "--json")
    assert (said.status, said.err) == (0, "")
    assert all(row.keys() == {"seed", "pixels", "bits_per_pixel"} for row in said.json)
    assert [row["seed"] for row in said.json] == [30, 31, 32, 33, 34]
    drawn = pixels_of(said.json)
    assert drawn.shape == (5, HEIGHT, WIDTH)
    assert drawn.max() < len(PALETTE)
    assert len({sprite.tobytes() for sprite in drawn}) > 1
    assert len(said.out.splitlines()) < 5 * (HEIGHT + 10)  # a row of pixels on a line


def test_bits_are_those_that_score_tells(atelier: Atelier, tmp_path: Path) -> None:
    for row in atelier(*WORDS, "--json").json:
        Image.fromarray(np.array(PALETTE, np.uint8)[row["pixels"]]).save(tmp_path / "sprite.png")
        (scored,) = atelier("score", str(tmp_path / "sprite.png"), "--json").json
        assert scored["bits_per_pixel"] == pytest.approx(row["bits_per_pixel"], abs=1e-4)


def test_each_sprite_can_be_drawn_again_by_its_own_seed(atelier: Atelier) -> None:
    several = atelier(*WORDS, "--json").json
    for row in several:
        (alone,) = atelier("draw", "--count", "1", "--seed", str(row["seed"]), "--json").json
        assert alone["pixels"] == row["pixels"]


def test_more_sprites_than_one_batch_holds_come_in_the_order_of_their_seeds(atelier: Atelier) -> None:
    rows = atelier("draw", "--count", "70", "--seed", str(MAX_SEED - 1), "--json").json
    assert [row["seed"] for row in rows] == [MAX_SEED - 1, MAX_SEED, *range(68)]
    assert rows[2:][:5] == atelier("draw", "--count", "5", "--seed", "0", "--json").json


def test_without_a_seed_one_is_drawn_and_told(atelier: Atelier) -> None:
    said = atelier("draw", "--count", "3")
    seed = int(said.err.removeprefix("seed "))
    assert [line.split()[1] for line in said.out.splitlines()] == [str(seed + number) for number in range(3)]
    assert atelier("draw", "--count", "3", "--seed", str(seed)).out == said.out
    (row,) = atelier("draw", "--count", "1", "--json").json
    assert atelier("draw", "--count", "1", "--json", "--seed", str(row["seed"])).json == [row]


def test_temperature_and_top_p_reach_the_model(atelier: Atelier) -> None:
    usual = atelier(*WORDS, "--json").json
    for words in (("--temperature", "0.2"), ("--top-p", "0.3")):
        careful = atelier(*WORDS, *words, "--json").json
        assert sum(row["bits_per_pixel"] for row in careful) < sum(row["bits_per_pixel"] for row in usual)


def test_the_sheet_holds_every_sprite_and_the_film_ends_with_the_first(atelier: Atelier, tmp_path: Path) -> None:
    sheet, film = tmp_path / "new" / "sheet.png", tmp_path / "film.gif"
    said = atelier(*WORDS, "--json", "--out", str(sheet), "--gif", str(film))
    assert said.err == f"The sheet is in {sheet}.\nThe film is in {film}.\n"
    colours = np.array(PALETTE, np.uint8)[pixels_of(said.json)]
    with Image.open(sheet) as image:
        shown = np.array(image.convert("RGB"))
    scale = 160 // WIDTH
    small = {shown[y:, x:][::scale, ::scale][:HEIGHT, :WIDTH].tobytes() for y, x in np.ndindex(shown.shape[:2])}
    assert all(sprite.tobytes() in small for sprite in colours)
    with Image.open(film) as image:
        assert image.n_frames == HEIGHT * WIDTH + 1  # type: ignore[attr-defined]
        image.seek(HEIGHT * WIDTH)
        last = np.array(image.convert("RGB"))
    step = last.shape[0] // HEIGHT
    assert (last[step // 2 :: step, step // 2 :: step] == colours[0]).all()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--count", "0"), f"argument --count: 1 to {sprites.MOST} is possible, not 0"),
        (
            ("--temperature", "9"),
            f"argument --temperature: {MIN_TEMPERATURE:g} to {MAX_TEMPERATURE:g} is possible, not 9",
        ),
        (("--temperature", "nan"), "is possible, not nan"),
        (("--temperature", "warm"), "argument --temperature: a number is needed, not 'warm'"),
        (("--top-p", "0"), "argument --top-p: 0.05 to 1 is possible, not 0"),
        (("--out", "sheet.jpg"), "argument --out: a name that ends in .png is needed, not 'sheet.jpg'"),
        (("--gif", "film"), "argument --gif: a name that ends in .gif is needed, not 'film'"),
    ],
)
def test_wrong_usage_is_told(words: tuple[str, ...], sentence: str, atelier: Atelier) -> None:
    said = atelier("draw", *words)
    assert (said.status, said.out) == (2, "")
    assert sentence in said.err


def test_a_sheet_that_cannot_be_saved_is_told(atelier: Atelier, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = atelier(*WORDS, "--out", str(tmp_path / "file" / "sheet.png"))
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith(f"atelier: cannot save {tmp_path / 'file' / 'sheet.png'}: ")


def test_a_model_of_another_family_does_not_draw(atelier: Atelier, tiny_folder: ModelFolder) -> None:
    said = atelier("draw", "--model", str(tiny_folder.path))
    assert said.status == 1
    assert "holds a model of the family sentence_vae, and pixel_rnn is needed here" in said.err


def test_in_a_terminal_the_sprites_themselves_are_shown(atelier: Atelier, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = atelier(*WORDS, "--json").json
    monkeypatch.setattr(half_blocks, "can_be_shown", lambda: True)
    said = atelier(*WORDS)
    assert said.out.count(half_blocks.HALF) == 5 * WIDTH * HEIGHT // 2
    assert all(f"{row['seed']}  {row['bits_per_pixel']:.2f} bits" in said.out for row in rows)


def read_art(text: str) -> list[list[tuple[str, str]]]:
    """The colours of every half block, line by line: upper and lower."""
    lines = []
    for line in text.splitlines():
        blocks: list[tuple[str, str]] = []
        for part in line.split("\x1b[")[1:]:
            code, _, letters = part.partition("m")
            middle = code.find(";4")
            blocks += [(code[:middle], code[middle + 1 :])] * letters.count(half_blocks.HALF)
        lines.append(blocks)
    return lines


def test_two_pixels_share_a_letter_and_an_odd_row_stands_on_the_terminals_own_colour() -> None:
    form = Format(3, 2, ((255, 255, 255), (1, 2, 3)))
    text = half_blocks.rows(form, [np.array([[0, 1], [1, 1], [1, 0]], np.uint8)], ["7"])
    white, dark = "8;2;255;255;255", "8;2;1;2;3"
    first, second, *_ = read_art(text)
    assert first == [(f"3{white}", f"4{dark}"), (f"3{dark}", f"4{dark}")]
    assert second == [(f"3{dark}", "49"), (f"3{white}", "49")]
    assert text.splitlines()[2] == "7"


def test_as_many_sprites_stand_in_a_row_as_fit() -> None:
    form = Format(2, 4, ((255, 255, 255), (1, 2, 3)))
    three = [np.zeros((2, 4), np.uint8)] * 3
    for room, lines in ((4, 8), (9, 8), (10, 5), (16, 2)):
        assert len(half_blocks.rows(form, three, ["a", "b", "c"], room).splitlines()) == lines


@pytest.mark.parametrize(
    ("variables", "encoding", "shown"),
    [
        ({"COLORTERM": "truecolor"}, "utf-8", True),
        ({"WT_SESSION": "1"}, "utf-8", True),
        ({}, "utf-8", False),
        ({"COLORTERM": "truecolor", "NO_COLOR": "1"}, "utf-8", False),
        ({"COLORTERM": "truecolor", "TERM": "dumb"}, "utf-8", False),
        ({"COLORTERM": "truecolor"}, "ascii", False),
    ],
)
def test_art_is_shown_where_the_terminal_can(
    variables: dict[str, str], encoding: str, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("COLORTERM", "WT_SESSION", "NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout", Terminal(encoding, is_terminal=True))
    assert half_blocks.can_be_shown() is shown
    monkeypatch.setattr("sys.stdout", Terminal(encoding, is_terminal=False))
    assert not half_blocks.can_be_shown()


class Terminal:
    """Stands for standard output."""

    def __init__(self, encoding: str, *, is_terminal: bool) -> None:
        self.encoding = encoding
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal
