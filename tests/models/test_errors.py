from __future__ import annotations

from models.errors import AtelierError, InputError


def test_a_sentence_is_its_template_filled() -> None:
    error = InputError("There is no model called {name}: the shelf holds {names}.", name="moon", names="verse-en")
    assert str(error) == "There is no model called moon: the shelf holds verse-en."
    assert (error.template.count("{"), error.values["name"]) == (2, "moon")


def test_braces_in_a_value_are_not_filled_again() -> None:
    assert str(AtelierError("Cannot read {path}.", path="{reason} {0}")) == "Cannot read {reason} {0}."
