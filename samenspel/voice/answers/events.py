# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is written to the audit trail about questions and answers. Details hold slugs, codes and days, never text."""

from django.utils.translation import gettext_lazy as _

from samenspel.platform.service import audit

audit.register_action(
    "answer.owed",
    _("{actor} stelde een vraag. Het antwoord moet er zijn op {due}."),
    detail=("due", "subject_kind", "subject", "municipality", "owner"),
)
audit.register_action(
    "answer.extended", _("{actor} nam meer tijd voor een antwoord: tot en met {due}."), detail=("due",)
)
audit.register_action("answer.given", _("{actor} gaf antwoord op een vraag."), detail=("outcome", "late"))
audit.register_action("answer.supplemented", _("{actor} vulde een antwoord aan."), detail=("outcome",))
audit.register_action("question.withdrawn", _("{actor} trok een vraag in."), detail=("why",))
audit.register_action(
    "answer.words_removed", _("{actor} haalde woorden weg uit een gepubliceerde tekst."), detail=("step",)
)
