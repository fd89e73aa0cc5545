# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is it alive, is it ready, is it well: probes and `samenspel check`."""
