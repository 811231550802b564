from __future__ import annotations

import pytest
import torch
from torch import Tensor

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


def test_a_random_state_brings_its_numbers_back() -> None:
    state = device.random_state(torch.device("cpu"))
    first = torch.rand(4)
    device.put_random_state(torch.device("cpu"), state)
    assert torch.equal(torch.rand(4), first)


@pytest.mark.parametrize("kind", ["cuda", "mps"])
def test_a_device_that_draws_for_itself_is_asked_too(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def put(state: Tensor) -> None:
        put_back.append(state)

    put_back: list[Tensor] = []
    own = torch.tensor([1, 2], dtype=torch.uint8)
    monkeypatch.setattr(f"torch.{kind}.get_rng_state", own.clone)
    monkeypatch.setattr(f"torch.{kind}.set_rng_state", put)
    state = device.random_state(torch.device(kind))
    device.put_random_state(torch.device("cpu"), state)
    assert put_back == []
    device.put_random_state(torch.device(kind), state)
    assert torch.equal(put_back[0], own)
    device.put_random_state(torch.device(kind), device.random_state(torch.device("cpu")))
    assert len(put_back) == 1


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA here")
def test_the_numbers_of_cuda_come_back() -> None:
    place = torch.device("cuda")
    state = device.random_state(place)
    first = torch.rand(4, device=place)
    device.put_random_state(place, state)
    assert torch.equal(torch.rand(4, device=place), first)


@pytest.mark.parametrize("has_bf16", [True, False])
def test_training_runs_in_bf16_where_the_processor_computes_in_it(
    has_bf16: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: has_bf16, raising=False)
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: False, raising=False)
    layer = torch.nn.Linear(2, 2)
    with device.autocast(torch.device("cpu")):
        assert layer(torch.ones(1, 2)).dtype == (torch.bfloat16 if has_bf16 else torch.float32)
    with device.autocast(torch.device("mps")):
        assert layer(torch.ones(1, 2)).dtype == torch.float32


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A machine with eight cores; holds how many of them are in use."""
    used = [8]
    monkeypatch.setattr(torch, "get_num_threads", lambda: used[0])
    monkeypatch.setattr(torch, "set_num_threads", lambda count: used.__setitem__(0, count))
    return used


def run_steps(found: device.FastestThreads, threads: list[int], seconds: dict[int, float], steps: int) -> None:
    for _ in range(steps):
        found.step_took(seconds[threads[0]])


def test_the_fastest_number_of_threads_is_found_by_trial(threads: list[int]) -> None:
    found = device.FastestThreads()
    run_steps(found, threads, {1: 0.4, 2: 0.3, 4: 0.5, 8: 2.0}, 4 * found.TRIAL_STEPS)
    assert threads == [2]


def test_threads_are_tried_again_when_the_machine_may_have_changed(threads: list[int]) -> None:
    found = device.FastestThreads()
    run_steps(found, threads, {1: 0.4, 2: 0.3, 4: 0.2, 8: 0.3}, 4 * found.TRIAL_STEPS)
    assert threads == [4]
    busy = {1: 0.5, 2: 1.0, 4: 3.0, 8: 9.0}
    run_steps(found, threads, busy, int(found.SECONDS_BETWEEN / busy[4]) + 2 + 4 * found.TRIAL_STEPS)
    assert threads == [1]


def test_where_there_is_one_core_nothing_is_tried(threads: list[int]) -> None:
    threads[0] = 1
    found = device.FastestThreads()
    run_steps(found, threads, {1: 99.0}, 100)
    assert threads == [1]
