"""How much room each node takes: its icon, its lines of text, and its companions beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from explorer.core.model.architecture import Architecture, Group, Node, State
from explorer.core.model.pack import NodeId
from explorer.core.text import plain as printed
from explorer.layout.geometry import Box, Line
from explorer.layout.text_metrics import Ruler

ICON = 48.0
SMALL_ICON = 17.0
WIDTH = 140.0
NAME_SIZE = 12.0
SMALL_SIZE = 12.0
TILE = 20.0
_GAP = 4.0
_COMPANION_GAP = 3.0
_GHOST_PAD = 3.0
_MOST_WORDS = 24
"""Behind so many words no line is broken for balance's sake: there are too many ways."""


@dataclass(frozen=True)
class Slot:
    """A node with everything that is drawn beneath it; positions count from the slot's top left corner.

    All slots are equally wide; `used` is the part from the leftmost to the rightmost thing in it.
    """

    node: Node
    size: tuple[float, float]
    used: Box
    icon: Box
    lines: tuple[Line, ...]
    companions: tuple[Companion, ...]


@dataclass(frozen=True)
class Companion:
    """A small node beneath another: its icon, its text at the right, and the frame around both."""

    node: Node
    icon: Box
    lines: tuple[Line, ...]
    frame: Box


def plain(text: str) -> str:
    """The text on one line, control characters shown as spaces: it is drawn, never interpreted."""
    return " ".join(printed(text[:400]).split())


@lru_cache(maxsize=4096)
def broken(
    ruler: Ruler, text: str, width: float, most: int, size: float, bold: bool = False
) -> tuple[str, ...]:
    """The text in at most so many lines of a width in points; what is too much ends in “…”.

    Lines are about equally long, so that no word is left over by itself.
    """
    words = plain(text).split(" ")
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
        line = _elided(ruler, rest, width, size, bold)
        break
    found = (*lines, line) if line else tuple(lines)
    whole = len(found) > 1 and " ".join(found) == " ".join(words)
    return _balanced(ruler, words, len(found), size, bold) if whole else found


def _balanced(ruler: Ruler, words: Sequence[str], count: int, size: float, bold: bool) -> tuple[str, ...]:
    """The words in so many lines, the longest of which is as short as can be."""

    def widest(lines: Sequence[str]) -> float:
        return max(ruler.width(line, size, bold) for line in lines)

    breaks = combinations(range(1, min(len(words), _MOST_WORDS)), count - 1)
    ways = ([" ".join(words[a:b]) for a, b in pairwise((0, *at, len(words)))] for at in breaks)
    best: Sequence[str] = min(ways, key=widest)
    return tuple(best)


def _elided(ruler: Ruler, text: str, width: float, size: float, bold: bool) -> str:
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if ruler.width(text[:middle].rstrip() + "…", size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def slots(architecture: Architecture, ruler: Ruler, *, abridged: int = 0) -> dict[NodeId, Slot]:
    """The slot of every node that is not a companion, by the node's id.

    Names take up to two lines. Where they are `abridged`, companions take one only (1), and then
    names too (2).
    """
    companions: dict[NodeId, list[Node]] = {}
    for node in architecture.nodes:
        if node.at is not None:
            companions.setdefault(node.at, []).append(node)
    return {
        node.id: _slot(node, tuple(companions.get(node.id, ())), ruler, abridged)
        for node in architecture.nodes
        if node.at is None
    }


@lru_cache(maxsize=1024)
def _slot(node: Node, companions: tuple[Node, ...], ruler: Ruler, abridged: int) -> Slot:
    y = ICON + _GAP
    lines: list[Line] = []
    label = f"or {node.label}" if node.state is State.GHOST and node.at else node.label
    for text in broken(ruler, label, WIDTH, 1 if abridged > 1 else 2, NAME_SIZE, bold=True):
        lines.append(_centred(ruler, text, y, NAME_SIZE, bold=True, muted=False))
        y = lines[-1].box.bottom
    for text in broken(ruler, node.detail, WIDTH, 1, SMALL_SIZE) if node.detail else ():
        lines.append(_centred(ruler, text, y, SMALL_SIZE, bold=False, muted=True))
        y = lines[-1].box.bottom
    ordered = sorted(companions, key=lambda companion: companion.state is State.GHOST)
    placed: list[Companion] = []
    blocks = [(companion, _companion_lines(companion, ruler, 1 if abridged else 2)) for companion in ordered]
    widest = max((w for _, (_, w) in blocks), default=0.0)
    left = (WIDTH - widest) / 2
    for companion, (texts, _) in blocks:
        y += _COMPANION_GAP
        placed.append(_companion(companion, texts, left, y, widest, ruler))
        y = placed[-1].frame.bottom
    icon = Box((WIDTH - ICON) / 2, 0, ICON, ICON)
    boxes = [icon, *(line.box for line in lines), *(companion.frame for companion in placed)]
    start = min(box.x for box in boxes)
    used = Box(start, 0, max(box.right for box in boxes) - start, y)
    return Slot(node, (WIDTH, y), used, icon, tuple(lines), tuple(placed))


def _centred(ruler: Ruler, text: str, y: float, size: float, *, bold: bool, muted: bool) -> Line:
    width = min(ruler.width(text, size, bold), WIDTH)
    return Line(text, Box((WIDTH - width) / 2, y, width, ruler.height(size)), size, bold, muted, centred=True)


def _companion_lines(node: Node, ruler: Ruler, most: int) -> tuple[tuple[str, ...], float]:
    label = f"or {node.label}" if node.state is State.GHOST else node.label
    room = WIDTH - SMALL_ICON - _GAP - 2 * _GHOST_PAD
    texts = broken(ruler, label, room, most, SMALL_SIZE)
    widest = max((ruler.width(text, SMALL_SIZE) for text in texts), default=0.0)
    return texts, SMALL_ICON + _GAP + widest + 2 * _GHOST_PAD


def _companion(
    node: Node, texts: tuple[str, ...], left: float, top: float, width: float, ruler: Ruler
) -> Companion:
    step = ruler.height(SMALL_SIZE)
    pad = _GHOST_PAD if node.state is State.GHOST else 0.0
    height = max(SMALL_ICON, step * len(texts)) + 2 * pad
    frame = Box(left, top, width, height)
    icon = Box(left + _GHOST_PAD, top + (height - SMALL_ICON) / 2, SMALL_ICON, SMALL_ICON)
    first = top + (height - step * len(texts)) / 2
    x = icon.right + _GAP
    lines = tuple(
        Line(
            text,
            Box(x, first + index * step, ruler.width(text, SMALL_SIZE), step),
            SMALL_SIZE,
            bold=False,
            muted=node.state is State.GHOST,
            centred=False,
        )
        for index, text in enumerate(texts)
    )
    return Companion(node, icon, lines, frame)


def title_width(group: Group, ruler: Ruler, tile: bool) -> float:
    """The room in points that a group's title takes, its tile included."""
    text = broken(ruler, group.label, 320, 1, NAME_SIZE, bold=True)
    return ruler.width(text[0] if text else "", NAME_SIZE, bold=True) + (TILE + 2 * _GAP if tile else 0)
