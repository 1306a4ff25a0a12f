"""Takes the README's pictures of the window anew: `python docs/window_shots.py`."""

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

HERE = Path(__file__).parent / "images"
SIZE = (1440, 900)
SETTLED_MS = 2_500
SHOTS = {
    "start": {},
    "walk": {"cost": "lowest", "operations": "hosts_ok", "location": "cloud", "kubernetes": "not_required"},
    "gpu-trap": {"operations": "least", "gpu": "yes"},
}


def shoot(name: str, answers: dict[str, str]) -> None:
    """Open the window, answer, let everything come to rest, and keep what is seen."""
    window = build_main_window(load_compiled_pack(default_pack_folder()), folder=default_pack_folder())
    window.canvas.set_animation_enabled(False)
    window.resize(*SIZE)
    window.show()
    for question, answer in answers.items():
        window.walk_panel.answered.emit(question, answer)
    rest = QEventLoop()
    QTimer.singleShot(SETTLED_MS, rest.quit)
    rest.exec()
    window.grab().save(str(HERE / f"{name}.png"))
    window.close()


if __name__ == "__main__":
    application = QApplication(["Berth"])
    for name, answers in SHOTS.items():
        shoot(name, answers)
