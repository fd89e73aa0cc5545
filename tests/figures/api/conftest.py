# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API on the real store."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def _figures(figure_store: object) -> None:
    """Every test here reads real figures."""


@pytest.fixture
def ask(client: Client) -> Ask:
    """Ask the API; give the message. The answer must be a success unless another status is named."""

    def asked(address: str, status: int = 200, **query: Any) -> Any:
        response = client.get(f"/api/v1{address}", query)
        assert response.status_code == status, response.content[:500]
        return response.json()

    return asked
