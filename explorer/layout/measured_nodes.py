"""How much room each node takes: its icon, its lines of text, and its companions beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from explorer.core.model.architecture import Architecture, ElementState, Group, Node
from explorer.core.model.pack import NodeId
from explorer.core.text import strip_control_chars as printed
from explorer.layout.geometry import Box, TextLine
from explorer.layout.text_metrics import TextMetrics

ICON_SIZE = 48.0
COMPANION_ICON_SIZE = 17.0
NODE_WIDTH = 140.0
NAME_FONT_SIZE = 12.0
DETAIL_FONT_SIZE = 12.0
GROUP_ICON_SIZE = 20.0
_TEXT_GAP = 4.0
_COMPANION_GAP = 3.0
_ALTERNATIVE_PADDING = 3.0
_MAX_BALANCED_WORDS = 24
"""Behind so many words no line is broken for balance's sake: there are too many ways."""


@dataclass(frozen=True)
class MeasuredNode:
    """A node with everything that is drawn beneath it; positions count from the slot's top left corner.

    All slots are equally wide; `used` is the part from the leftmost to the rightmost thing in it.
    """

    node: Node
    size: tuple[float, float]
    content_box: Box
    icon_box: Box
    lines: tuple[TextLine, ...]
    companions: tuple[MeasuredCompanion, ...]


@dataclass(frozen=True)
class MeasuredCompanion:
    """A small node beneath another: its icon, its text at the right, and the frame around both."""

    node: Node
    icon_box: Box
    lines: tuple[TextLine, ...]
    outline: Box


def single_line(text: str) -> str:
    """The text on one line, control characters shown as spaces: it is drawn, never interpreted."""
    return " ".join(printed(text[:400]).split())


@lru_cache(maxsize=4096)
def wrap_text(
    ruler: TextMetrics, text: str, width: float, most: int, size: float, bold: bool = False
) -> tuple[str, ...]:
    """The text in at most so many lines of a width in points; what is too much ends in “…”.

    Lines are about equally long, so that no word is left over by itself.
    """
    words = single_line(text).split(" ")
    lines: list[str] = []
    line = ""
    for index, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if ruler.width(longer, size, bold) <= width:
            line = longer
            continue
        if line and len(lines) < most - 1:
            lines.append(line)
            line = word
            if ruler.width(word, size, bold) <= width:
                continue
        rest = " ".join(words[index:] if line in ("", word) else [line, *words[index:]])
        line = _shorten_to_width(ruler, rest, width, size, bold)
        break
    found = (*lines, line) if line else tuple(lines)
    whole = len(found) > 1 and " ".join(found) == " ".join(words)
    return _balance_lines(ruler, words, len(found), size, bold) if whole else found


def _balance_lines(ruler: TextMetrics, words: Sequence[str], count: int, size: float, bold: bool) -> tuple[str, ...]:
    """The words in so many lines, the longest of which is as short as can be."""

    def widest(lines: Sequence[str]) -> float:
        return max(ruler.width(line, size, bold) for line in lines)

    breaks = combinations(range(1, min(len(words), _MAX_BALANCED_WORDS)), count - 1)
    ways = ([" ".join(words[a:b]) for a, b in pairwise((0, *at, len(words)))] for at in breaks)
    best: Sequence[str] = min(ways, key=widest)
    return tuple(best)


