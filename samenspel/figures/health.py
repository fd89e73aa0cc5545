# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The check of the figure store: is it built, and how old is it."""

import time
from collections.abc import Iterator

from samenspel.figures.location import store_folder
from samenspel.figures.store import MANIFEST, NoStore, read_manifest
from samenspel.platform.service import health

OLD_DAYS = 400  # most tables appear once a year


@health.register_check("figures", "Figures", ready=True)
def figures() -> Iterator[health.Finding]:
    """Pages show figures only when the store is built."""
    folder = store_folder()
    try:
        manifest = read_manifest(folder)
    except NoStore:
        yield health.error("The figure store was made by another version.", "Run: samenspel figures build")
        return
    if manifest is None:
        yield health.error("The figure store is not built.", "Run: samenspel figures build")
        return
    days = (time.time() - (folder / MANIFEST).stat().st_mtime) / 86400
    sentence = f"{len(manifest.tables)} tables with figures, built {days:.0f} days ago."
    if days > OLD_DAYS:
        yield health.warning(sentence, "Run: samenspel figures update")
    else:
        yield health.ok(sentence)
