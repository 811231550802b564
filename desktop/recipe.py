"""A recipe: one line of text that reproduces what is on screen.

    atelier-recipe-1 {"tab":"verses","seed":4711,"model":"verse-en","hash":"0123456789ab","inputs":{"first":"The moon"}}

Plain JSON after a version prefix, not base64: a person can read what it asks for before pasting it, change a number by
hand, and find it again with a search. What would not survive a mail or a chat (control characters, lone surrogates,
invisible and direction marks, unusual blanks) is written as a JSON escape; what is around the recipe in a pasted text
is passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from models.errors import InputError
from models.seed import MAX_SEED

PREFIX = "atelier-recipe-"
VERSION = 1
MAX_CHARACTERS = 200_000  # of a pasted text; no screen holds more

_START = re.compile(re.escape(PREFIX) + r"(\d{1,9})\s*(?=\{)")
_WRAPPED = re.compile(r"\r?\n[> \t]*")  # a line break that a mail program put in, with its quotation marks
_BLANKS = " \t"


@dataclass(frozen=True)
class Recipe:
    """What a tab needs to show the same again; `inputs` holds JSON values only, under names that the tab gives."""

    tab: str
    seed: int = 0
    model: str = ""
    model_hash: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)


def to_text(recipe: Recipe) -> str:
    """The recipe as one line."""
    value = {
        "tab": recipe.tab,
        "seed": recipe.seed,
        "model": recipe.model,
        "hash": recipe.model_hash,
        "inputs": dict(recipe.inputs),
    }
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{PREFIX}{VERSION} " + "".join(_escape(character) for character in text)


def from_text(text: str) -> Recipe:
    """The first recipe in a text. Raises `InputError` with one sentence for anything else."""
    if len(text) > MAX_CHARACTERS:
        raise InputError("The text is far too long to be a recipe.")
    start = _START.search(text)
    if start is None:
        raise InputError("There is no recipe in this text: a recipe begins with {prefix}.", prefix=f"{PREFIX}{VERSION}")
    if int(start[1]) != VERSION:
        sentence = "This recipe is of version {found}, and this program reads {known}."
        raise InputError(sentence, found=start[1], known=VERSION)
    return _checked(_parsed(_unwrapped(text[start.end() :])))


def _unwrapped(text: str) -> str:
    """One line again, in time that grows with its length: a pattern with the blanks before a break would try each."""
    *lines, last = _WRAPPED.split(text)
    return " ".join([*(line.rstrip(_BLANKS) for line in lines), last])


def _escape(character: str) -> str:
    """A character that can be seen as it is, any other as JSON escapes."""
    return character if character.isprintable() else json.dumps(character)[1:-1]


def _parsed(text: str) -> Any:
    try:
        return json.JSONDecoder(parse_constant=_refuse_constant).raw_decode(text)[0]
    except (ValueError, RecursionError) as error:
        raise InputError("The recipe is incomplete or was changed on its way: copy it again.") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _checked(value: Any) -> Recipe:
    names = {"tab": str, "seed": int, "model": str, "hash": str, "inputs": dict}
    for name, kind in names.items():
        if name in value and (not isinstance(value[name], kind) or isinstance(value[name], bool)):
            raise InputError("The recipe's {name} cannot be read: copy it again.", name=name)
    if not value.get("tab"):
        raise InputError("The recipe does not say which tab it is for: copy it again.")
    if not 0 <= value.get("seed", 0) <= MAX_SEED:
        raise InputError("The recipe's seed must lie between 0 and {most}.", most=MAX_SEED)
    return Recipe(
        tab=value["tab"],
        seed=value.get("seed", 0),
        model=value.get("model", ""),
        model_hash=value.get("hash", ""),
        inputs=value.get("inputs", {}),
    )
