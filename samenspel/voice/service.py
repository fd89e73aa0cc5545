# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other storeys may use of the duty to answer. Keep it small and stable.

A storey registers its kinds of subject once (`register_subject_kind`, in `AppConfig.ready()`), owes an answer in the
transaction in which something appears (`owe_answer`), shows the answers beside its subjects (`answers_for`) and
withdraws the question when the subject goes (`withdraw_question(why=Withdrawal.SUBJECT_GONE)`).

    owe_answer(subject_kind="story", subject_id=story.public_id, owed_by=owner_for("GM0193"), municipality="GM0193",
               question=story.question, by=actor) -> UUID

`owed_by` None means the administrators of the figures. Everything is loaded when it is used, because the models need
Django to be ready.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samenspel.voice.answers import careful
    from samenspel.voice.answers.actions import (
        extend_answer,
        give_answer,
        owe_answer,
        remove_from_question,
        withdraw_question,
    )
    from samenspel.voice.answers.policies import check_may_answer
    from samenspel.voice.answers.presenters import AnswerCard, answer_card
    from samenspel.voice.answers.queries import (
        answers_by_id,
        answers_for,
        newest_answers,
        open_answers,
        owner_for,
        place_name,
    )
    from samenspel.voice.answers.registry import Subject, UnknownSubjectKind, register_subject_kind
    from samenspel.voice.answers.states import Outcome, State, Withdrawal
    from samenspel.voice.answers.types import GivenAnswer, OwedAnswer

_LATER = {
    "AnswerCard": "presenters",
    "GivenAnswer": "types",
    "Outcome": "states",
    "OwedAnswer": "types",
    "State": "states",
    "Subject": "registry",
    "UnknownSubjectKind": "registry",
    "Withdrawal": "states",
    "answer_card": "presenters",
    "answers_by_id": "queries",
    "answers_for": "queries",
    "check_may_answer": "policies",
    "extend_answer": "actions",
    "give_answer": "actions",
    "newest_answers": "queries",
    "open_answers": "queries",
    "owe_answer": "actions",
    "owner_for": "queries",
    "place_name": "queries",
    "register_subject_kind": "registry",
    "remove_from_question": "actions",
    "withdraw_question": "actions",
}

__all__ = [
    "AnswerCard",
    "GivenAnswer",
    "Outcome",
    "OwedAnswer",
    "State",
    "Subject",
    "UnknownSubjectKind",
    "Withdrawal",
    "answer_card",
    "answers_by_id",
    "answers_for",
    "careful",
    "check_may_answer",
    "extend_answer",
    "give_answer",
    "newest_answers",
    "open_answers",
    "owe_answer",
    "owner_for",
    "place_name",
    "register_subject_kind",
    "remove_from_question",
    "withdraw_question",
]


def __getattr__(name: str) -> Any:
    if name == "careful":
        return import_module("samenspel.voice.answers.careful")
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"samenspel.voice.answers.{_LATER[name]}"), name)
