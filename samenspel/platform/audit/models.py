# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is stored of the audit trail: the events, and the chain that binds them in the order of their commits."""

from django.db import models

from samenspel.platform.audit.origin import OriginKind


class Result(models.TextChoices):
    """How the action ended."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


class ActorKind(models.TextChoices):
    """Who acted."""

    PERSON = "person"
    ANONYMOUS = "anonymous"
    SYSTEM = "system"


class AuditEvent(models.Model):
    """One thing that was done. Never changed, never removed: rights and triggers refuse it.

    Actor and object are kept as kind and id, not as foreign keys: the event outlives what it is about.
    `detail` is canonical JSON (sorted keys, no spaces, ASCII), kept as text so that its bytes can be checked anywhere.
    """

    append_only = True

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10, choices=ActorKind.choices)
    actor_id = models.CharField(max_length=64, blank=True)
    actor_role = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=80)
    object_kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=120)
    result = models.CharField(max_length=10, choices=Result.choices)
    origin_kind = models.CharField(max_length=10, choices=[(kind.value, kind.name) for kind in OriginKind])
    origin_name = models.CharField(max_length=200, blank=True)
    address_class = models.CharField(max_length=10, blank=True)
    correlation_id = models.CharField(max_length=32)
    detail = models.TextField(default="{}")

    class Meta:
        db_table = "audit_event"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_kind", "object_id", "-id"], name="audit_event_object"),
            models.Index(fields=["actor_kind", "actor_id", "-id"], name="audit_event_actor"),
            models.Index(fields=["correlation_id"], name="audit_event_correlation"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_kind} {self.object_id}"


class AuditLink(models.Model):
    """An event's place in the chain, written by the database itself at the moment of commit.

    `hash` is sha256(hash of the link before + canonical bytes of this place and its event), as written down in
    docs/reference/audit-chain.md.
    """

    append_only = True
    written_by_database = True

    seq = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    version = models.SmallIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "audit_link"
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq}"


class AuditHead(models.Model):
    """The last link, kept apart, so that a tail that was cut off is noticed. Its row lock orders the writers."""

    written_by_database = True

    id = models.SmallIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "audit_head"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.seq}"


class AuditTurn(models.Model):
    """An event waiting, within its own transaction, for its place in the chain. Always empty in between.

    Its deferred trigger fires after all other deferred checks of the transaction, so that nothing is waited for while
    the head is locked (docs/decisions/0060).
    """

    written_by_database = True

    event_id = models.BigIntegerField(primary_key=True)

    class Meta:
        db_table = "audit_turn"
        ordering = ["event_id"]

    def __str__(self) -> str:
        return f"{self.event_id}"


class LookResult(models.TextChoices):
    """Whether the look was allowed."""

    SHOWN = "shown"
    REFUSED = "refused"


class LookKind(models.TextChoices):
    """What was done with the data (NEN 7513: the kind of event)."""

    READ = "read"
    SEARCH = "search"
    CHANGE = "change"
    EXPORT = "export"


class AccessLog(models.Model):
    """Who looked at whose data, which part, why and on what ground (NEN 7513). The resident reads it.

    Persons are kept by their lasting id, never by name. `trace_id` and `operation_id` link it to the processing log.
    Kept until `keep_until` (docs/reference/logs.md).
    """

    append_only = True

    trace_id = models.CharField(max_length=32)
    operation_id = models.CharField(max_length=16, unique=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=LookKind.choices)
    actor_kind = models.CharField(max_length=10, choices=ActorKind.choices)
    actor_id = models.CharField(max_length=64)
    actor_role = models.CharField(max_length=40)
    actor_unit = models.CharField(max_length=64, blank=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=120)
    part = models.CharField(max_length=80)
    object_id = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=80)
    ground = models.CharField(max_length=120)
    result = models.CharField(max_length=10, choices=LookResult.choices)
    origin_kind = models.CharField(max_length=10, choices=[(kind.value, kind.name) for kind in OriginKind])
    origin_name = models.CharField(max_length=200, blank=True)
    address_class = models.CharField(max_length=10, blank=True)
    keep_until = models.DateField()

    class Meta:
        db_table = "access_log"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-at"], name="access_log_subject"),
            models.Index(fields=["actor_kind", "actor_id", "-at"], name="access_log_actor"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(purpose="")
                & ~models.Q(ground="")
                & ~models.Q(actor_id="")
                & ~models.Q(subject_id=""),
                name="access_log_says_who_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.part}"


class ProcessingStatus(models.TextChoices):
    """How the processing ended (Logboek Dataverwerkingen: status_code)."""

    OK = "OK"
    ERROR = "ERROR"


class ProcessingLog(models.Model):
    """One processing of one person's data, with the fields of the standard Logboek Dataverwerkingen.

    No user stands here: that is in the access log, under the same operation. The data subject is encrypted
    (samenspel.platform.keys), with the id of the key in the value.
    """

    append_only = True

    trace_id = models.BinaryField(max_length=16)
    operation_id = models.BinaryField(max_length=8, unique=True)
    parent_operation_id = models.BinaryField(max_length=8, null=True)
    status = models.CharField(max_length=5, choices=ProcessingStatus.choices)
    name = models.CharField(max_length=120)
    start_time = models.DateTimeField()
    end_time = models.DateTimeField()
    processing_activity_id = models.CharField(max_length=300)
    data_subject_id = models.BinaryField()
    data_subject_id_type = models.CharField(max_length=60)
    keep_until = models.DateField()

    class Meta:
        db_table = "processing_log"
        ordering = ["-start_time", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_time__gte=models.F("start_time")), name="processing_log_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name
