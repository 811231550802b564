"""The one training loop: every family brings a `Task`, the loop brings time, schedule, checkpoints and selection.

Progress runs from 0 to 1, by the clock (`minutes`) or by `epochs`; the cosine schedule and each task's own schedules
follow it. A checkpoint holds weights, optimizer moments, the random state and the place in the data, and is written
atomically: after kill -9 at any moment `resume` goes on from the last one.
"""

from __future__ import annotations

import json
import math
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn
from tqdm import tqdm

from models import atomic
from models.device import FastestThreads, autocast, put_random_state, random_state
from models.errors import DataError, InputError

CHECKPOINT, BEST = "checkpoint.safetensors", "best.safetensors"


@dataclass(frozen=True)
class Options:
    """How long and how fast to train. Exactly one of `minutes` and `epochs` is given."""

    minutes: float | None = None
    epochs: float | None = None
    rate: float = 2e-3
    warm_up: int = 300
    weight_decay: float = 0.01
    clip: float = 1.0
    seed: int = 0
    save_seconds: float = 120.0
    measure_every: float = 0.05  # of progress


class Task(Protocol):
    """What a family brings to the loop."""

    @property
    def network(self) -> nn.Module: ...

    @property
    def data(self) -> str:
        """A hash of all that is learned from and selected on."""

    def order(self, epoch: int) -> Sequence[Any]:
        """The batches of an epoch, decided by the task's seed and `epoch` alone."""

    def loss(self, batch: Any, progress: float) -> tuple[Tensor, dict[str, float]]:
        """A scalar to minimise, and figures to show."""

    def measure(self, progress: float) -> dict[str, float]:
        """Figures on held-out data; "selection" (higher is better) decides which weights are kept."""


@dataclass(frozen=True)
class Place:
    """Where training stands; all that a checkpoint must remember beside tensors."""

    epoch: int = 0
    position: int = 0
    step: int = 0
    seconds: float = 0.0
    progress: float = 0.0
    measured: float = 0.0
    best: float = -math.inf


def train(task: Task, options: Options, folder: Path, device: torch.device, resume: bool) -> dict[str, float]:
    """Train `task.network` in place and leave the best weights in it; returns their held-out figures.

    `folder` takes the checkpoints. Raises `SaveError` where it cannot be written, `DataError` where a checkpoint is
    damaged or of other data.
    """
    return _Loop(task, options, folder, device).run(resume)


