from __future__ import annotations

from itertools import pairwise

from models.sentence_vae.dial import ways_for, weights_for
from models.sentence_vae.row import Candidate, Weights, best_row

DIALS = (0.0, 0.25, 0.5, 0.75, 1.0)


def test_halfway_the_dial_changes_nothing() -> None:
    assert weights_for(0.5) == Weights()


def test_the_further_the_dial_the_less_holds_a_line_to_its_code_and_place() -> None:
    for faithful, bold in pairwise(map(weights_for, DIALS)):
        assert faithful.agreement > bold.agreement > 0
        assert faithful.place > bold.place > 0
        assert faithful.step > bold.step > 0
        assert faithful.even > bold.even > 0
        assert 0 < faithful.copied < bold.copied
        assert (faithful.plain, faithful.halting, faithful.strange) == (bold.plain, bold.halting, bold.strange)


def test_the_further_the_dial_the_warmer_and_farther_around_lines_are_drawn() -> None:
    for faithful, bold in pairwise(map(ways_for, DIALS)):
        assert len(faithful) == len(bold)
        assert all(a.temperature <= b.temperature and a.spread <= b.spread for a, b in zip(faithful, bold, strict=True))
        assert max(way.temperature for way in faithful) < max(way.temperature for way in bold)
        assert max(way.spread for way in faithful) < max(way.spread for way in bold)


def test_a_faithful_path_takes_the_codes_own_line_and_an_inventive_one_the_more_fluent() -> None:
    own = Candidate("a b", nats_a_character=1.3, nats_a_token=0.1)
    fluent = Candidate("b a", nats_a_character=1.0, nats_a_token=9.0)
    chosen = [best_row([[own, fluent]], "a a", "b b", 1.5, frozenset(), weights_for(dial)) for dial in (0.0, 1.0)]
    assert chosen == [[0], [1]]
