"""A small classifier whose features say how alike two sets of images are; trained where it is needed, in seconds.

The Fréchet distance (Heusel et al., "GANs Trained by a Two Time-Scale Update Rule", NIPS 2017) is taken there in the
features of a network for photographs, which knows nothing of digits; this one is taught the data's own labels.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

FEATURES = 32
EPOCHS, BATCH, RATE = 4, 128, 2e-3
LEAST_STEPS, MOST_EPOCHS = 600, 60  # small data is gone through more often
_SEED = 0

Images = NDArray[np.uint8]  # (N, H, W, 3) RGB


class Classifier(nn.Module):
    """Convolutions over images (B, 3, H, W), `FEATURES` numbers, then a logit for each of L labels."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.convolutions = nn.Sequential(
            nn.Conv2d(3, 12, 3, 2, 1), nn.GELU(), nn.Conv2d(12, 24, 3, 2, 1), nn.GELU(), nn.AdaptiveAvgPool2d(5)
        )
        self.features = nn.Sequential(nn.Flatten(), nn.Linear(24 * 25, FEATURES), nn.GELU())
        self.output = nn.Linear(FEATURES, labels)

    def forward(self, images: Tensor) -> Tensor:
        """Features (B, FEATURES)."""
        told: Tensor = self.features(self.convolutions(images))
        return told


def taught(images: Images, labels: NDArray[np.uint8]) -> Classifier:
    """A classifier that has learned these labels (N,), always the same for the same data."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(_SEED)
        classifier = Classifier(int(labels.max()) + 1)
        optimizer = torch.optim.AdamW(classifier.parameters(), RATE)
        told = torch.from_numpy(labels.astype(np.int64))
        epochs = min(MOST_EPOCHS, max(EPOCHS, LEAST_STEPS * BATCH // len(images)))
        for _ in range(epochs):
            for rows in torch.randperm(len(images)).split(BATCH):
                logits = classifier.output(classifier(_tensor(images[rows.numpy()])))
                optimizer.zero_grad()
                F.cross_entropy(logits, told[rows]).backward()
                optimizer.step()
    return classifier.eval().requires_grad_(False)


def accuracy(classifier: Classifier, images: Images, labels: NDArray[np.uint8]) -> float:
    """The share of the images whose label it names."""
    features = torch.from_numpy(features_of(classifier, images)).float()
    return float((classifier.output(features).argmax(1).numpy() == labels).mean())


def distance(classifier: Classifier, first: Images, second: Images) -> float:
    """The Fréchet distance between two sets of images in the classifier's features."""
    return frechet_distance(features_of(classifier, first), features_of(classifier, second))


@torch.inference_mode()
def features_of(classifier: Classifier, images: Images) -> NDArray[np.float64]:
    """Features (N, FEATURES) of images."""
    parts = [classifier(_tensor(images[start : start + 1000])) for start in range(0, len(images), 1000)]
    return torch.cat(parts).double().numpy()


def frechet_distance(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """The Fréchet distance |m − n|² + tr(A + B − 2 (A B)^½) of the Gaussians that fit two sets (N, D) and (M, D).

    D. C. Dowson and B. V. Landau, "The Fréchet distance between multivariate normal distributions" (1982).
    """
    a, b = np.cov(first, rowvar=False), np.cov(second, rowvar=False)
    # The eigenvalues of A B are those of the symmetric A^½ B A^½, which rounding keeps real.
    shared = np.sqrt(np.maximum(np.linalg.eigvalsh(root(a) @ b @ root(a)), 0)).sum()
    apart = first.mean(0) - second.mean(0)
    return float(apart @ apart + np.trace(a) + np.trace(b) - 2 * shared)


def root(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """The symmetric square root (D, D) of a covariance, which may be singular."""
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T)


def _tensor(images: Images) -> Tensor:
    """(B, 3, H, W) from 0 to 1."""
    return torch.from_numpy(np.ascontiguousarray(images)).permute(0, 3, 1, 2).float() / 255
