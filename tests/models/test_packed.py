from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from models.packed import PackedLinear


def made(bias: bool = True, is_half: bool = True) -> tuple[Tensor, Tensor | None]:
    """Weights that float16 holds exactly, or others."""
    torch.manual_seed(0)
    weight, added = torch.randn(70, 33), torch.randn(70) if bias else None
    return weight.half().float() if is_half else weight, added


@pytest.mark.parametrize("is_half", [True, False])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("rows", [1, 2, 17, 200])
@torch.inference_mode()
def test_is_the_linear_layer_to_rounding(rows: int, bias: bool, is_half: bool) -> None:
    weight, added = made(bias, is_half)
    some = torch.randn(rows, 33)
    torch.testing.assert_close(PackedLinear(weight, added)(some), F.linear(some, weight, added))


@torch.inference_mode()
def test_no_rows_give_no_rows() -> None:
    assert PackedLinear(*made())(torch.empty(0, 33)).shape == (0, 70)


def test_gradients_pass() -> None:
    weight, added = made()
    row = torch.randn(1, 33, requires_grad=True)
    (gradient,) = torch.autograd.grad(PackedLinear(weight, added)(row).sum(), row)
    torch.testing.assert_close(gradient, weight.sum(0)[None])


@torch.inference_mode()
def test_other_formats_are_computed_in_their_own() -> None:
    weight, _ = made()
    row = torch.randn(2, 33, dtype=torch.float64)
    torch.testing.assert_close(PackedLinear(weight.double())(row), F.linear(row, weight.double()))


@torch.inference_mode()
def test_weights_beyond_float16_are_computed_as_they_are() -> None:
    weight = torch.full((4, 3), 1e6)
    torch.testing.assert_close(PackedLinear(weight)(torch.ones(2, 3)), torch.full((2, 4), 3e6))


@pytest.mark.parametrize("missing", [("quantized",), ("mkldnn",), ("quantized", "mkldnn")])
@torch.inference_mode()
def test_a_torch_without_an_operator_computes_the_same(
    missing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    weight, added = made()
    some = torch.randn(5, 33)
    for name in missing:
        monkeypatch.setattr(torch.ops, name, object())
    torch.testing.assert_close(PackedLinear(weight, added)(some), F.linear(some, weight, added))


def test_built_among_tensors_of_inference_it_works_outside_too() -> None:
    with torch.inference_mode():
        weight, added = made()
        layer = PackedLinear(weight, added)
    with torch.no_grad():
        some = torch.randn(5, 33)
        torch.testing.assert_close(layer(some), F.linear(some, weight, added))
