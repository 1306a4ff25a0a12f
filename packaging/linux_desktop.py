"""Writes the Linux desktop files: menu entry, icon and AppStream metadata."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import app_metadata
from app_metadata import APP_ID, ROOT

TEMPLATES = Path(__file__).with_name("linux")


def write_desktop_files(share: Path, timestamp: int) -> None:
    """Write everything below a `share` folder; `timestamp` is the release date, in seconds since 1970."""
    values = {
        "@ID@": APP_ID,
        "@NAME@": app_metadata.NAME,
        "@PROGRAM@": app_metadata.PROGRAM,
        "@SUMMARY@": app_metadata.SUMMARY,
        "@VENDOR@": app_metadata.VENDOR,
        "@LICENSE@": app_metadata.LICENSE,
        "@VERSION@": app_metadata.VERSION,
        "@DATE@": datetime.fromtimestamp(timestamp, UTC).date().isoformat(),
    }
    for template, target in (
        ("berth.desktop.in", f"applications/{APP_ID}.desktop"),
        ("berth.metainfo.xml.in", f"metainfo/{APP_ID}.metainfo.xml"),
    ):
        text = (TEMPLATES / template).read_text("utf-8")
        for placeholder, value in values.items():
            text = text.replace(placeholder, value)
        file = share / target
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    icon = share / "icons" / "hicolor" / "scalable" / "apps" / f"{APP_ID}.svg"
    icon.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / "resources" / "icon.svg", icon)
