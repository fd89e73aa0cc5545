# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API of fair comparisons: observed beside expected, the models behind it, municipalities with alike residents."""

from samenspel.outcomes.api import alike, comparisons, models
from samenspel.outcomes.api.routes import router

__all__ = ["alike", "comparisons", "models", "router"]
