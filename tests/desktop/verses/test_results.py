"""Paths that were drawn before."""

from __future__ import annotations

from dataclasses import replace

from desktop.verses.results import MOST, Results
from models.sentence_vae.path import PathRequest, VersePath
from tests.desktop.verses.fake import path_for

REQUEST = PathRequest("The moon", "The sea")


def test_a_kept_path_is_found_by_its_request_alone() -> None:
    path = path_for(REQUEST)
    results: Results[PathRequest, VersePath] = Results([path])
    assert results.find(REQUEST) is path
    assert results.find(replace(REQUEST, seed=1)) is None


def test_a_draft_is_not_kept() -> None:
    results: Results[PathRequest, VersePath] = Results([replace(path_for(REQUEST), final=False)])
    assert results.find(REQUEST) is None


def test_the_newest_path_counts() -> None:
    results: Results[PathRequest, VersePath] = Results([path_for(REQUEST)])
    newer = path_for(REQUEST, model="other")
    results.keep(newer)
    assert results.find(REQUEST) is newer


def test_the_oldest_give_way() -> None:
    results: Results[PathRequest, VersePath] = Results()
    for seed in range(MOST + 1):
        results.keep(path_for(replace(REQUEST, seed=seed)))
    assert results.find(REQUEST) is None
    assert results.find(replace(REQUEST, seed=1)) is not None
