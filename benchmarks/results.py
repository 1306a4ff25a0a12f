"""Benchmark results and their text table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NAME_WIDTH, VALUE_WIDTH, BASELINE_WIDTH = 52, 12, 38


class BenchmarkSkipped(Exception):  # noqa: N818 (a reason, not an error)
    """Why a benchmark cannot run here, in one line."""


@dataclass(frozen=True)
class Row:
    """One value, its baseline, their ratio, and the limit of the ratio."""

    name: str
    value: str
    baseline: str
    ratio: float | None = None
    limit: float | None = None

    @property
    def met(self) -> str:
        """Whether the limit is met; "" without a limit."""
        if self.limit is None or self.ratio is None:
            return ""
        return "yes" if self.ratio <= self.limit else "NO"


@dataclass(frozen=True)
class Report:
    """The rows of one benchmark, and notes as text lines."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def format_ms(seconds: float) -> str:
    """Format a duration in milliseconds, with the significant digits only."""
    value = seconds * 1000
    return f"{value:.3f} ms" if value < 1 else f"{value:.1f} ms" if value < 100 else f"{value:,.0f} ms"


def format_mb(size: float) -> str:
    """Format a size in bytes as megabytes."""
    return f"{size / 1e6:.0f} MB"


def compared(name: str, seconds: float, baseline: str, other: float, limit: float | None = None) -> Row:
    """Return a row that compares a duration with another one of the same run."""
    return Row(name, format_ms(seconds), f"{baseline}, {format_ms(other)}", seconds / other, limit)


def with_limit(name: str, seconds: float, limit: float, prefix: str = "") -> Row:
    """Return a row that compares a duration with its limit."""
    text = f"{limit:g} s" if limit >= 1 else f"{limit * 1000:g} ms"
    return Row(name, format_ms(seconds), f"{prefix}{text}", seconds / limit, 1)


def breakdown(title: str, parts: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """Return note lines that list the parts of a duration, the largest first."""
    total = sum(seconds for _, seconds in parts) or 1
    texts = [
        f"{name} {format_ms(seconds)} ({seconds / total:.0%})"
        for name, seconds in sorted(parts, key=lambda pair: -pair[1])
        if seconds / total >= 0.005
    ]
    lines = [f"{title} ({format_ms(total)}):"]
    for text in texts:
        if len(lines[-1]) + len(text) > 112:
            lines.append("   ")
        lines[-1] += f" {text},"
    return (*lines[:-1], lines[-1].rstrip(","))


def format_header() -> str:
    """Return the table header."""
    columns = f"{'':<{NAME_WIDTH}} {'value':>{VALUE_WIDTH}}  {'compared with':<{BASELINE_WIDTH}}"
    line = f"{columns} {'ratio':>7} {'limit':>7} met"
    return f"{line}\n{'─' * len(line)}"


def format_row(row: Row) -> str:
    """Return one row of the table."""
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    limit = "" if row.limit is None else f"≤ {row.limit:g}"
    columns = f"{row.name:<{NAME_WIDTH}} {row.value:>{VALUE_WIDTH}}  {row.baseline:<{BASELINE_WIDTH}}"
    return f"{columns} {ratio:>7} {limit:>7} {row.met}".rstrip()


def format_report(report: Report) -> Iterable[str]:
    """Yield all lines of a report."""
    yield from map(format_row, report.rows)
    yield from (f"  · {note}" if not note.startswith(" ") else f"  {note}" for note in report.notes)
