from __future__ import annotations

from models.sentence_vae.characters import characters
from models.sentence_vae.script import HAN
from models.sentence_vae.tokens import train

LINES = ["小舟过桥去", "风落一山秋", "月满东篱下", "远山云里见", "一夜满天霜"]


def test_all_that_is_read_written_or_common_is_shown() -> None:
    shown = characters(train(LINES, 40, HAN))
    assert set("风風见見龟龜满滿，。：") <= set(shown)
    assert not {"a", "1", "\0", "\ufffd"} & set(shown)
    assert list(shown) == sorted(set(shown))
