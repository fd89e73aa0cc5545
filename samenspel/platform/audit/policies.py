# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may read the audit trail: administrators and auditors, of their own municipality."""

from samenspel.platform.accounts.roles import Role
from samenspel.platform.accounts.service import needs_role

READERS = (Role.ADMINISTRATOR, Role.AUDITOR)
READS_TRAIL = needs_role(*READERS)
