"""Packages of the wheel: Python code, packs and resources; pyproject.toml has everything else.

`data/` and `resources/` are folders at the top level of the repository. In the wheel they are inside the package
`explorer`, so that nothing else is added to site-packages. pyproject.toml cannot add packages to those that setuptools
finds, so this file does.
"""

from setuptools import find_packages, setup

DATA_FOLDERS = ("data", "resources")

setup(
    packages=[*find_packages(include=["explorer", "explorer.*"]), *(f"explorer.{name}" for name in DATA_FOLDERS)],
    package_dir={f"explorer.{name}": name for name in DATA_FOLDERS},
    package_data={f"explorer.{name}": ["**/*"] for name in DATA_FOLDERS},
    exclude_package_data={"explorer.resources": [".*", ".*/**"]},  # unfinished downloads of the AWS icons
)
