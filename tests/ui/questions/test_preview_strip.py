"""Preview strip: its texts and its place at the bottom of the diagram."""

from PySide6.QtWidgets import QLabel, QWidget

from explorer.core.session.workspace import Workspace
from explorer.ui.questions.preview_strip import PreviewStrip
from explorer.ui.widgets.labels import ElidedLabel
from tests.ui.toy import Toy


def test_strip_names_removed_items_and_stays_inside_its_host(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 600)
    strip = PreviewStrip(host)
    host.show()
    assert not strip.isVisible()

    strip.show_preview(Toy().open_pack.previews.preview(Workspace(), "shelter", "hut", "light"))
    assert strip.isVisible()
    texts = [label.text() for label in strip.findChildren(QLabel) + strip.findChildren(ElidedLabel)]
    assert any(text.startswith("Removed:") and "tent" in text for text in texts)
    assert host.rect().contains(strip.geometry())

    host.resize(500, 400)
    qtbot.waitUntil(lambda: host.rect().contains(strip.geometry()))
