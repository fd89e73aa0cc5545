# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""From source file to checked observations: read, melt by passport, check, and quarantine what fails."""
