# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API of the figures: areas, passports, figures and sources. The module names follow the resources."""

from samenspel.figures.api import areas, cells, indicators, sources
from samenspel.figures.api.routes import router

__all__ = ["areas", "cells", "indicators", "router", "sources"]
