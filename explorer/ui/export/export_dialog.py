"""The dialog of an export: what kind, how large, in which colours, with which words, and how that looks."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from explorer.core.errors import ExplorerError
from explorer.export.formats import Heeds, formats_of
from explorer.export.request.request import Kind, Options
from explorer.render.theme import THEMES
from explorer.ui.export.clipboard import Copied, Draggable, Excerpt, copied, excerpt, smaller
from explorer.ui.export.export_preferences import PRESETS, WORDS, Wishes
from explorer.ui.export.export_source import Scene
from explorer.ui.export.template_button import TemplateButton
from explorer.ui.widgets.basic import spaced, text
from explorer.ui.widgets.form import Check, Choice
from explorer.ui.workers.workers import Latest

log = logging.getLogger(__name__)

_PREVIEW = QSize(720, 460)
_LONGEST = 1600
"""Pixels of a preview, enough for a large screen."""

HINT = "Drag the preview into another program, or go on to a file."
BEGINNING = "This is how the file begins. Copy takes the picture to the clipboard."
_AS_SEEN = "As in the window"


class ExportDialog(QDialog):
    """Reports what is wished: `wished` to go on to a file, `copy_wished` to the clipboard."""

    wished = Signal(object)
    copy_wished = Signal(object)

    def __init__(
        self, scene: Scene, wishes: Wishes, options: Options, folder: Callable[[], Path], parent: QWidget
    ) -> None:
        """`folder` is where the file of a picture goes that is dragged out; it outlives the dialog."""
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._scene, self._usual = scene, options
        self._ready: Copied | None = None
        self._folder = folder
        self._latest = Latest(self)
        self._latest.done.connect(self._show)
        self._latest.failed.connect(self._tell)
        self._latest.crashed.connect(self._tell_crash)
        self._make()
        self._fill(wishes)
        self._arrange()
        self._follow()

    @property
    def wishes(self) -> Wishes:
        """What is chosen."""
        words = sum(word.value for word, box in self.words.items() if box.isChecked())
        return Wishes(
            ending=str(self.kind.currentData()),
            preset=str(self.preset.currentData()),
            theme=str(self.theme.currentData()),
            transparent=self.transparent.isChecked(),
            words=words,
            session=self.session.isChecked(),
            outlines=self.outlines.isChecked(),
            template=self.template.path,
        )

    def done(self, result: int) -> None:
        """Leave no work behind."""
        self._latest.close()
        super().done(result)

    # What stands where

    def _make(self) -> None:
        self.preview = Draggable(self._dragged)
        self.preview.setObjectName("exported")
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self.preview.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.preview.setAccessibleName("Preview")
        self.preview.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setMinimumSize(_PREVIEW / 2)
        self._form = QFormLayout()
        self.kind, self.preset, self.theme = Choice(), Choice(), Choice()
        for format_ in formats_of(self._scene.kind):
            self.kind.addItem(f"{format_.name} (.{format_.ending})", format_.ending)
        for key, preset in PRESETS.items():
            self.preset.addItem(preset.name, key)
        self.theme.addItem(_AS_SEEN, "")
        for name in THEMES:
            self.theme.addItem(name.capitalize(), name)
        self.transparent = Check("No background")
        self.outlines = Check("Letters as shapes")
        self.session = Check("Session inside")
        self.template = TemplateButton()
        self._shows: dict[Heeds, QWidget] = {
            Heeds.SIZE: self.preset,
            Heeds.COLOURS: self.theme,
            Heeds.BACKGROUND: self.transparent,
            Heeds.OUTLINES: self.outlines,
            Heeds.SESSION: self.session,
            Heeds.TEMPLATE: self.template,
        }
        self.words = {word: Check(name) for word, name in WORDS.items()}
        self.transparent.setToolTip("A fine rim sets the drawing off from light and dark pages alike")
        self.outlines.setToolTip("No font is needed to show them, and they cannot be edited as text")
        self.session.setToolTip("Berth opens the picture again, with answers, notes and pinned scenarios")
        self.told = text(HINT, "muted")

    def _fill(self, wishes: Wishes) -> None:
        chosen = {self.kind: wishes.ending, self.preset: wishes.preset, self.theme: wishes.theme}
        for list_, value in chosen.items():
            list_.setCurrentIndex(max(0, list_.findData(value)))
        self.transparent.setChecked(wishes.transparent)
        self.session.setChecked(wishes.session)
        self.outlines.setChecked(wishes.outlines)
        self.template.show_path(wishes.template)
        for word, box in self.words.items():
            box.setChecked(bool(wishes.words & word.value))
        for choice in (self.kind, self.preset, self.theme):
            choice.currentIndexChanged.connect(self._follow)
        for check in (self.transparent, self.session, self.outlines, *self.words.values()):
            check.toggled.connect(self._follow)

    def _arrange(self) -> None:
        form = self._form
        form.setVerticalSpacing(8)
        for list_ in (self.kind, self.preset, self.theme):
            list_.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            list_.setMinimumContentsLength(24)
        form.addRow("Kind", self.kind)
        form.addRow("Size", self.preset)
        form.addRow("Colours", self.theme)
        for check in (self.transparent, self.outlines, self.session):
            form.addRow("", check)
        form.addRow("Slides", self.template)
        for number, box in enumerate(self.words.values()):
            form.addRow("Around it" if number == 0 else "", box)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        for words, deed in (("Cancel", self.reject), ("Copy", self._copy), ("Export…", self.accept)):
            button = QPushButton(words)
            button.clicked.connect(deed)
            button.setDefault(deed == self.accept)
            foot.addWidget(button)
        self.accepted.connect(self._go_on)
        sides = QHBoxLayout()
        spaced(sides, gap=24)
        sides.addWidget(self.preview, 1)
        side = QVBoxLayout()
        side.addLayout(form)
        side.addStretch(1)
        sides.addLayout(side)
        column = QVBoxLayout(self)
        spaced(column, (24, 24, 24, 20), 16)
        column.addLayout(sides, 1)
        column.addLayout(foot)
        self.resize(
            QSize(_PREVIEW.width() + 440, _PREVIEW.height() + 120).boundedTo(
                QGuiApplication.primaryScreen().availableSize()
            )
        )

    # What follows what

    def _follow(self) -> None:
        """Offer what the kind can show, and draw anew what it would look like."""
        wishes = self.wishes
        format_ = next(one for one in formats_of(self._scene.kind) if one.ending == wishes.ending)
        heeds = format_.heeds
        for wish, widget in self._shows.items():
            widget.setEnabled(bool(heeds & wish))
            self._name_as_usable(widget)
        around = bool(heeds & Heeds.WORDS) and self._scene.kind is Kind.CASE
        for box in self.words.values():
            box.setEnabled(around)
            self._name_as_usable(box)
        self._ready = None
        options = smaller(self._options(wishes), _LONGEST)
        drawn = bool(format_.heeds & Heeds.COLOURS)
        self._latest.request(
            partial(copied, self._scene, options)
            if drawn
            else partial(excerpt, self._scene, format_, options)
        )

    def _name_as_usable(self, field: QWidget) -> None:
        """Its label in the form says, as it does itself, whether it can be used."""
        if isinstance(label := self._form.labelForField(field), QLabel):
            label.setEnabled(field.isEnabled())

    def _options(self, wishes: Wishes) -> Options:
        return wishes.options(self._usual.theme, self._usual.icons, self._usual.date)

    def _show(self, ready: Copied | Excerpt) -> None:
        if isinstance(ready, Excerpt):
            self.told.setText(BEGINNING)
            self.preview.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self.preview.show_words(ready.words)
        else:
            self._ready = ready
            self.told.setText(HINT)
            self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.preview.show_image(QImage.fromData(ready.png))
        self.preview.setAccessibleDescription(ready.text.partition("\n")[0])

    def _tell(self, error: ExplorerError) -> None:
        self.preview.clear()
        self.told.setText(str(error))

    def _tell_crash(self, error: Exception) -> None:
        log.error("The preview failed.", exc_info=error)
        self.preview.clear()
        self.told.setText("The preview could not be drawn: choose another size or other colours.")

    def _dragged(self) -> QMimeData | None:
        return self._ready.mime(self._folder()) if self._ready else None

    def _go_on(self) -> None:
        self.wished.emit(self.wishes)

    def _copy(self) -> None:
        self.copy_wished.emit(replace(self.wishes, ending="png"))
