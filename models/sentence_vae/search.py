"""Lines that may stand at the points of a path or in the cells of a square, and what speaks against each.

At each place the decoder is asked several ways in one batch: the likeliest line there, the likeliest a little before
and behind, and samples. Once a first row is chosen of these (`row.best_row`), neighbours in it are crossed where plain
language goes on most easily: what changes few words from line to line is rarely among lines that were drawn without
regard to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import torch
from torch import Tensor

from models.parallel import halves, side_by_side
from models.sentence_vae import metre, screen
from models.sentence_vae.decoding import Drawn, LineNats, after, likeliest, nats, sample
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.row import Candidate, echoes
from models.sentence_vae.script import HAN, OTHER, han_in

ROUNDS, AGAIN = 6, 10  # how often a place with too few lines is asked again, and how many ways each time
SAY = 0.5  # that plain language has where nothing else is said: between real lines a code alone gives non-words
SPREAD = 0.5  # how much farther around each time, in standard deviations of the prior
AT_ONCE = 128  # lines that are drawn or judged between two pauses
USUAL = 8.5  # nats that a Chinese character of no rare kind costs, by its share of the text
LEAST = 8  # lines for which a second thread is worth its start
JOINTS = {OTHER: 6, HAN: 9}  # at which two neighbours are crossed, each way; short lines cost little
BALANCE = 5  # one in so many lines under codes goes to the thread of those without, which share more beginnings
STUMBLING = 2.0  # nats that a joint costs for each at which a reader stumbles there
UNEVEN = 9.0  # nats that a joint costs at a line's end rather than halfway
RHYMING, RHYMED_LINES, RHYMES = 200, 4, 3  # words that are tried; lines a place that get some, and how many each

Beside = Mapping[int, tuple[str, str]]  # the two lines that a place stands between, by its number


@dataclass(frozen=True)
class Asked:
    """One way of asking the decoder at a place.

    `shift` along the path from it, in steps between points; `leaning` on plain language and `temperature` as in
    `decoding.sample`; `spread` around it in standard deviations of the prior.
    """

    shift: float = 0.0
    leaning: float = SAY
    temperature: float = 0.0
    spread: float = 0.0

    @property
    def is_chance(self) -> bool:
        """Whether the answer may differ from time to time."""
        return self.temperature > 0 or self.spread > 0


AROUND = Asked(temperature=1.0, spread=SPREAD)


def nothing_unmet(_place: int, _text: str) -> tuple[str, ...]:
    """Where there are no wishes."""
    return ()


class Ground(Protocol):
    """Where the places lie in the code."""

    def codes(self, asked: Sequence[tuple[int, float]]) -> Tensor:
        """Codes (N, Z) of places by their numbers, each shifted by so many steps along the way, if there is one."""


class Pools:
    """The candidates of each of `count` places between lines that stand fast.

    `unmet` tells which wishes a line does not keep at a place.
    """

    def __init__(
        self,
        model: SentenceModel,
        ground: Ground,
        count: int,
        fixed: Sequence[str],
        generator: torch.Generator,
        unmet: Callable[[int, str], tuple[str, ...]] = nothing_unmet,
    ) -> None:
        self._model, self._ground, self._generator = model, ground, generator
        self._unmet = unmet
        self._spoken = {word for text in fixed for word in model.lexicon.strange(text)}  # and may be said again
        self._echoes = frozenset(word for text in fixed for word in echoes(text))  # and these may come back
        self._quotes = any(QUOTE in text for text in fixed)
        self._lengths = {metre.length(text) for text in fixed} if model.script == HAN else set()
        self._codes = ground.codes([(i, 0.0) for i in range(count)])  # (N, Z)
        self._answered: set[tuple[int, Asked]] = set()  # what would be answered alike again
        self._crossed: set[tuple[int, tuple[str, str]]] = set()  # between which lines each place had crossed ones
        self.found: list[dict[str, Candidate]] = [{} for _ in range(count)]

    def at(self, place: int) -> list[Candidate]:
        """What was found for a place so far."""
        return list(self.found[place].values())

    def ask(self, asked: Sequence[tuple[int, Asked]]) -> None:
        """Add what the decoder says at places, each asked in its way; what was answered already is not asked again."""
        asked = [one for one in asked if one not in self._answered]
        if not asked:
            return
        self._answered.update(one for one in asked if not one[1].is_chance)
        self._take([i for i, _ in asked], self._lines(asked))

    def ask_around(self, place: int, codes: Tensor) -> list[str]:
        """Add the likeliest lines at codes (N, Z) around a place, and tell them; "" where there is none to be shown."""
        home = self._codes[[place]]

        def asked(part: Sequence[Tensor]) -> list[Drawn]:
            return likeliest(self._model.decoder, torch.stack(list(part)), SAY, home.expand(len(part), -1))

        parts = side_by_side(asked, halves(list(codes), LEAST))
        return self._take([place] * len(codes), [line for part in parts for line in part])

    def _take(self, places: Sequence[int], lines: Sequence[Drawn]) -> list[str]:
        """Add what was drawn for places and may be shown, and tell it."""
        texts = [self._model.tokens.decode(line.tokens) if line.ended else "" for line in lines]
        texts = [text if may_stand(text) else "" for text in texts]
        drawn: dict[tuple[int, str], Drawn] = {}
        for i, text, line in zip(places, texts, lines, strict=True):
            if text and text not in self.found[i]:
                drawn.setdefault((i, text), line)
        self._judge(drawn)
        return texts

    def ask_pausing(self, asked: Sequence[tuple[int, Asked]]) -> Iterator[None]:
        """`ask`, with a pause after every so many lines."""
        for start in range(0, len(asked), AT_ONCE):
            self.ask(asked[start : start + AT_ONCE])
            yield

    def ask_where_few(self, wanted: int, places: Iterable[int]) -> Iterator[None]:
        """More from farther around where there are fewer than `wanted`; pauses on the way."""
        places = list(places)
        for round_ in range(1, ROUNDS):
            places = [i for i in places if len(self.found[i]) < wanted]
            if not places:
                return
            way = replace(AROUND, spread=SPREAD * round_)
            yield from self.ask_pausing([(i, way) for i in places for _ in range(AGAIN)])

    def offer(self, lines: Iterable[tuple[int, str]]) -> None:
        """Add lines that are not the decoder's own, for it to judge."""
        new = [(i, text) for i, text in dict.fromkeys(lines) if text not in self.found[i] and may_stand(text)]
        if new:
            self._add_written(new)

    def _add_written(self, new: Sequence[tuple[int, str]]) -> None:
        tokens = [self._model.tokens.encode(text) for _, text in new]
        plain, own = self._priced(tokens, [i for i, _ in new])
        whole, ending, stumbles = (some.tolist() for some in plain)
        told = zip(tokens, whole, ending, stumbles, own.whole.tolist(), strict=True)
        self._judge({key: Drawn(*prices, ended=True) for key, prices in zip(new, told, strict=True)})

    def _priced(self, lines: Sequence[list[int]], places: Sequence[int]) -> tuple[LineNats, LineNats]:
        """Nats of token lines without a code, and each under its place's."""
        codes = torch.cat([self._codes, self._model.decoder.no_code[None]])
        items = [*((line, len(self._codes)) for line in lines), *zip(lines, places, strict=True)]

        def priced(part: Sequence[tuple[list[int], int]]) -> LineNats:
            return nats(self._model.decoder, codes, *zip(*part, strict=True))

        cut = len(lines) + len(lines) // BALANCE if len(lines) >= LEAST else len(items)
        parts = [part for part in (items[:cut], items[cut:]) if part]
        whole = LineNats(*map(torch.cat, zip(*side_by_side(priced, parts), strict=True)))
        return LineNats(*(some[: len(lines)] for some in whole)), LineNats(*(some[len(lines) :] for some in whole))

    def put(self, place: int, text: str) -> None:
        """Let a line stand at a place, whatever speaks against it."""
        self.found[place] = {}
        self._add_written([(place, text)])

    def cross(self, beside: Beside, wanted: int = 0) -> Iterator[None]:
        """Cross the lines that places stand between, where that was not done yet; pauses on the way.

        Where a place has fewer than `wanted` lines, also some from farther around.
        """
        yield from self.ask_pausing([(i, AROUND) for i in beside for _ in range(wanted - len(self.found[i]))])
        new = {i: both for i, both in beside.items() if (i, both) not in self._crossed}
        self._crossed.update(new.items())
        crossed = list(_crossed(self._model, new))
        for start in range(0, len(crossed), AT_ONCE):
            self.offer(crossed[start : start + AT_ONCE])
            yield

    def rhyme(self, places: Iterable[int], with_line: str) -> None:
        """Add the most fluent lines of each place once more, with other last words that rhyme with a line."""
        wanted = [self._model.tokens.encode(word) for word in metre.rhyming(with_line, RHYMING)]
        best = {i: sorted(self.at(i), key=_fluency)[:RHYMED_LINES] for i in places}
        flat = [(i, candidate.text) for i, some in best.items() for candidate in some]
        if wanted:
            self.offer(_rhymed(self._model, flat, [row for row in wanted if row]))

    def _judge(self, drawn: Mapping[tuple[int, str], Drawn]) -> None:
        """Add lines with what speaks against them."""
        if not drawn:
            return
        texts = [text for _, text in drawn]
        copies, pairs = self._model.copies.hold(texts).tolist(), self._model.pairs.strange(texts)
        for ((i, text), line), copy, strange in zip(drawn.items(), copies, pairs, strict=True):
            self.found[i][text] = Candidate(
                text,
                nats_a_character=line.nats / (len(text) + 1),
                nats_a_token=line.under_code / (len(line.tokens) + 1),
                nats_of_end=line.ending,
                stumbles=line.stumbles,
                strange_words=self._strange(text),
                strange_pairs=strange,
                echoes=len(echoes(text) - self._echoes),
                rarity=self._rarity(text),
                is_copy=copy,
                is_misshapen=bool(self._lengths) and metre.length(text) not in self._lengths,
                unmet=self._unmet(i, text),
            )

    def _strange(self, text: str) -> int:
        """Words that no text of verse holds, and a quotation mark without its other, unless a fixed line has them."""
        words = sum(word not in self._spoken for word in self._model.lexicon.strange(text))
        return words + (not self._quotes and text.count(QUOTE) % 2)

    def _rarity(self, text: str) -> float:
        if self._model.script != HAN:  # elsewhere a word is several tokens, and what of it is rare is already strange
            return 0.0
        return sum(max(0.0, self._model.tokens.rarity(character) - USUAL) for character in han_in(text))

    def _lines(self, asked: Sequence[tuple[int, Asked]]) -> list[Drawn]:
        """The line that each way of asking gave."""
        parts = [(part, self._one_generator()) for part in halves(asked, LEAST)]
        return [line for lines in side_by_side(self._drawn, parts) for line in lines]

    def _one_generator(self) -> torch.Generator:
        """A generator of its own for one part, whichever part is done first."""
        seed = int(torch.randint(1 << 62, (), generator=self._generator))
        return torch.Generator().manual_seed(seed)

    def _drawn(self, part: tuple[Sequence[tuple[int, Asked]], torch.Generator]) -> list[Drawn]:
        asked, generator = part
        codes = self._ground.codes([(i, way.shift) for i, way in asked])
        table = torch.tensor([(way.spread, way.leaning, way.temperature) for _, way in asked], device=codes.device)
        spread, leaning, temperature = table.unbind(1)
        noise = torch.randn(codes.shape, generator=generator).to(codes.device)
        homes = self._codes[[i for i, _ in asked]]
        around = codes + spread[:, None] * noise
        return sample(self._model.decoder, around, leaning, temperature, generator, homes)


