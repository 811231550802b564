"""Lines to token numbers and back: SentencePiece with byte fallback, so that nothing that can be typed is unknown.

Kudo and Richardson, "SentencePiece" (EMNLP 2018); unigram model (Kudo, ACL 2018). No normalisation: a line comes back
letter by letter.
"""

from __future__ import annotations

import io
import re
import string
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import sentencepiece

from models.errors import DataError
from models.sentence_vae.network import BEGIN, BLANK, END, PAD
from models.sentence_vae.script import HAN, OTHER

FILE = "tokens.model"
UNKNOWN = 14.0  # nats of a character that the text does not hold
FIRST_BYTE, LAST_BYTE = 4, 259  # SentencePiece puts the 256 byte tokens after the four special ones
_ACCENTED = "àáâäãåçéèêëíìîïñóòôöõøúùûüýæœßÀÁÂÄÅÆÇÈÉÊËÍÑÓÔÖØÚÜ"
ALWAYS = string.digits + string.ascii_letters + _ACCENTED + "—–‘’“”…&%()/:;,.!?'-\""  # what people type
HAN_MARKS = "，。！？；：、"
COMMON_HAN = "".join(  # the 3,755 characters of GB 2312's first level: those of everyday use
    bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
)
_BLANK = "\u2581"  # SentencePiece writes a blank so
_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufffd\u2581\ufeff\\s]+")


def clean(line: str) -> str:
    """The line without control characters, lone surrogates, runs of blanks and SentencePiece's own blank mark."""
    return _UNWANTED.sub(" ", line).strip()


class Tokens:
    """A SentencePiece model: `encode` and `decode` are each other's inverse on clean lines.

    Raises `ValueError` for bytes that are none.
    """

    def __init__(self, serialized: bytes) -> None:
        self.serialized = serialized
        self._processor = sentencepiece.SentencePieceProcessor()
        try:
            self._processor.LoadFromSerializedProto(serialized)
        except RuntimeError as error:
            raise ValueError("it is not a tokenizer") from error

    def __len__(self) -> int:
        return int(self._processor.GetPieceSize())

    def encode(self, line: str) -> list[int]:
        numbers: list[int] = self._processor.EncodeAsIds(line)
        return numbers

    def decode(self, numbers: Iterable[int]) -> str:
        """The text up to the first end mark; bytes that are no UTF-8 show as U+FFFD."""
        text: str = self._processor.DecodeIds(list(_until_end(numbers)))
        return text.replace(_BLANK, " ")  # where blanks have no token, bytes spell the mark

    def rarity(self, character: str) -> float:
        """Nats of a character wherever it stands, by its token's share of the text that tokens were learned from;
        `UNKNOWN`, about as many as of the rarest, where it has none."""
        return self.rarities[self._processor.PieceToId(character)] if self.knows(character) else UNKNOWN

    @cached_property
    def rarities(self) -> list[float]:
        """`rarity` of every token; `UNKNOWN` of signs and single bytes."""
        scores = [-float(self._processor.GetScore(number)) for number in range(LAST_BYTE + 1, len(self))]
        return [UNKNOWN] * (len(self) - len(scores)) + scores

    def knows(self, character: str) -> bool:
        """Whether a character has a token of its own."""
        return bool(self._processor.PieceToId(character) != BLANK)

    def beginnings(self, numbers: Sequence[int], script: str = OTHER) -> list[int]:
        """Where in a line of tokens its words begin, but for the first; in Chinese each character is a word."""
        pieces = [self._processor.IdToPiece(number) for number in numbers]
        return [i for i, piece in enumerate(pieces) if i and (script == HAN or piece.startswith(_BLANK))]


def _until_end(numbers: Iterable[int]) -> Iterator[int]:
    for number in numbers:
        if number == END:
            return
        if number > BLANK:
            yield int(number)


def train(lines: Iterable[str], size: int, script: str = OTHER) -> Tokens:
    """Learn `size` tokens from lines, beside the signs that are always known; in Chinese each is one character.

    Raises `DataError` where the lines hold too little text for so many.
    """
    is_han = script == HAN
    always = ALWAYS + HAN_MARKS + COMMON_HAN if is_han else ALWAYS
    written = io.BytesIO()
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines),
            model_writer=written,
            vocab_size=size + len(always),
            model_type="unigram",
            byte_fallback=True,
            normalization_rule_name="identity",
            remove_extra_whitespaces=False,
            character_coverage=0.998 if is_han else 0.9999,
            required_chars=always,
            max_sentencepiece_length=1 if is_han else 16,
            add_dummy_prefix=not is_han,
            pad_id=PAD,
            bos_id=BEGIN,
            eos_id=END,
            unk_id=BLANK,
            num_threads=1,
            minloglevel=2,
            hard_vocab_limit=False,
        )
    except RuntimeError as error:
        raise DataError(
            "The lines hold too little text to learn {size} tokens from: give more lines.", size=size
        ) from error
    return Tokens(written.getvalue())
