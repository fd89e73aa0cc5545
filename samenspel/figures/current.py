# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The version of this installation's store that readers use; one and the same for the whole of a request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.http import HttpRequest, HttpResponseBase

from samenspel.figures.areas.registry import Registry, registry_of
from samenspel.figures.areas.versions import NoAreas
from samenspel.figures.location import store_folder
from samenspel.figures.passports import passports
from samenspel.figures.store import NoStore, Version, store_in
from samenspel.figures.types import COUNTRY_CODE

# Within `one_version`: the versions looked up so far, by the folder of their store.
_pinned: ContextVar[dict[Path, Version] | None] = ContextVar("figures_version", default=None)


def current() -> Version:
    """The version of the store at this moment, or of when `one_version` began. Raises NoStore when there is none."""
    folder, pinned = store_folder(), _pinned.get()
    if pinned is None:
        return store_in(folder).current()
    version = pinned.get(folder)
    if version is None:
        version = pinned[folder] = store_in(folder).current()
    return version


def areas() -> Registry:
    """The registry of all areas that goes with `current`. Raises NoAreas when the figures have not been built."""
    try:
        return registry_of(current())
    except NoAreas:
        raise
    except NoStore as problem:
        raise NoAreas(str(problem)) from None


def warm_up() -> None:
    """Read what nearly every page needs: passports, areas, and the cells of municipalities and larger areas."""
    passports()
    try:
        version = current()
    except NoStore:
        return  # `samenspel check` says so
    registry_of(version)
    version.cells(COUNTRY_CODE)


@contextmanager
def one_version() -> Iterator[None]:
    """All reads within are from the version of the first one, also when a new one is swapped in meanwhile."""
    token = _pinned.set({})
    try:
        yield
    finally:
        _pinned.reset(token)


def one_version_per_request(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: a page, and the tag by which browsers keep it, are of one version; it is looked up once."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with one_version():
            return get_response(request)

    return middleware
