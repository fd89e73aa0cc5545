# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The dataclasses of `types.py` to plain JSON and back."""

import dataclasses
from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(item: object) -> Any:
    """Dataclasses as dictionaries, tuples as lists, enumerations as their values."""
    if dataclasses.is_dataclass(item) and not isinstance(item, type):
        return {field.name: to_plain(getattr(item, field.name)) for field in dataclasses.fields(item)}
    if isinstance(item, Enum):
        return item.value
    if isinstance(item, Mapping):
        return {key: to_plain(value) for key, value in item.items()}
    if isinstance(item, list | tuple):
        return [to_plain(value) for value in item]
    return item


def from_plain(kind: type[T], content: Mapping[str, Any]) -> T:
    """The dataclass that `to_plain` made this of. Raises TypeError when it was another one."""
    hints = _hints(kind)
    return kind(**{name: _value(hints[name], value) for name, value in content.items()})


_known_hints: dict[type, dict[str, Any]] = {}


def _hints(kind: type) -> dict[str, Any]:
    if kind not in _known_hints:
        _known_hints[kind] = get_type_hints(kind)
    return _known_hints[kind]


def _value(hint: Any, value: Any) -> Any:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return from_plain(hint, value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return tuple(_value(inner, item) for item in value)
    return value
