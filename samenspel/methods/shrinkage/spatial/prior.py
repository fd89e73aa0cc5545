# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The prior of the spatial effects: Leroux's, scaled so that sigma means the same on every graph and at every rho.

Leroux, Lei & Breslow (2000): precision `R(rho) = rho (D - W) + (1 - rho) I`, from independent (rho = 0) to fully
spatial (rho = 1). Its variances depend on the graph and on rho, so sigma would mean something else each time, and an
island would get the variance 1 / (1 - rho). So each connected component is scaled (as Sorbye & Rue 2014 and
Freni-Sterrantino, Ventrucci & Rue 2018 do for the intrinsic model):

    Q(rho) = g_c(rho) R(rho),  g_c = geometric mean over the component of diag(R(rho)^-1)

and sigma^2 Q^-1 has a typical variance of sigma^2 everywhere. An island gets exactly sigma^2; a small component of
its own shares one level as rho goes to 1.

log|Q(rho)| and g_c(rho) depend only on the graph. They are computed exactly at 41 values of logit(rho) and are cubic
splines between them, for all indicators on that graph.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import expit

from samenspel.methods.shrinkage.spatial.blocks import factor, variances
from samenspel.methods.shrinkage.spatial.graph import Graph

Array = NDArray[np.float64]
LOWEST, HIGHEST = -6.0, 8.0  # of logit(rho): rho from 0.0025 to 0.9997
_KNOTS = 41


@dataclass(frozen=True, slots=True)
class Prior:
    """`log_scales(logit_rho)`: log g per component; `log_determinant(logit_rho)`: log|R|."""

    graph: Graph
    log_scales: CubicSpline
    log_determinant: CubicSpline

    def precision(self, log_sigma: Array, logit_rho: Array) -> tuple[Array, Array, Array]:
        """For a batch: diagonal and scale of `Q / sigma^2 = diag - scale W` (batch x areas), and log|Q / sigma^2|."""
        log_g = self.log_scales(logit_rho)
        rho, graph = expit(logit_rho)[:, np.newaxis], self.graph
        strength = np.exp(log_g[:, graph.component] - 2 * log_sigma[:, np.newaxis])
        determinant = self.log_determinant(logit_rho) + log_g @ graph.component_sizes - 2 * graph.size * log_sigma
        return strength * (1 - rho + rho * graph.degree), strength * rho, np.asarray(determinant)


def prior_on(graph: Graph) -> Prior:
    """The prior of a graph: 41 factorisations with the variances, once for all indicators."""
    knots = np.linspace(LOWEST, HIGHEST, _KNOTS)
    scales, determinants = [], []
    for logit in knots:
        rho = expit(logit)
        found = factor(graph, (1 - rho + rho * graph.degree)[np.newaxis], np.full((1, graph.size), rho))
        logs = np.log(variances(found)[0])
        scales.append(np.bincount(graph.component, logs) / graph.component_sizes)
        determinants.append(found.log_determinant[0])
    return Prior(graph, CubicSpline(knots, np.array(scales)), CubicSpline(knots, np.array(determinants)))
