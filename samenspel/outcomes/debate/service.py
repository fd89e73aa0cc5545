# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other parts of the outcomes, and the storeys above through outcomes.service, use of the debate."""

from samenspel.outcomes.debate.demo import seed_demo_debate
from samenspel.outcomes.debate.presenters import DebateSection, debate_section, doubt_link
from samenspel.outcomes.debate.queries import debate_about
from samenspel.outcomes.debate.types import Carrier, Debate, NextReview, Proposed, Reviewed, Said, Told

__all__ = [
    "Carrier",
    "Debate",
    "DebateSection",
    "NextReview",
    "Proposed",
    "Reviewed",
    "Said",
    "Told",
    "debate_about",
    "debate_section",
    "doubt_link",
    "seed_demo_debate",
]
