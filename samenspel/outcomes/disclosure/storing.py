# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Between the values of methods.disclosure and what is stored: JSON, sealed where it is secret."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from samenspel.methods.disclosure import (
    Cell,
    Earlier,
    Equation,
    Family,
    LinearTable,
    Memory,
    Method,
    Reason,
    Status,
)
from samenspel.platform.service import keys

COIN, MEMORY, NOISE = "disclosure.coin", "disclosure.memory", "disclosure.noise"


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def family_text(family: Family) -> str:
    """The definition of a family as canonical JSON."""
    return _text({**asdict(family), "method": family.method.value, "epsilon": str(family.epsilon)})


def family_from(text: str) -> Family:
    """What `family_text` was given."""
    given = json.loads(text)
    values = given.pop("values")
    return Family(
        **{
            **given,
            "answers": tuple(given["answers"]),
            "method": Method(given["method"]),
            "values": None if values is None else tuple(values),
            "epsilon": Fraction(given["epsilon"]),
        }
    )


def cells_text(cells: tuple[Cell, ...]) -> str:
    """Published cells as JSON; numbers come back as they were, to the last bit."""
    return _text([asdict(cell) for cell in cells])


def cells_from(text: str) -> tuple[Cell, ...]:
    """What `cells_text` was given."""
    return tuple(
        Cell(
            **{
                **cell,
                "status": Status(cell["status"]),
                "reason": None if cell["reason"] is None else Reason(cell["reason"]),
            }
        )
        for cell in json.loads(text or "[]")
    )


def sealed_secret(purpose: str, secret: bytes) -> bytes:
    """A key, encrypted with the keys of the platform."""
    return keys.encrypt(purpose, secret.hex())


def opened_secret(purpose: str, sealed: bytes) -> bytes:
    """What `sealed_secret` was given; raises keys.KeyFault without the platform's keys."""
    return bytes.fromhex(keys.decrypt(purpose, sealed))


def sealed_memory(memory: Memory) -> bytes:
    """The memory of a family, encrypted: it holds small counts, and keyed hashes of who took part."""
    return keys.encrypt(
        MEMORY, _text({"prints": dict(memory.prints), "tables": [_table(table) for table in memory.tables]})
    )


def opened_memory(sealed: bytes | None) -> Memory:
    """What `sealed_memory` was given; an empty memory for a family without numbers."""
    if sealed is None:
        return Memory()
    given = json.loads(keys.decrypt(MEMORY, sealed))
    return Memory(given["prints"], tuple(_table_from(table) for table in given["tables"]))


def _table(earlier: Earlier) -> dict[str, Any]:
    return {
        "counts": [[list(name), count] for name, count in earlier.table.counts.items()],
        "equations": [[list(e.total), [list(part) for part in e.parts]] for e in earlier.table.equations],
        "hidden": sorted(map(list, earlier.hidden)),
        "primary": sorted(map(list, earlier.primary)),
        "joined": earlier.joined,
        "left": earlier.left,
    }


def _table_from(given: Mapping[str, Any]) -> Earlier:
    equations = tuple(Equation(tuple(total), tuple(map(tuple, parts))) for total, parts in given["equations"])
    return Earlier(
        LinearTable({tuple(name): count for name, count in given["counts"]}, equations),
        frozenset(map(tuple, given["hidden"])),
        frozenset(map(tuple, given["primary"])),
        given["joined"],
        given["left"],
    )
