"""What a Linux desktop wants to know: a menu entry, an icon, and a description for software centres."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import identity
from identity import ID, ROOT

TEMPLATES = Path(__file__).with_name("linux")


def write(share: Path, moment: int) -> None:
    """Everything below a `share` folder; `moment` is the day of the release, in seconds since 1970."""
    known = {
        "@ID@": ID,
        "@NAME@": identity.NAME,
        "@PROGRAM@": identity.PROGRAM,
        "@SUMMARY@": identity.SUMMARY,
        "@MAKER@": identity.MAKER,
        "@LICENCE@": identity.LICENCE,
        "@VERSION@": identity.VERSION,
        "@DAY@": datetime.fromtimestamp(moment, UTC).date().isoformat(),
    }
    for template, target in (
        ("berth.desktop.in", f"applications/{ID}.desktop"),
        ("berth.metainfo.xml.in", f"metainfo/{ID}.metainfo.xml"),
    ):
        text = (TEMPLATES / template).read_text("utf-8")
        for word, meaning in known.items():
            text = text.replace(word, meaning)
        file = share / target
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    icon = share / "icons" / "hicolor" / "scalable" / "apps" / f"{ID}.svg"
    icon.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / "resources" / "icon.svg", icon)
