"""Export dialog: format, size, theme and caption of an export, with a preview."""

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
    TextPreview,
    clipboard_data,
    preview_options,
    text_preview,
)
from explorer.ui.export.drag_image import DragImage
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
"""The longest side of a preview in pixels."""

DRAG_HINT = "Drag the preview into another program, or export it to a file."
TEXT_HINT = "The beginning of the file. “Copy” copies the picture instead."
_WINDOW_THEME = "Same as the window"


class ExportDialog(QDialog):
    """`export_requested` and `copy_requested` send the chosen preferences."""

    export_requested = Signal(ExportPreferences)
    copy_requested = Signal(ExportPreferences)

    def __init__(
        self,
        source: ExportSource,
        preferences: ExportPreferences,
        options: Options,
        drag_folder: Callable[[], Path],
        parent: QWidget,
    ) -> None:
        """`drag_folder` returns the folder for the files of dragged pictures. It must outlive the dialog."""
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._source, self._window_options = source, options
        self._clipboard_data: ClipboardData | None = None
        self._drag_folder = drag_folder
        self._worker = LatestOnlyWorker(self)
        self._worker.done.connect(self._show_preview)
        self._worker.failed.connect(self._show_error)
        self._worker.crashed.connect(self._show_crash)
        self._create_widgets()
        self._set_preferences(preferences)
        self._arrange()
        self._update_preview()

    @property
    def preferences(self) -> ExportPreferences:
        """The preferences that the user has chosen."""
        caption = sum(part.value for part, box in self.caption_boxes.items() if box.isChecked())
        return ExportPreferences(
            ending=str(self.format_box.currentData()),
            preset=str(self.size_box.currentData()),
            theme=str(self.theme_box.currentData()),
            transparent=self.transparent_box.isChecked(),
            words=caption,
            session=self.session_box.isChecked(),
            outlines=self.text_as_paths_box.isChecked(),
            template=self.template_button.path,
        )

    def done(self, result: int) -> None:
        """Wait for the worker of the preview."""
        self._worker.close()
        super().done(result)

    # Widgets

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
        self.text_as_paths_box = CheckBox("Text as paths")
        self.session_box = CheckBox("Embed answers (editable)")
        self.template_button = TemplateButton()
        self._option_widgets: dict[Supports, QWidget] = {
            Supports.SIZE: self.size_box,
            Supports.THEME: self.theme_box,
            Supports.BACKGROUND: self.transparent_box,
            Supports.TEXT_AS_PATHS: self.text_as_paths_box,
            Supports.SESSION: self.session_box,
            Supports.TEMPLATE: self.template_button,
        }
        self.caption_boxes = {part: CheckBox(label) for part, label in CAPTION_LABELS.items()}
        self.transparent_box.setToolTip("Text has a thin outline, so that it is readable on light and dark pages")
        self.text_as_paths_box.setToolTip("The text needs no font, and cannot be edited as text")
        self.session_box.setToolTip("Berth can open the exported picture with its answers, notes and pinned scenarios")
        self.hint = make_label(DRAG_HINT, "muted")

    def _set_preferences(self, preferences: ExportPreferences) -> None:
        selected = {
            self.format_box: preferences.ending,
            self.size_box: preferences.preset,
            self.theme_box: preferences.theme,
        }
        for combo_box, value in selected.items():
            combo_box.setCurrentIndex(max(0, combo_box.findData(value)))
        self.transparent_box.setChecked(preferences.transparent)
        self.session_box.setChecked(preferences.session)
        self.text_as_paths_box.setChecked(preferences.outlines)
        self.template_button.show_path(preferences.template)
        for part, box in self.caption_boxes.items():
            box.setChecked(bool(preferences.words & part.value))
        for combo_box in (self.format_box, self.size_box, self.theme_box):
            combo_box.currentIndexChanged.connect(self._update_preview)
        for check_box in (
            self.transparent_box,
            self.session_box,
            self.text_as_paths_box,
            *self.caption_boxes.values(),
        ):
            check_box.toggled.connect(self._update_preview)

    def _arrange(self) -> None:
        form = self._form
        form.setVerticalSpacing(8)
        for combo_box in (self.format_box, self.size_box, self.theme_box):
            combo_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo_box.setMinimumContentsLength(24)
        form.addRow("Format", self.format_box)
        form.addRow("Size", self.size_box)
        form.addRow("Theme", self.theme_box)
        for check_box in (self.transparent_box, self.text_as_paths_box, self.session_box):
            form.addRow("", check_box)
        form.addRow("Slides", self.template_button)
        for number, box in enumerate(self.caption_boxes.values()):
            form.addRow("Caption" if number == 0 else "", box)
        footer = QHBoxLayout()
        footer.addWidget(self.hint, 1)
        for label, action in (("Cancel", self.reject), ("Copy", self._emit_copy), ("Export…", self.accept)):
            button = QPushButton(label)
            button.clicked.connect(action)
            button.setDefault(action == self.accept)
            footer.addWidget(button)
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
        column.addLayout(footer)
        self.resize(
            QSize(_PREVIEW_SIZE.width() + 440, _PREVIEW_SIZE.height() + 120).boundedTo(
                QGuiApplication.primaryScreen().availableSize()
            )
        )

    # Preview

    def _update_preview(self) -> None:
        """Enable the options that the format supports, and render the preview again."""
        preferences = self.preferences
        formats = formats_of(self._source.kind)
        format_ = next(format_ for format_ in formats if format_.extension == preferences.ending)
        for option, widget in self._option_widgets.items():
            widget.setEnabled(bool(format_.supports & option))
            self._enable_label(widget)
        has_caption = bool(format_.supports & Supports.CAPTION) and self._source.kind is SubjectKind.ARCHITECTURE
        for box in self.caption_boxes.values():
            box.setEnabled(has_caption)
            self._enable_label(box)
        self._clipboard_data = None
        options = preview_options(self._options(preferences), _MAX_PREVIEW_PX)
        is_picture = bool(format_.supports & Supports.THEME)
        self._worker.request(
            partial(clipboard_data, self._source, options)
            if is_picture
            else partial(text_preview, self._source, format_, options)
        )

    def _enable_label(self, field: QWidget) -> None:
        """Enable or disable the label of a field together with the field."""
        if isinstance(label := self._form.labelForField(field), QLabel):
            label.setEnabled(field.isEnabled())

    def _options(self, preferences: ExportPreferences) -> Options:
        return preferences.options(self._window_options.theme, self._window_options.icons, self._window_options.date)

    def _show_preview(self, preview: ClipboardData | TextPreview) -> None:
        if isinstance(preview, TextPreview):
            self.hint.setText(TEXT_HINT)
            self.preview.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self.preview.show_text(preview.content)
        else:
            self._clipboard_data = preview
            self.hint.setText(DRAG_HINT)
            self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.preview.show_image(QImage.fromData(preview.png))
        self.preview.setAccessibleDescription(preview.description.partition("\n")[0])

    def _show_error(self, error: ExplorerError) -> None:
        self.preview.clear()
        self.hint.setText(str(error))

    def _show_crash(self, error: Exception) -> None:
        log.error("Could not draw the preview of an export.", exc_info=error)
        self.preview.clear()
        self.hint.setText("Could not draw the preview. Choose another size or theme.")

    def _drag_data(self) -> QMimeData | None:
        return self._clipboard_data.mime_data(self._drag_folder()) if self._clipboard_data else None

    def _emit_export(self) -> None:
        self.export_requested.emit(self.preferences)

    def _emit_copy(self) -> None:
        self.copy_requested.emit(replace(self.preferences, ending="png"))
