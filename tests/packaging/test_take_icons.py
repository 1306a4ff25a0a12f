"""The set-up takes only the needed icons, only from the pinned package, and goes on without them."""

import hashlib
import importlib.util
import io
import subprocess
import tarfile

import pytest

from explorer.storage.icons import source
from explorer.storage.icons.names import load_icon_names
from explorer.storage.icons.source import ICON_NAMES_FILE, INSTALLED_ICONS, default_icon_source
from explorer.storage.icons.svg_sanitizer import UnsafeSvgError
from explorer.storage.resources import install_dir
from tests.storage.aws_package import svg

spec = importlib.util.spec_from_file_location("take_icons", install_dir() / "packaging" / "take_icons.py")
assert spec is not None
assert spec.loader is not None
step = importlib.util.module_from_spec(spec)
spec.loader.exec_module(step)

FARGATE = "package/icons/architecture-service/AWSFargate.svg"
TASK = "package/icons/resource/AmazonElasticContainerServiceTask.svg"


def package(**members):
    """An npm package with these files, named by their path."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return made.getvalue()


@pytest.fixture
def checkout(tmp_path):
    """A checkout with the icon names and nothing taken yet."""
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "icons.toml").write_bytes(ICON_NAMES_FILE.read_bytes())
    return tmp_path


@pytest.fixture
def npm(monkeypatch):
    """An npm that hands out one package, which is the pinned one."""

    def hand_out(data):
        monkeypatch.setattr(step, "packed", lambda: data)
        monkeypatch.setattr(step, "checked", lambda given: given)

    return hand_out


def test_only_the_needed_icons_are_taken_to_the_byte_with_their_notices(checkout, npm):
    npm(package(**{FARGATE: svg(), TASK: svg(), "package/icons/resource/Camera.svg": svg(), "../x": b""}))
    assert step.take(checkout) == 2

    taken = checkout / "resources" / "icons-aws"
    assert (taken / "Arch_AWS-Fargate_64.svg").read_bytes() == svg()
    assert {file.name for file in taken.iterdir()} == {
        "Arch_AWS-Fargate_64.svg",
        "Res_Amazon-Elastic-Container-Service_Task_48.svg",
        "LICENSE.txt",
        "NOTICE.txt",
    }
    assert "CC BY-ND" in (taken / "LICENSE.txt").read_text() or "NoDerivs 2.0" in (taken / "LICENSE.txt").read_text()
    assert [file.name for file in (checkout / "resources").iterdir() if file.name.startswith(".")] == []


def test_what_was_taken_before_is_replaced_as_a_whole(checkout, npm):
    npm(package(**{FARGATE: svg(), TASK: svg()}))
    step.take(checkout)
    npm(package(**{FARGATE: svg("<g/>")}))
    step.take(checkout)
    assert [file.name for file in (checkout / "resources" / "icons-aws").glob("*.svg")] == ["Arch_AWS-Fargate_64.svg"]


def test_an_icon_that_is_none_leaves_everything_as_it_was(checkout, npm):
    npm(package(**{FARGATE: svg("<script/>")}))
    with pytest.raises(UnsafeSvgError):
        step.take(checkout)
    assert not (checkout / "resources" / "icons-aws").exists()


def test_another_package_than_the_pinned_one_is_refused():
    data = package(**{FARGATE: svg()})
    assert step.checked(data, hashlib.sha512(data).hexdigest()) == data
    with pytest.raises(step.NotTakenError, match="not the pinned one"):
        step.checked(data)


@pytest.mark.parametrize(
    ("which", "run", "told"),
    [
        (None, None, "npm is not installed"),
        ("npm", subprocess.CompletedProcess([], 1), "is there a network?"),
        ("npm", subprocess.TimeoutExpired("npm", 90), "is there a network?"),
    ],
)
def test_without_npm_or_network_one_plain_line_is_said_and_all_goes_on(monkeypatch, capsys, which, run, told):
    def answer(*_words, **_settings):
        if isinstance(run, Exception):
            raise run
        return run

    monkeypatch.setattr(step.shutil, "which", lambda _name: which)
    monkeypatch.setattr(step.subprocess, "run", answer)
    assert step.main() == 0
    said = capsys.readouterr().out
    assert told in said
    assert "own glyphs" in said
    assert said.count("\n") == 1


def test_where_the_icons_were_taken_every_name_has_its_own_or_a_reason():
    taken = default_icon_source()
    without = {name for name in load_icon_names(ICON_NAMES_FILE).official_files if taken.official_svg(name) is None}
    assert without == (
        set() if source.INSTALLED_ICONS.is_dir() else set(load_icon_names(ICON_NAMES_FILE).official_files)
    )
    assert INSTALLED_ICONS.name in (install_dir() / ".gitignore").read_text()
