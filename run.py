"""Sets Berth up beside this file, then opens, tests or checks it; nothing but Python is needed.

The packages are the pinned ones, each checked against its hash, in a `.venv` beside this file. What was
set up is written down there last, so a set-up that was interrupted, moved or made for another Python is
made anew, and a finished one costs nothing at the next start.

Only syntax that Python 3.6 reads is used here, so that an old Python can say that it is too old.
"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from enum import IntEnum
from pathlib import Path

OLDEST = (3, 11)
if sys.version_info < OLDEST:
    sys.exit(
        "Berth needs Python {}.{} or newer, and this is {}.{}: install a newer one and use that.".format(
            *OLDEST, *sys.version_info[:2]
        )
    )

ROOT = Path(__file__).resolve().parent
PROGRAM = "py run.py" if sys.platform == "win32" else "python3 run.py"

COMMANDS = {
    "app": "set up where needed and open the window; what follows is passed on (also with no word at all)",
    "setup": "only set up what the app needs",
    "test": "run the tests, which need no display; what follows goes to pytest",
    "check": "lint, formatting, types and the order of the rooms",
    "bench": "measure; what follows goes to the benchmarks",
    "binary": "build the program that runs where nothing is installed, into dist/",
    "binary-test": "build it, and prove it in a bare system; needs Linux and root",
    "help": "say this",
}

APP_COMMANDS = (
    "recommend",
    "export",
    "tree",
    "new-pack",
    "self-check",
)  # as explorer/cli.py has them; “check” is ours

# Which package of Debian and its relatives holds each library that Qt loads and does not bring along.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class Level(IntEnum):
    """How much is set up; each level but the last holds those before it."""

    APP = 0
    DEVELOP = 1
    BENCH = 2
    BINARY = 3  # the app and what packs it, in a place of its own: nothing else can slip into the binary


REQUIREMENT_FILES = (
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-bench.txt",
    "requirements-binary.txt",
)


class SetupError(Exception):
    """Why we cannot go on, in one sentence fit to show."""


# What is there already


def requirement_files(root: Path, level: Level) -> list[Path]:
    """The files that say which packages `level` consists of."""
    names = REQUIREMENT_FILES[:: Level.BINARY] if level is Level.BINARY else REQUIREMENT_FILES[: level + 1]
    return [root / name for name in names]


def venv_folder(root: Path, level: Level = Level.APP) -> Path:
    """The folder that `level` is set up in."""
    return root / (".venv-binary" if level is Level.BINARY else ".venv")


def hash_of(files: list[Path]) -> str:
    """What changes when any of the files does."""
    from hashlib import sha256

    return sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def venv_python(root: Path, level: Level = Level.APP) -> Path:
    """The Python that runs Berth."""
    return venv_folder(root, level) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def environment_stamp(root: Path, level: Level = Level.APP) -> Path:
    """Says which Python, in which place, the `.venv` was made for."""
    return venv_folder(root, level) / "berth-made-for"


def level_stamp(root: Path, level: Level) -> Path:
    """Says which pins of `level` are installed."""
    return venv_folder(root, level) / f"berth-{level.name.lower()}"


def in_progress_marker(root: Path, level: Level = Level.APP) -> Path:
    """Stands while packages are being put in; found later, it tells of an interruption."""
    return venv_folder(root, level) / "berth-busy"


def environment_id(root: Path) -> str:
    """The Python and the place that a `.venv` cannot leave."""
    return f"{sys.implementation.cache_tag} {sys.platform} {root}"


def icons_stamp(root: Path, level: Level = Level.APP) -> Path:
    """Says which icons were asked for; whether they came is another matter."""
    return venv_folder(root, level) / "berth-icons"


def stamp_matches(stamp: Path, text: str) -> bool:
    """Whether the stamp is there and holds just this text."""
    try:
        return stamp.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False


def is_valid(root: Path, level: Level = Level.APP) -> bool:
    """Whether the `.venv` was made here, for this Python, and was never left half-way."""
    made_here = stamp_matches(environment_stamp(root, level), environment_id(root))
    return made_here and venv_python(root, level).exists() and not in_progress_marker(root, level).exists()


def is_ready(root: Path, level: Level) -> bool:
    """Whether `level` can be used as it stands."""
    return is_valid(root, level) and stamp_matches(level_stamp(root, level), hash_of(requirement_files(root, level)))


# Setting up


def set_up(root: Path, level: Level) -> bool:
    """Make `level` ready; true when there was anything to do."""
    if is_ready(root, level):
        return False
    print(
        f"Setting Berth up in {venv_folder(root, level).name}; this happens once and takes a minute or so.",
        flush=True,
    )
    try:
        if not is_valid(root, level):
            create_venv(root, level)
        install(root, level)
    except OSError as error:
        raise SetupError(f"Berth cannot be set up in {root}: {error.strerror or error}.") from error
    return True


def create_venv(root: Path, level: Level) -> None:
    """Put an empty `.venv` in the place of whatever was there."""
    require_venv_module()
    venv = venv_folder(root, level)
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    elif venv.exists():
        shutil.rmtree(venv)
    venv.mkdir()
    python = getattr(sys, "_base_executable", sys.executable)  # we may be running from the one just removed
    made = subprocess.run(
        [python, "-m", "venv", str(venv)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if made.returncode:
        raise SetupError(f"The {venv.name} could not be made: {last_error_line(made.stdout.decode(errors='replace'))}")
    environment_stamp(root, level).write_text(environment_id(root), encoding="utf-8")


def require_venv_module() -> None:
    """Debian and its relatives hand out Python without the part that makes a `.venv`."""
    from importlib.util import find_spec

    if find_spec("venv") is None or find_spec("ensurepip") is None:
        raise SetupError(
            "This Python cannot make a .venv: install the missing part "
            "(on Debian and Ubuntu: sudo apt install python3-venv) and start again."
        )


def install(root: Path, level: Level) -> None:
    """Put the pinned packages in, and write down that they are there."""
    in_progress_marker(root, level).touch()
    failure = pip(venv_python(root, level), requirement_files(root, level))
    in_progress_marker(root, level).unlink()
    if failure:
        raise SetupError(f"The packages could not be installed (is there a network?); pip says: {failure}")
    for done in [level] if level is Level.BINARY else Level:
        if done <= level:
            level_stamp(root, done).write_text(hash_of(requirement_files(root, done)), encoding="utf-8")


def pip(python: Path, files: list[Path]) -> str:
    """Install what the files pin; what pip says last when it fails, nothing when it does not."""
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    command += ["--require-hashes", "--only-binary", ":all:", "--compile"]
    for file in files:
        command += ["--requirement", str(file)]
    said = []
    with subprocess.Popen(
        command,
        env=pip_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as child:
        for line in child.stdout or ():
            said.append(line)
            if line.lstrip().startswith("Downloading") and ".metadata" not in line:
                print(f"  fetching {line.split('/')[-1].replace('Downloading', '').strip()}", flush=True)
    return last_error_line("".join(said)) if child.returncode else ""


def pip_environment() -> dict[str, str]:
    """Ours, less what would send the packages elsewhere or leave them to be compiled at every start."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, "PYTHONIOENCODING": "utf-8"}


