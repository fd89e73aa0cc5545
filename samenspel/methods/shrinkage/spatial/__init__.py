# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A spatial model of counts on a neighbour graph, by Laplace approximation, exact in its linear algebra.

    O ~ Poisson(E exp(eta)),  eta = b0 + X b + u,  u ~ N(0, sigma^2 Q(rho)^-1)

`graph`: slices of the graph. `blocks`: algebra on the slices. `prior`: the scaled Leroux prior. `laplace`: the
approximation at given hyperparameters. `hyper`: integration over them. `model`: what others use.
"""

from samenspel.methods.shrinkage.spatial.model import SpatialFit, SpatialModel, Summary, benchmarked, spatial

__all__ = ["SpatialFit", "SpatialModel", "Summary", "benchmarked", "spatial"]
