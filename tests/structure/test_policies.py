# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every address, API operation and job says who may use it."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, path

from samenspel.platform.accounts.allauth_policies import ALLAUTH_POLICIES
from samenspel.platform.jobs import registry
from samenspel.platform.policies import POLICY_ATTRIBUTE, Policy, declares, public


def all_patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address below a resolver, with its whole route."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from all_patterns(pattern, route)
        else:
            yield route, pattern


def without_policy(resolver: URLResolver) -> list[str]:
    """The addresses whose view declares no policy, or one without a reason for being public."""
    faults = []
    for route, pattern in all_patterns(resolver):
        policy = getattr(pattern.callback, POLICY_ATTRIBUTE, None)
        if not isinstance(policy, Policy):
            faults.append(f"{route} declares no policy; add @declares(…) to its view")
        elif policy.check is None and len(policy.reason) < 15:
            faults.append(f"{route} is public, but does not say why")
    return faults


def test_every_address_declares_a_policy() -> None:
    assert without_policy(get_resolver()) == []
    assert len(list(all_patterns(get_resolver()))) > 40


def test_an_address_without_policy_is_noticed() -> None:
    class Urls:
        urlpatterns = [
            path("a/", declares(public("Everyone may read this."))(lambda request: None)),  # type: ignore[arg-type,return-value]
            path("b/", lambda request: None),  # type: ignore[arg-type,return-value]
            path("c/", declares(public("yes"))(lambda request: None)),  # type: ignore[arg-type,return-value]
        ]

    faults = without_policy(get_resolver(Urls))  # type: ignore[arg-type]
    assert [fault.split()[0] for fault in faults] == ["b/", "c/"]


@pytest.mark.parametrize("name", ALLAUTH_POLICIES)
def test_every_line_of_the_allauth_table_is_an_address(name: str) -> None:
    names = {pattern.name for _, pattern in all_patterns(get_resolver())}
    assert name in names


def test_no_view_of_allauth_comes_in_beside_the_table() -> None:
    for route, pattern in all_patterns(get_resolver()):
        module = getattr(pattern.callback, "__module__", "")
        assert not module.startswith("allauth"), f"{route}: place it through allauth_policies.with_policy"


def test_every_job_declares_a_policy() -> None:
    jobs = registry.declared_jobs()
    assert jobs
    for job in jobs:
        assert isinstance(job.policy, Policy)
        assert job.policy.check is not None or len(job.policy.reason) >= 15, job.name
