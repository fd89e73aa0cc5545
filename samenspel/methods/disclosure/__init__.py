# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Disclosure control: no published number gives away what one person answered. `publish` is the one gate."""

from samenspel.methods.disclosure.audit import Exposed, Published, Range, exposed, ranges
from samenspel.methods.disclosure.coin import ODDS, Coin, odds_for
from samenspel.methods.disclosure.estimates import Estimate
from samenspel.methods.disclosure.gate import Family, Method, Passed, Respondent, publish
from samenspel.methods.disclosure.laplace import YEARLY_LIMIT, Budget, BudgetSpent, KeyedSource, Spending
from samenspel.methods.disclosure.ledger import Cell, Keys, Ledger, Memory, Release, Why
from samenspel.methods.disclosure.noise import PTable, perturbed, ptable, rounded
from samenspel.methods.disclosure.refresh import Decision, Outcome, decide, fingerprint
from samenspel.methods.disclosure.releases import Earlier, aligned, suppress_after, weak_cells
from samenspel.methods.disclosure.suppression import CannotProtect, Suppression, costs_from, needs, suppress
from samenspel.methods.disclosure.tables import Equation, LinearTable, leaves, with_margins
from samenspel.methods.disclosure.thresholds import Level, Place, Reason, Status, shown_places

__all__ = [
    "ODDS",
    "YEARLY_LIMIT",
    "Budget",
    "BudgetSpent",
    "CannotProtect",
    "Cell",
    "Coin",
    "Decision",
    "Earlier",
    "Equation",
    "Estimate",
    "Exposed",
    "Family",
    "KeyedSource",
    "Keys",
    "Ledger",
    "Level",
    "LinearTable",
    "Memory",
    "Method",
    "Outcome",
    "PTable",
    "Passed",
    "Place",
    "Published",
    "Range",
    "Reason",
    "Release",
    "Respondent",
    "Spending",
    "Status",
    "Suppression",
    "Why",
    "aligned",
    "costs_from",
    "decide",
    "exposed",
    "fingerprint",
    "leaves",
    "needs",
    "odds_for",
    "perturbed",
    "ptable",
    "publish",
    "ranges",
    "rounded",
    "shown_places",
    "suppress",
    "suppress_after",
    "weak_cells",
    "with_margins",
]
