"""The model picker and the card: what stands on the shelf, and what is wrong with what cannot be used."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.widgets import card_view
from desktop.widgets.card_view import CardView
from desktop.widgets.model_picker import CardDialog, ModelPicker
from models import shelf
from models.errors import AtelierError
from models.shelf import Card, ModelFolder

FAMILY = "test_family"
CARD = Card(
    family=FAMILY,
    name="small",
    title="A small model",
    configuration={"code": 8},
    data="120 lines, written for this test",
    licence="Apache-2.0",
    recipe={"minutes": 1.5, "seed": 3, "resumed": True},
    figures={"ends_returned": 0.65432, "lines": 1464487},
)


@pytest.fixture(autouse=True)
def _own_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing shipped, so that the shelf holds what a test puts there."""
    monkeypatch.setattr(shelf, "shipped_models", lambda: tmp_path / "shipped")


def put(name: str, value: float = 1.0, family: str = FAMILY) -> ModelFolder:
    card = dataclasses.replace(CARD, name=name, title=f"The model {name}", family=family)
    return shelf.write(shelf.user_models() / name, card, {"w": np.full(3, value, np.float32)}, {})


@pytest.fixture
def picker(qtbot: QtBot) -> ModelPicker:
    picker = ModelPicker((FAMILY,))
    qtbot.addWidget(picker)
    picker.show()
    return picker


def titles(picker: ModelPicker) -> list[str]:
    return [picker.list.itemText(place) for place in range(picker.list.count())]


def test_nothing_is_read_before_refresh(picker: ModelPicker) -> None:
    put("a")
    assert titles(picker) == []
    assert picker.current is None


def test_a_model_that_cannot_be_used_is_not_offered_and_the_reason_is_told(qtbot: QtBot) -> None:
    for name in ("a", "b"):
        put(name)
    picker, told = ModelPicker((FAMILY,), only_b), list[AtelierError]()
    qtbot.addWidget(picker)
    picker.problem.connect(told.append)
    picker.refresh()
    assert titles(picker) == ["The model b"]
    assert [str(error) for error in told] == ["a cannot be used."]


def only_b(model: ModelFolder) -> None:
    if model.name != "b":
        raise AtelierError("{name} cannot be used.", name=model.name)


def test_models_of_the_family_are_offered(picker: ModelPicker) -> None:
    for name, family in (("a", FAMILY), ("b", FAMILY), ("c", "another_family")):
        put(name, family=family)
    picker.refresh()
    assert titles(picker) == ["The model a", "The model b"]
    assert picker.current is not None
    assert picker.current.name == "a"


def test_models_of_the_same_title_are_told_apart_by_their_names(picker: ModelPicker) -> None:
    put("a")
    for name in ("b", "c"):
        card = dataclasses.replace(CARD, name=name, title="My verses")
        shelf.write(shelf.user_models() / name, card, {"w": np.ones(3, np.float32)}, {})
    picker.refresh()
    assert titles(picker) == ["The model a", "My verses (b)", "My verses (c)"]


def test_an_empty_shelf_says_so(picker: ModelPicker) -> None:
    picker.refresh()
    assert picker.current is None
    assert not picker.list.isEnabled()
    assert not picker.card_button.isEnabled()
    assert picker.list.placeholderText() == "No model"


def test_a_folder_that_cannot_be_used_is_one_sentence(picker: ModelPicker) -> None:
    put("a")
    (shelf.user_models() / "broken").mkdir()
    problems: list[AtelierError] = []
    picker.problem.connect(problems.append)
    picker.refresh()
    assert titles(picker) == ["The model a"]
    (problem,) = problems
    assert "broken" in str(problem)
    assert "\n" not in str(problem)


def test_a_persons_choice_is_told(qtbot: QtBot, picker: ModelPicker) -> None:
    put("a")
    put("b")
    picker.refresh()
    chosen: list[ModelFolder] = []
    picker.chosen.connect(chosen.append)
    picker.list.setFocus()
    qtbot.keyClick(picker.list, Qt.Key.Key_Down)
    assert [model.name for model in chosen] == ["b"]


def test_selecting_by_hash_goes_before_the_name_and_is_silent(picker: ModelPicker) -> None:
    put("a", 1.0)
    second = put("b", 2.0)
    picker.refresh()
    chosen: list[ModelFolder] = []
    picker.chosen.connect(chosen.append)
    assert picker.select("a", second.hash) == second
    assert picker.current == second
    assert chosen == []


