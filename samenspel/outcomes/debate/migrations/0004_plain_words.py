# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The choices in plainer words; nothing stored changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("debate", "0003_words_can_go"),
    ]

    operations = [
        migrations.AlterField(
            model_name="agreement",
            name="kind",
            field=models.CharField(
                choices=[
                    ("agreed", "Is het eens met dit cijfer"),
                    ("taken_back", "Is het niet meer eens met dit cijfer"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="proposalstep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("started", "Begonnen"),
                    ("joined", "Deed mee"),
                    ("submitted", "Ingediend"),
                    ("withdrawn", "Ingetrokken"),
                    ("adopted", "Is een cijfer geworden"),
                ],
                max_length=20,
            ),
        ),
    ]
