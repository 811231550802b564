from __future__ import annotations

from dataclasses import replace

import pytest

from models.sentence_vae.language import CHINESE, ENGLISH, MIXED, NO_LANGUAGE, language_of, written_in
from models.shelf import ModelFolder


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (("the sea is old", "my day is far"), ENGLISH),
        (("das Meer ist müde",), ENGLISH),
        (("小舟過橋去", "风落一山秋"), CHINESE),
        (("小舟过桥去，OK",), CHINESE),
        (("the sea is old", "风落一山秋"), MIXED),
        (("小舟 is 过 old 桥",), MIXED),
        (("the sea is old and the moon (月) is new",), ENGLISH),
        (("", "风落一山秋"), CHINESE),
        (("12 — 34", "the sea"), ENGLISH),
        (("小舟过桥去 ①②③④⑤⑥",), CHINESE),
        (("“Où est-il?” — naïve, 3½ …", "the sea"), ENGLISH),
        (("мой дом стоит у моря", "the sea is old"), ENGLISH),  # what a model knows little of is told beside the line
        (("こんにちは世界",), ENGLISH),
        (("월광이 明月",), ENGLISH),
        (("こんにちは世界", "风落一山秋"), MIXED),
        (("", "  ", "…", "🌊"), NO_LANGUAGE),
        ((), NO_LANGUAGE),
    ],
)
def test_the_language_is_that_of_all_lines_that_have_letters(lines: tuple[str, ...], language: str) -> None:
    assert language_of(*lines) == language


@pytest.mark.parametrize(
    ("recipe", "language"), [({}, ENGLISH), ({"script": "other"}, ENGLISH), ({"script": "han"}, CHINESE)]
)
def test_a_model_is_of_the_language_that_its_card_tells(
    recipe: dict[str, object], language: str, tiny_folder: ModelFolder
) -> None:
    assert written_in(replace(tiny_folder, card=replace(tiny_folder.card, recipe=recipe))) == language