@pytest.mark.parametrize(("name", "model_hash", "found"), [("b", "0" * 12, "b"), ("b", "", "b"), ("z", "0" * 12, None)])
def test_selecting_by_name_where_the_hash_is_unknown(
    picker: ModelPicker, name: str, model_hash: str, found: str | None
) -> None:
    put("a")
    put("b", 2.0)
    picker.refresh()
    selected = picker.select(name, model_hash)
    assert (selected.name if selected else None) == found
    assert picker.current is not None
    assert picker.current.name == (found or "a")


def test_the_choice_outlives_a_refresh(picker: ModelPicker) -> None:
    put("a")
    put("b", 2.0)
    picker.refresh()
    picker.select("b")
    put("aa", 3.0)
    picker.refresh()
    assert picker.current is not None
    assert picker.current.name == "b"


def test_the_card_opens_and_follows_the_choice(qtbot: QtBot, picker: ModelPicker) -> None:
    put("a")
    put("b", 2.0)
    picker.refresh()
    qtbot.mouseClick(picker.card_button, Qt.MouseButton.LeftButton)
    picker.select("b")
    (dialog,) = picker.findChildren(CardDialog)
    assert dialog.isVisible()
    assert dialog.windowTitle() == "The model b"


def labels(view: CardView) -> list[QLabel]:
    content = view.widget()
    assert content is not None
    return content.findChildren(QLabel)


def texts(view: CardView) -> list[str]:
    return [label.text() for label in labels(view)]


def test_a_card_can_be_read(qtbot: QtBot) -> None:
    view = CardView()
    qtbot.addWidget(view)
    folder = put("small")
    view.show_card(folder)
    shown = texts(view)
    for text in ("The model small", "Test family", "120 lines, written for this test", "Apache-2.0", folder.hash):
        assert text in shown
    assert shown[shown.index("Ends returned") + 1] == "0.654"
    assert shown[shown.index("Lines") + 1] == "1,464,487"
    assert shown[shown.index("Minutes") + 1] == "1.5"
    assert shown[shown.index("Resumed") + 1] == "True"


def test_another_card_takes_the_place_of_the_first(qtbot: QtBot) -> None:
    view = CardView()
    qtbot.addWidget(view)
    view.show_card(put("small"))
    view.show_card(put("large"))
    assert "The model large" in texts(view)
    assert "The model small" not in texts(view)


def test_what_a_card_leaves_open_is_left_out(qtbot: QtBot) -> None:
    folder = put("small")
    bare = dataclasses.replace(
        folder, card=dataclasses.replace(folder.card, notes="", written="", recipe={}, figures={})
    )
    names = [name for name, _text in card_view.rows(bare)]
    assert "Notes" not in names
    view = CardView()
    qtbot.addWidget(view)
    view.show_card(bare)
    assert "Measured" not in texts(view)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.98765, "0.988"), (12345.6, "12,346"), (0.00001, "1e-05"), (7, "7"), (True, "True"), ("a", "a"), (None, "None")],
)
def test_numbers_are_short(value: object, text: str) -> None:
    assert card_view.number(value) == text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("sentence_vae", "Sentence VAE"),
        ("kl", "KL"),
        ("ends_returned", "Ends returned"),
        ("pixel_rnn", "Pixel RNN"),
        ("", ""),
    ],
)
def test_keys_are_shown_as_words(name: str, words: str) -> None:
    assert card_view.words_of(name) == words


def test_markup_in_a_card_is_shown_as_it_is(qtbot: QtBot) -> None:
    view = CardView()
    qtbot.addWidget(view)
    folder = put("small")
    view.show_card(dataclasses.replace(folder, card=dataclasses.replace(folder.card, licence="<b>none</b>")))
    (label,) = (label for label in labels(view) if label.text() == "<b>none</b>")
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_model_is_found_without_being_chosen(picker: ModelPicker) -> None:
    first, second = put("a", 1.0), put("b", 2.0)
    picker.refresh()
    assert picker.models == (first, second)
    assert picker.named("b") == second
    assert picker.named("b", first.hash) == first, "the hash tells more than the name"
    assert picker.named("c") is None
    assert picker.current == first
