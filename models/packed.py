"""A linear layer whose weights are laid out once, for use, in the order in which the processor reads them.

Without this torch lays them out anew in every product, which takes as long as the product itself where the rows are
few: a step of a decoder then takes up to twice as long. Few rows wait for memory more than for arithmetic, so weights
that float16 holds exactly, as those of a model folder, are kept so and take half the bytes; what is computed stays
float32. The operators are FBGEMM's and oneDNN's, as torch's own quantization and compiler call them; not every build of
torch has them, so each is tried once and done without where it is missing.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F

Product = Callable[[Tensor], Tensor]


class PackedLinear:
    """`F.linear` with weights (O, I) and a bias (O,) or none, quicker on a processor and the same to rounding.

    Later changes of `weight` do not reach it. Where gradients are wanted, on an accelerator and in other formats than
    float32 it is `F.linear`.
    """

    def __init__(self, weight: Tensor, bias: Tensor | None = None) -> None:
        self._weight, self._bias = weight, bias
        self._packed = _packed(weight, bias)

    def __call__(self, rows: Tensor) -> Tensor:
        """Rows (B, I) to (B, O)."""
        if self._packed is None or torch.is_grad_enabled() or rows.dtype != torch.float32:
            return F.linear(rows, self._weight, self._bias)
        return self._packed(rows)


def _packed(weight: Tensor, bias: Tensor | None) -> Product | None:
    """The product with packed weights, or None where there is no such thing."""
    if weight.device.type != "cpu" or weight.dtype != torch.float32:
        return None
    fits = bool((weight.half().float() == weight).all())
    for pack in (_half, _reordered) if fits else (_reordered,):
        try:
            with torch.no_grad():
                product = pack(weight.detach(), None if bias is None else bias.detach())
                product(weight[:1])
        except (AttributeError, RuntimeError):  # no such operator, or none for this processor
            continue
        return product
    return None


def _half(weight: Tensor, bias: Tensor | None) -> Product:
    """By weights in float16, which are made float32 on their way into each product."""
    operator = torch.ops.quantized.linear_dynamic_fp16
    packed = torch.ops.quantized.linear_prepack_fp16(weight, bias)

    def product(rows: Tensor) -> Tensor:
        made: Tensor = operator(rows, packed)
        return made

    return product


def _reordered(weight: Tensor, bias: Tensor | None) -> Product:
    operator = torch.ops.mkldnn._linear_pointwise  # noqa: SLF001
    packed = torch.ops.mkldnn._reorder_linear_weight(weight, None)  # noqa: SLF001

    def product(rows: Tensor) -> Tensor:
        made: Tensor = operator(rows, packed, bias, "none", [], "")
        return made

    return product
