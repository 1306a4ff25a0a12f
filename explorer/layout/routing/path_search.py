"""Path search: the cheapest orthogonal path with up to four bends between the ports of two nodes."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.layout.geometry import Point
from explorer.layout.routing.free_spans import BOTH_ENDS, NO_END, SOURCE, TARGET, FreeSpans
from explorer.layout.routing.ports import BEND_COST, Port, is_ahead, min_cost
from explorer.layout.routing.routing_grid import PATH_SPACING, RoutingGrid
from explorer.layout.routing.search_budget import SearchBudget

CROSSING_COST = 160.0
"""Cost of crossing a laid path, in points of path length."""

_DETOUR_ALLOWANCE = 40.0
"""How much more than the cost of a crossing a path without crossings may cost."""

_MAX_OUTER_CHANNELS = 4
"""A path with four bends uses one of the channels nearest to each port."""

_Corners = tuple[tuple[float, float], ...]


class PathSearch:
    """Searches the best path between two sets of ports, by length, bends and crossings.

    A search runs twice: first for a path without crossings, then, if there is none or it is a long
    detour, for a path with crossings. Candidates that cannot be better than the best path are skipped.
    """

    def __init__(self, grid: RoutingGrid, spans: FreeSpans, budget: SearchBudget) -> None:
        self._grid = grid
        self._spans = spans
        self._budget = budget
        self._best_cost = float("inf")
        self._best_path: tuple[Point, ...] = ()

    def find_path(self, starts: Sequence[Port], ends: Sequence[Port], *, thorough: bool) -> tuple[Point, ...]:
        """Return the best path from a start to an end port, or an empty path if all are blocked.

        Paths with four bends are searched only if `thorough`, and if no path has fewer bends.
        """
        pairs = sorted((min_cost(a, b), a, b) for a in starts for b in ends)
        if not pairs:
            return ()
        detour_limit = pairs[0][0] + CROSSING_COST
        for search in (self._search_up_to_three_bends, self._search_four_bends)[: 2 if thorough else 1]:
            for allow_crossings in (False, True):
                self._spans.allow_crossings = allow_crossings
                if not allow_crossings:
                    self._best_cost = min(self._best_cost, detour_limit + _DETOUR_ALLOWANCE)
                search(pairs)
                if self._best_path and self._best_cost <= detour_limit:
                    break
                if not self._best_path:
                    self._best_cost = float("inf")
            if self._best_path:
                return self._best_path
        return ()

    def _search_up_to_three_bends(self, pairs: Sequence[tuple[float, Port, Port]]) -> None:
        for least, a, b in pairs:
            if self._must_stop(least):
                break
            self._try_up_to_two_bends(a, b)
        for least, a, b in pairs:
            if self._must_stop(least):
                break
            if a.vertical != b.vertical:
                self._try_three_bends(a, b)

    def _search_four_bends(self, pairs: Sequence[tuple[float, Port, Port]]) -> None:
        for _, a, b in pairs:
            if self._budget.is_exhausted:
                break
            if a.vertical == b.vertical:
                self._try_four_bends(a, b)

    def _must_stop(self, least: float) -> bool:
        """Whether no path of at least this cost can be better; the pairs are sorted by their least cost."""
        crossing_cost = CROSSING_COST if self._spans.allow_crossings else 0.0
        return self._budget.is_exhausted or least + crossing_cost >= self._best_cost

    def _try_up_to_two_bends(self, a: Port, b: Port) -> None:
        self._budget.spend(1)
        cost = a.cost + b.cost + abs(a.x - b.x) + abs(a.y - b.y)
        if a.vertical != b.vertical:
            self._try_one_bend(a, b, cost + BEND_COST)
        elif a.forward != b.forward and (a.x == b.x if a.vertical else a.y == b.y):
            self._try_straight(a, b, cost)
        else:
            self._try_two_bends(a, b)

    def _try_straight(self, a: Port, b: Port, cost: float) -> None:
        if is_ahead(a, b.x, b.y) and self._can_improve(cost, 0):
            at, start, stop = (a.x, a.y, b.y) if a.vertical else (a.y, a.x, b.x)
            crossings = self._spans.crossings(a.vertical, at, start, stop, BOTH_ENDS)
            if crossings is not None:
                self._record(cost, crossings, a, b, ())

    def _try_one_bend(self, a: Port, b: Port, cost: float) -> None:
        x, y = (a.x, b.y) if a.vertical else (b.x, a.y)
        if is_ahead(a, x, y) and is_ahead(b, x, y) and self._can_improve(cost, 0):
            first_line = (a.x, a.y, y) if a.vertical else (a.y, a.x, x)
            last_line = (b.x, b.y, y) if b.vertical else (b.y, b.x, x)
            first = self._spans.crossings(a.vertical, *first_line, SOURCE)
            last = self._spans.crossings(b.vertical, *last_line, TARGET)
            if first is not None and last is not None:
                self._record(cost, first + last, a, b, ((x, y),))

    def _try_two_bends(self, a: Port, b: Port) -> None:
        """Try each channel across two parallel ports."""
        vertical = a.vertical
        base = a.cost + b.cost + 2 * BEND_COST
        start, stop = (a.x, b.x) if vertical else (a.y, b.y)
        crossings_to_b = {at: crossings for at, _, crossings in self._spans.channels(b, TARGET)}
        channels = self._spans.channels(a, SOURCE)
        self._budget.spend(len(channels))
        for at, channel_cost, crossings in channels:
            along = abs(a.y - at) + abs(b.y - at) if vertical else abs(a.x - at) + abs(b.x - at)
            cost = base + abs(start - stop) + along + channel_cost
            if at in crossings_to_b and self._can_improve(cost, crossings):
                across = self._spans.crossings(not vertical, at, start, stop, NO_END)
                if across is not None:
                    corners = ((a.x, at), (b.x, at)) if vertical else ((at, a.y), (at, b.y))
                    self._record(cost, crossings + crossings_to_b[at] + across, a, b, corners)

    def _try_three_bends(self, a: Port, b: Port) -> None:
        """Try each pair of channels between two perpendicular ports."""
        vertical = a.vertical
        base = a.cost + b.cost + 3 * BEND_COST
        start, start_along = (a.x, a.y) if vertical else (a.y, a.x)
        stop, stop_along = (b.y, b.x) if vertical else (b.x, b.y)
        channels_a, channels_b = self._spans.channels(a, SOURCE), self._spans.channels(b, TARGET)
        self._budget.spend(len(channels_a) * len(channels_b))
        for near, near_cost, near_crossings in channels_a:
            least = base + near_cost + abs(start_along - near) + abs(near - stop)
            if not self._can_improve(least + abs(start - stop_along), near_crossings):
                continue
            span = self._spans.span(not vertical, near, start, NO_END)
            for far, far_cost, far_crossings in channels_b:
                cost = least + far_cost + abs(start - far) + abs(far - stop_along)
                if span.low <= far <= span.high and self._can_improve(cost, near_crossings + far_crossings):
                    across = self._spans.crossings(vertical, far, stop, near, NO_END)
                    if across is not None:
                        x, y = (far, near) if vertical else (near, far)
                        corners = ((a.x, y), (x, y), (x, b.y)) if vertical else ((x, a.y), (x, y), (b.x, y))
                        crossings = near_crossings + far_crossings + span.count_crossings(start, far) + across
                        self._record(cost, crossings, a, b, corners)

    def _try_four_bends(self, a: Port, b: Port) -> None:
        """Try each pair of channels near two parallel ports, with each channel between them."""
        vertical = a.vertical
        base = a.cost + b.cost + 4 * BEND_COST
        start, start_along = (a.x, a.y) if vertical else (a.y, a.x)
        stop, stop_along = (b.x, b.y) if vertical else (b.y, b.x)
        middle_channels = self._grid.vertical_channels if vertical else self._grid.horizontal_channels
        for near, near_cost, near_crossings in self._spans.channels(a, SOURCE)[:_MAX_OUTER_CHANNELS]:
            near_span = self._spans.span(not vertical, near, start, NO_END)
            for far, far_cost, far_crossings in self._spans.channels(b, TARGET)[:_MAX_OUTER_CHANNELS]:
                if abs(near - far) < PATH_SPACING:
                    continue
                far_span = self._spans.span(not vertical, far, stop, NO_END)
                least = base + near_cost + far_cost
                least += abs(start_along - near) + abs(near - far) + abs(far - stop_along)
                low, high = max(near_span.low, far_span.low), min(near_span.high, far_span.high)
                self._budget.spend(len(middle_channels))
                for at, channel_cost in middle_channels:
                    cost = least + channel_cost + abs(start - at) + abs(at - stop)
                    if low <= at <= high and self._can_improve(cost, near_crossings + far_crossings):
                        across = self._spans.crossings(vertical, at, near, far, NO_END)
                        if across is not None:
                            crossings = near_crossings + far_crossings + across
                            crossings += near_span.count_crossings(start, at) + far_span.count_crossings(at, stop)
                            self._record(cost, crossings, a, b, _four_bend_corners(a, b, near, at, far))

    def _can_improve(self, cost: float, crossings: int) -> bool:
        """Whether a path of at least this cost and these crossings can be better than the best path."""
        return cost + CROSSING_COST * (crossings or self._spans.allow_crossings) < self._best_cost

    def _record(self, cost: float, crossings: int, a: Port, b: Port, corners: _Corners) -> None:
        """Keep a path if it is the best so far."""
        cost += CROSSING_COST * crossings
        if cost < self._best_cost:
            self._best_cost = cost
            self._best_path = (Point(a.x, a.y), *(Point(x, y) for x, y in corners), Point(b.x, b.y))


def _four_bend_corners(a: Port, b: Port, near: float, middle: float, far: float) -> _Corners:
    if a.vertical:
        return (a.x, near), (middle, near), (middle, far), (b.x, far)
    return (near, a.y), (near, middle), (far, middle), (far, b.y)
