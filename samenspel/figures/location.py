# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the figure store of this installation is."""

from pathlib import Path

from django.conf import settings


def store_folder() -> Path:
    """The folder with the built figures, `figures` in the data folder; it need not exist yet."""
    return Path(settings.DATA_FOLDER) / "figures"
