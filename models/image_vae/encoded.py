"""Where the encoder puts data that the model never saw in training: a file of the model folder, read without torch."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from models import shelf
from models.image_vae.codes import Codes, EncodedData
from models.shelf import ModelFolder

FILE = "codes.safetensors"
MAX_NAMES = 64
MOST_LOG_VARIANCE = 20.0  # far more than any encoder tells
_MEANS, _LOG_VARIANCES, _LABELS = "means", "log_variances", "labels"


def read_encoded(folder: ModelFolder) -> EncodedData | None:
    """The encoded data of a model folder; None where it holds none. Raises `ModelFolderError` where it is damaged."""
    if FILE not in folder.card.files:
        return None
    data = shelf.read_file(folder, FILE)
    try:
        return _checked(load(data), folder.card.configuration)
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise shelf.damaged(folder.path / FILE, folder.shipped, "it does not hold the codes of this model") from error


def file_of(data: EncodedData) -> dict[str, bytes]:
    """The file by its name, codes in half precision."""
    tensors: dict[str, NDArray[Any]] = {_MEANS: data.means.astype(np.float16)}
    if data.log_variances is not None:
        tensors[_LOG_VARIANCES] = data.log_variances.astype(np.float16)
    if data.labels is not None:
        tensors[_LABELS] = data.labels
    return {FILE: save(tensors)}


def _checked(tensors: dict[str, NDArray[Any]], configuration: dict[str, Any]) -> EncodedData:
    """The tensors as codes of the card's model. Raises `ValueError`, `KeyError` or `TypeError` where they are not."""
    names = tuple(configuration.get("labels", ()))
    if len(set(names)) < len(names) or len(names) > MAX_NAMES or not all(isinstance(name, str) for name in names):
        raise ValueError(names)
    means = _codes(tensors[_MEANS], configuration["dimensions"])
    log_variances, labels = tensors.get(_LOG_VARIANCES), tensors.get(_LABELS)
    if log_variances is not None:
        log_variances = _codes(log_variances, means.shape[1])
        if np.abs(log_variances).max(initial=0) > MOST_LOG_VARIANCE:
            raise ValueError(_LOG_VARIANCES)
    if labels is not None and (labels.ndim != 1 or labels.dtype != np.uint8 or labels.max(initial=0) >= len(names)):
        raise ValueError(names)
    if any(other is not None and len(other) != len(means) for other in (log_variances, labels)):
        raise ValueError(means.shape)
    return EncodedData(means, log_variances, labels, names)


def _codes(tensor: NDArray[Any], dimensions: int) -> Codes:
    if tensor.ndim != 2 or tensor.shape[1] != dimensions or tensor.dtype.kind != "f":
        raise ValueError(tensor.shape)
    codes = tensor.astype(np.float32)
    if not np.isfinite(codes).all():
        raise ValueError(tensor.shape)
    return codes
