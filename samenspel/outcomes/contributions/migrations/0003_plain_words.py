# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The choices in plainer words; nothing stored changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contributions", "0002_consent_stays"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contribution",
            name="kind",
            field=models.CharField(
                choices=[
                    ("story", "Verhaal"),
                    ("counter_story", "Tegenverhaal"),
                    ("doubt", "Twijfel"),
                    ("behaviour", "Anders werken door dit cijfer"),
                    ("proposal", "Voorstel voor een ander cijfer"),
                ],
                max_length=20,
            ),
        ),
    ]
