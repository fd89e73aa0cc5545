# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Draw the ratios of small areas towards what is known of all areas (or of the neighbours), as far as chance explains.

`empirical_bayes`: closed form, each area towards the common mean. `spatial`, `SpatialModel`: to the neighbours too.
`benchmark`, `benchmarked`: scale estimates, or a spatial fit, to published totals.
"""

from samenspel.methods.shrinkage.benchmark import Benchmarked, benchmark
from samenspel.methods.shrinkage.empirical import EmpiricalBayes, empirical_bayes
from samenspel.methods.shrinkage.spatial import SpatialFit, SpatialModel, Summary, benchmarked, spatial

__all__ = [
    "Benchmarked",
    "EmpiricalBayes",
    "SpatialFit",
    "SpatialModel",
    "Summary",
    "benchmark",
    "benchmarked",
    "empirical_bayes",
    "spatial",
]
