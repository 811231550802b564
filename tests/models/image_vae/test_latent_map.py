import contextlib

import numpy as np
import pytest
import torch

from models import device
from models.errors import InputError
from models.image_vae import latent_map, search
from models.image_vae.codes import CELLS, MAX_LEVEL, Plane, TileKey, Window
from models.image_vae.model import MapModel
from models.image_vae.network import divergence, drawn
from models.image_vae.training import as_pictures
from models.shelf import ModelFolder
from tests.drawing import HEIGHT, WIDTH, sprites
from tests.mapping import map_data, tiny_map_model


@pytest.fixture
def ink_model(ink_map_folder: ModelFolder) -> MapModel:
    return MapModel.load(ink_map_folder)


@pytest.fixture
def plain_map(plain_map_folder: ModelFolder) -> MapModel:
    return MapModel.load(plain_map_folder)


def test_codes_become_images_in_the_palette(map_model: MapModel) -> None:
    images = latent_map.decode(map_model, np.random.default_rng(0).standard_normal((7, 2)).astype(np.float32))
    assert images.shape == (7, HEIGHT, WIDTH, 3)
    assert {tuple(colour) for colour in images.reshape(-1, 3).tolist()} <= set(map_model.form.palette)


def test_images_do_not_depend_on_what_else_is_decoded(ink_model: MapModel) -> None:
    codes = np.random.default_rng(0).standard_normal((600, 2)).astype(np.float32)
    together, alone = latent_map.decode(ink_model, codes), latent_map.decode(ink_model, codes[599:])
    assert np.abs(together[599].astype(int) - alone[0].astype(int)).max() <= 1


def test_a_tile_holds_the_images_of_its_cells_with_up_at_the_top(map_model: MapModel) -> None:
    key = TileKey(Plane.flat(2), 2, -1, 0)
    side = 1 / 4  # of a cell, at level 2
    tile = latent_map.tile(map_model, key)
    assert tile.shape == (CELLS * HEIGHT, CELLS * WIDTH, 3)
    bottom_left = latent_map.decode(map_model, np.array([[-CELLS * side + side / 2, side / 2]], np.float32))[0]
    top_right = latent_map.decode(map_model, np.array([[-side / 2, CELLS * side - side / 2]], np.float32))[0]
    assert np.array_equal(tile[-HEIGHT:, :WIDTH], bottom_left)
    assert np.array_equal(tile[:HEIGHT, -WIDTH:], top_right)


def test_zooming_in_shows_what_lies_between(ink_model: MapModel) -> None:
    wide = latent_map.tile(ink_model, TileKey(Plane.flat(2), 0, 0, 0))
    near = latent_map.tile(ink_model, TileKey(Plane.flat(2), 1, 0, 0))
    enlarged = wide[-4 * HEIGHT :, : 4 * WIDTH].repeat(2, 0).repeat(2, 1)
    assert (near != enlarged).mean() > 0.2


