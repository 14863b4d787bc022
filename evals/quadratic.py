"""Logistic regression over signs and over each two of them together, with what it says of examples it has not seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]
STEPS = 30
DAMPING = 0.06
"""Share of the weight of all examples that holds each weight back: two signs together have hundreds."""
FOLDS = 5
_LEAST_SPREAD = 1e-9


@dataclass(frozen=True, slots=True)
class Examples:
    signs: Rows
    """The first column is the constant."""
    right: Rows
    weight: Rows
    fold: NDArray[np.int64]
    """What belongs together is in one."""

    def only(self, rows: NDArray[np.bool_]) -> "Examples":
        return Examples(self.signs[rows], self.right[rows], self.weight[rows], self.fold[rows])


def fitted(given: Examples) -> Rows:
    """An upper triangular matrix: x @ it @ x is the logarithm of the odds."""
    even = _even(given.signs)
    z = given.signs @ even
    first, second = np.triu_indices(z.shape[1])
    products = z[:, first] * z[:, second]
    middle, spread = products.mean(axis=0), np.maximum(products.std(axis=0), _LEAST_SPREAD)
    is_constant = products.std(axis=0) < _LEAST_SPREAD
    columns = np.where(is_constant, 0.0, (products - middle) / spread)
    columns[:, 0] = 1.0
    solved = newton(columns, given.right, given.weight, DAMPING * float(given.weight.sum()))
    weights = np.where(is_constant, 0.0, solved / spread)
    weights[0] = solved[0] - float(weights[1:] @ middle[1:])
    together = np.zeros((z.shape[1], z.shape[1]))
    together[first, second] = weights
    whole = even @ together @ even.T
    upper: Rows = np.triu(whole) + np.triu(whole.T, 1)
    return upper


def _even(signs: Rows) -> Rows:
    """What makes every sign vary alike around nothing; the constant stays."""
    middle, spread = signs.mean(axis=0), signs.std(axis=0)
    scale = np.where(spread < _LEAST_SPREAD, 0.0, 1 / np.maximum(spread, _LEAST_SPREAD))
    even: Rows = np.diag(scale)
    even[0] = -middle * scale
    even[0, 0] = 1.0
    return even


def odds(together: Rows, signs: Rows) -> Rows:
    logarithms: Rows = np.einsum("ij,jk,ik->i", signs, together, signs)
    return logarithms


def unseen(given: Examples) -> Rows:
    """The logarithm of the odds of each example, from the others folds alone."""
    told = np.zeros(len(given.right))
    for fold in range(FOLDS):
        rows = given.fold == fold
        if rows.any():
            told[rows] = odds(fitted(given.only(~rows)), given.signs[rows])
    return told


def stored(names: Sequence[str], together: Rows) -> Mapping[str, list[float]]:
    """Of each sign the weights with itself and with those that follow."""
    return {name: [round(float(value), 4) for value in together[row, row:]] for row, name in enumerate(names)}


def newton(columns: Rows, right: Rows, weight: Rows, damping: float) -> Rows:
    """Ridge logistic regression; the damping keeps correlated signs from cancelling each other, not the constant."""
    solved = np.zeros(columns.shape[1])
    ridge = damping * np.eye(columns.shape[1])
    ridge[0, 0] = 0.0  # the first column is the constant
    for _ in range(STEPS):
        expected = 1 / (1 + np.exp(-np.clip(columns @ solved, -30, 30)))
        slope = columns.T @ (weight * (right - expected)) - ridge @ solved
        curve = (columns * (weight * expected * (1 - expected))[:, None]).T @ columns + ridge
        solved = solved + np.linalg.solve(curve, slope)
    return solved
