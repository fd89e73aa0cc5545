# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of a job that failed: where in the program, never what it was about."""

from django.db import models


class JobFailure(models.Model):
    """One attempt that failed. procrastinate keeps the state of a job; this keeps the reason.

    `sentence` is for an administrator, in Dutch, and only filled from a JobProblem, whose text is written by us.
    """

    job_id = models.BigIntegerField(db_index=True)
    job_name = models.CharField(max_length=128)
    attempt = models.IntegerField()
    at = models.DateTimeField()
    error_type = models.CharField(max_length=200)
    place = models.CharField(max_length=300, blank=True)
    sentence = models.TextField(blank=True)
    correlation_id = models.CharField(max_length=32)

    class Meta:
        db_table = "job_failure"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.job_name} {self.job_id}"
