from __future__ import annotations

import pytest
import torch

from models import device
from models.errors import InputError


def offer(monkeypatch: pytest.MonkeyPatch, cuda: bool, mps: bool) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)


@pytest.mark.parametrize(
    ("cuda", "mps", "expected"), [(False, False, "cpu"), (False, True, "mps"), (True, True, "cuda")]
)
def test_auto_takes_the_fastest_that_is_there(
    cuda: bool, mps: bool, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, cuda, mps)
    assert device.pick().type == expected


@pytest.mark.parametrize("choice", ["cuda", "mps", "abacus"])
def test_a_device_that_is_not_there_is_told_with_one_that_is(choice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, cuda=False, mps=False)
    with pytest.raises(InputError, match=f"no device {choice} here: use auto or cpu"):
        device.pick(choice)


def test_the_processor_is_always_there(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, cuda=True, mps=False)
    assert device.pick("cpu") == torch.device("cpu")


def test_training_on_the_processor_runs_in_bf16() -> None:
    layer = torch.nn.Linear(2, 2)
    with device.autocast(torch.device("cpu")):
        assert layer(torch.ones(1, 2)).dtype == torch.bfloat16
    with device.autocast(torch.device("mps")):
        assert layer(torch.ones(1, 2)).dtype == torch.float32
