# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The number of threads of the linear algebra, within the block and after it."""

import scipy.linalg
from threadpoolctl import ThreadpoolController

from samenspel.methods.threads import one_thread


def _threads() -> list[int]:
    assert scipy.linalg  # so that its library is loaded
    return [library["num_threads"] for library in ThreadpoolController().select(user_api="blas").info()]


def test_one_thread_within_and_as_before_after() -> None:
    before = _threads()
    assert before
    with one_thread():
        assert set(_threads()) == {1}
    assert _threads() == before
