# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""/health/live and /health/ready, for whatever keeps the program running."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samenspel.platform.health.registry import Level, run_checks
from samenspel.platform.policies import declares, public


@require_safe
@never_cache
@declares(public("A probe has no account; it learns that the program runs, and nothing else."))
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; no database is asked, because restarting the process would not bring that back."""
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
@declares(public("A probe has no account; it learns which part is not ready, and nothing about anybody."))
def ready(request: HttpRequest) -> HttpResponse:
    """Requests may come: 200, or 503 with the reasons."""
    outcomes = run_checks(ready_only=True)
    is_ready = all(outcome.level is not Level.ERROR for outcome in outcomes)
    return JsonResponse(
        {
            "status": "ready" if is_ready else "not ready",
            "checks": [
                {
                    "name": outcome.name,
                    "status": outcome.level,
                    "reason": " ".join(f.sentence for f in outcome.findings if f.level is not Level.OK),
                }
                for outcome in outcomes
            ],
        },
        status=200 if is_ready else 503,
    )
