"""The setup installs only the needed icons, only from the pinned package, and continues without them."""

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

spec = importlib.util.spec_from_file_location("install_icons", install_dir() / "packaging" / "install_icons.py")
assert spec is not None
assert spec.loader is not None
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)

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
    """A checkout with icon names and no installed icons."""
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "icons.toml").write_bytes(ICON_NAMES_FILE.read_bytes())
    return tmp_path


@pytest.fixture
def npm(monkeypatch):
    """An npm that returns one package, which counts as the pinned one."""

    def provide(data):
        monkeypatch.setattr(module, "download_package", lambda: data)
        monkeypatch.setattr(module, "verify_package", lambda given: given)

    return provide


def test_only_the_needed_icons_are_installed_unchanged_with_their_notices(checkout, npm):
    npm(package(**{FARGATE: svg(), TASK: svg(), "package/icons/resource/Camera.svg": svg(), "../x": b""}))
    assert module.install_icons(checkout) == 2

    installed = checkout / "resources" / "icons-aws"
    assert (installed / "Arch_AWS-Fargate_64.svg").read_bytes() == svg()
    assert {file.name for file in installed.iterdir()} == {
        "Arch_AWS-Fargate_64.svg",
        "Res_Amazon-Elastic-Container-Service_Task_48.svg",
        "LICENSE.txt",
        "NOTICE.txt",
    }
    assert (
        "CC BY-ND" in (installed / "LICENSE.txt").read_text()
        or "NoDerivs 2.0" in (installed / "LICENSE.txt").read_text()
    )
    assert [file.name for file in (checkout / "resources").iterdir() if file.name.startswith(".")] == []


def test_a_new_installation_replaces_all_icons(checkout, npm):
    npm(package(**{FARGATE: svg(), TASK: svg()}))
    module.install_icons(checkout)
    npm(package(**{FARGATE: svg("<g/>")}))
    module.install_icons(checkout)
    assert [file.name for file in (checkout / "resources" / "icons-aws").glob("*.svg")] == ["Arch_AWS-Fargate_64.svg"]


def test_an_unsafe_icon_changes_nothing(checkout, npm):
    npm(package(**{FARGATE: svg("<script/>")}))
    with pytest.raises(UnsafeSvgError):
        module.install_icons(checkout)
    assert not (checkout / "resources" / "icons-aws").exists()


def test_a_package_with_another_hash_is_rejected():
    data = package(**{FARGATE: svg()})
    assert module.verify_package(data, hashlib.sha512(data).hexdigest()) == data
    with pytest.raises(module.IconInstallError, match="not the pinned one"):
        module.verify_package(data)


@pytest.mark.parametrize(
    ("which", "run", "reason"),
    [
        (None, None, "npm is not installed"),
        ("npm", subprocess.CompletedProcess([], 1), "is there a network?"),
        ("npm", subprocess.TimeoutExpired("npm", 90), "is there a network?"),
    ],
)
def test_without_npm_or_network_the_setup_prints_one_line_and_continues(monkeypatch, capsys, which, run, reason):
    def run_npm(*_arguments, **_options):
        if isinstance(run, Exception):
            raise run
        return run

    monkeypatch.setattr(module.shutil, "which", lambda _name: which)
    monkeypatch.setattr(module.subprocess, "run", run_npm)
    assert module.main() == 0
    output = capsys.readouterr().out
    assert reason in output
    assert "own glyphs" in output
    assert output.count("\n") == 1


def test_every_icon_name_has_an_aws_icon_or_a_reason():
    icons = default_icon_source()
    without = {name for name in load_icon_names(ICON_NAMES_FILE).official_files if icons.official_svg(name) is None}
    assert without == (
        set() if source.INSTALLED_ICONS.is_dir() else set(load_icon_names(ICON_NAMES_FILE).official_files)
    )
    assert INSTALLED_ICONS.name in (install_dir() / ".gitignore").read_text()
