# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pure methods: statistics, opinion groups, terms of law. No Django, no I/O."""
