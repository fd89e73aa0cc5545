# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A horizontal axis on which values have a place, and ranges with soft ends on it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from samenspel.platform.ui.charts import svg

SOFT = 0.1  # a range fades over this part of its width, on both sides of each limit
RAMP = 2 * SOFT / (1 + 2 * SOFT)


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from `low` to `high` on the picture from `left` to `right`."""

    low: float
    high: float
    left: float
    right: float

    @classmethod
    def around(cls, values: Iterable[float], left: float, right: float) -> "Axis":
        """An axis that holds these values with room beside them; what cannot be negative stays from nought up."""
        known = list(values)
        low, high = min(known), max(known)
        spread = (high - low) or abs(high) or 1.0
        beneath = low - 0.14 * spread
        return cls(max(beneath, 0.0) if low >= 0 else beneath, high + 0.14 * spread, left, right)

    def place(self, value: float) -> float:
        """Where a value lies; what lies outside is put at the edge."""
        share = (value - self.low) / (self.high - self.low)
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)

    def ticks(self) -> list[float]:
        """Round values within the axis, as many as can stand beside each other."""
        return [tick for tick in svg.ticks(self.low, self.high, about=4) if self.low <= tick <= self.high]

    def lines(self, top: float, bottom: float) -> str:
        """A thin upright line at each round value."""
        return "".join(
            svg.tag("path", d=svg.path([(self.place(tick), top), (self.place(tick), bottom)]), stroke=svg.GRID)
            for tick in self.ticks()
        )

    def labels(self, y: float, write: Callable[[float, float], str]) -> str:
        """The round values in words, none over another; `write` gets the value and the step."""
        ticks = self.ticks()
        step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
        parts, taken = [], float("-inf")
        for tick in ticks:
            words = write(tick, step)
            half = svg.width_of(words, svg.SIZE) / 2
            x = min(max(self.place(tick), half), self.right + self.left - half)
            if x - half >= taken:
                parts.append(svg.text(x, y, words, text_anchor="middle"))
                taken = x + half + 10
        return "".join(parts)

    def words(self, value: float, y: float, words: str, **attributes: object) -> str:
        """A text above or under its value, moved inwards where it would stick out."""
        half = svg.width_of(words, svg.SIZE) / 2 * 1.08
        x = min(max(self.place(value), half), self.right + self.left - half)
        return svg.text(x, y, words, text_anchor="middle", **attributes)

    def soft(self, low: float, high: float, y: float, height: float, fill: str) -> str:
        """A range whose ends fade: at `low` and `high` themselves it is half as strong as in the middle.

        `fill` is a gradient of `soft_ends`. A range that is too narrow to see is drawn four units wide.
        """
        fade = SOFT * (high - low)
        start, end = self.place(low - fade), self.place(high + fade)
        if end - start < 4:
            middle = (start + end) / 2
            start, end = middle - 2, middle + 2
        return svg.tag("rect", x=start, y=y, width=end - start, height=height, fill=fill)


def soft_ends(key: str, name: str, colour: str) -> str:
    """The gradient `url(#<key>-<name>)` that fades at both ends."""
    stops = "".join(
        svg.tag("stop", offset=svg.fixed(offset, 3), stop_color=colour, stop_opacity=opacity)
        for offset, opacity in ((0.0, 0), (RAMP, 1), (1 - RAMP, 1), (1.0, 0))
    )
    return svg.tag("defs", svg.tag("linearGradient", stops, id=f"{key}-{name}"))
