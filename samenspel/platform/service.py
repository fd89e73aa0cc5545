# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other storeys may use of the platform. Keep it small and stable."""

from samenspel.platform.policies import Policy, Refusal, allows, declares, public

__all__ = ["Policy", "Refusal", "allows", "declares", "public"]
