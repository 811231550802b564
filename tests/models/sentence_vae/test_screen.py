from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.errors import DataError
from models.sentence_vae import screen
from models.sentence_vae.screen import is_fit, learn

PLAIN = [
    "the sea is old and the day is new",
    "Through every chamber of the silent house",
    "风落一山秋",
    "小舟归晚",
    "",
    "…",
]


@pytest.fixture
def own_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A screen of words that nobody minds, written as a person writes their own."""
    words = tmp_path / "list.txt"
    words.write_text("zorbo\nglim glam\n\n丑丑话\nO'Blorf\n", encoding="utf-8")

    def own_file() -> Path:
        return tmp_path / screen.FILE

    monkeypatch.setattr(screen, "_file", own_file)
    screen._screened.cache_clear()
    screen.main(str(words))
    yield
    screen._screened.cache_clear()


@pytest.mark.usefixtures("own_screen")
@pytest.mark.parametrize(
    "line", ["you zorbo", "ZORBO, he said", "a glim, glam day", "夜听丑丑话归", "丑，丑话", "old o’blorf sang"]
)
def test_a_line_with_a_screened_word_is_not_fit(line: str) -> None:
    assert not is_fit(line)


@pytest.mark.usefixtures("own_screen")
@pytest.mark.parametrize("line", ["the zorbos", "glim and glam", "丑话", "glam glim", *PLAIN])
def test_every_other_line_is_fit(line: str) -> None:
    assert is_fit(line)


def test_the_screen_that_is_shipped_lets_plain_lines_pass() -> None:
    assert all(map(is_fit, PLAIN))
    assert len(screen._screened()) > 100


def test_the_screen_holds_hashes_alone() -> None:
    assert b"zorbo" not in learn(["zorbo"])
    assert len(learn(["zorbo", "Zorbo", "other"])) == 2 * 8


@pytest.mark.parametrize("row", ["…", "one two three four", "一二三四五"])
def test_a_row_that_no_line_could_be_found_to_hold_is_told(row: str) -> None:
    with pytest.raises(DataError, match=row.replace("…", ".")):
        learn(["word", row])
