# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A worker as a process of its own, on the database of the test (TEST_DATABASE), with the rights of the web role."""

import os

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
django.setup()

import tests.platform.jobs.sample_jobs  # noqa: E402, F401
from samenspel.platform.jobs.worker import run_worker  # noqa: E402
from samenspel.platform.logging import logs_to_stdout  # noqa: E402

if __name__ == "__main__":
    logs_to_stdout()
    run_worker(stalled_after=2.0)