def fetch_icons(root: Path, level: Level = Level.APP, again: bool = False) -> None:
    """Have the AWS icons taken, once for each change of what is wanted; where they cannot be, all goes on."""
    step = root / "packaging" / "take_icons.py"
    wanted = hash_of([step, root / "resources" / "icons.toml", *sorted((step.parent / "aws-icons").iterdir())])
    if again or not stamp_matches(icons_stamp(root, level), wanted):
        subprocess.run([str(venv_python(root, level)), str(step)], check=False)
        icons_stamp(root, level).write_text(wanted, encoding="utf-8")


def last_error_line(text: str) -> str:
    """The last line that names an error, else the last one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["nothing at all."])[-1]


# What the machine must bring


def on_linux() -> bool:
    """Whether Qt relies on the system for a display and for libraries."""
    return sys.platform.startswith("linux")


def opens_window(arguments: list[str]) -> bool:
    """Whether the app will open its window; its other words draw into files or speak."""
    first = arguments[0] if arguments else ""
    return not first or first.endswith(".berth") or first.lower().startswith(("--pack", "--icons", "berth:"))


def require_display() -> None:
    """Qt would abort; say what is missing instead."""
    shown = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if on_linux() and not shown:
        raise SetupError(
            "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set): "
            f"start this from a desktop session, or draw into a file with {PROGRAM} app export picture.png"
        )


def needed_libraries(window: bool) -> dict[str, str]:
    """What Qt will load, and the package each comes in."""
    if not on_linux():
        return {}
    platform = os.environ.get("QT_QPA_PLATFORM", "wayland" if os.environ.get("WAYLAND_DISPLAY") else "xcb")
    return {**LIBRARIES, **X11_LIBRARIES} if window and platform.startswith("xcb") else LIBRARIES


def is_missing(library: str) -> bool:
    """Whether this machine cannot load the library."""
    from ctypes import CDLL

    try:
        CDLL(library)
    except OSError:
        return True
    return False


def missing_libraries_message(libraries: dict[str, str]) -> str:
    """What to install for the libraries this machine lacks; nothing where it lacks none."""
    missing = [library for library in libraries if is_missing(library)]
    if not missing:
        return ""
    packages = " ".join(libraries[library] for library in missing)
    remedy = f"sudo apt-get install -y --no-install-recommends {packages}"
    if shutil.which("apt-get") is None:
        remedy = "install them with the package manager of your system"
    return f"Qt cannot start, since this machine lacks {', '.join(missing)}: {remedy}"


# The words


def prepare(level: Level, libraries: dict[str, str]) -> None:
    """Set up, and after a fresh set-up see that Qt will find what it needs."""
    fresh = set_up(ROOT, level)
    fetch_icons(ROOT, level)
    if fresh:
        missing = missing_libraries_message(libraries)
        if missing:
            raise SetupError(missing)


def run_python(
    command: list[str], directory: Path | None = None, offscreen: bool = False, level: Level = Level.APP
) -> int:
    """Run Berth's Python with these words and pass its exit code on."""
    environment = dict(os.environ)
    environment["BERTH_COMMAND"] = f"{PROGRAM} app"  # so that the app names commands that can be typed
    if offscreen:
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    with subprocess.Popen([str(venv_python(ROOT, level)), *command], cwd=directory, env=environment) as child:
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        while True:
            try:
                code = child.wait()
            except KeyboardInterrupt:
                continue  # the child was interrupted too, and knows best what to save
            return code if code >= 0 else 128 - code


