# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The banner that stands on every page while somebody is stepped in as an example person."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token

from samenspel.platform.accounts import sessions

register = template.Library()


@register.inclusion_tag("accounts/_demo_banner.html", takes_context=True)
def demo_banner(context: template.Context) -> dict[str, Any]:
    """Says in whose place you look, with a button to stop; nothing otherwise."""
    request = context.get("request")
    if not isinstance(request, HttpRequest) or not hasattr(request, "session") or not sessions.is_demo(request):
        return {"name": "", "token": ""}
    return {"name": getattr(request.user, "display_name", ""), "token": get_token(request)}
