"""`decode`, `encode` and `map`: the latent map without a window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from models import shelf
from models.commands import half_blocks
from models.image_vae import DEFAULT, latent_map
from models.image_vae.codes import FARTHEST
from models.image_vae.model import MapModel
from models.shelf import ModelFolder
from tests.drawing import HEIGHT, PALETTE, WIDTH, sprites
from tests.mapping import tiny_map_model
from tests.models.commands.conftest import Atelier

pytestmark = pytest.mark.usefixtures("maps")


def read(file: Path) -> NDArray[np.uint8]:
    with Image.open(file) as image:
        return np.array(image.convert("RGB"))


def shrunk(picture: NDArray[np.uint8], height: int, width: int) -> NDArray[np.uint8]:
    """A picture of which each pixel was made a square, with one pixel for each again."""
    scale = picture.shape[0] // height
    assert picture.shape == (height * scale, width * scale, 3)
    small = picture[::scale, ::scale]
    assert (small.repeat(scale, 0).repeat(scale, 1) == picture).all()
    return small


def imagined(folder: ModelFolder, *codes: tuple[float, ...]) -> NDArray[np.uint8]:
    return latent_map.decode(MapModel.load(folder), np.array(codes, np.float32))


@pytest.fixture
def sprite(tmp_path: Path) -> Path:
    """A picture of just the size and colours of the model."""
    file = tmp_path / "sprite.png"
    Image.fromarray(np.array(PALETTE, np.uint8)[sprites(1, 7)[0]]).save(file)
    return file


# decode


@pytest.mark.parametrize("code", [(0.5, -1.0), (-0.5, 1.0), (-1.0, -1e-3), (-FARTHEST, FARTHEST)])
def test_decode_saves_the_image_of_a_code(
    code: tuple[float, float], atelier: Atelier, maps: dict[str, ModelFolder], tmp_path: Path
) -> None:
    out = tmp_path / "new" / "x.png"
    said = atelier("decode", "--code", ",".join(map(str, code)), "--out", str(out))
    assert said == (0, "", f"The image is in {out}.\n")
    assert (shrunk(read(out), HEIGHT, WIDTH) == imagined(maps["tiny-map"], code)).all()


def test_decode_as_json_tells_every_pixel(atelier: Atelier, maps: dict[str, ModelFolder]) -> None:
    said = atelier("decode", "--code", "-0.5,1", "--json")
    assert said.err == ""
    assert said.json.keys() == {"model", "code", "pixels"}
    assert (said.json["model"], said.json["code"]) == ("tiny-map", [-0.5, 1])
    assert (np.array(said.json["pixels"]) == imagined(maps["tiny-map"], (-0.5, 1))[0]).all()


def test_decode_takes_an_autoencoder_too(atelier: Atelier, maps: dict[str, ModelFolder]) -> None:
    said = atelier("decode", "--code", "0.5,1", "--model", "tiny-map-ae", "--json")
    assert (np.array(said.json["pixels"]) == imagined(maps["tiny-map-ae"], (0.5, 1))[0]).all()


def test_the_scale_is_a_whole_number_of_ones_own(atelier: Atelier, tmp_path: Path) -> None:
    atelier("decode", "--code", "0,0", "--scale", "3", "--out", str(tmp_path / "x.png"))
    assert read(tmp_path / "x.png").shape == (3 * HEIGHT, 3 * WIDTH, 3)


def test_in_a_terminal_the_image_itself_is_shown(atelier: Atelier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(half_blocks, "can_be_shown", lambda: True)
    said = atelier("decode", "--code", "0.5,-1")
    assert said.out.count(half_blocks.HALF) == WIDTH * HEIGHT // 2
    assert said.out.splitlines()[HEIGHT // 2].strip() == "0.5,-1"


def test_where_nothing_can_be_shown_a_file_is_asked_for(atelier: Atelier) -> None:
    said = atelier("decode", "--code", "0,0")
    told = "atelier: say where the image shall go, --out FILE.png or --json: it cannot be shown here\n"
    assert said == (2, "", told)


@pytest.mark.parametrize(
    ("code", "status", "sentence"),
    [
        ("nan,1", 1, "a number of a code must lie between −10 and 10, not nan"),
        ("-nan,1", 1, "a number of a code must lie between −10 and 10, not nan"),
        ("1,-inf", 1, "a number of a code must lie between −10 and 10, not -inf"),
        ("0.5,1e9", 1, "a number of a code must lie between −10 and 10, not 1000000000.0"),
        ("1", 1, "a code of this model has 2 numbers, and 1 were given"),
        ("-1,2,3", 1, "a code of this model has 2 numbers, and 3 were given"),
        ("one,two", 2, "argument --code: numbers with commas between are needed, not 'one,two'"),
        ("1,,2", 2, "argument --code: numbers with commas between are needed, not '1,,2'"),
        ("", 2, "argument --code: numbers with commas between are needed, not ''"),
    ],
)
def test_a_code_that_is_none_is_told(code: str, status: int, sentence: str, atelier: Atelier, tmp_path: Path) -> None:
    said = atelier("decode", "--code", code, "--out", str(tmp_path / "x.png"))
    assert (said.status, said.out) == (status, "")
    assert said.err.startswith(f"atelier: {sentence}")
    assert said.err.count("\n") == 1
    assert not (tmp_path / "x.png").exists()


@pytest.mark.parametrize("command", ["decode --code 0,0", "encode sprite.png", "map --grid 2 --out map.png"])
def test_without_a_name_the_map_is_taken_that_the_window_opens(
    command: str, atelier: Atelier, sprite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("amber", DEFAULT):
        tiny_map_model(shelf.user_models() / name)
    monkeypatch.chdir(sprite.parent)
    assert atelier(*command.split(), "--json").json["model"] == DEFAULT


def test_a_model_that_has_no_codes_is_told(atelier: Atelier, drawing_folder: ModelFolder) -> None:
    said = atelier("decode", "--code", "0,0", "--json", "--model", str(drawing_folder.path))
    assert said.status == 1
    assert "holds a model of the family pixel_rnn, and image_vae or image_ae is needed here" in said.err
    assert atelier("decode", "--code", "0,0", "--json", "--model", "moon").err == (
        "atelier: no model for this is called moon: the shelf holds tiny-map, tiny-map-ae\n"
    )


# encode


def test_encode_tells_code_and_price(atelier: Atelier, maps: dict[str, ModelFolder], sprite: Path) -> None:
    said = atelier("encode", str(sprite), "--json")
    assert (said.status, said.err) == (0, "")
    landing = latent_map.encode(MapModel.load(maps["tiny-map"]), sprites(1, 7)[0])
    assert landing.log_variance is not None
    assert said.json == {
        "model": "tiny-map",
        "mean": pytest.approx(landing.mean),
        "log_variance": pytest.approx(landing.log_variance),
        "reconstruction_nats": pytest.approx(landing.reconstruction_nats),
        "kl_nats": pytest.approx(landing.kl_nats),
    }


def test_an_autoencoder_has_no_spread_and_no_kl(atelier: Atelier, sprite: Path) -> None:
    words = ("encode", str(sprite), "--model", "tiny-map-ae")
    told = atelier(*words, "--json").json
    assert (told["log_variance"], told["kl_nats"]) == (None, None)
    assert len(told["mean"]) == 2
    assert [line.split()[0] for line in atelier(*words).out.splitlines()] == ["mean", "reconstruction"]


def test_as_text_the_price_is_the_sum(atelier: Atelier, sprite: Path) -> None:
    rows = {line.split()[0]: line.split()[1:] for line in atelier("encode", str(sprite)).out.splitlines()}
    told = atelier("encode", str(sprite), "--json").json
    assert [float(word) for word in rows["mean"]] == pytest.approx(told["mean"], abs=1e-3)
    spread = np.exp(np.array(told["log_variance"]) / 2)
    assert [float(word) for word in rows["deviation"]] == pytest.approx(spread, abs=1e-3)
    price = told["reconstruction_nats"] + told["kl_nats"]
    assert float(rows["−ELBO"][0]) == pytest.approx(price, abs=0.01)


def test_the_reconstruction_is_saved_beside_the_picture(
    atelier: Atelier, maps: dict[str, ModelFolder], sprite: Path, tmp_path: Path
) -> None:
    out = tmp_path / "both.png"
    said = atelier("encode", str(sprite), "--out", str(out), "--scale", "5")
    assert said.err == f"The reconstruction is in {out}.\n"
    both = shrunk(read(out), HEIGHT, 2 * WIDTH + 1)
    landing = latent_map.encode(MapModel.load(maps["tiny-map"]), sprites(1, 7)[0])
    assert (both[:, :WIDTH] == np.array(PALETTE, np.uint8)[sprites(1, 7)[0]]).all()
    assert (both[:, -WIDTH:] == landing.reconstruction).all()


def test_in_a_terminal_both_are_shown_above_the_figures(
    atelier: Atelier, sprite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = atelier("encode", str(sprite)).out
    monkeypatch.setattr(half_blocks, "can_be_shown", lambda: True)
    said = atelier("encode", str(sprite))
    assert said.out.endswith(text)
    assert said.out.count(half_blocks.HALF) == 2 * WIDTH * HEIGHT // 2


def test_a_picture_of_another_kind_is_converted_and_that_is_told(
    atelier: Atelier, ink_map_folder: ModelFolder, tmp_path: Path
) -> None:
    large = np.zeros((60, 90, 3), np.uint8)
    large[20:40, 30:50] = (250, 240, 90)
    Image.fromarray(large).save(tmp_path / "large.png")
    said = atelier("encode", str(tmp_path / "large.png"), "--model", str(ink_map_folder.path), "--json")
    assert said.status == 0
    assert said.err.splitlines() == [
        f"The picture was brought from 90×60 to {WIDTH}×{HEIGHT} pixels.",
        "Its colours were brought to those that the model knows.",
        "It was light on dark and was inverted.",
    ]


@pytest.mark.parametrize("shade", [0, 255])
def test_an_empty_picture_lands_somewhere(shade: int, atelier: Atelier, tmp_path: Path) -> None:
    Image.new("L", (WIDTH, HEIGHT), shade).save(tmp_path / "empty.png")
    assert atelier("encode", str(tmp_path / "empty.png"), "--json").status == 0


def test_what_is_no_picture_is_told(atelier: Atelier, tmp_path: Path) -> None:
    (tmp_path / "moon.png").write_text("the moon", encoding="utf-8")
    said = atelier("encode", str(tmp_path / "moon.png"), "--json")
    assert said == (1, "", f"atelier: cannot read {tmp_path / 'moon.png'}: not a picture\n")
    said = atelier("encode", str(tmp_path / "sun.png"))
    assert said == (1, "", f"atelier: cannot read {tmp_path / 'sun.png'}: No such file or directory\n")


# map


def test_the_map_shows_even_steps_with_the_highest_number_on_top(
    atelier: Atelier, maps: dict[str, ModelFolder], tmp_path: Path
) -> None:
    out = tmp_path / "map.png"
    assert atelier("map", "--grid", "4", "--range", "-2,2", "--out", str(out)) == (0, "", f"The map is in {out}.\n")
    picture = shrunk(read(out), 4 * HEIGHT, 4 * WIDTH)
    steps = (-1.5, -0.5, 0.5, 1.5)
    images = imagined(maps["tiny-map"], *((x, y) for y in steps[::-1] for x in steps))
    for number, image in enumerate(images):
        top, left = number // 4 * HEIGHT, number % 4 * WIDTH
        assert (picture[top : top + HEIGHT, left : left + WIDTH] == image).all()


def test_a_window_keeps_its_shape(atelier: Atelier, tmp_path: Path) -> None:
    words = ("map", "--grid", "6", "--window", "-1,0,2,1", "--scale", "1", "--out", str(tmp_path / "map.png"), "--json")
    assert atelier(*words).json == {"model": "tiny-map", "window": [-1, 0, 2, 1], "columns": 6, "rows": 2}
    assert read(tmp_path / "map.png").shape == (2 * HEIGHT, 6 * WIDTH, 3)


def test_any_two_numbers_vary_and_the_rest_stays(atelier: Atelier, tmp_path: Path) -> None:
    folder = tiny_map_model(tmp_path / "four", dimensions=4)
    out = tmp_path / "map.png"
    words = ("map", "--model", str(folder.path), "--grid", "2", "--dims", "4,2", "--rest", "-1,9,0.5,9")
    assert atelier(*words, "--range", "-2,2", "--scale", "1", "--out", str(out)).status == 0
    images = imagined(folder, *((-1, y, 0.5, x) for y in (1, -1) for x in (-1, 1)))
    cells = images.reshape(2, 2, HEIGHT, WIDTH, 3).swapaxes(1, 2).reshape(2 * HEIGHT, 2 * WIDTH, 3)
    assert (read(out) == cells).all()


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("--grid", "0"), 2, "argument --grid: 1 to 200 is possible, not 0"),
        (("--grid", "200", "--scale", "64"), 2, "a picture of 89600×76800 pixels would be too large"),
        (("--range", "3,-3"), 2, "--range goes from less to more, between -10 and 10"),
        (("--range", "-3,nan"), 2, "--range goes from less to more, between -10 and 10"),
        (("--range", "-3"), 2, "--range needs two numbers with commas between"),
        (("--window", "-3,-3,3"), 2, "--window needs four numbers with commas between"),
        (("--window", "-3,-3,3,1e9"), 2, "--window goes from less to more, between -10 and 10"),
        (("--window", "-3,-3,3,3", "--range", "-1,1"), 2, "not allowed with argument"),
        (("--dims", "1,3"), 2, "--dims needs two different whole numbers from 1 to 2"),
        (("--dims", "1,1"), 2, "--dims needs two different whole numbers from 1 to 2"),
        (("--dims", "1.5,2"), 2, "--dims needs two different whole numbers from 1 to 2"),
        (("--rest", "-1,2,3"), 1, "a code of this model has 2 numbers, and 3 were given"),
        (("--rest", "-1,nan"), 1, "a number of a code must lie between"),
        (("--out", "map.jpg"), 2, "argument --out: a name that ends in .png is needed"),
    ],
)
def test_a_map_that_cannot_be_drawn_is_told(
    words: tuple[str, ...], status: int, sentence: str, atelier: Atelier, tmp_path: Path
) -> None:
    said = atelier("map", "--out", str(tmp_path / "map.png"), *words)
    assert (said.status, said.out) == (status, "")
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert not (tmp_path / "map.png").exists()


def test_a_map_needs_a_file(atelier: Atelier) -> None:
    assert "the following arguments are required: --out" in atelier("map").err


def test_a_map_that_cannot_be_saved_is_told(atelier: Atelier, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = atelier("map", "--grid", "2", "--out", str(tmp_path / "file" / "map.png"))
    assert said.status == 1
    assert said.err.startswith(f"atelier: cannot save {tmp_path / 'file' / 'map.png'}: ")
