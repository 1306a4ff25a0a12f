"""Node measurement: wraps the text of each node and returns the area of its icon, text and companions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from explorer.core.model.architecture import Architecture, ElementState, Group, Node
from explorer.core.model.pack import NodeId
from explorer.core.text import strip_control_chars
from explorer.layout.geometry import Box, Point, TextLine
from explorer.layout.text_metrics import TextMetrics

ICON_SIZE = 48.0
COMPANION_ICON_SIZE = 17.0
NODE_WIDTH = 140.0
NAME_FONT_SIZE = 12.0
DETAIL_FONT_SIZE = 12.0
GROUP_ICON_SIZE = 20.0
_MAX_TITLE_WIDTH = 320.0
_TEXT_GAP = 4.0
_COMPANION_GAP = 3.0
_ALTERNATIVE_PADDING = 3.0
_MAX_CHARACTERS = 400
"""Longer labels are cut before they are measured."""

_MAX_BALANCED_WORDS = 24
"""Lines are balanced over the first words only, because the number of line breaks to try grows quickly."""


@dataclass(frozen=True)
class MeasuredNode:
    """A node and everything drawn below its icon; positions are relative to the top left corner of the node.

    All nodes have the same width. `content_box` is the part between the leftmost and the rightmost element.
    """

    node: Node
    size: tuple[float, float]
    content_box: Box
    icon_box: Box
    lines: tuple[TextLine, ...]
    companions: tuple[MeasuredCompanion, ...]


@dataclass(frozen=True)
class MeasuredCompanion:
    """A small node below another node: its icon, the text at the right of it, and the outline of both."""

    node: Node
    icon_box: Box
    lines: tuple[TextLine, ...]
    outline: Box


def single_line(text: str) -> str:
    """Return the text on one line, with control characters replaced by spaces and white space collapsed."""
    return " ".join(strip_control_chars(text[:_MAX_CHARACTERS]).split())


def wrap_text(
    metrics: TextMetrics, text: str, width: float, max_lines: int, size: float, bold: bool = False
) -> tuple[str, ...]:
    """Wrap a text into at most `max_lines` lines of a width in points; text that does not fit ends in “…”.

    If all words fit, the lines are balanced, so that no single word is left on the last line.
    """
    return _wrap_line(metrics, single_line(text), width, max_lines, size, bold)


@lru_cache(maxsize=4096)
def _wrap_line(
    metrics: TextMetrics, text: str, width: float, max_lines: int, size: float, bold: bool
) -> tuple[str, ...]:
    words = text.split(" ")
    lines: list[str] = []
    line = ""
    for index, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if metrics.width(longer, size, bold) <= width:
            line = longer
            continue
        if line and len(lines) < max_lines - 1:
            lines.append(line)
            line = word
            if metrics.width(word, size, bold) <= width:
                continue
        rest = " ".join(words[index:] if line in ("", word) else [line, *words[index:]])
        line = _shorten_to_width(metrics, rest, width, size, bold)
        break
    wrapped = (*lines, line) if line else tuple(lines)
    complete = len(wrapped) > 1 and " ".join(wrapped) == " ".join(words)
    return _balance_lines(metrics, words, len(wrapped), size, bold) if complete else wrapped


def _balance_lines(metrics: TextMetrics, words: Sequence[str], count: int, size: float, bold: bool) -> tuple[str, ...]:
    """Distribute words over `count` lines so that the longest line is as short as possible."""

    def longest(lines: Sequence[str]) -> float:
        return max(metrics.width(line, size, bold) for line in lines)

    breaks = combinations(range(1, min(len(words), _MAX_BALANCED_WORDS)), count - 1)
    variants = ([" ".join(words[a:b]) for a, b in pairwise((0, *at, len(words)))] for at in breaks)
    best: Sequence[str] = min(variants, key=longest)
    return tuple(best)


def _shorten_to_width(metrics: TextMetrics, text: str, width: float, size: float, bold: bool) -> str:
    """Return the longest start of a text that fits into the width with “…” appended."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if metrics.width(text[:middle].rstrip() + "…", size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def measure_nodes(
    architecture: Architecture, metrics: TextMetrics, *, shortening: int = 0
) -> dict[NodeId, MeasuredNode]:
    """Measure every node that is not a companion, by node id.

    Names have up to two lines. With `shortening` 1, names of companions have one line; with 2, all names.
    """
    companions: dict[NodeId, list[Node]] = {}
    for node in architecture.nodes:
        if node.attached_to is not None:
            companions.setdefault(node.attached_to, []).append(node)
    return {
        node.id: _measure_node(node, tuple(companions.get(node.id, ())), metrics, shortening)
        for node in architecture.nodes
        if node.attached_to is None
    }


