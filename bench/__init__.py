# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Benchmarks, each in a fresh process, printed as ratios against a stated bound: `make bench` or `python -m bench`."""
