from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
import torch

from models.errors import DataError
from models.sentence_vae import dataset
from models.sentence_vae import tokens as tokens_module
from models.sentence_vae.dataset import LineTensors, read_lines, read_splits, read_test, with_typed_lines
from models.sentence_vae.tokens import HAN_MARKS, Tokens
from tests.making import LINES


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return tokens_module.train(LINES, 300)


def write(file: Path, lines: tuple[str, ...] = LINES) -> Path:
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    file.write_bytes(gzip.compress(data) if file.suffix == ".gz" else data)
    return file


@pytest.mark.parametrize("name", ["verse.txt", "verse.txt.gz", "verse"])
def test_lines_are_read_clean_distinct_and_in_order(name: str, tmp_path: Path) -> None:
    file = write(tmp_path / name, ("\ufeffthe sea", "", "  the \t moon\r", "the sea", "\0"))
    assert read_lines(file) == ["the sea", "the moon"]


@pytest.mark.parametrize("suffix", [".txt", ".txt.gz"])
def test_a_folder_with_its_own_split_keeps_it(suffix: str, tmp_path: Path) -> None:
    for split, line in (("train", "the sea"), ("valid", "the moon"), ("test", "the sun")):
        write(tmp_path / f"{split}{suffix}", (line,))
    splits = read_splits(tmp_path, seed=0)
    assert (splits.train, splits.valid, read_test(tmp_path)) == (["the sea"], ["the moon"], ["the sun"])


def test_a_folder_that_lacks_a_split_is_told(tmp_path: Path) -> None:
    write(tmp_path / "train.txt")
    with pytest.raises(DataError, match=r"has no valid\.txt and no valid\.txt\.gz"):
        read_splits(tmp_path, seed=0)
    with pytest.raises(DataError, match=r"has no test\.txt"):
        read_test(tmp_path)


def test_of_one_file_a_seeded_tenth_is_held_out(tmp_path: Path) -> None:
    file = write(tmp_path / "verse.txt", tuple(f"line {number}" for number in range(100)))
    splits = read_splits(file, seed=1)
    assert (len(splits.train), len(splits.valid)) == (90, 10)
    assert sorted(splits.train + splits.valid) == sorted(read_lines(file))
    assert read_splits(file, seed=1) == splits
    assert read_splits(file, seed=2) != splits


def test_of_one_file_all_is_evaluated(tmp_path: Path) -> None:
    assert read_test(write(tmp_path / "verse.txt")) == list(LINES)


def test_too_few_lines_to_hold_some_out_are_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds 19 lines; at least 20 are needed"):
        read_splits(write(tmp_path / "verse.txt", LINES[:19]), seed=0)


def test_typed_lines_are_a_seeded_share_plain_or_with_a_number_or_an_accent() -> None:
    names = [a + b for a in "abcdefghij" for b in "klmnopqrst"]
    lines = [f"The Sea, my dear — “don’t” ask {name}!" for name in names]
    more = with_typed_lines(lines, seed=1)
    assert more[:100] == lines
    plain, numbered, accented = more[100:108], more[108:110], more[110:]
    assert all(re.fullmatch("the sea my dear don t ask [a-z]+", line) for line in plain)
    assert all(re.search(r"\d", line) for line in numbered)
    assert len(accented) == 1
    assert not accented[0].isascii()
    assert with_typed_lines(lines, seed=1) == more
    assert with_typed_lines(lines, seed=2) != more


def test_typed_lines_of_marks_alone_give_nothing_but_numbers() -> None:
    more = with_typed_lines(["…!"] * 100, seed=0)
    assert more[:100] == ["…!"] * 100
    assert all(re.search(r"\d", line) for line in more[100:])


def test_chinese_lines_are_also_learned_with_other_characters_marks_and_lengths() -> None:
    lines = [f"山中{a}月{b}" for a in "春夏秋冬晨" for b in "来去归还明照升落圆缺"] * 4
    more = with_typed_lines(lines, seed=1)[len(lines) :]
    assert any(line[-1] in HAN_MARKS for line in more)
    assert {len(line) for line in more} > {5, 6, 11}
    assert set("".join(more)) - set("".join(lines)) - set(HAN_MARKS), "a character that no line holds"


def rows(lines: LineTensors, seed: int, epoch: int) -> list[list[int]]:
    """The tokens of an epoch's lines in the order of their batches."""
    return [row for batch in lines.order(seed, epoch) for row in lines.take(*batch).tolist()]


def test_an_epoch_holds_every_line_once(tokens: Tokens) -> None:
    lines = LineTensors(list(LINES), tokens, batch=4)
    assert sorted(rows(lines, 0, 0)) == sorted(tokens.encode(line) for line in LINES)
    assert len(lines.order(0, 0)) == len(lines)


def test_a_batch_holds_lines_of_one_length_and_not_too_many(tokens: Tokens) -> None:
    lines = LineTensors(list(LINES), tokens, batch=4)
    for length, numbers in lines.order(0, 0):
        assert lines.take(length, numbers).shape == (len(numbers), length)
        assert 1 <= len(numbers) <= 4


def test_seed_and_epoch_alone_decide_the_order(tokens: Tokens) -> None:
    lines = LineTensors(list(LINES), tokens, batch=4)
    first = rows(lines, seed=5, epoch=3)
    torch.rand(7)  # other random numbers change nothing
    assert rows(LineTensors(list(LINES), tokens, batch=4), seed=5, epoch=3) == first
    assert rows(lines, seed=5, epoch=4) != first
    assert rows(lines, seed=6, epoch=3) != first


def test_lines_that_are_too_long_are_left_out(tokens: Tokens) -> None:
    lines = LineTensors(["the sea", "z" * 200], tokens, batch=4)
    assert rows(lines, 0, 0) == [tokens.encode("the sea")]
    assert dataset.short_enough(["the sea", "z" * 200], tokens) == ["the sea"]


def test_where_all_are_too_long_it_is_told(tokens: Tokens) -> None:
    with pytest.raises(DataError, match="Every line is longer than 48 tokens"):
        LineTensors(["z" * 200], tokens, batch=4)
    with pytest.raises(DataError, match="Every line is longer than 48 tokens"):
        dataset.short_enough(["z" * 200], tokens)


def test_a_judge_learns_from_lines_that_the_split_keeps_apart_where_there_are_any(tmp_path: Path) -> None:
    lines = [f"line {i}" for i in range(5)]
    (tmp_path / "test.txt").write_text("\n".join(lines), encoding="utf-8")
    assert dataset.with_judges(tmp_path, lines) == (lines[:2], lines[2:])
    (tmp_path / "tang-valid.txt").write_text("another line\n", encoding="utf-8")
    assert dataset.with_judges(tmp_path, lines) == (lines, ["another line"])
