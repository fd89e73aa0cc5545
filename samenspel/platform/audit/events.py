# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The audit actions of the trail itself."""

from django.utils.translation import gettext_lazy as _

from samenspel.platform.audit.registry import register_action

# Which filters were used, as slugs, ids of accounts and days: who looked for whom is part of the trail.
register_action("audit.read", _("{actor} las het logboek."), detail=("action", "person", "first", "last", "page"))