class _Loop:
    def __init__(self, task: Task, options: Options, folder: Path, device: torch.device) -> None:
        self.task, self.options, self.folder, self.device = task, options, folder, device
        self.parameters = [p for p in task.network.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(
            self.parameters, options.rate, betas=(0.9, 0.99), weight_decay=options.weight_decay, fused=True
        )
        self.data = task.data
        self.place = Place()
        self.figures: dict[str, float] = {}

    def run(self, resume: bool) -> dict[str, float]:
        torch.manual_seed(self.options.seed)
        if resume:
            self._load_checkpoint()
        else:
            self._save_checkpoint()  # before any work: a folder that cannot be written is told now
        started, saved = time.monotonic() - self.place.seconds, time.monotonic()
        # By epochs a training can be repeated exactly, but only with as many threads.
        threads = FastestThreads() if self.options.minutes is not None and self.device.type == "cpu" else None
        with tqdm(total=100, bar_format="{l_bar}{bar}| {elapsed}{postfix}", mininterval=1.0) as bar:
            for batch in self._batches():
                before = time.monotonic()
                self._step(batch, bar)
                seconds = time.monotonic() - started
                if threads is not None:
                    threads.step_took(time.monotonic() - before)
                self.place = replace(self.place, seconds=seconds, progress=self._progress(seconds))
                bar.update(100 * self.place.progress - bar.n)
                if self.place.progress >= self.place.measured + self.options.measure_every or self.place.progress >= 1:
                    self._measure(bar)
                if time.monotonic() - saved > self.options.save_seconds:
                    self._save_checkpoint()
                    saved = time.monotonic()
        self._save_checkpoint()  # what follows may be interrupted too, and is then done again without training
        self._load_best()
        return self.figures

    def _batches(self) -> Iterator[Any]:
        """Batches from where training stands until progress reaches 1."""
        while self.place.progress < 1:
            order = self.task.order(self.place.epoch)
            self.epoch_length = len(order)
            for batch in order[self.place.position :]:
                self.place = replace(self.place, position=self.place.position + 1, step=self.place.step + 1)
                yield batch
                if self.place.progress >= 1:
                    return
            self.place = replace(self.place, epoch=self.place.epoch + 1, position=0)

    def _progress(self, seconds: float) -> float:
        if self.options.minutes is not None:
            return min(1.0, seconds / (60 * self.options.minutes))
        epochs = self.place.epoch + self.place.position / self.epoch_length
        return min(1.0, epochs / (self.options.epochs or 1.0))

    def _rate(self) -> float:
        """Linear warm-up, then a cosine from the full rate to a hundredth of it (Loshchilov and Hutter, ICLR 2017)."""
        cosine = 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * self.place.progress))
        return self.options.rate * cosine * min(1.0, self.place.step / self.options.warm_up)

    def _step(self, batch: Any, bar: tqdm[Any]) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] = self._rate()
        self.task.network.train()
        with autocast(self.device):
            loss, figures = self.task.loss(batch, self.place.progress)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        norm = nn.utils.clip_grad_norm_(self.parameters, self.options.clip)
        if torch.isfinite(norm):  # one batch that overflows must not spoil the moments
            self.optimizer.step()
        bar.set_postfix({name: f"{value:.2f}" for name, value in figures.items()}, refresh=False)

    def _measure(self, bar: tqdm[Any]) -> None:
        self.task.network.eval()
        figures = self.task.measure(self.place.progress)
        self.place = replace(self.place, measured=self.place.progress)
        told = "  ".join(f"{name} {value:.4f}" for name, value in figures.items())
        bar.write(f"{self.place.progress:6.1%}  {told}", file=sys.stderr)
        if figures["selection"] > self.place.best:
            self.place = replace(self.place, best=figures["selection"])
            self.figures = figures
            self._write(BEST, self._weights(), {"figures": json.dumps(figures)})
            self._save_checkpoint()  # a checkpoint that knew of no best yet could put worse weights in its place

    def _weights(self) -> dict[str, Tensor]:
        return {f"weights.{name}": t.detach().cpu().contiguous() for name, t in self.task.network.state_dict().items()}

    def _save_checkpoint(self) -> None:
        tensors = self._weights() | random_state(self.device)
        for i, parameter in enumerate(self.parameters):
            for name, value in self.optimizer.state.get(parameter, {}).items():
                tensors[f"optimizer.{i}.{name}"] = value.detach().cpu().contiguous()
        told = {"place": asdict(self.place), "figures": self.figures, "options": asdict(self.options)}
        meta = {name: json.dumps(value) for name, value in told.items()}
        self._write(CHECKPOINT, tensors, {**meta, "data": self.data})

    def _write(self, name: str, tensors: dict[str, Tensor], meta: dict[str, str]) -> None:
        atomic.write_bytes(self.folder / name, save(tensors, meta))

    def _load_checkpoint(self) -> None:
        tensors, meta = read(self.folder / CHECKPOINT)
        self._put_weights(tensors)
        try:
            self._put_back(tensors, meta)
        except (KeyError, TypeError, ValueError) as error:
            raise _damaged(self.folder / CHECKPOINT) from error

    def _put_back(self, tensors: dict[str, Tensor], meta: dict[str, str]) -> None:
        if meta["data"] != self.data:
            raise DataError(
                "{folder} holds a training on other data: give the same data again, or choose another folder.",
                folder=self.folder,
            )
        put_random_state(self.device, tensors)
        for key, value in tensors.items():
            if key.startswith("optimizer."):
                _, index, name = key.split(".", 2)
                parameter = self.parameters[int(index)]
                self.optimizer.state[parameter][name] = value.to(parameter.device)  # "step" too, for it is fused
        self.place = Place(**json.loads(meta["place"]))
        self.figures = json.loads(meta["figures"])

    def _load_best(self) -> None:
        tensors, meta = read(self.folder / BEST)
        self._put_weights(tensors)
        self.figures = json.loads(meta["figures"])

    def _put_weights(self, tensors: dict[str, Tensor]) -> None:
        prefix = "weights."
        state = {key.removeprefix(prefix): value for key, value in tensors.items() if key.startswith(prefix)}
        try:
            self.task.network.load_state_dict(state)
        except RuntimeError as error:
            raise DataError(
                "{folder} holds a checkpoint of another network: choose another folder.", folder=self.folder
            ) from error


def check_alone() -> None:
    """Tell that training knows one process only, before several write over each other. Raises `InputError`."""
    if os.environ.get("WORLD_SIZE", "1") != "1":  # what torchrun tells each of its processes
        raise InputError("Training runs in one process: start it without torchrun.")


def begun_with(folder: Path) -> Options | None:
    """How the training was begun whose checkpoint lies in `folder`; None where none does. Raises `DataError`."""
    if not (folder / CHECKPOINT).exists():
        return None
    _, meta = read(folder / CHECKPOINT)
    try:
        return Options(**json.loads(meta["options"]))
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(folder / CHECKPOINT) from error


def read(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Tensors and metadata of a checkpoint. Raises `DataError`."""
    try:
        with safe_open(path, framework="pt") as file:
            # Clones let go of the file, which could not be replaced on Windows while it is mapped.
            return {name: file.get_tensor(name).clone() for name in file.keys()}, file.metadata() or {}  # noqa: SIM118
    except FileNotFoundError as error:
        raise DataError("There is no checkpoint to resume from in {folder}.", folder=path.parent) from error
    except (OSError, SafetensorError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> DataError:
    return DataError("The checkpoint {path} is damaged: train in another folder.", path=path)
