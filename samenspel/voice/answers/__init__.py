# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The duty to answer: who asked what to whom, by when an answer is due, and what the answer was."""
