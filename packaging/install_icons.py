"""Installs the AWS icons that Berth needs from one pinned npm package into `resources/icons-aws`.

The setup runs it. Without npm or network it prints one line, and Berth uses its own glyphs.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from explorer.core.errors import ExplorerError  # noqa: E402
from explorer.storage.icons.names import load_icon_names  # noqa: E402
from explorer.storage.icons.svg_sanitizer import validate_svg  # noqa: E402

PACKAGE = "aws-icons@3.3.0"
SHA512 = (
    "fee90e070ddad27e5c5912c903be660b6587fd2b6da4b0df3827b5ae0cdf4df2"
    "9a075dcf4d9a79db9b29ed00d75b6b521f80088201f335d93c33c5fe61f18a35"
)
TIMEOUT_S = 90
NOTICE_FILES = ROOT / "packaging" / "aws-icons"


class IconInstallError(Exception):
    """Why the icons could not be installed, as part of a sentence."""


def install_icons(root: Path = ROOT) -> int:
    """Replace `resources/icons-aws`; return the number of icons."""
    wanted = load_icon_names(root / "resources" / "icons.toml").all_files
    found = extract_icons(verify_package(download_package()), wanted)
    replace_folder(root / "resources" / "icons-aws", found)
    return len(found)


def download_package() -> bytes:
    """Return the npm package as bytes."""
    npm = shutil.which("npm")
    if npm is None:
        raise IconInstallError("npm is not installed")
    with tempfile.TemporaryDirectory(prefix="berth-icons-") as folder:
        command = [npm, "pack", PACKAGE, "--ignore-scripts", "--silent", "--no-update-notifier"]
        command += ["--fetch-retries=1", "--fetch-timeout=15000"]
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=TIMEOUT_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise IconInstallError("npm did not answer; is there a network?") from error
        files = list(Path(folder).glob("*.tgz"))
        if done.returncode or not files:
            raise IconInstallError("npm could not download them; is there a network?")
        return files[0].read_bytes()


def verify_package(data: bytes, sha512: str = SHA512) -> bytes:
    """Return the bytes if they have the pinned hash."""
    if hashlib.sha512(data).hexdigest() != sha512:
        raise IconInstallError("the downloaded package is not the pinned one")
    return data


def extract_icons(data: bytes, wanted: tuple[str, ...]) -> Mapping[str, bytes]:
    """Return the wanted icons by AWS file name; alternative names of an icon can be missing."""
    found = {}
    with tarfile.open(fileobj=BytesIO(data), mode="r:gz") as archive:
        for file in wanted:
            try:
                member = archive.extractfile(f"package/icons/{member_path(file)}")
            except KeyError:
                continue
            if member is not None:
                found[file] = validate_svg(member.read())
    return found


def member_path(file: str) -> str:
    """Return the path of an AWS file in the npm package: by kind, without hyphens.

    >>> member_path("Arch_Amazon-EC2_64"), member_path("AWS-Cloud_32_Dark")
    ('architecture-service/AmazonEC2.svg', 'architecture-group/AWSCloudDark.svg')
    """
    kinds = {"Arch": "architecture-service", "Res": "resource"}
    kind = kinds.get(file.partition("_")[0], "architecture-group")
    bare = re.sub(r"^(Arch|Res)_|_(64|48|32)(?=$|_)|[^A-Za-z0-9]", "", file)
    return f"{kind}/{bare}.svg"


def replace_folder(folder: Path, icons: Mapping[str, bytes]) -> None:
    """Replace the folder with the icons and their notices, completely or not at all."""
    with tempfile.TemporaryDirectory(prefix=".icons-", dir=folder.parent) as temporary:
        new = Path(temporary) / folder.name
        new.mkdir()
        for name, data in icons.items():
            (new / f"{name}.svg").write_bytes(data)
        for notice in NOTICE_FILES.iterdir():
            shutil.copyfile(notice, new / notice.name)
        if folder.exists():
            folder.rename(Path(temporary) / "old")
        new.rename(folder)


def main() -> int:
    """Install the icons and print the result; an error never stops the setup."""
    try:
        print(f"Installed {install_icons()} AWS icons in resources/icons-aws; see NOTICE.txt there for their license.")
    except (IconInstallError, ExplorerError, OSError, tarfile.TarError) as error:
        print(f"The AWS icons were not installed ({error}). Berth uses its own glyphs.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
