# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The settings an installation runs with: `base`, and the keys kept in its data folder."""

from samenspel.platform.settings.base import *  # noqa: F403
from samenspel.platform.settings.base import DATA_FOLDER, SECRET_KEY
from samenspel.platform.settings.secrets import secret_key

SECRET_KEY = SECRET_KEY or secret_key(DATA_FOLDER)
