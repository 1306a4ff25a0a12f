"""Takes the AWS icons that Berth draws out of one pinned npm package into `resources/icons-aws`.

Run by the set-up, with the Python that runs Berth. No npm and no network are no fault: one line says so,
and Berth draws its own glyphs.
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
PATIENCE_S = 90
NOTICES = ROOT / "packaging" / "aws-icons"


class NotTakenError(Exception):
    """Why there are no icons, in words that end a sentence."""


def take(root: Path = ROOT) -> int:
    """Fill `resources/icons-aws` anew; how many icons there are now."""
    wanted = load_icon_names(root / "resources" / "icons.toml").all_files
    found = icons_in(checked(packed()), wanted)
    replace_folder(root / "resources" / "icons-aws", found)
    return len(found)


def packed() -> bytes:
    """The package as npm hands it out."""
    npm = shutil.which("npm")
    if npm is None:
        raise NotTakenError("npm is not installed")
    with tempfile.TemporaryDirectory(prefix="berth-icons-") as folder:
        command = [npm, "pack", PACKAGE, "--ignore-scripts", "--silent", "--no-update-notifier"]
        command += ["--fetch-retries=1", "--fetch-timeout=15000"]
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise NotTakenError("npm did not answer; is there a network?") from error
        files = list(Path(folder).glob("*.tgz"))
        if done.returncode or not files:
            raise NotTakenError("npm could not fetch them; is there a network?")
        return files[0].read_bytes()


def checked(data: bytes, sha512: str = SHA512) -> bytes:
    """The same bytes, where they are the ones that were pinned."""
    if hashlib.sha512(data).hexdigest() != sha512:
        raise NotTakenError("the package that npm fetched is not the pinned one")
    return data


def icons_in(data: bytes, wanted: tuple[str, ...]) -> Mapping[str, bytes]:
    """The wanted icons by the names of AWS's files; of several names for one icon some may be missing."""
    found = {}
    with tarfile.open(fileobj=BytesIO(data), mode="r:gz") as archive:
        for file in wanted:
            try:
                member = archive.extractfile(f"package/icons/{place_of(file)}")
            except KeyError:
                continue
            if member is not None:
                found[file] = validate_svg(member.read())
    return found


def place_of(file: str) -> str:
    """Where the npm package keeps one of AWS's files: by kind, and without hyphens.

    >>> place_of("Arch_Amazon-EC2_64"), place_of("AWS-Cloud_32_Dark")
    ('architecture-service/AmazonEC2.svg', 'architecture-group/AWSCloudDark.svg')
    """
    kinds = {"Arch": "architecture-service", "Res": "resource"}
    kind = kinds.get(file.partition("_")[0], "architecture-group")
    bare = re.sub(r"^(Arch|Res)_|_(64|48|32)(?=$|_)|[^A-Za-z0-9]", "", file)
    return f"{kind}/{bare}.svg"


def replace_folder(folder: Path, icons: Mapping[str, bytes]) -> None:
    """Put the icons and their notices there, all of them or none."""
    with tempfile.TemporaryDirectory(prefix=".icons-", dir=folder.parent) as made:
        fresh = Path(made) / folder.name
        fresh.mkdir()
        for name, data in icons.items():
            (fresh / f"{name}.svg").write_bytes(data)
        for notice in NOTICES.iterdir():
            shutil.copyfile(notice, fresh / notice.name)
        if folder.exists():
            folder.rename(Path(made) / "before")
        fresh.rename(folder)


def main() -> int:
    """Take them, and say in one line how that went; nothing that goes wrong here keeps Berth from running."""
    try:
        print(f"Took {take()} AWS icons into resources/icons-aws; their NOTICE.txt says whose they are.")
    except (NotTakenError, ExplorerError, OSError, tarfile.TarError) as error:
        print(f"The AWS icons were not taken ({error}), so Berth draws its own glyphs.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
