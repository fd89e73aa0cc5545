# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Outgoing mail of an installation that has no mail server yet."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class MailNotConfigured(OSError):
    """There is no mail server; an OSError, as every failure of a mail server is."""


class NotConfigured(BaseEmailBackend):
    """Says so, instead of trying a mail server on this machine that nobody chose."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Raises MailNotConfigured when there is anything to send."""
        if email_messages:
            raise MailNotConfigured("No mail server: set EMAIL_URL.")
        return 0
