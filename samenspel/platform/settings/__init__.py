# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Django settings: `installed` for every installation, `test` for the suite; both build on `base`."""
