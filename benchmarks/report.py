"""What a benchmark found, and how it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NAME, FIGURE, AGAINST = 52, 12, 38


class LeftOut(Exception):  # noqa: N818 - not an error of ours, a reason
    """Why a benchmark cannot be run here, in one line."""


@dataclass(frozen=True)
class Row:
    """One figure, what it is compared with, their ratio, and the most that the ratio may be."""

    name: str
    figure: str
    against: str
    ratio: float | None = None
    most: float | None = None

    @property
    def met(self) -> str:
        """Whether the goal is met, where there is one."""
        if self.most is None or self.ratio is None:
            return ""
        return "yes" if self.ratio <= self.most else "NO"


@dataclass(frozen=True)
class Report:
    """The rows of one benchmark, and plain lines of what else there is to say."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def ms(seconds: float) -> str:
    """A time in milliseconds, with as many digits as mean something."""
    value = seconds * 1000
    return f"{value:.3f} ms" if value < 1 else f"{value:.1f} ms" if value < 100 else f"{value:,.0f} ms"


def megabytes(size: float) -> str:
    """An amount of memory."""
    return f"{size / 1e6:.0f} MB"


def measured(name: str, seconds: float, against: str, other: float, most: float | None = None) -> Row:
    """A time compared with another one of the same run."""
    return Row(name, ms(seconds), f"{against}, {ms(other)}", seconds / other, most)


def limited(name: str, seconds: float, limit: float, what: str = "") -> Row:
    """A time compared with the longest it may be."""
    told = f"{limit:g} s" if limit >= 1 else f"{limit * 1000:g} ms"
    return Row(name, ms(seconds), f"{what}{told}", seconds / limit, 1)


def shares(title: str, spent: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """Where a time went, the most first, as one paragraph."""
    whole = sum(seconds for _, seconds in spent) or 1
    parts = [
        f"{name} {ms(seconds)} ({seconds / whole:.0%})"
        for name, seconds in sorted(spent, key=lambda pair: -pair[1])
        if seconds / whole >= 0.005
    ]
    lines = [f"{title} ({ms(whole)}):"]
    for part in parts:
        if len(lines[-1]) + len(part) > 112:
            lines.append("   ")
        lines[-1] += f" {part},"
    return (*lines[:-1], lines[-1].rstrip(","))


def head() -> str:
    """The names of the columns."""
    line = f"{'':<{NAME}} {'figure':>{FIGURE}}  {'compared with':<{AGAINST}} {'ratio':>7} {'goal':>7} met"
    return f"{line}\n{'─' * len(line)}"


def line(row: Row) -> str:
    """One row of the table."""
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    goal = "" if row.most is None else f"≤ {row.most:g}"
    told = f"{row.name:<{NAME}} {row.figure:>{FIGURE}}  {row.against:<{AGAINST}} {ratio:>7} {goal:>7} {row.met}"
    return told.rstrip()


def lines(report: Report) -> Iterable[str]:
    """A whole report."""
    yield from map(line, report.rows)
    yield from (f"  · {note}" if not note.startswith(" ") else f"  {note}" for note in report.notes)
