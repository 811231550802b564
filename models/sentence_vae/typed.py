"""Typed lines: what of them the model reads, what it finds strange in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.sentence_vae.decoding import MAX_STEPS, Decoder, token_nats
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import MAX_CHARACTERS
from models.sentence_vae.tokens import FIRST_BYTE, LAST_BYTE, Tokens, clean

UNFAMILIAR_SHARE = 0.3  # of a line's tokens that are single bytes
MAX_LINE_TOKENS = MAX_STEPS - 2


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
        return TypedLine(typed, "", [], ("empty",))
    if cleaned != typed[: 8 * MAX_CHARACTERS].strip(" "):
        notes.append("cleaned")
    read = _shortened(model, cleaned)
    if read != cleaned or len(typed) > 8 * MAX_CHARACTERS:
        notes.append("shortened")
    tokens = model.tokens.encode(read)
    single = sum(FIRST_BYTE <= token <= LAST_BYTE for token in tokens)
    if single > UNFAMILIAR_SHARE * len(tokens):
        notes.append("unfamiliar")
    return TypedLine(typed, read, tokens, tuple(notes))


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
    """Spans [start, end) of `line.typed` of words that cost the decoder far more nats a character than verse does."""
    if not line.tokens:
        return ()
    costs = nats_by_word(model.decoder, model.tokens, line.read)
    spans = []
    position = 0
    for word, cost in zip(line.read.split(" "), costs, strict=False):
        at = line.typed.find(word, position)
        if at < 0:
            continue
        position = at + len(word)
        if cost > model.strange_nats and re.search(r"\w", word):
            spans.append((at, position))
    return tuple(spans)


def nats_by_word(decoder: Decoder, tokens: Tokens, line: str) -> list[float]:
    """Nats a character of each blank-separated word of a clean line, its blank counted, without a code."""
    numbers = tokens.encode(line)
    costs: list[float] = []
    for piece, cost in zip(tokens.pieces(numbers), token_nats(decoder, numbers).tolist(), strict=False):
        if piece.startswith("\u2581") or not costs:
            costs.append(0.0)
        costs[-1] += cost
    return [cost / (len(word) + 1) for word, cost in zip(line.split(" "), costs, strict=True)]
