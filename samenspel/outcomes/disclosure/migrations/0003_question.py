# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The question of a family: families that count the same answers share one coin."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0002_kept")]

    operations = [
        migrations.AddField(
            model_name="family",
            name="question",
            field=models.CharField(db_index=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]
