# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The live source: refreshing figures from CBS Open Data (OData v4)."""
