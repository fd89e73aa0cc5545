# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report "De staat van het lokaal sociaal contract in …": one content, read as a page or as a PDF."""