def app(arguments: list[str]) -> int:
    """Open the window, or let the app do what its own words say."""
    window = opens_window(arguments)
    if window:
        require_display()
    libraries = needed_libraries(window)
    prepare(Level.APP, libraries)
    code = run_python([str(ROOT / "main.py"), *arguments])
    missing = missing_libraries_message(libraries) if code else ""
    if missing:
        print(missing, file=sys.stderr)
    return code


def run_setup() -> int:
    """Make the app ready, trying again for icons that could not be taken, and say so."""
    prepare(Level.APP, needed_libraries(window=False))
    if not (ROOT / "resources" / "icons-aws").is_dir():
        fetch_icons(ROOT, again=True)
    print(f"Berth is ready: {PROGRAM}")
    return 0


def test(arguments: list[str]) -> int:
    """Run the tests without a display."""
    prepare(Level.DEVELOP, needed_libraries(window=False))
    return run_python(["-m", "pytest", *arguments], directory=ROOT, offscreen=True)


def check() -> int:
    """Run every check, so that one failing does not hide another."""
    prepare(Level.DEVELOP, {})
    checks = [
        ["-m", "ruff", "check"],
        ["-m", "ruff", "format", "--check"],
        ["-m", "mypy"],
        ["-c", "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"],
    ]
    return max([run_python(words, directory=ROOT) for words in checks])


def bench(arguments: list[str]) -> int:
    """Run the benchmarks without a display."""
    prepare(Level.BENCH, needed_libraries(window=False))
    return run_python(["-m", "benchmarks", *arguments], directory=ROOT, offscreen=True)


def binary(arguments: list[str]) -> int:
    """Build the workshop binary; what it needs beside Python to be built, Qt needs to be packed."""
    prepare(Level.BINARY, {**needed_libraries(window=False), **(X11_LIBRARIES if on_linux() else {})})
    return run_python(["packaging/binary.py", *arguments], directory=ROOT, level=Level.BINARY)


def binary_test(arguments: list[str]) -> int:
    """Build the workshop binary, and prove that it runs where nothing is installed."""
    return binary(["--no-archive"]) or run_python(["packaging/proof.py", *arguments], ROOT, level=Level.BINARY)


def help_text() -> str:
    """Every word and what it does."""
    return "\n".join(f"  {PROGRAM} {word:<11} {meaning}" for word, meaning in COMMANDS.items())


def run_command(arguments: list[str]) -> int:
    """Do what the words say."""
    word, rest = (arguments[0], arguments[1:]) if arguments else ("app", [])
    if word in ("help", "-h", "--help"):
        print(help_text())
        return 0
    if word.startswith("-") or word.endswith(".berth") or word.lower().startswith("berth:"):
        return app(arguments)
    if word in APP_COMMANDS:
        typed = " ".join(shlex.quote(word) for word in arguments)
        print(f"“{word}” is a word of the app: {PROGRAM} app {typed}", file=sys.stderr)
        return 2
    if word not in COMMANDS:
        print(f"There is no word “{word}”; these there are:\n{help_text()}", file=sys.stderr)
        return 2
    if word == "setup":
        return run_setup()
    if word == "check":
        return check()
    return {"app": app, "test": test, "bench": bench, "binary": binary, "binary-test": binary_test}[word](rest)


def main() -> int:
    """Obey, and end without a traceback."""
    try:
        return run_command(sys.argv[1:])
    except SetupError as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
