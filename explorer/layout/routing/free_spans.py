"""Free spans: how far a path can run along a line before an obstacle, and which laid paths it crosses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from explorer.core.model.pack import NodeId
from explorer.layout.routing.ports import Port
from explorer.layout.routing.routing_grid import CLEARANCE, PATH_SPACING, RoutingGrid, node_key
from explorer.layout.routing.search_budget import SearchBudget

NO_END, SOURCE, TARGET, BOTH_ENDS = 0, 1, 2, 3
"""Flags for the ends of an edge that a span may start at: their own areas then do not block it."""

_MAX_CHANNELS = 12
"""A port reaches the nearest channels only."""

_SEGMENTS_PER_STEP = 10
"""Laid segments examined for a span that count as one step of the search budget."""


class FreeSpan(NamedTuple):
    """The free part of a line around a point, and the positions where laid paths cross it."""

    low: float
    high: float
    crossed_at: Sequence[float]

    def count_crossings(self, one: float, other: float) -> int:
        """Return the number of paths crossed between two positions on the line."""
        if not self.crossed_at:
            return 0
        if one > other:
            one, other = other, one
        return sum([one < at < other for at in self.crossed_at])


_BLOCKED = FreeSpan(float("inf"), float("-inf"), ())

ReachableChannel = tuple[float, float, int]
"""A channel in front of a port: its position, its cost, and the number of paths crossed on the way to it."""


class FreeSpans:
    """Free spans and reachable channels for the path of one edge; results are cached.

    While `allow_crossings` is False, a free span ends at the nearest laid path.
    """

    def __init__(self, grid: RoutingGrid, source: NodeId, target: NodeId, budget: SearchBudget) -> None:
        self._grid = grid
        self._budget = budget
        self._ends = (node_key(source), node_key(target))
        self._passable = grid.passable_for(grid.obstacles[source].groups, grid.obstacles[target].groups)
        self._spans: dict[tuple[bool, float, float, int], FreeSpan] = {}
        self._channels: dict[tuple[Port, int], list[ReachableChannel]] = {}
        self._allow_crossings = False

    @property
    def allow_crossings(self) -> bool:
        """Whether a path may cross laid paths."""
        return self._allow_crossings

    @allow_crossings.setter
    def allow_crossings(self, allow: bool) -> None:
        self._allow_crossings = allow
        self._channels.clear()

    def channels(self, port: Port, ends: int) -> list[ReachableChannel]:
        """Return the channels that a straight line from a port reaches, nearest first."""
        key = (port, ends)
        channels = self._channels.get(key)
        if channels is None:
            self._channels[key] = channels = list(self._scan_channels(port, ends))
        return channels

    def _scan_channels(self, port: Port, ends: int) -> Iterator[ReachableChannel]:
        grid = self._grid
        channels = grid.horizontal_channels if port.vertical else grid.vertical_channels
        at, start = (port.x, port.y) if port.vertical else (port.y, port.x)
        span = self.span(port.vertical, at, start, ends)
        if port.forward:
            ahead = [channel for channel in channels if start + CLEARANCE < channel.at <= span.high]
        else:
            ahead = [channel for channel in reversed(channels) if start - CLEARANCE > channel.at >= span.low]
        for position, cost in ahead[:_MAX_CHANNELS]:
            yield position, cost, span.count_crossings(start, position)

    def crossings(self, vertical: bool, at: float, start: float, stop: float, ends: int) -> int | None:
        """Return how many laid paths a straight line crosses, or None if the line is not free."""
        span = self.span(vertical, at, start, ends)
        return span.count_crossings(start, stop) if span.low <= stop <= span.high else None

    def span(self, vertical: bool, at: float, start: float, ends: int) -> FreeSpan:
        """Return the free span of a line around a position on it."""
        key = (vertical, at, start, ends)
        span = self._spans.get(key)
        if span is None:
            self._spans[key] = span = self._compute_span(vertical, at, start, ends)
        if self._allow_crossings or not span.crossed_at:
            return span
        low, high, crossed_at = span
        for crossing in crossed_at:
            if crossing <= start:
                low = max(low, crossing)
            else:
                high = min(high, crossing)
        return FreeSpan(low, high, ())

    def _compute_span(self, vertical: bool, at: float, start: float, ends: int) -> FreeSpan:
        self._budget.spend(1 + sum(map(len, self._grid.routed_segments)) // _SEGMENTS_PER_STEP)
        low, high = float("-inf"), float("inf")
        source, target = self._ends
        for span_start, span_stop, owner in self._grid.blocked_spans(vertical, at):
            if owner in self._passable or (owner == source and ends & SOURCE) or (owner == target and ends & TARGET):
                continue
            if span_stop <= start:
                low = max(low, span_stop)
            elif span_start >= start:
                high = min(high, span_start)
            else:
                return _BLOCKED
        for _, position, span_start, span_stop in self._grid.routed_segments[vertical]:
            if -PATH_SPACING < position - at < PATH_SPACING:
                if span_stop + CLEARANCE <= start:
                    low = max(low, span_stop + CLEARANCE)
                elif span_start - CLEARANCE >= start:
                    high = min(high, span_start - CLEARANCE)
                else:
                    return _BLOCKED
        across = self._grid.routed_segments[not vertical]
        return FreeSpan(low, high, [x for _, x, first, last in across if first < at < last and low < x < high])
