"""Recipes: what is written can be read again, whatever was typed; what cannot be read says so in a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import recipe
from desktop.recipe import MAX_CHARACTERS, Recipe, from_text, to_text
from models.errors import InputError
from models.seed import MAX_SEED


def joined(text: str) -> str:
    """As Qt gives texts to Python: two surrogates that make a pair are one character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


TEXTS = st.text(st.characters()).map(joined)  # with surrogates, control characters and all that Unicode holds
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
RECIPES = st.builds(
    Recipe,
    tab=TEXTS.filter(bool),
    seed=st.integers(0, MAX_SEED),
    model=TEXTS,
    model_hash=TEXTS,
    inputs=st.dictionaries(TEXTS, JSON, max_size=5),
)
PLAIN = Recipe("verses", 4711, "verse-en", "0123456789ab", {"first": "The moon is rising", "points": 7})


@given(RECIPES)
def test_what_is_written_is_read_again(written: Recipe) -> None:
    assert from_text(to_text(written)) == written


@given(RECIPES)
def test_a_recipe_is_one_line_of_visible_characters_that_any_program_can_carry(written: Recipe) -> None:
    text = to_text(written)
    assert text.isprintable()
    text.encode("utf-8")


@given(RECIPES, TEXTS, TEXTS)
def test_a_recipe_is_found_in_what_it_was_pasted_with(written: Recipe, before: str, after: str) -> None:
    around = before.replace(recipe.PREFIX, "")
    assert from_text(f"{around}\n{to_text(written)} {after}") == written


@pytest.mark.parametrize(
    "text",
    [
        "🌕 over the hill 👩‍👩‍👧",
        "a\x00b",
        "lone \ud83d and \udc00",
        "\u202eright to left",
        "\u2028\u2029\x85\xa0\ufeff",
        "明月",
        '"\\',
    ],
)
def test_odd_texts_come_back(text: str) -> None:
    assert from_text(to_text(Recipe("verses", inputs={"first": text}))).inputs["first"] == text


def test_a_person_can_read_it() -> None:
    assert to_text(PLAIN) == (
        'atelier-recipe-1 {"tab":"verses","seed":4711,"model":"verse-en","hash":"0123456789ab",'
        '"inputs":{"first":"The moon is rising","points":7}}'
    )


def test_a_person_can_change_it() -> None:
    assert from_text(to_text(PLAIN).replace('"points":7', '"points": 9')).inputs["points"] == 9


@pytest.mark.parametrize("wrap", ["\n", "\r\n", "\n> ", " \n"])
def test_a_recipe_that_a_mail_wrapped_is_read(wrap: str) -> None:
    text = to_text(PLAIN)
    first, rest = text.split(" is ", 1)
    assert from_text(f"> {first}{wrap}is {rest}") == PLAIN


@pytest.mark.parametrize("blanks", [" ", "\t", " \r"])
def test_a_long_run_of_blanks_is_no_more_work_than_its_length(blanks: str) -> None:
    """Time that grows with the square of the length would be hours here, and the window waits for it."""
    text = to_text(Recipe("verses", inputs={"first": "x"}))[:-3] + blanks * (MAX_CHARACTERS // 4)
    with pytest.raises(InputError):
        from_text(text)


def test_what_may_be_left_out_is() -> None:
    assert from_text('atelier-recipe-1 {"tab":"verses"}') == Recipe("verses")


def test_what_a_later_version_adds_is_passed_over() -> None:
    assert from_text(to_text(PLAIN).replace('{"tab"', '{"colour":"blue","tab"', 1)) == PLAIN


def changed(**values: object) -> str:
    """PLAIN's text with other values, None for a missing one."""
    value: Mapping[str, Any] = {**json.loads(to_text(PLAIN).split(" ", 1)[1]), **values}
    return "atelier-recipe-1 " + json.dumps({name: item for name, item in value.items() if item is not None})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no recipe"),
        ("The moon is rising over the silent hill", "no recipe"),
        ("atelier-recipe-1", "no recipe"),
        ("atelier-recipe-x {}", "no recipe"),
        ("atelier-recipe-2 {}", "version 2"),
        ("atelier-recipe-999999999 {}", "version 999999999"),
        ("atelier-recipe-1 {", "incomplete"),
        ('atelier-recipe-1 {"tab":"verses","seed":NaN}', "incomplete"),
        ('atelier-recipe-1 {"tab":"verses","seed":Infinity}', "incomplete"),
        ('atelier-recipe-1 {"tab":“verses”}', "incomplete"),
        ('atelier-recipe-1 {"tab":' + "[" * 50_000, "incomplete"),
        ('atelier-recipe-1 {"tab":"verses","seed":' + "9" * 5_000 + "}", "incomplete"),
        ("atelier-recipe-1 {}", "which tab"),
        (changed(tab=None), "which tab"),
        (changed(tab=""), "which tab"),
        (changed(tab=3), "tab"),
        (changed(seed="4711"), "seed"),
        (changed(seed=True), "seed"),
        (changed(seed=1.5), "seed"),
        (changed(seed=-1), "between 0 and 2147483647"),
        (changed(seed=2**31), "between 0 and 2147483647"),
        (changed(model=7), "model"),
        (changed(hash=["0"]), "hash"),
        (changed(inputs=[]), "inputs"),
        (changed(inputs="x"), "inputs"),
        ("x" * (MAX_CHARACTERS + 1), "too long"),
    ],
)
def test_what_is_no_recipe_is_told_in_one_sentence(text: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        from_text(text)
    sentence = str(caught.value)
    assert says in sentence
    assert re.fullmatch(r"[A-Z][^\n]{10,150}\.", sentence)


NEARLY = st.dictionaries(st.sampled_from(["tab", "seed", "model", "hash", "inputs"]), JSON).map(json.dumps)


@given(TEXTS | TEXTS.map("atelier-recipe-1 {".__add__) | NEARLY.map("atelier-recipe-1 ".__add__))
def test_nothing_that_can_be_pasted_breaks_the_reader(text: str) -> None:
    try:
        read = from_text(text)
    except InputError:
        return
    assert read.tab


@given(st.data())
def test_a_recipe_that_lost_its_end_is_refused(data: st.DataObject) -> None:
    text = to_text(PLAIN)
    length = data.draw(st.integers(0, len(text) - 1))
    with pytest.raises(InputError):
        from_text(text[:length])
