"""Packages of the wheel: Python code, packs, resources and the build file; pyproject.toml has everything else.

`data/` and `resources/` are folders at the top level of the repository. In the wheel they are inside the package
`explorer`, so that nothing else is added to site-packages. pyproject.toml cannot add packages to those that setuptools
finds, so this file does.
"""

import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from explorer.storage.build_info import BUILD_FILE, build_file_text  # noqa: E402 (needs the path above)

DATA_FOLDERS = ("data", "resources")


class BuildWithBuildFile(build_py):
    """Also writes the commit and the build day; SOURCE_DATE_EPOCH sets the day of a reproducible build."""

    def run(self) -> None:
        """Copy the packages, then write the build file unless the wheel only refers to the checkout."""
        if not self.editable_mode:
            shutil.rmtree(self.build_lib, ignore_errors=True)  # an earlier build leaves deleted modules there
        super().run()
        if not self.editable_mode:
            seconds = os.environ.get("SOURCE_DATE_EPOCH")
            day = (datetime.fromtimestamp(int(seconds), UTC) if seconds else datetime.now(UTC)).date().isoformat()
            target = Path(self.build_lib, "explorer", "resources", BUILD_FILE)
            target.write_text(build_file_text(ROOT, day), encoding="utf-8")


setup(
    packages=[*find_packages(include=["explorer", "explorer.*"]), *(f"explorer.{name}" for name in DATA_FOLDERS)],
    package_dir={f"explorer.{name}": name for name in DATA_FOLDERS},
    package_data={f"explorer.{name}": ["**/*"] for name in DATA_FOLDERS},
    cmdclass={"build_py": BuildWithBuildFile},
    exclude_package_data={"explorer.resources": [".*", ".*/**"]},  # unfinished downloads of the AWS icons
)