@lru_cache(maxsize=1024)
def _measure_node(node: Node, companions: tuple[Node, ...], metrics: TextMetrics, shortening: int) -> MeasuredNode:
    y = ICON_SIZE + _TEXT_GAP
    lines: list[TextLine] = []
    label = f"or {node.label}" if node.state is ElementState.GHOST and node.attached_to else node.label
    name_lines = 1 if shortening > 1 else 2
    for text in wrap_text(metrics, label, NODE_WIDTH, name_lines, NAME_FONT_SIZE, bold=True):
        lines.append(_centered_line(metrics, text, y, NAME_FONT_SIZE, bold=True, muted=False))
        y = lines[-1].box.bottom
    for text in wrap_text(metrics, node.detail, NODE_WIDTH, 1, DETAIL_FONT_SIZE) if node.detail else ():
        lines.append(_centered_line(metrics, text, y, DETAIL_FONT_SIZE, bold=False, muted=True))
        y = lines[-1].box.bottom
    measured = _measure_companions(companions, y, metrics, 1 if shortening else 2)
    if measured:
        y = measured[-1].outline.bottom
    icon = Box((NODE_WIDTH - ICON_SIZE) / 2, 0, ICON_SIZE, ICON_SIZE)
    boxes = [icon, *(line.box for line in lines), *(companion.outline for companion in measured)]
    left = min(box.x for box in boxes)
    content = Box(left, 0, max(box.right for box in boxes) - left, y)
    return MeasuredNode(node, (NODE_WIDTH, y), content, icon, tuple(lines), measured)


def _centered_line(metrics: TextMetrics, text: str, y: float, size: float, *, bold: bool, muted: bool) -> TextLine:
    width = min(metrics.width(text, size, bold), NODE_WIDTH)
    box = Box((NODE_WIDTH - width) / 2, y, width, metrics.height(size))
    return TextLine(text, box, size, bold, muted, centered=True)


def _measure_companions(
    companions: Sequence[Node], y: float, metrics: TextMetrics, max_lines: int
) -> tuple[MeasuredCompanion, ...]:
    """Stack the companions of a node below `y`, alternatives last, all as wide as the widest one."""
    ordered = sorted(companions, key=lambda companion: companion.state is ElementState.GHOST)
    wrapped = [(companion, *_wrap_companion_label(companion, metrics, max_lines)) for companion in ordered]
    width = max((needed for _, _, needed in wrapped), default=0.0)
    measured: list[MeasuredCompanion] = []
    for companion, texts, _ in wrapped:
        corner = Point((NODE_WIDTH - width) / 2, y + _COMPANION_GAP)
        measured.append(_measure_companion(companion, texts, corner, width, metrics))
        y = measured[-1].outline.bottom
    return tuple(measured)


def _wrap_companion_label(node: Node, metrics: TextMetrics, max_lines: int) -> tuple[tuple[str, ...], float]:
    """Return the lines of a companion's label, and the width in points that the companion needs."""
    label = f"or {node.label}" if node.state is ElementState.GHOST else node.label
    besides_text = COMPANION_ICON_SIZE + _TEXT_GAP + 2 * _ALTERNATIVE_PADDING
    texts = wrap_text(metrics, label, NODE_WIDTH - besides_text, max_lines, DETAIL_FONT_SIZE)
    longest = max((metrics.width(text, DETAIL_FONT_SIZE) for text in texts), default=0.0)
    return texts, COMPANION_ICON_SIZE + _TEXT_GAP + longest + 2 * _ALTERNATIVE_PADDING


def _measure_companion(
    node: Node, texts: tuple[str, ...], corner: Point, width: float, metrics: TextMetrics
) -> MeasuredCompanion:
    is_alternative = node.state is ElementState.GHOST
    line_height = metrics.height(DETAIL_FONT_SIZE)
    padding = _ALTERNATIVE_PADDING if is_alternative else 0.0
    height = max(COMPANION_ICON_SIZE, line_height * len(texts)) + 2 * padding
    outline = Box(corner.x, corner.y, width, height)
    icon = Box(
        corner.x + _ALTERNATIVE_PADDING,
        corner.y + (height - COMPANION_ICON_SIZE) / 2,
        COMPANION_ICON_SIZE,
        COMPANION_ICON_SIZE,
    )
    first = corner.y + (height - line_height * len(texts)) / 2
    lines = tuple(
        TextLine(
            text,
            Box(
                icon.right + _TEXT_GAP,
                first + index * line_height,
                metrics.width(text, DETAIL_FONT_SIZE),
                line_height,
            ),
            DETAIL_FONT_SIZE,
            bold=False,
            muted=is_alternative,
            centered=False,
        )
        for index, text in enumerate(texts)
    )
    return MeasuredCompanion(node, icon, lines, outline)


def group_title_width(group: Group, metrics: TextMetrics, has_icon: bool) -> float:
    """Return the width in points of a group's title, including its icon."""
    lines = wrap_text(metrics, group.label, _MAX_TITLE_WIDTH, 1, NAME_FONT_SIZE, bold=True)
    text = lines[0] if lines else ""
    width = metrics.width(text, NAME_FONT_SIZE, bold=True)
    return width + (GROUP_ICON_SIZE + 2 * _TEXT_GAP if has_icon else 0)
