# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the debate about indicators."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DebateConfig(AppConfig):
    """Agreements with indicators, reviews of them, and proposals for others."""

    name = "samenspel.outcomes.debate"
    label = "debate"

    def ready(self) -> None:
        """Say about which subject an answer can be owed, and put the list of proposals in the footer."""
        from samenspel.outcomes.debate.actions import PROPOSAL
        from samenspel.outcomes.debate.queries import proposal_subjects
        from samenspel.platform.service import navigation
        from samenspel.voice import service as voice

        voice.register_subject_kind(PROPOSAL, name=_("Voorstel voor een cijfer"), resolve=proposal_subjects, weeks=8)
        navigation.add_to_navigation(
            "footer",
            navigation.NavigationItem(_("Voorstellen voor andere cijfers"), "debate:proposals", order=40),
        )
