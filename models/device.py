"""Which device computes, and the ways in which torch is kept quick and calm on it."""

from __future__ import annotations

import contextlib
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
    """bf16 autocast for training where the device has it; elsewhere nothing."""
    if device.type in ("cpu", "cuda"):
        return torch.autocast(device.type, torch.bfloat16)
    return contextlib.nullcontext()
