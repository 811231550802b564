from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from torch import Tensor, nn

from models import trainer
from models.atomic import SaveError
from models.errors import DataError, InputError
from models.trainer import BEST, CHECKPOINT, Options, train

CPU = torch.device("cpu")
OPTIONS = Options(epochs=4, rate=0.05, warm_up=3, seed=1, save_seconds=0)
BATCHES = 5


class KilledError(Exception):
    """Stands for the end of the process."""


class Regression:
    """A task that is learned in a moment: its loss is random, its batches are shuffled."""

    data = "three numbers"

    def __init__(self, selections: list[float] | None = None) -> None:
        torch.manual_seed(0)
        self.network: nn.Module = nn.Linear(3, 1)
        self.selections = selections
        self.measured: list[dict[str, Tensor]] = []
        self.losses: list[float] = []
        self.seen: list[tuple[int, int]] = []

    def order(self, epoch: int) -> list[tuple[int, int]]:
        places = torch.randperm(BATCHES, generator=torch.Generator().manual_seed(epoch)).tolist()
        return [(epoch, place) for place in places]

    def loss(self, batch: tuple[int, int], progress: float) -> tuple[Tensor, dict[str, float]]:
        self.seen.append(batch)
        inputs = torch.eye(3) + 0.1 * torch.rand(3, 3)
        loss = (self.network(inputs)[:, 0] - torch.tensor([1.0, -2.0, 3.0])).float().square().mean()
        self.losses.append(loss.item())
        return loss, {"loss": loss.item()}

    def measure(self, progress: float) -> dict[str, float]:
        self.measured.append({name: value.clone() for name, value in self.network.state_dict().items()})
        selection = self.selections[len(self.measured) - 1] if self.selections else -self.losses[-1]
        return {"selection": selection, "progress": progress}


class Killed(Regression):
    """Ends before its step of a given number."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.steps = steps

    def loss(self, batch: tuple[int, int], progress: float) -> tuple[Tensor, dict[str, float]]:
        if len(self.seen) == self.steps:
            raise KilledError
        return super().loss(batch, progress)


def weights(task: Regression) -> list[float]:
    return [float(number) for value in task.network.state_dict().values() for number in value.flatten()]


def test_training_learns(tmp_path: Path) -> None:
    task = Regression()
    train(task, replace(OPTIONS, epochs=40), tmp_path, CPU, resume=False)
    assert task.losses[-1] < 0.2 * task.losses[0]


def test_every_batch_of_every_epoch_is_seen_once(tmp_path: Path) -> None:
    task = Regression()
    train(task, OPTIONS, tmp_path, CPU, resume=False)
    assert task.seen == [batch for epoch in range(4) for batch in task.order(epoch)]


def test_part_of_an_epoch_is_possible(tmp_path: Path) -> None:
    task = Regression()
    train(task, replace(OPTIONS, epochs=1.4), tmp_path, CPU, resume=False)
    assert len(task.seen) == 7


def test_the_weights_of_the_best_measure_are_kept(tmp_path: Path) -> None:
    task = Regression([0.1, 0.7, 0.7, 0.3])
    figures = train(task, replace(OPTIONS, measure_every=0.25), tmp_path, CPU, resume=False)
    assert figures == {"selection": 0.7, "progress": 0.5}
    assert all(torch.equal(value, task.measured[1][name]) for name, value in task.network.state_dict().items())
    assert not torch.equal(task.measured[1]["weight"], task.measured[3]["weight"])


@pytest.mark.parametrize("steps", [1, 4, 5, 6, 13, 19])
def test_resumed_training_ends_with_the_very_weights_of_an_uninterrupted_one(steps: int, tmp_path: Path) -> None:
    whole, killed, resumed = Regression(), Killed(steps), Regression()
    figures = train(whole, OPTIONS, tmp_path / "whole", CPU, resume=False)
    with pytest.raises(KilledError):
        train(killed, OPTIONS, tmp_path / "killed", CPU, resume=False)
    torch.rand(11)
    assert train(resumed, OPTIONS, tmp_path / "killed", CPU, resume=True) == figures
    assert killed.seen + resumed.seen == whole.seen
    assert weights(resumed) == weights(whole)


def test_finished_training_can_be_resumed_and_does_nothing_more(tmp_path: Path) -> None:
    whole, again = Regression(), Regression()
    figures = train(whole, OPTIONS, tmp_path, CPU, resume=False)
    assert train(again, OPTIONS, tmp_path, CPU, resume=True) == figures
    assert again.seen == []
    assert weights(again) == weights(whole)


def test_the_seed_decides_the_weights(tmp_path: Path) -> None:
    tasks = [Regression() for _ in range(3)]
    for i, (task, seed) in enumerate(zip(tasks, (1, 1, 2), strict=True)):
        train(task, replace(OPTIONS, seed=seed), tmp_path / str(i), CPU, resume=False)
    assert weights(tasks[0]) == weights(tasks[1]) != weights(tasks[2])


def test_a_batch_that_overflows_is_passed_over(tmp_path: Path) -> None:
    class Overflowing(Regression):
        def loss(self, batch: tuple[int, int], progress: float) -> tuple[Tensor, dict[str, float]]:
            loss, figures = super().loss(batch, progress)
            before.append(weights(self))
            return (loss * math.inf if len(self.seen) == 4 else loss), figures

    before: list[list[float]] = []
    task = Overflowing()
    train(task, OPTIONS, tmp_path, CPU, resume=False)
    assert before[3] == before[4]  # the fourth step changed nothing
    assert all(a != b for i, (a, b) in enumerate(pairwise(before)) if i != 3)
    assert all(math.isfinite(number) for number in weights(task))


def rates(options: Options, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The learning rate of each step."""
    found: list[float] = []
    step = torch.optim.AdamW.step

    def noting(self: torch.optim.AdamW, closure: Callable[[], float] | None = None) -> object:
        found.append(self.param_groups[0]["lr"])
        return step(self, closure) if closure else step(self)

    monkeypatch.setattr(torch.optim.AdamW, "step", noting)
    train(Regression(), options, folder, CPU, resume=False)
    return found


