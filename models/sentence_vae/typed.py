"""Typed lines: what of them the model reads, what it finds strange in them."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass

from models.letters import HAN_CLASS
from models.sentence_vae.decoding import MAX_STEPS
from models.sentence_vae.han import is_traditional, simplified
from models.sentence_vae.language import ENGLISH, language_of
from models.sentence_vae.lexicon import WORD
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import MAX_CHARACTERS
from models.sentence_vae.script import HAN
from models.sentence_vae.tokens import FIRST_BYTE, HAN_MARKS, LAST_BYTE, clean

UNFAMILIAR_SHARE = 0.3  # of a line's characters that have no token of their own
_SYMBOLS = {"So", "Sk", "Cn", "Co"}  # symbols other than of mathematics and money, and what is none yet or private
_SELECTORS = {"\ufe0e", "\ufe0f", "\u200d"}  # how the symbol before is drawn, and that it is one with the next
MAX_LINE_TOKENS = MAX_STEPS - 2
_BESIDE_HAN = re.compile(rf"(?<=[{HAN_CLASS}{HAN_MARKS}]) | (?=[{HAN_CLASS}])")  # blanks that say nothing in Chinese


@dataclass(frozen=True)
class TypedLine:
    """A line as typed; `read` and `tokens` are what the model takes of it, empty where nothing was typed."""

    typed: str
    read: str
    tokens: list[int]
    notes: tuple[str, ...]


def read_line(model: SentenceModel, typed: str) -> TypedLine:
    """Clean, shorten and tokenise; notes say what was done (see `End.notes`)."""
    notes: list[str] = []
    cleaned = clean(typed[: 8 * MAX_CHARACTERS])  # a pasted book is not cleaned whole
    if not cleaned:
        notes = ["empty", "cleaned"] if typed.strip() else ["empty"]
        return TypedLine(typed, "", [], tuple(notes))
    cleaned = _without_pictures(model, cleaned)
    if cleaned != typed[: 8 * MAX_CHARACTERS].strip(" "):
        notes.append("cleaned")
    plain = as_learned(model, cleaned)
    if plain != cleaned:
        notes.append("traditional")
    close = _BESIDE_HAN.sub("", plain) if model.script == HAN else plain
    read = _shortened(model, close)
    if read != close or len(typed) > 8 * MAX_CHARACTERS:
        notes.append("shortened")
    tokens = model.tokens.encode(read)
    if _is_unfamiliar(model, read, tokens):
        notes.append("unfamiliar")
    return TypedLine(typed, read, tokens, tuple(notes))


def _without_pictures(model: SentenceModel, line: str) -> str:
    """The line without emoji and other symbols that have no token, of which one alone would lead it far from verse;
    a line of nothing else stays."""
    kept = "".join(" " if _is_picture(one) and not model.tokens.knows(one) else one for one in line)
    return clean(kept) if any(map(str.isalnum, kept)) else line


def _is_picture(character: str) -> bool:
    return character in _SELECTORS or unicodedata.category(character) in _SYMBOLS


def as_learned(model: SentenceModel, text: str) -> str:
    """A Chinese model learned simplified characters, and old forms among them. The text stays as long as it is."""
    if model.script != HAN or (plain := simplified(text)) == text:
        return text
    changed = [one for one, other in zip(text, plain, strict=True) if one != other]
    return plain if is_traditional(text) or not all(map(model.tokens.knows, changed)) else text


def _is_unfamiliar(model: SentenceModel, read: str, tokens: list[int]) -> bool:
    """Whether many of a line's characters have no token. A Chinese model knows letters, but no words of them."""
    single = [token - FIRST_BYTE for token in tokens if FIRST_BYTE <= token <= LAST_BYTE]
    unknown = sum(byte & 0xC0 != 0x80 for byte in single)  # the others go on with a character in UTF-8
    return unknown > UNFAMILIAR_SHARE * len(read) or (model.script == HAN and language_of(read) == ENGLISH)


def _shortened(model: SentenceModel, line: str) -> str:
    """The longest beginning that fits in the decoder's steps, cut between words where there are any."""
    if len(line) > MAX_CHARACTERS:
        line = _cut(line, MAX_CHARACTERS)
    while (count := len(model.tokens.encode(line))) > MAX_LINE_TOKENS:
        line = _cut(line, max(1, min(len(line) - 1, len(line) * MAX_LINE_TOKENS // count)))
    return line


def _cut(line: str, length: int) -> str:
    beginning = line[:length]
    at = beginning.rfind(" ")
    return (beginning[:at] if at > length // 2 else beginning).rstrip()


def strange_spans(model: SentenceModel, line: TypedLine) -> tuple[tuple[int, int], ...]:
    """Spans [start, end) in `line.typed` of words that the model never met and that stand in the part that it read."""
    strange = set(model.lexicon.strange(line.read))
    words = WORD.finditer(as_learned(model, line.typed[: 8 * MAX_CHARACTERS]))
    return tuple(word.span() for word in itertools.islice(words, MAX_CHARACTERS) if word[0].lower() in strange)
