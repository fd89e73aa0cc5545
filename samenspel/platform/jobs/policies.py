# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may see and steer the jobs: administrators."""

from samenspel.platform.accounts.roles import Role
from samenspel.platform.accounts.service import needs_role

STEERS_JOBS = needs_role(Role.ADMINISTRATOR)
