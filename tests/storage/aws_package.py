"""A small icon package with the layout of AWS's, as a zip or a folder, valid or hostile."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

SERVICES = "Architecture-Service-Icons_07312025/Arch_Containers/64"
RESOURCES = "Resource-Icons_07312025/Res_Containers"
ECS = f"{SERVICES}/Arch_Amazon-Elastic-Container-Service_64.svg"
TASK = f"{RESOURCES}/Res_Amazon-Elastic-Container-Service_Task_48.svg"


def svg(inside: str = "", attributes: str = 'viewBox="0 0 64 64"') -> bytes:
    """Return an SVG with this content, by default a red square."""
    shapes = inside or '<path fill="#ff0000" d="M0 0h64v64H0z"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{shapes}</svg>'.encode()


PLAIN: Mapping[str, bytes] = {
    ECS: svg(),
    TASK: svg(attributes='viewBox="0 0 48 48"'),
    f"__MACOSX/{SERVICES}/._Arch_Amazon-Elastic-Container-Service_64.svg": b"\0\5\x16\7",
    f"{SERVICES}/Arch_Amazon-Elastic-Container-Service_64.png": b"\x89PNG",
    "Architecture-Service-Icons_07312025/Arch_Containers/16/Arch_AWS-Fargate_16.svg": b"not read",
}


def zipped(path: Path, members: Mapping[str, bytes] = PLAIN) -> Path:
    """Write a zip with these members, and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def unpacked(folder: Path, members: Mapping[str, bytes] = PLAIN) -> Path:
    """Write these files into a folder, and return its path."""
    for name, data in members.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


def link(name: str, target: str = "/etc/passwd") -> tuple[zipfile.ZipInfo, bytes]:
    """Return a zip member that is a symbolic link."""
    member = zipfile.ZipInfo(name)
    member.create_system = 3
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member, target.encode()
