# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of a query without an order come in any order: PostgreSQL promises none, so neither do the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from unittest.mock import patch

from django.db.models.query import QuerySet

_fetch_all = QuerySet._fetch_all


@contextmanager
def shuffled_unless_ordered(seed: str) -> Iterator[None]:
    """Shuffle the result of each queryset that has no order, differently for each seed and always the same for one."""
    random = Random(seed)

    def fetch_all(queryset: QuerySet[Any]) -> None:
        fresh = queryset._result_cache is None
        _fetch_all(queryset)
        # A slice of an unordered queryset is already arbitrary; prefetched parts were shuffled when they were fetched.
        if fresh and queryset._result_cache and not queryset.ordered:
            random.shuffle(queryset._result_cache)

    with patch.object(QuerySet, "_fetch_all", fetch_all):
        yield