def _shorten_to_width(ruler: TextMetrics, text: str, width: float, size: float, bold: bool) -> str:
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if ruler.width(text[:middle].rstrip() + "…", size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def measure_nodes(architecture: Architecture, ruler: TextMetrics, *, abridged: int = 0) -> dict[NodeId, MeasuredNode]:
    """The slot of every node that is not a companion, by the node's id.

    Names take up to two lines. Where they are `abridged`, companions take one only (1), and then
    names too (2).
    """
    companions: dict[NodeId, list[Node]] = {}
    for node in architecture.nodes:
        if node.attached_to is not None:
            companions.setdefault(node.attached_to, []).append(node)
    return {
        node.id: _measure_node(node, tuple(companions.get(node.id, ())), ruler, abridged)
        for node in architecture.nodes
        if node.attached_to is None
    }


@lru_cache(maxsize=1024)
def _measure_node(node: Node, companions: tuple[Node, ...], ruler: TextMetrics, abridged: int) -> MeasuredNode:
    y = ICON_SIZE + _TEXT_GAP
    lines: list[TextLine] = []
    label = f"or {node.label}" if node.state is ElementState.GHOST and node.attached_to else node.label
    for text in wrap_text(ruler, label, NODE_WIDTH, 1 if abridged > 1 else 2, NAME_FONT_SIZE, bold=True):
        lines.append(_centered_line(ruler, text, y, NAME_FONT_SIZE, bold=True, muted=False))
        y = lines[-1].box.bottom
    for text in wrap_text(ruler, node.detail, NODE_WIDTH, 1, DETAIL_FONT_SIZE) if node.detail else ():
        lines.append(_centered_line(ruler, text, y, DETAIL_FONT_SIZE, bold=False, muted=True))
        y = lines[-1].box.bottom
    ordered = sorted(companions, key=lambda companion: companion.state is ElementState.GHOST)
    placed: list[MeasuredCompanion] = []
    blocks = [(companion, _wrap_companion_label(companion, ruler, 1 if abridged else 2)) for companion in ordered]
    widest = max((w for _, (_, w) in blocks), default=0.0)
    left = (NODE_WIDTH - widest) / 2
    for companion, (texts, _) in blocks:
        y += _COMPANION_GAP
        placed.append(_measure_companion(companion, texts, left, y, widest, ruler))
        y = placed[-1].outline.bottom
    icon = Box((NODE_WIDTH - ICON_SIZE) / 2, 0, ICON_SIZE, ICON_SIZE)
    boxes = [icon, *(line.box for line in lines), *(companion.outline for companion in placed)]
    start = min(box.x for box in boxes)
    used = Box(start, 0, max(box.right for box in boxes) - start, y)
    return MeasuredNode(node, (NODE_WIDTH, y), used, icon, tuple(lines), tuple(placed))


def _centered_line(ruler: TextMetrics, text: str, y: float, size: float, *, bold: bool, muted: bool) -> TextLine:
    width = min(ruler.width(text, size, bold), NODE_WIDTH)
    return TextLine(text, Box((NODE_WIDTH - width) / 2, y, width, ruler.height(size)), size, bold, muted, centered=True)


def _wrap_companion_label(node: Node, ruler: TextMetrics, most: int) -> tuple[tuple[str, ...], float]:
    label = f"or {node.label}" if node.state is ElementState.GHOST else node.label
    room = NODE_WIDTH - COMPANION_ICON_SIZE - _TEXT_GAP - 2 * _ALTERNATIVE_PADDING
    texts = wrap_text(ruler, label, room, most, DETAIL_FONT_SIZE)
    widest = max((ruler.width(text, DETAIL_FONT_SIZE) for text in texts), default=0.0)
    return texts, COMPANION_ICON_SIZE + _TEXT_GAP + widest + 2 * _ALTERNATIVE_PADDING


def _measure_companion(
    node: Node, texts: tuple[str, ...], left: float, top: float, width: float, ruler: TextMetrics
) -> MeasuredCompanion:
    step = ruler.height(DETAIL_FONT_SIZE)
    pad = _ALTERNATIVE_PADDING if node.state is ElementState.GHOST else 0.0
    height = max(COMPANION_ICON_SIZE, step * len(texts)) + 2 * pad
    frame = Box(left, top, width, height)
    icon = Box(
        left + _ALTERNATIVE_PADDING,
        top + (height - COMPANION_ICON_SIZE) / 2,
        COMPANION_ICON_SIZE,
        COMPANION_ICON_SIZE,
    )
    first = top + (height - step * len(texts)) / 2
    x = icon.right + _TEXT_GAP
    lines = tuple(
        TextLine(
            text,
            Box(x, first + index * step, ruler.width(text, DETAIL_FONT_SIZE), step),
            DETAIL_FONT_SIZE,
            bold=False,
            muted=node.state is ElementState.GHOST,
            centered=False,
        )
        for index, text in enumerate(texts)
    )
    return MeasuredCompanion(node, icon, lines, frame)


def group_title_width(group: Group, ruler: TextMetrics, tile: bool) -> float:
    """The room in points that a group's title takes, its tile included."""
    text = wrap_text(ruler, group.label, 320, 1, NAME_FONT_SIZE, bold=True)
    return ruler.width(text[0] if text else "", NAME_FONT_SIZE, bold=True) + (
        GROUP_ICON_SIZE + 2 * _TEXT_GAP if tile else 0
    )
