# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Open data: releases that never change, a catalogue, and a permanent address for each figure."""
