"""Takes the screenshots of the README: `python docs/window_shots.py`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from explorer.app import build_main_window
from explorer.storage.packs.compiled import load_compiled_pack
from explorer.storage.resources import default_pack_folder

IMAGES = Path(__file__).parent / "images"
SIZE = (1440, 900)
SETTLE_MS = 2_500
SHOTS = {
    "start": {},
    "walk": {"cost": "lowest", "operations": "hosts_ok", "location": "cloud", "kubernetes": "not_required"},
    "gpu-trap": {"operations": "least", "gpu": "yes"},
}


def take_screenshot(name: str, answers: dict[str, str]) -> None:
    """Open the window, give the answers, wait until it is idle, and save a screenshot."""
    window = build_main_window(load_compiled_pack(default_pack_folder()), folder=default_pack_folder())
    window.canvas.set_animation_enabled(False)
    window.resize(*SIZE)
    window.show()
    for question, answer in answers.items():
        window.walk_panel.answered.emit(question, answer)
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()
    window.grab().save(str(IMAGES / f"{name}.png"))
    window.close()


if __name__ == "__main__":
    application = QApplication(["Berth"])
    for name, answers in SHOTS.items():
        take_screenshot(name, answers)
