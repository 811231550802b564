"""Metre and rhyme of lines: what the wishes of a path ask for.

English is measured by pronunciation (the CMU Pronouncing Dictionary; a rule for words that it lacks), Chinese by
characters and by the rhymes and tones of today.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

from models.sentence_vae.lexicon import WORD
from models.sentence_vae.path import FIRST, Wishes
from models.sentence_vae.pronunciation import (
    LEVEL,
    NO_RHYME,
    OBLIQUE,
    characters_with,
    rhymes_of,
    sounds_of,
    tones_of,
    words_with,
)
from models.sentence_vae.script import HAN, han_in, script_of

LENGTH, RHYME, TONES = "length", "rhyme", "tones"  # the wishes, as `Verse.unmet` names them
REMEMBERED_LINES = 1 << 10
_VOWELS = re.compile("[aeiouy]+")
_SILENT = re.compile("(?<=[^aeiouy])e$|(?<=[^aeiouydt])ed$|(?<=[^aeiouyscgzx])(?<!sh)(?<!ch)es$")
_SPOKEN_LE = re.compile("[^aeiouylr](le|re)[sd]?$")  # little, acres
_APART = re.compile("i[aou](?!us)|[aeiouy](?:eth|est|ing)$|eo|ua|uou")  # vowels side by side, each with its syllable
_TOGETHER = re.compile("[tscg]i[aou]|qua|gua|eou|eo[ur]|[tc]ua")
_ENDING = re.compile("[aeiouy]+[^aeiouy]*(?<=[^aeiouy])e?$|[aeiouy]+$")


@lru_cache(REMEMBERED_LINES)  # both ends are asked for with each line between them
def length(text: str) -> int:
    """Syllables of a line, or characters where it is Chinese; 0 where there is nothing to count."""
    if script_of([text]) == HAN:
        return len(han_in(text))
    return sum(map(_syllables, _words(text)))


def rhymes(text: str, other: str) -> bool:
    """Whether the last words of two lines rhyme, in Chinese their last characters; a word does not rhyme with itself.

    Words that sound the same do not rhyme in English. Where a word is unknown, the spelling decides.
    """
    scripts = {script_of([text]), script_of([other])}
    if len(scripts) > 1:
        return False
    if scripts == {HAN}:
        one, two = han_in(text)[-1], han_in(other)[-1]
        return one != two and bool(rhymes_of(one) & rhymes_of(two))
    ends = [words[-1] for words in (_words(text), _words(other)) if words]
    return len(ends) == 2 and ends[0] != ends[1] and _words_rhyme(*ends)


def rhyming(text: str, limit: int = 200) -> list[str]:
    """Words that rhyme with the last word of a line, in Chinese characters that rhyme with its last one.

    The most usual first, at most `limit`; none where no dictionary has that word.
    """
    if script_of([text]) == HAN:
        last = han_in(text)[-1]
        return [other for other in characters_with(rhymes_of(last)) if other != last][:limit]
    words = _words(text)
    found = words_with({sound.rhyme for sound in sounds_of(words[-1])}) if words else []
    return [other for other in found if _words_rhyme(words[-1], other)][:limit]


def tones_alternate(text: str) -> bool:
    """Whether the second, fourth and sixth character take level and oblique tones in turn, as far as there are any.

    A character of several readings may take either tone, as may one whose tone is unknown. A line without Chinese
    characters has no tones that could fail to.
    """
    heard = [tones_of(character) or LEVEL | OBLIQUE for character in han_in(text)[1:6:2]]
    turns = ((LEVEL, OBLIQUE, LEVEL), (OBLIQUE, LEVEL, OBLIQUE))
    return any(all(tone & wanted for tone, wanted in zip(heard, turn, strict=False)) for turn in turns)


def unmet(text: str, wishes: Wishes, place: float, first: str, last: str) -> tuple[str, ...]:
    """The wishes that a line at `place` in (0, 1), between the lines `first` and `last`, does not keep.

    A length that neither end has cannot be missed; where one has none, the other's counts.
    """
    missed = []
    if wishes.length and length(text) != (wanted_length(place, first, last) or length(text)):
        missed.append(LENGTH)
    if wishes.rhyme and not rhymes(text, first if wishes.rhyme == FIRST else last):
        missed.append(RHYME)
    if wishes.tones and not tones_alternate(text):
        missed.append(TONES)
    return tuple(missed)


def wanted_length(place: float, first: str, last: str) -> int:
    """The length at a place between two lines, from the first one's to the last one's in even steps."""
    lengths = length(first), length(last)
    begin, end = (own or max(lengths) for own in lengths)
    return math.floor(begin + place * (end - begin) + 0.5)


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("’", "'"))


def _syllables(word: str) -> int:
    sounds = sounds_of(word)
    return sounds[0].syllables if sounds else _spelled_syllables(_letters(word))


def _letters(word: str) -> str:
    """The Latin letters of a word, without accents and apostrophes."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if "a" <= letter <= "z")


def _spelled_syllables(letters: str) -> int:
    """Syllables by spelling: groups of vowels, but for a silent e, and two where vowels stand apart."""
    if not letters:
        return 0
    count = len(_VOWELS.findall(letters))
    if count > 1 and _SILENT.search(letters) and not _SPOKEN_LE.search(letters):
        count -= 1
    return max(1, count + len(_APART.findall(letters)) - len(_TOGETHER.findall(letters)))


def _words_rhyme(one: str, two: str) -> bool:
    heard, others = sounds_of(one), sounds_of(two)
    if heard and others:
        sounds_alike = not set(heard).isdisjoint(others)
        return not sounds_alike and any(a.rhyme == b.rhyme != NO_RHYME for a in heard for b in others)
    endings = [_ENDING.search(_letters(word)) for word in (one, two)]
    return None not in endings and len({ending and ending[0] for ending in endings}) == 1
