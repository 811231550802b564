"""A linear layer whose weights are laid out once, for use, in the order in which the processor reads them.

Without this torch lays them out anew in every product, which takes as long as the product itself where the rows are
few: a step of a decoder then takes up to twice as long. The operator is oneDNN's, which torch's own compiler puts into
a model that it freezes; torch has no public name for it, so it is tried once and done without where it is missing.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F


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


def _packed(weight: Tensor, bias: Tensor | None) -> Callable[[Tensor], Tensor] | None:
    """The product with packed weights, or None where there is no such thing."""
    if weight.device.type != "cpu" or weight.dtype != torch.float32:
        return None
    try:
        with torch.no_grad():
            packed = torch.ops.mkldnn._reorder_linear_weight(weight.detach(), None)  # noqa: SLF001

            def product(rows: Tensor) -> Tensor:
                operator = torch.ops.mkldnn._linear_pointwise  # noqa: SLF001
                made: Tensor = operator(rows, packed, bias, "none", [], "")
                return made

            product(weight[:1])
    except (AttributeError, RuntimeError):  # no such operator, or none for this processor
        return None
    return product
