"""Which device computes, and the ways in which torch is kept quick and calm on it."""

from __future__ import annotations

import contextlib
import statistics
from collections.abc import Mapping

import torch
from torch import Tensor

from models.errors import InputError


def pick(choice: str = "auto") -> torch.device:
    """The device for `choice`; "auto" takes CUDA, then Apple's MPS, then the CPU. Raises `InputError`."""
    present = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if choice == "auto":
        return torch.device("cuda" if present["cuda"] else "mps" if present["mps"] else "cpu")
    if not present.get(choice, False):
        raise InputError("There is no device {choice} here: use auto or cpu.", choice=choice)
    return torch.device(choice)


def compute_on_one_thread() -> None:
    """For models at use: their steps are too small to share; two threads on a busy machine are many times slower."""
    torch.set_num_threads(1)


class FastestThreads:
    """Finds by trial how many threads make a training step fastest, and looks again from time to time.

    More are not always faster: small operations wait for each other, and on a busy machine two threads are many times
    slower than one. `step_took` is told the seconds of every step.
    """

    TRIAL_STEPS, SECONDS_BETWEEN = 6, 300.0

    def __init__(self) -> None:
        most = torch.get_num_threads()
        self.choices = [1 << power for power in range(most.bit_length()) if 1 << power <= min(most, 16)]
        self._begin_trial()

    def step_took(self, seconds: float) -> None:
        """Go on with the trial, or count the time until the next."""
        if len(self.choices) == 1:
            return
        if not self._untried:
            self._since += seconds
            if self._since > self.SECONDS_BETWEEN:
                self._begin_trial()
            return
        self._times.append(seconds)
        if len(self._times) == self.TRIAL_STEPS:
            self._end_of_choice()

    def _begin_trial(self) -> None:
        self._untried = list(self.choices)
        self._medians: list[float] = []
        self._times: list[float] = []
        self._since = 0.0
        torch.set_num_threads(self._untried[0])

    def _end_of_choice(self) -> None:
        self._medians.append(statistics.median(self._times[1:]))  # the first step still pays for the change
        self._times = []
        del self._untried[0]
        best = self.choices[self._medians.index(min(self._medians))]
        torch.set_num_threads(self._untried[0] if self._untried else best)


def random_state(device: torch.device) -> dict[str, Tensor]:
    """Where the generators stand that a training on `device` draws from: the processor's and the device's own."""
    own = {"cuda": torch.cuda.get_rng_state, "mps": torch.mps.get_rng_state}.get(device.type)
    return {"random": torch.get_rng_state()} | ({f"random.{device.type}": own()} if own else {})


def put_random_state(device: torch.device, states: Mapping[str, Tensor]) -> None:
    """Set the generators back to where `random_state` found them; one that was not used then is left as it is."""
    torch.set_rng_state(states["random"])
    own = {"cuda": torch.cuda.set_rng_state, "mps": torch.mps.set_rng_state}.get(device.type)
    if own and f"random.{device.type}" in states:
        own(states[f"random.{device.type}"])


def autocast(device: torch.device) -> contextlib.AbstractContextManager[None]:
    """bf16 autocast for training where the device computes in it; elsewhere nothing."""
    if device.type == "cuda" or (device.type == "cpu" and _processor_has_bf16()):
        return torch.autocast(device.type, torch.bfloat16)
    return contextlib.nullcontext()


def _processor_has_bf16() -> bool:
    """Whether bf16 is computed and not imitated, which makes a step ten times slower than float32 would."""
    asked = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")  # torch tells it nowhere else
    return any(getattr(torch.cpu, name, bool)() for name in asked)
