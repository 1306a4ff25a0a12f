"""What would bring a value that is not taken, with a button for each of the nearest ways."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.explanation.explanation import Deed, Rejection, Remedy
from explorer.ui.explanation.cards import marked, reason_words
from explorer.ui.widgets.basic import Card, ClickArea, spaced, text
from explorer.ui.widgets.status_icons import Mark, Sign


class Way(ClickArea):
    """One deed that a click does, in a sentence."""

    def __init__(self, deed: Deed) -> None:
        super().__init__()
        self.setAccessibleName(deed.text)
        words = text(deed.text, "note", "accent")
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        mark = Mark(Sign.CHEVRON, 14)
        mark.setProperty("tone", "accent")
        mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        spaced(row, (8, 4, 6, 4), 6)
        row.addWidget(words, 1)
        row.addWidget(mark)


class RemedyWords(QWidget):
    """A remedy: its sentence, and its deeds to click; says which one is taken."""

    taken = Signal(tuple)

    def __init__(self, remedy: Remedy) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        spaced(column, gap=4)
        column.addWidget(text(remedy.text, "small", selectable=True))
        for deed in remedy.deeds:
            way = Way(deed)
            way.clicked.connect(partial(self._report, deed))
            column.addWidget(way)

    def _report(self, deed: Deed, _checked: bool = False) -> None:
        self.taken.emit(deed.change)


class Refused(Card):
    """Values that are not taken, each with why, where it is out, and with what would bring it."""

    taken = Signal(tuple)

    def __init__(self, refused: tuple[Rejection, ...], sign: Sign) -> None:
        super().__init__("quiet", gap=14)
        for rejection in refused:
            holder = QWidget()
            column = QVBoxLayout(holder)
            spaced(column, gap=6)
            column.addWidget(marked(sign, "muted", text(rejection.label, "strong", selectable=True)))
            for reason in rejection.reasons:
                column.addWidget(reason_words(reason))
            if rejection.remedy:
                words = RemedyWords(rejection.remedy)
                words.taken.connect(self.taken)
                column.addWidget(words)
            self.add(holder)