def test_deep_in_the_map_neighbours_are_not_rounded_together(
    ink_model: MapModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the processor computes in bf16, the ground must not turn to blocks, nor differ from a place looked at."""
    key = TileKey(Plane.flat(2), MAX_LEVEL, 40, -30)
    monkeypatch.setattr(device, "autocast", contextlib.nullcontext)
    exact = latent_map.tile(ink_model, key)
    monkeypatch.setattr(device, "autocast", bf16)
    assert np.array_equal(latent_map.tile(ink_model, key), exact)
    wide = TileKey(Plane.flat(2), 3, 0, 0)
    rounded = latent_map.tile(ink_model, wide).astype(int)
    monkeypatch.setattr(device, "autocast", contextlib.nullcontext)
    assert np.abs(rounded - latent_map.tile(ink_model, wide)).max() <= 6  # nobody sees it


def bf16(_device: torch.device) -> contextlib.AbstractContextManager[None]:
    return torch.autocast("cpu", torch.bfloat16)


def test_tiles_come_in_the_order_they_were_asked_for(map_model: MapModel) -> None:
    keys = [TileKey(Plane.flat(2), 0, column, 0) for column in (1, 0, -1)]
    assert [key for key, _ in latent_map.tiles(map_model, keys)] == keys


@pytest.mark.parametrize(
    "codes",
    [
        np.array([[np.nan, 0]], np.float32),
        np.array([[1e9, 0]], np.float32),
        np.array([[0, -np.inf]], np.float32),
        np.zeros((1, 3), np.float32),
        np.zeros(2, np.float32),
    ],
)
def test_what_is_no_code_is_told(map_model: MapModel, codes: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> None:
    with pytest.raises(InputError):
        latent_map.decode(map_model, codes)
    if codes.ndim == 2:
        with pytest.raises(InputError):
            latent_map.look(map_model, tuple(codes[0].tolist()))


def test_the_map_ends_somewhere(map_model: MapModel) -> None:
    with pytest.raises(InputError):
        latent_map.tile(map_model, TileKey(Plane.flat(2), MAX_LEVEL + 1, 0, 0))


def test_a_look_tells_the_nearest_pictures_in_order(map_model: MapModel) -> None:
    assert map_model.data is not None
    told = latent_map.look(map_model, (0.3, -0.2), neighbours=5)
    apart = np.linalg.norm(map_model.data.means - np.array([0.3, -0.2], np.float32), axis=1)
    assert [n.row for n in told.neighbours] == np.argsort(apart, kind="stable")[:5].tolist()
    assert [n.distance for n in told.neighbours] == pytest.approx(np.sort(apart)[:5].tolist(), abs=1e-5)
    assert all(n.label in map_model.data.names for n in told.neighbours)
    assert told.doubt.shape == (HEIGHT, WIDTH)
    assert (told.doubt >= 0).all()


def test_a_model_without_data_or_labels_has_nameless_neighbours_or_none(map_model: MapModel) -> None:
    folder = tiny_map_model(map_model.folder.path.parent / "unlabelled", labels=False)
    told = latent_map.look(MapModel.load(folder), (0.0, 0.0))
    assert told.neighbours
    assert {n.label for n in told.neighbours} == {""}


@pytest.mark.parametrize("ink", [True, False])
def test_a_pictures_price_is_its_bound_and_never_above_the_encoders(
    ink: bool, map_model: MapModel, ink_model: MapModel
) -> None:
    model = ink_model if ink else map_model
    pixels = map_data(ink=ink).test[0]
    landing = latent_map.encode(model, pixels)
    assert landing.log_variance is not None
    assert landing.kl_nats is not None
    s, m = np.array(landing.log_variance), np.array(landing.mean)
    assert landing.kl_nats == pytest.approx(0.5 * (np.exp(s) + m**2 - 1 - s).sum(), rel=1e-4)
    assert landing.price == pytest.approx(landing.reconstruction_nats + landing.kl_nats)
    pictures = as_pictures(pixels[None], ink)
    with torch.inference_mode():
        mean, log_variance = model.network.encode(pictures)
        assert log_variance is not None
        encoders = price(model, pictures, mean, log_variance)
        found = price(model, pictures, torch.tensor([landing.mean]), torch.tensor([landing.log_variance]))
    assert found <= encoders + 0.2  # but for chance
    assert landing.reconstruction.shape == landing.picture.shape == (HEIGHT, WIDTH, 3)


def price(model: MapModel, pictures: torch.Tensor, mean: torch.Tensor, log_variance: torch.Tensor) -> float:
    """The −ELBO of one picture, closely, by the same noise for any posterior."""
    codes = drawn(mean.expand(4000, -1), log_variance, torch.Generator().manual_seed(1))
    nats = model.network.likelihood.nats(model.network.decode(codes), pictures.expand(4000, -1))
    return float(nats.mean() + divergence(mean, log_variance)[0])


def test_search_finds_the_code_a_picture_was_decoded_from(ink_model: MapModel) -> None:
    """The picture is the decoder's own, so no other place can be much cheaper than its own."""
    code = torch.tensor([[0.8, -0.6]])
    network = ink_model.network
    picture = network.likelihood.drawn(network.decode(code))
    mean, _ = search.posterior(network, picture)
    own, found = (float(network.likelihood.nats(network.decode(z), picture)) for z in (code, mean))
    assert found <= own + 0.7  # the prior may pull a little


def test_encoding_the_same_picture_twice_gives_the_same_place(map_model: MapModel) -> None:
    pixels = sprites(1, 9)[0]
    first, second = latent_map.encode(map_model, pixels), latent_map.encode(map_model, pixels)
    assert (first.mean, first.log_variance, first.price) == (second.mean, second.log_variance, second.price)


def test_an_autoencoder_lands_on_a_point(plain_map: MapModel) -> None:
    landing = latent_map.encode(plain_map, sprites(1, 9)[0])
    assert landing.log_variance is None
    assert landing.kl_nats is None
    assert landing.price == landing.reconstruction_nats


@pytest.mark.parametrize("pixels", [np.zeros((HEIGHT, WIDTH + 1), np.uint8), np.full((HEIGHT, WIDTH), 77, np.uint8)])
def test_a_picture_of_another_format_is_told(
    map_model: MapModel, pixels: np.ndarray[tuple[int, int], np.dtype[np.uint8]]
) -> None:
    with pytest.raises(InputError):
        latent_map.encode(map_model, pixels)


def test_random_codes_are_the_same_for_both_models_and_each_seed(map_model: MapModel, plain_map: MapModel) -> None:
    first, beside = latent_map.imagine(map_model, 6, 11), latent_map.imagine(plain_map, 6, 11)
    assert np.array_equal(first.codes, beside.codes)
    assert not np.array_equal(first.codes, latent_map.imagine(map_model, 6, 12).codes)
    assert np.array_equal(first.images, latent_map.decode(map_model, first.codes))


def test_a_film_goes_in_even_steps_from_end_to_end(map_model: MapModel) -> None:
    path = np.array([[0, 0], [1, 0], [1, 2]], np.float32)
    film = latent_map.film(map_model, path, 13)
    steps = np.linalg.norm(np.diff(film.codes, axis=0), axis=1)
    assert film.codes[0].tolist() == [0, 0]
    assert film.codes[-1].tolist() == [1, 2]
    assert steps == pytest.approx([0.25] * 12, abs=1e-5)
    assert np.array_equal(film.images, latent_map.decode(map_model, film.codes))


@pytest.mark.parametrize(
    ("path", "frames"),
    [
        ([[0.0, 0.0]], 10),
        ([[1.0, 1.0], [1.0, 1.0]], 10),
        ([[0.0, 0.0], [np.nan, 1.0]], 10),
        ([[0.0, 0.0], [1e9, 1.0]], 10),
        ([[0.0, 0.0], [1.0, 1.0]], 1),
        ([0.0, 1.0], 10),
    ],
)
def test_a_path_that_leads_nowhere_is_told(
    map_model: MapModel, path: list[list[float]] | list[float], frames: int
) -> None:
    with pytest.raises(InputError):
        latent_map.film(map_model, np.array(path, np.float32), frames)


def test_the_encoders_spread_is_that_of_the_image_at_each_place(ink_model: MapModel) -> None:
    window = Window(-1, -1, 1, 1)
    told = latent_map.spread(ink_model, Plane.flat(2), window, 2, 2)
    network = ink_model.network
    picture = network.likelihood.drawn(network.decode(torch.tensor([[-0.5, 0.5]])))  # the upper left cell
    _, log_variance = network.encode(picture)
    assert log_variance is not None
    assert told[0, 0] == pytest.approx(float(torch.exp(log_variance.mean() / 2)), rel=1e-4)


def test_an_autoencoder_tells_no_spread(plain_map: MapModel) -> None:
    with pytest.raises(InputError):
        latent_map.spread(plain_map, Plane.flat(2), Window(-1, -1, 1, 1), 4, 4)


def test_a_plane_shows_two_numbers_of_ten(map_model: MapModel) -> None:
    model = MapModel.load(tiny_map_model(map_model.folder.path.parent / "ten", 10))
    plane = Plane(tuple(range(10)), across=7, up=3)
    codes = plane.codes(np.array([[0.5, -1.5]], np.float32))
    assert codes[0].tolist() == [0, 1, 2, -1.5, 4, 5, 6, 0.5, 8, 9]
    assert plane.code(0.5, -1.5) == tuple(codes[0].tolist())
    assert plane.point(plane.code(0.5, -1.5)) == (0.5, -1.5)
    tile = latent_map.tile(model, TileKey(plane, 0, 0, 0))
    first = latent_map.decode(model, plane.codes(np.array([[0.5, 7.5]], np.float32)))[0]
    assert np.array_equal(tile[:HEIGHT, :WIDTH], first)


def test_a_picture_lands_in_ten_numbers_too(map_model: MapModel) -> None:
    model = MapModel.load(tiny_map_model(map_model.folder.path.parent / "lands", 10))
    landing = latent_map.encode(model, sprites(1, 9)[0])
    assert len(landing.mean) == 10
    assert landing.log_variance is not None
    plane = Plane(landing.mean, across=2, up=5)
    spread = latent_map.spread(model, plane, Window(-1, -1, 1, 1), 3, 4)
    assert spread.shape == (3, 4)
    assert (spread > 0).all()
    assert latent_map.look(model, landing.mean).image.shape == (HEIGHT, WIDTH, 3)