def test_the_rate_warms_up_and_falls_by_a_cosine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = rates(OPTIONS, tmp_path, monkeypatch)
    cosines = [0.01 + 0.99 * (1 + math.cos(math.pi * step / 20)) / 2 for step in range(20)]
    warm = [min(1.0, step / 3) for step in range(1, 21)]
    assert found == pytest.approx([0.05 * a * b for a, b in zip(cosines, warm, strict=True)])


def test_by_the_clock_training_ends_when_its_minutes_are_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter(range(100_000))

    def clock() -> float:
        return float(next(seconds))

    monkeypatch.setattr(trainer, "time", SimpleNamespace(monotonic=clock))
    task = Regression()
    train(task, replace(OPTIONS, epochs=None, minutes=0.5, save_seconds=1e9), tmp_path, CPU, resume=False)
    place = json.loads(trainer.read(tmp_path / CHECKPOINT)[1]["place"])
    assert place["progress"] == 1
    assert place["seconds"] >= 30
    assert len(task.seen) <= 30


def test_time_that_was_spent_before_a_kill_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def clock() -> float:
        now[0] += 1.0
        return now[0]

    now = [0.0]
    options = replace(OPTIONS, epochs=None, minutes=1.0)
    monkeypatch.setattr(trainer, "time", SimpleNamespace(monotonic=clock))
    with pytest.raises(KilledError):
        train(Killed(10), options, tmp_path, CPU, resume=False)
    now[0] += 5000.0  # the machine was switched off
    task = Regression()
    train(task, options, tmp_path, CPU, resume=True)
    assert 1 <= len(task.seen) < 60


def test_progress_is_told_on_standard_error_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    train(Regression(), OPTIONS, tmp_path, CPU, resume=False)
    told = capsys.readouterr()
    assert told.out == ""
    assert "100.0%  selection" in told.err


def test_a_folder_that_cannot_be_written_is_told_before_any_work(tmp_path: Path) -> None:
    task = Regression()
    (tmp_path / "file").touch()
    with pytest.raises(SaveError, match="Cannot save"):
        train(task, OPTIONS, tmp_path / "file", CPU, resume=False)
    assert task.seen == []


def test_a_checkpoint_remembers_how_training_was_begun(tmp_path: Path) -> None:
    assert trainer.begun_with(tmp_path) is None
    train(Regression(), OPTIONS, tmp_path, CPU, resume=False)
    assert trainer.begun_with(tmp_path) == OPTIONS


def test_without_a_checkpoint_nothing_is_resumed(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no checkpoint to resume from"):
        train(Regression(), OPTIONS, tmp_path, CPU, resume=True)


@pytest.mark.parametrize("name", [CHECKPOINT, BEST])
@pytest.mark.parametrize("size", [0, 7, 100])
def test_a_damaged_checkpoint_is_told(name: str, size: int, tmp_path: Path) -> None:
    train(Regression(), OPTIONS, tmp_path, CPU, resume=False)
    with (tmp_path / name).open("r+b") as file:
        file.truncate(size)
    with pytest.raises(DataError, match=rf"The checkpoint .*{name} is damaged"):
        train(Regression(), OPTIONS, tmp_path, CPU, resume=True)


def test_a_checkpoint_without_its_place_is_told(tmp_path: Path) -> None:
    train(Regression(), OPTIONS, tmp_path, CPU, resume=False)
    (tmp_path / CHECKPOINT).write_bytes((tmp_path / BEST).read_bytes())
    with pytest.raises(DataError, match="is damaged"):
        trainer.begun_with(tmp_path)
    with pytest.raises(DataError, match="is damaged"):
        train(Regression(), OPTIONS, tmp_path, CPU, resume=True)


def test_a_checkpoint_of_other_data_is_told(tmp_path: Path) -> None:
    train(Regression(), OPTIONS, tmp_path, CPU, resume=False)
    task = Regression()
    task.data = "four numbers"
    with pytest.raises(DataError, match="holds a training on other data: give the same data again"):
        train(task, OPTIONS, tmp_path, CPU, resume=True)


def test_training_knows_one_process_only(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer.check_alone()
    monkeypatch.setenv("WORLD_SIZE", "1")
    trainer.check_alone()
    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.raises(InputError, match="start it without torchrun"):
        trainer.check_alone()


def test_a_checkpoint_of_another_network_is_told(tmp_path: Path) -> None:
    train(Regression(), OPTIONS, tmp_path, CPU, resume=False)
    task = Regression()
    task.network = nn.Linear(4, 1)
    with pytest.raises(DataError, match="a checkpoint of another network"):
        train(task, OPTIONS, tmp_path, CPU, resume=True)
