"""The tree can be released: version, changelog and workflow belong together."""

import re

from explorer import __version__
from explorer.storage.resources import install_dir

ROOT = install_dir()


def test_the_changelog_has_a_dated_section_for_the_version():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    sections = re.findall(r"^## \[(.+)\] - (\d{4}-\d\d-\d\d)$", changelog, re.MULTILINE)
    assert sections[0][0] == __version__


def test_the_workflows_start_only_scripts_that_exist():
    texts = [file.read_text("utf-8") for file in (ROOT / ".github" / "workflows").glob("*.yml")]
    scripts = {script for text in texts for script in re.findall(r"\bpython (\S+\.py)", text)}
    assert scripts == {"run.py", "packaging/smoke_test.py"}
    assert all((ROOT / script).is_file() for script in scripts)


def test_the_workflows_test_every_supported_python():
    oldest = int(re.search(r'requires-python = ">=3\.(\d+)"', (ROOT / "pyproject.toml").read_text("utf-8"))[1])
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    tested = {int(minor) for minor in re.findall(r'"3\.(\d+)"', workflow)}
    newest = int(re.search(r"FIRST_UNSUPPORTED = \(3, (\d+)\)", (ROOT / "run.py").read_text("utf-8"))[1]) - 1
    assert tested == set(range(oldest, newest + 1))
