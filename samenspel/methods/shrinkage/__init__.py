# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Draw the ratios of small areas towards what is known of all areas (or of the neighbours), as far as chance explains.

`empirical_bayes`: closed form, each area towards the common mean. `benchmark`: scale estimates to a published total.
"""

from samenspel.methods.shrinkage.benchmark import Benchmarked, benchmark
from samenspel.methods.shrinkage.empirical import EmpiricalBayes, empirical_bayes

__all__ = ["Benchmarked", "EmpiricalBayes", "benchmark", "empirical_bayes"]
