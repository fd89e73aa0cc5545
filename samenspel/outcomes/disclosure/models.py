# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is stored of releases: families, the keys of their noise, the releases themselves, and what they cost."""

from django.db import models

from samenspel.methods.disclosure import Method, Why


class Family(models.Model):
    """Figures that are released together, how they are protected, and what the next release must know.

    `definition` never changes once the row is there. `coin` (the lasting key, the same for all families of a
    `question`) and `memory` (who answered what last, as keyed hashes and digests, and the tables behind the numbers)
    are encrypted with the keys of the platform, which are not in the database. Its row lock orders the releases.
    """

    audit_kind = "disclosure.family"

    key = models.CharField(max_length=80, unique=True)
    method = models.CharField(max_length=20, choices=[(method.value, method.name) for method in Method])
    question = models.CharField(max_length=200, db_index=True)
    population = models.CharField(max_length=80)
    definition = models.TextField()
    coin = models.BinaryField()
    memory = models.BinaryField(null=True)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "disclosure_family"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class NoiseKey(models.Model):
    """The key of the noise of one refresh, encrypted. Drawn within the transaction of that refresh, and used once."""

    append_only = True

    key_id = models.CharField(max_length=16, unique=True)
    family = models.ForeignKey(Family, models.PROTECT, related_name="noise_keys")
    sealed = models.BinaryField()
    drawn_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "disclosure_noise_key"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.key_id


class Release(models.Model):
    """What appeared for one period. `computed` is the number of the release whose cells it shows.

    `cells` (JSON) stands only with the release that computed them, so that a repetition cannot differ by a bit.
    """

    append_only = True
    audit_kind = "disclosure.release"

    family = models.ForeignKey(Family, models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    period = models.CharField(max_length=20)
    computed = models.PositiveIntegerField()
    key_id = models.CharField(max_length=16, blank=True)
    why = models.CharField(max_length=20, choices=[(why.value, why.name) for why in Why])
    cells = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "disclosure_release"
        ordering = ["family_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["family", "number"], name="disclosure_release_number"),
            models.UniqueConstraint(fields=["family", "period"], name="disclosure_release_period"),
            models.UniqueConstraint(
                fields=["key_id"],
                condition=models.Q(computed=models.F("number")) & ~models.Q(key_id=""),
                name="disclosure_release_key_once",
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1)
                & models.Q(computed__gte=1)
                & models.Q(computed__lte=models.F("number")),
                name="disclosure_release_computed_before",
            ),
            models.CheckConstraint(
                condition=models.Q(computed=models.F("number")) | models.Q(cells=""),
                name="disclosure_release_cells_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family_id} {self.number}"


class Spending(models.Model):
    """What a refresh cost of the yearly privacy budget of a population (epsilon as a fraction, such as "1/4")."""

    append_only = True

    release = models.OneToOneField(Release, models.PROTECT, related_name="spending")
    population = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    epsilon = models.CharField(max_length=40)

    class Meta:
        db_table = "disclosure_spending"
        ordering = ["id"]
        indexes = [models.Index(fields=["population", "year"], name="disclosure_spending_year")]

    def __str__(self) -> str:
        return f"{self.population} {self.year} {self.epsilon}"
