from __future__ import annotations

import math
import statistics

import pytest

from models.sentence_vae.judge import ALPHABET, CharacterJudge

LINES = [f"the {what} is {how}" for what in ("sea", "sun", "day", "moon") for how in ("old", "new", "dim", "far")]
HAN_LINES = ["小舟过桥去", "远山云里见", "小舟云里见", "远山过桥去"]


def test_chances_of_all_characters_add_up_to_one() -> None:
    """The judge knows none but its alphabet of 256, of which it has seen some."""
    judge = CharacterJudge(LINES)
    seen = set("".join(LINES) + "\n")
    chances = sum(judge._probability(character, "the s") for character in seen)
    assert chances + (ALPHABET - len(seen)) * judge._probability("ß", "the s") == pytest.approx(1)


def test_one_character_lines_cost_what_the_formula_says() -> None:
    """Of "a" alone, P(a) = (1 + 2/256) / (2 + 2) before and under the n-1 longer contexts of line breaks, once each."""
    lower = (1 + 2 / ALPHABET) / 4
    for _ in range(5):  # contexts of one to five line breaks: each was seen once, before "a"
        lower = (1 + lower) / 2
    assert CharacterJudge(["a"])._probability("a", "\n" * 5) == pytest.approx(lower)


@pytest.mark.parametrize(
    ("lines", "fluent", "broken"),
    [(LINES, "the moon is far", "moon far the is"), (HAN_LINES, "小舟过桥去", "桥去舟小过")],
)
def test_what_reads_as_the_lines_do_costs_less(lines: list[str], fluent: str, broken: str) -> None:
    judge = CharacterJudge(lines)
    assert judge.nats(fluent) < judge.nats(broken) < judge.nats("ßßßßß")
    assert judge.mean_nats([fluent, broken]) == pytest.approx(statistics.mean([judge.nats(fluent), judge.nats(broken)]))


def test_a_judge_without_lines_knows_nothing() -> None:
    assert CharacterJudge([]).nats("abc") == pytest.approx(math.log(ALPHABET))
