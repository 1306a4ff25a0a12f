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
from explorer.export.formats import Supports, formats_of
from explorer.export.request.request import Options, SubjectKind
from explorer.render.theme import THEMES
from explorer.ui.export.clipboard import (
    ClipboardData,
    DragImage,
    TextPreview,
    clipboard_data,
    preview_options,
    text_preview,
)
from explorer.ui.export.export_preferences import CAPTION_LABELS, PRESETS, ExportPreferences
from explorer.ui.export.export_source import ExportSource
from explorer.ui.export.template_button import TemplateButton
from explorer.ui.widgets.form import CheckBox, ComboBox
from explorer.ui.widgets.labels import make_label
from explorer.ui.widgets.layouts import set_margins
from explorer.ui.workers.workers import LatestOnlyWorker

log = logging.getLogger(__name__)

_PREVIEW_SIZE = QSize(720, 460)
_MAX_PREVIEW_PX = 1600
"""Pixels of a preview, enough for a large screen."""

DRAG_HINT = "Drag the preview into another program, or go on to a file."
TEXT_HINT = "This is how the file begins. Copy takes the picture to the clipboard."
_WINDOW_THEME = "As in the window"


class ExportDialog(QDialog):
    """Reports what is wished: `wished` to go on to a file, `copy_wished` to the clipboard."""

    export_requested = Signal(object)
    copy_requested = Signal(object)

    def __init__(
        self,
        scene: ExportSource,
        wishes: ExportPreferences,
        options: Options,
        folder: Callable[[], Path],
        parent: QWidget,
    ) -> None:
        """`folder` is where the file of a picture goes that is dragged out; it outlives the dialog."""
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._source, self._window_options = scene, options
        self._clipboard_data: ClipboardData | None = None
        self._drag_folder = folder
        self._worker = LatestOnlyWorker(self)
        self._worker.done.connect(self._show_preview)
        self._worker.failed.connect(self._show_error)
        self._worker.crashed.connect(self._show_crash)
        self._create_widgets()
        self._set_preferences(wishes)
        self._arrange()
        self._update_preview()

    @property
    def preferences(self) -> ExportPreferences:
        """What is chosen."""
        words = sum(word.value for word, box in self.caption_boxes.items() if box.isChecked())
        return ExportPreferences(
            ending=str(self.format_box.currentData()),
            preset=str(self.size_box.currentData()),
            theme=str(self.theme_box.currentData()),
            transparent=self.transparent_box.isChecked(),
            words=words,
            session=self.session_box.isChecked(),
            outlines=self.text_as_paths_box.isChecked(),
            template=self.template_button.path,
        )

    def done(self, result: int) -> None:
        """Leave no work behind."""
        self._worker.close()
        super().done(result)

    # What stands where

    def _create_widgets(self) -> None:
        self.preview = DragImage(self._drag_data)
        self.preview.setObjectName("exported")
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self.preview.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.preview.setAccessibleName("Preview")
        self.preview.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setMinimumSize(_PREVIEW_SIZE / 2)
        self._form = QFormLayout()
        self.format_box, self.size_box, self.theme_box = ComboBox(), ComboBox(), ComboBox()
        for format_ in formats_of(self._source.kind):
            self.format_box.addItem(f"{format_.name} (.{format_.extension})", format_.extension)
        for key, preset in PRESETS.items():
            self.size_box.addItem(preset.name, key)
        self.theme_box.addItem(_WINDOW_THEME, "")
        for name in THEMES:
            self.theme_box.addItem(name.capitalize(), name)
        self.transparent_box = CheckBox("No background")
        self.text_as_paths_box = CheckBox("Letters as shapes")
        self.session_box = CheckBox("Session inside")
        self.template_button = TemplateButton()
        self._option_widgets: dict[Supports, QWidget] = {
            Supports.SIZE: self.size_box,
            Supports.THEME: self.theme_box,
            Supports.BACKGROUND: self.transparent_box,
            Supports.TEXT_AS_PATHS: self.text_as_paths_box,
            Supports.SESSION: self.session_box,
            Supports.TEMPLATE: self.template_button,
        }
        self.caption_boxes = {word: CheckBox(name) for word, name in CAPTION_LABELS.items()}
        self.transparent_box.setToolTip("A fine rim sets the drawing off from light and dark pages alike")
        self.text_as_paths_box.setToolTip("No font is needed to show them, and they cannot be edited as text")
        self.session_box.setToolTip("Berth opens the picture again, with answers, notes and pinned scenarios")
        self.hint = make_label(DRAG_HINT, "muted")

    def _set_preferences(self, wishes: ExportPreferences) -> None:
        chosen = {self.format_box: wishes.ending, self.size_box: wishes.preset, self.theme_box: wishes.theme}
        for list_, value in chosen.items():
            list_.setCurrentIndex(max(0, list_.findData(value)))
        self.transparent_box.setChecked(wishes.transparent)
        self.session_box.setChecked(wishes.session)
        self.text_as_paths_box.setChecked(wishes.outlines)
        self.template_button.show_path(wishes.template)
        for word, box in self.caption_boxes.items():
            box.setChecked(bool(wishes.words & word.value))
        for choice in (self.format_box, self.size_box, self.theme_box):
            choice.currentIndexChanged.connect(self._update_preview)
        for check in (
            self.transparent_box,
            self.session_box,
            self.text_as_paths_box,
            *self.caption_boxes.values(),
        ):
            check.toggled.connect(self._update_preview)

    def _arrange(self) -> None:
        form = self._form
        form.setVerticalSpacing(8)
        for list_ in (self.format_box, self.size_box, self.theme_box):
            list_.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            list_.setMinimumContentsLength(24)
        form.addRow("Kind", self.format_box)
        form.addRow("Size", self.size_box)
        form.addRow("Colours", self.theme_box)
        for check in (self.transparent_box, self.text_as_paths_box, self.session_box):
            form.addRow("", check)
        form.addRow("Slides", self.template_button)
        for number, box in enumerate(self.caption_boxes.values()):
            form.addRow("Around it" if number == 0 else "", box)
        foot = QHBoxLayout()
        foot.addWidget(self.hint, 1)
        for words, deed in (("Cancel", self.reject), ("Copy", self._emit_copy), ("Export…", self.accept)):
            button = QPushButton(words)
            button.clicked.connect(deed)
            button.setDefault(deed == self.accept)
            foot.addWidget(button)
        self.accepted.connect(self._emit_export)
        sides = QHBoxLayout()
        set_margins(sides, gap=24)
        sides.addWidget(self.preview, 1)
        side = QVBoxLayout()
        side.addLayout(form)
        side.addStretch(1)
        sides.addLayout(side)
        column = QVBoxLayout(self)
        set_margins(column, (24, 24, 24, 20), 16)
        column.addLayout(sides, 1)
        column.addLayout(foot)
        self.resize(
            QSize(_PREVIEW_SIZE.width() + 440, _PREVIEW_SIZE.height() + 120).boundedTo(
                QGuiApplication.primaryScreen().availableSize()
            )
        )

    # What follows what

    def _update_preview(self) -> None:
        """Offer what the kind can show, and draw anew what it would look like."""
        wishes = self.preferences
        format_ = next(one for one in formats_of(self._source.kind) if one.extension == wishes.ending)
        heeds = format_.supports
        for wish, widget in self._option_widgets.items():
            widget.setEnabled(bool(heeds & wish))
            self._enable_label(widget)
        around = bool(heeds & Supports.CAPTION) and self._source.kind is SubjectKind.ARCHITECTURE
        for box in self.caption_boxes.values():
            box.setEnabled(around)
            self._enable_label(box)
        self._clipboard_data = None
        options = preview_options(self._options(wishes), _MAX_PREVIEW_PX)
        drawn = bool(format_.supports & Supports.THEME)
        self._worker.request(
            partial(clipboard_data, self._source, options)
            if drawn
            else partial(text_preview, self._source, format_, options)
        )

    def _enable_label(self, field: QWidget) -> None:
        """Its label in the form says, as it does itself, whether it can be used."""
        if isinstance(label := self._form.labelForField(field), QLabel):
            label.setEnabled(field.isEnabled())

    def _options(self, wishes: ExportPreferences) -> Options:
        return wishes.options(self._window_options.theme, self._window_options.icons, self._window_options.date)

    def _show_preview(self, ready: ClipboardData | TextPreview) -> None:
        if isinstance(ready, TextPreview):
            self.hint.setText(TEXT_HINT)
            self.preview.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self.preview.show_text(ready.content)
        else:
            self._clipboard_data = ready
            self.hint.setText(DRAG_HINT)
            self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.preview.show_image(QImage.fromData(ready.png))
        self.preview.setAccessibleDescription(ready.description.partition("\n")[0])

    def _show_error(self, error: ExplorerError) -> None:
        self.preview.clear()
        self.hint.setText(str(error))

    def _show_crash(self, error: Exception) -> None:
        log.error("The preview failed.", exc_info=error)
        self.preview.clear()
        self.hint.setText("The preview could not be drawn: choose another size or other colours.")

    def _drag_data(self) -> QMimeData | None:
        return self._clipboard_data.mime_data(self._drag_folder()) if self._clipboard_data else None

    def _emit_export(self) -> None:
        self.export_requested.emit(self.preferences)

    def _emit_copy(self) -> None:
        self.copy_requested.emit(replace(self.preferences, ending="png"))
