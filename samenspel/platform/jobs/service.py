# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the other parts use of jobs: declare one in `jobs.py`, enqueue it in `actions.py`."""

from samenspel.platform.jobs.registry import Job, JobProblem, Retry, enqueue, job

__all__ = ["Job", "JobProblem", "Retry", "enqueue", "job"]
