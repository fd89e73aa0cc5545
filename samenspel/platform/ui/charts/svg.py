# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The few parts that our drawings are made of. Attributes only, no style: the content security policy allows none.

Colours: Okabe and Ito's blue for "here", greys for the Netherlands and others, ochre for what is expected
(Okabe & Ito, Color Universal Design, 2008). They differ in lightness, so that a figure survives a black-and-white
print; shape and dash always say the same as colour.
"""

import math
from collections.abc import Sequence
from html import escape

HERE = "#0072b2"
HERE_SOFT = "#cfe3f1"
OTHERS = "#595f66"
OTHERS_SOFT = "#dde0e4"
EXPECTED = "#b87b00"
INK = "#1c2733"
GRID = "#d5d9de"
PAPER = "#ffffff"
SIZE = 17.0  # of all texts, in drawings that are 360 to 400 wide
# Every browser knows one of these, and all of them have the width of Arial, on which the layout counts.
FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"
# Mean width of a character of Arial in parts of the font size; enough to know whether a text fits.
CHARACTER = 0.53
# A percent sign is this much wider; in "20%" it is a third of the text, so that the mean no longer holds.
PERCENT_SIGN = 0.36


def fixed(value: float, places: int = 1) -> str:
    """A coordinate, as short as it can be: 12.0 gives "12"."""
    text = f"{value:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def tag(name: str, content: str | None = None, /, **attributes: object) -> str:
    """One element; `_` in a name becomes `-`, None leaves an attribute out, values are escaped, content is markup."""
    parts = [name]
    for key, value in attributes.items():
        if value is not None:
            shown = fixed(value) if isinstance(value, float) else str(value)
            parts.append(f'{key.rstrip("_").replace("_", "-")}="{escape(shown)}"')
    return f"<{' '.join(parts)}/>" if content is None else f"<{' '.join(parts)}>{content}</{name}>"


def text(x: float, y: float, words: str, /, **attributes: object) -> str:
    """A text, escaped."""
    return tag("text", escape(words), x=x, y=y, **attributes)


def width_of(words: str, size: float) -> float:
    """About how wide a text is drawn."""
    return (len(words) * CHARACTER + words.count("%") * PERCENT_SIGN) * size


def shortened(words: str, size: float, room: float) -> str:
    """The text, cut with an ellipsis where it would not fit."""
    fit = int(room / (size * CHARACTER))
    return words if len(words) <= fit else words[: max(fit - 1, 1)].rstrip() + "…"


def ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round values that span low to high: steps of 1, 2, 2.5 or 5 times a power of ten.

    Ends that hardly differ count as equal, and then get one step above them.
    """
    if high - low < 1e-6 * max(abs(low), abs(high), 1.0):
        high = low + max(abs(low), 1.0)
    raw = (high - low) / max(about, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(n * step, 10) for n in range(first, last + 1)]


def path(points: Sequence[tuple[float, float]], close: bool = False) -> str:
    """The `d` of a path through points."""
    if not points:
        return ""
    return "M" + "L".join(f"{fixed(x)},{fixed(y)}" for x, y in points) + ("Z" if close else "")