def _crossed(model: SentenceModel, beside: Beside) -> Iterator[tuple[int, str]]:
    """For each place: lines that begin as one neighbour does and end as the other."""
    texts = list(dict.fromkeys(text for both in beside.values() for text in both))
    tokens = {text: model.tokens.encode(text) for text in texts}
    stops = {text: model.tokens.beginnings(tokens[text], model.script) for text in texts}
    following = dict(zip(texts, _after(model, [(tokens[text], stops[text]) for text in texts]), strict=True))
    for i, (left, right) in beside.items():
        for one, other in ((left, right), (right, left)):
            begin, end = tokens[one], tokens[other]
            onward = torch.tensor([end[k] for k in stops[other]], dtype=torch.long, device=model.device)
            nats_ = following[one][:, onward]
            costs = (nats_ + STUMBLING * model.decoder.stumbles(onward, nats_)).tolist()
            joints = [
                (cost + _off_middle(j / len(begin), k / len(end)), j, k)
                for j, row in zip(stops[one], costs, strict=True)
                for k, cost in zip(stops[other], row, strict=True)
            ]
            for _, j, k in sorted(joints)[: JOINTS[model.script]]:
                yield i, model.tokens.decode(begin[:j] + end[k:])


def _after(model: SentenceModel, lines: Sequence[tuple[list[int], list[int]]]) -> list[Tensor]:
    """`decoding.after` for token lines, each with its places."""

    def told(part: Sequence[tuple[list[int], list[int]]]) -> list[Tensor]:
        return after(model.decoder, [line for line, _ in part], [places for _, places in part])

    return [costs for some in side_by_side(told, halves(lines, LEAST // 2)) for costs in some]


def _off_middle(where: float, onward: float) -> float:
    """What it costs to leave a line at `where` for `onward` in another, each a share of its line, in nats."""
    return UNEVEN * (abs(where - onward) + abs(where - 0.5))


def _rhymed(
    model: SentenceModel, lines: Sequence[tuple[int, str]], rhyming: Sequence[list[int]]
) -> Iterator[tuple[int, str]]:
    """Lines whose last word gives way to one of several token rows, those that plain language expects most there."""
    tokens = [model.tokens.encode(text.rstrip(MARKS)) for _, text in lines]
    stops = [model.tokens.beginnings(row, model.script) for row in tokens]
    first = torch.tensor([word[0] for word in rhyming])
    following = after(model.decoder, tokens, [begins[-1:] for begins in stops])
    for (i, text), row, begins, costs in zip(lines, tokens, stops, following, strict=True):
        if begins:
            mark = text[len(text.rstrip(MARKS)) :]
            for k in costs[0, first].argsort()[:RHYMES].tolist():
                yield i, model.tokens.decode(row[: begins[-1]] + rhyming[k]) + mark


QUOTE = '"'
MARKS = ".,;:!?—–-…'\"’”)，。！？；：、"  # that may end a line


def _fluency(candidate: Candidate) -> float:
    return candidate.nats_a_character


def presentable(text: str) -> bool:
    """Whether a decoded line can stand on the page: some text, no broken bytes, no control characters."""
    return bool(text) and "\ufffd" not in text and text.isprintable() and text == text.strip()


def may_stand(text: str) -> bool:
    """Whether a line of the model's own may be shown: it is presentable and the word screen lets it pass."""
    return presentable(text) and screen.is_fit(text)


def judged(model: SentenceModel, code: Tensor, text: str) -> Candidate:
    """A line that was not drawn but written, priced at a code (Z,)."""
    numbers = [model.tokens.encode(text)]
    plain, own = (nats(model.decoder, one[None], numbers, [0]) for one in (model.decoder.no_code, code))
    return Candidate(
        text,
        nats_a_character=plain.whole.item() / (len(text) + 1),
        nats_a_token=own.whole.item() / (len(numbers[0]) + 1),
        nats_of_end=plain.ending.item(),
        stumbles=plain.stumbles.item(),
    )
