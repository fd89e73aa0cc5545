# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The audit actions of jobs."""

from django.utils.translation import gettext_lazy as _

from samenspel.platform.audit.service import register_action

register_action("job.retried", _("{actor} liet taak {name} opnieuw uitvoeren"), detail=("name",))
register_action("job.cancelled", _("{actor} hield taak {name} tegen"), detail=("name",))
register_action("job.taken_up", _("Taak {name} is opnieuw gestart, omdat de verwerker was gestopt"), detail=("name",))
register_action("job.given_up", _("Taak {name} is opgegeven, omdat de verwerker steeds stopte"), detail=("name",))
