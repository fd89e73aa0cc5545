# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other parts use of health: register a check in `health.py`."""

from samenspel.platform.health.registry import Finding, error, ok, register_check, warning

__all__ = ["Finding", "error", "ok", "register_check", "warning"]
