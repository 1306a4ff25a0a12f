"""Sets up Berth next to this file, then starts, tests or checks it; needs only Python.

The packages are pinned, and pip verifies the hash of each. They go into a `.venv` next to this file. Stamp files in
it record what is installed. They are written last: after an interruption, a move or a change of Python the `.venv` is
created again, and a complete one adds nothing to the start time.

This file uses only syntax that Python 3.6 can parse, so that an old Python can print its error.
"""

import os
import sys

try:
    import contextlib
    import shlex
    import shutil
    import signal
    import subprocess
    from enum import IntEnum
    from pathlib import Path
except ImportError as error:  # Debian's python3-minimal
    sys.exit(
        "Berth needs a complete Python; this one lacks the module {}. {}".format(
            error.name,
            "Paste this line, then start again:\n  {}apt-get install -y python3 python3-venv".format(
                "" if os.geteuid() == 0 else "sudo "
            )
            if os.path.exists("/usr/bin/apt-get")  # noqa: PTH110 (pathlib may be missing)
            else "Install a complete one and use that.",
        )
    )

OLDEST = (3, 11)
if sys.version_info < OLDEST:
    newer = [name for name in ("python3.14", "python3.13", "python3.12", "python3.11") if shutil.which(name)]
    sys.exit(
        "Berth needs Python {}.{} or newer; this is Python {}.{}. {}".format(
            *OLDEST,
            *sys.version_info[:2],
            f"Use the newer one of this system:\n  {newer[0]} run.py"
            if newer
            else "Install a newer Python and use that.",
        )
    )

ROOT = Path(__file__).resolve().parent
PROGRAM = "py run.py" if sys.platform == "win32" else "python3 run.py"

COMMANDS = {
    "app": "set up if needed and open the window; passes further arguments on (the default)",
    "setup": "only set up what the app needs",
    "test": "run all tests without a display (--quick: in a minute, --coverage: measure); more goes to pytest",
    "check": "run the linter, the formatter, the type checker and the import rules",
    "bench": "run the benchmarks; passes further arguments on",
    "binary": "build the standalone program into dist/",
    "binary-test": "build the standalone program and test it in a bare system; needs Linux and root",
    "help": "show this help",
}

APP_COMMANDS = ("recommend", "export", "tree", "new-pack", "self-check", "open")
"""The commands of explorer/cli/commands.py, except `check`, which this file has too; a test compares them."""

# The system libraries that Qt loads, and their packages on Debian and on Arch. The other package managers find a
# package by the name of a library.
LIBRARIES = {
    "libEGL.so.1": ("libegl1", "libglvnd"),
    "libGL.so.1": ("libgl1", "libglvnd"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
}
X11_LIBRARIES = {
    "libX11-xcb.so.1": ("libx11-xcb1", "libx11"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": ("libwayland-client0", "wayland"),
    "libwayland-cursor.so.0": ("libwayland-cursor0", "wayland"),
}

INSTALL_COMMANDS = {
    "apt-get": "{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {packages}",
    "dnf": "{sudo}dnf install -y {packages}",
    "pacman": "{sudo}pacman -S --needed --noconfirm {packages}",
    "zypper": "{sudo}zypper --non-interactive install {packages}",
    "apk": "{sudo}apk add {packages}",
}
"""The line that installs packages, for each package manager."""

# Limits of the pinned PySide6 wheels.
FIRST_UNSUPPORTED = (3, 15)
MINIMUM_GLIBC = {"x86_64": (2, 34), "aarch64": (2, 39)}
MINIMUM_MACOS = 13
DISK_SPACE_MB = 450


class Level(IntEnum):
    """What is installed. Each level includes those before it, except BINARY."""

    APP = 0
    DEVELOP = 1
    BENCH = 2
    BINARY = 3  # the app and PyInstaller, in a separate .venv: the binary must not contain other packages


REQUIREMENT_FILES = (
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-bench.txt",
    "requirements-binary.txt",
)


class SetupError(Exception):
    """Setup cannot continue; its text is shown to the user."""


# State of the .venv


def requirement_files(root: Path, level: Level) -> list[Path]:
    """Return the files that pin the packages of a level."""
    names = REQUIREMENT_FILES[:: Level.BINARY] if level is Level.BINARY else REQUIREMENT_FILES[: level + 1]
    return [root / name for name in names]


def venv_folder(root: Path, level: Level = Level.APP) -> Path:
    """Return the `.venv` folder of a level."""
    return root / (".venv-binary" if level is Level.BINARY else ".venv")


def hash_of(files: list[Path]) -> str:
    """Return a hash of the contents of the files."""
    from hashlib import sha256

    return sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def venv_python(root: Path, level: Level = Level.APP) -> Path:
    """Return the Python of the `.venv`."""
    return venv_folder(root, level) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def environment_stamp(root: Path, level: Level = Level.APP) -> Path:
    """Return the stamp that records the Python and the location that the `.venv` was created for."""
    return venv_folder(root, level) / "berth-made-for"


def level_stamp(root: Path, level: Level) -> Path:
    """Return the stamp that records which pins of a level are installed."""
    return venv_folder(root, level) / f"berth-{level.name.lower()}"


def in_progress_marker(root: Path, level: Level = Level.APP) -> Path:
    """Return the file that exists during an installation; if it is found later, the installation was interrupted."""
    return venv_folder(root, level) / "berth-busy"


def environment_id(root: Path) -> str:
    """Return the Python version, platform and location: a `.venv` works only there."""
    return f"{sys.implementation.cache_tag} {sys.platform} {root}"


def icons_stamp(root: Path, level: Level = Level.APP) -> Path:
    """Return the stamp that records which icons were requested, whether or not the download succeeded."""
    return venv_folder(root, level) / "berth-icons"


def stamp_matches(stamp: Path, text: str) -> bool:
    """Whether the stamp exists and contains this text."""
    try:
        return stamp.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False


def is_valid(root: Path, level: Level = Level.APP) -> bool:
    """Whether the `.venv` was created here, for this Python, and no installation was interrupted."""
    created_here = stamp_matches(environment_stamp(root, level), environment_id(root))
    return created_here and venv_python(root, level).exists() and not in_progress_marker(root, level).exists()


def is_ready(root: Path, level: Level) -> bool:
    """Whether all packages of a level are installed."""
    return is_valid(root, level) and stamp_matches(level_stamp(root, level), hash_of(requirement_files(root, level)))


# Setup


def set_up(root: Path, level: Level) -> bool:
    """Install a level if needed; return whether anything was installed."""
    if is_ready(root, level):
        return False
    print(
        f"Setting up Berth in {venv_folder(root, level).name}. This is needed once and takes about a minute.",
        flush=True,
    )
    try:
        if not is_valid(root, level):
            create_venv(root, level)
        install(root, level)
    except OSError as error:
        raise SetupError(f"Cannot set up Berth in {root}: {error.strerror or error}.") from error
    compile_packs(root, level)
    return True


def compile_packs(root: Path, level: Level) -> None:
    """Compile the shipped packs for quick starts. If that fails, the app compiles them itself."""
    command = [str(venv_python(root, level)), "-m", "explorer.storage.packs.compiled_cache"]
    with contextlib.suppress(OSError):
        subprocess.run(command, cwd=str(root), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def create_venv(root: Path, level: Level) -> None:
    """Create an empty `.venv`; delete an existing one."""
    venv = venv_folder(root, level)
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    elif venv.exists():
        shutil.rmtree(venv)
    venv.mkdir()
    python = getattr(sys, "_base_executable", sys.executable)  # this process may run from the deleted .venv
    created = subprocess.run(
        [python, "-m", "venv", str(venv)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if created.returncode:
        reason = last_error_line(created.stdout.decode(errors="replace"))
        raise SetupError(f"Cannot create {venv.name}: {reason}")
    environment_stamp(root, level).write_text(environment_id(root), encoding="utf-8")


def install(root: Path, level: Level) -> None:
    """Install the pinned packages, then write the stamps."""
    in_progress_marker(root, level).touch()
    failure = pip(venv_python(root, level), requirement_files(root, level))
    in_progress_marker(root, level).unlink()
    if failure:
        raise SetupError(f"Cannot install the packages. Check the network connection. pip reports: {failure}")
    for done in [level] if level is Level.BINARY else Level:
        if done <= level:
            level_stamp(root, done).write_text(hash_of(requirement_files(root, done)), encoding="utf-8")


def pip(python: Path, files: list[Path]) -> str:
    """Install the packages that the files pin; return the error of pip, empty if it succeeds."""
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    command += ["--require-hashes", "--only-binary", ":all:", "--compile"]
    for file in files:
        command += ["--requirement", str(file)]
    output = []
    with subprocess.Popen(
        command,
        env=pip_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as child:
        for line in child.stdout or ():
            output.append(line)
            if line.lstrip().startswith("Downloading") and ".metadata" not in line:
                print(f"  downloading {line.split('/')[-1].replace('Downloading', '').strip()}", flush=True)
    return last_error_line("".join(output)) if child.returncode else ""


def pip_environment() -> dict[str, str]:
    """Return the environment without variables that change the target folder or prevent compiled bytecode."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, "PYTHONIOENCODING": "utf-8"}


def fetch_icons(root: Path, level: Level = Level.APP, again: bool = False) -> None:
    """Download the AWS icons, once for each change of the icon list; a failure is not an error."""
    step = root / "packaging" / "install_icons.py"
    wanted = hash_of([step, root / "resources" / "icons.toml", *sorted((step.parent / "aws-icons").iterdir())])
    if again or not stamp_matches(icons_stamp(root, level), wanted):
        subprocess.run([str(venv_python(root, level)), str(step)], check=False)
        icons_stamp(root, level).write_text(wanted, encoding="utf-8")


def last_error_line(text: str) -> str:
    """Return the last line that starts with ERROR, else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["no output"])[-1]


# Requirements of the system


def on_linux() -> bool:
    """Whether Qt needs a display server and system libraries."""
    return sys.platform.startswith("linux")


def opens_window(arguments: list[str]) -> bool:
    """Whether the app opens its window for these arguments; other commands need no display."""
    first = arguments[0] if arguments else ""
    return (
        first in ("", "open") or first.endswith(".berth") or first.lower().startswith(("--pack", "--icons", "berth:"))
    )


def require_display() -> None:
    """Raise SetupError if there is no display: Qt would abort the process."""
    names = [name for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY") if os.environ.get(name)]
    remedy = f"Start this from a desktop session, or export to a file with: {PROGRAM} app export picture.png"
    if not on_linux() or "QT_QPA_PLATFORM" in names:
        return
    if not names:
        raise SetupError(
            "Cannot open a window: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set). " + remedy
        )
    if not any(is_reachable(name) for name in names):
        raise SetupError(f"Cannot open a window: the display of {' and '.join(names)} cannot be reached. {remedy}")


def is_reachable(variable: str) -> bool:
    """Whether the display that the variable names accepts connections; True if this cannot be determined."""
    display = os.environ[variable]
    if variable == "WAYLAND_DISPLAY":
        return Path(os.environ.get("XDG_RUNTIME_DIR", ""), display).exists()
    if Path("/tmp/.X11-unix", "X" + display.rpartition(":")[2].partition(".")[0]).exists():
        return True  # the usual case, without loading a library
    if is_missing("libxcb.so.1"):
        return True
    from ctypes import CDLL, c_void_p

    xcb = CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = c_void_p
    connection = c_void_p(xcb.xcb_connect(None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def needed_libraries(window: bool) -> dict[str, tuple[str, str]]:
    """Return the libraries that Qt loads, and the packages of each."""
    if not on_linux():
        return {}
    platform = os.environ.get("QT_QPA_PLATFORM", "wayland" if os.environ.get("WAYLAND_DISPLAY") else "xcb")
    if not window:
        return LIBRARIES
    if platform.startswith("wayland"):
        return {**LIBRARIES, **WAYLAND_LIBRARIES}
    return {**LIBRARIES, **X11_LIBRARIES} if platform.startswith("xcb") else LIBRARIES


def is_missing(library: str) -> bool:
    """Whether the library cannot be loaded."""
    from ctypes import CDLL

    try:
        CDLL(library)
    except OSError:
        return True
    return False


def missing_modules() -> list[str]:
    """Return the modules that this Python lacks: Debian packages some of them separately."""
    from importlib.util import find_spec

    return [name.lstrip("_") for name in ("venv", "ensurepip", "_ctypes", "_ssl", "zlib") if find_spec(name) is None]


def unsupported_reason() -> str:
    """Return why the pinned packages do not run on this system; empty if they do."""
    import platform
    import sysconfig

    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    if sys.version_info >= FIRST_UNSUPPORTED:
        return f"its window library supports Python up to {FIRST_UNSUPPORTED[0]}.{FIRST_UNSUPPORTED[1] - 1}"
    if sys.implementation.name != "cpython" or sysconfig.get_config_var("Py_GIL_DISABLED"):
        return "it needs the standard build of CPython"
    if sys.maxsize < 2**32 or machine not in MINIMUM_GLIBC:
        return f"there are no packages for {machine} with a {'64' if sys.maxsize > 2**32 else '32'}-bit Python"
    if sys.platform == "darwin" and int(platform.mac_ver()[0].partition(".")[0] or MINIMUM_MACOS) < MINIMUM_MACOS:
        return f"it needs macOS {MINIMUM_MACOS} or newer"
    return unsupported_libc(machine) if on_linux() else ""


def unsupported_libc(machine: str) -> str:
    """Return why the C library of this system is not supported; empty if it is."""
    try:
        name, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").split()
    except (ValueError, OSError):
        return "its window library needs glibc, and this system has another C library"
    if tuple(int(part) for part in version.split(".")[:2]) < MINIMUM_GLIBC[machine]:
        minimum = ".".join(map(str, MINIMUM_GLIBC[machine]))
        return f"its window library needs {name} {minimum} or newer on {machine}, and this system has {version}"
    return ""


def install_line(libraries: list[str], modules: list[str]) -> str:
    """Return the line that installs libraries and modules of Python here; empty if there is none."""
    manager = next((name for name in INSTALL_COMMANDS if shutil.which(name)), "")
    known = {**LIBRARIES, **X11_LIBRARIES, **WAYLAND_LIBRARIES}
    version = "{}.{}".format(*sys.version_info[:2])
    if not (libraries or modules) or not manager or (modules and (manager != "apt-get" or sys.base_prefix != "/usr")):
        return ""  # where the modules are not packages, Python itself is incomplete
    packages = [f"python{version}-venv"] if {"venv", "ensurepip"} & set(modules) else []
    packages += [f"python{version}"] if {"ctypes", "ssl", "zlib"} & set(modules) else []
    for library in libraries:
        if manager in ("apt-get", "pacman"):
            packages.append(known[library][manager == "pacman"])
        else:
            packages.append(f"so:{library}" if manager == "apk" else f"'{library}()(64bit)'")
    sudo = "" if os.geteuid() == 0 else "sudo "
    return INSTALL_COMMANDS[manager].format(sudo=sudo, packages=" ".join(dict.fromkeys(packages)))


def missing_parts_message(libraries: dict[str, tuple[str, str]], modules: list[str]) -> str:
    """Return an error with one line to paste, which installs what is missing; empty if nothing is missing."""
    missing = missing_libraries(libraries, modules)
    if not missing and not modules:
        return ""
    names = ", ".join([*(f"the Python module {name}" for name in modules), *missing])
    # The line also installs what a window needs, so that the next command needs no other line.
    line = install_line(missing_libraries({**libraries, **needed_libraries(window=True)}, modules), modules)
    if line:
        return f"Berth cannot start because this system lacks {names}. Paste this line, then start again:\n  {line}"
    remedy = "Install a complete Python" if modules else "Install them with the package manager of your system"
    return f"Berth cannot start because this system lacks {names}. {remedy}, then start again."


def missing_libraries(libraries: dict[str, tuple[str, str]], modules: list[str]) -> list[str]:
    """Return the libraries that cannot be loaded; without the module ctypes this is not known, and all are listed."""
    return [library for library in libraries if "ctypes" in modules or is_missing(library)]


def preflight(root: Path, level: Level, libraries: dict[str, tuple[str, str]]) -> None:
    """Raise SetupError if this system lacks what Berth needs. Nothing is downloaded before.

    Libraries are checked until they were found once; the other checks are needed only before a setup.
    """
    ready = is_ready(root, level)
    if ready and found_libraries(root, level).issuperset(libraries):
        return
    reason = "" if ready else unsupported_reason()
    if reason:
        raise SetupError(f"Berth cannot run on this system: {reason}.")
    missing = missing_parts_message(libraries, [] if ready else missing_modules())
    if missing:
        raise SetupError(missing)
    free = shutil.disk_usage(str(root)).free // 1_000_000
    if not is_valid(root, level) and free < DISK_SPACE_MB:
        raise SetupError(
            f"Berth needs {DISK_SPACE_MB} MB of disk space in {root}, and {free} MB are free. "
            "Free some space, then start again."
        )


def libraries_stamp(root: Path, level: Level) -> Path:
    """Return the stamp that records which system libraries were found."""
    return venv_folder(root, level) / "berth-libraries"


def found_libraries(root: Path, level: Level) -> set[str]:
    """Return the system libraries that were found before."""
    try:
        return set(libraries_stamp(root, level).read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError):
        return set()


# Commands


def prepare(level: Level, libraries: dict[str, tuple[str, str]]) -> None:
    """Check the system, then set up; raise SetupError if a part is missing."""
    preflight(ROOT, level, libraries)
    set_up(ROOT, level)
    fetch_icons(ROOT, level)
    found = found_libraries(ROOT, level)
    if not found.issuperset(libraries):
        with contextlib.suppress(OSError):  # a read-only folder: the libraries are checked at every start
            libraries_stamp(ROOT, level).write_text("\n".join(sorted(found.union(libraries))), encoding="utf-8")


def run_python(
    command: list[str], directory: Path | None = None, offscreen: bool = False, level: Level = Level.APP
) -> int:
    """Run the Python of the `.venv` with these arguments and return its exit status."""
    environment = dict(os.environ)
    environment["BERTH_COMMAND"] = f"{PROGRAM} app"  # shown in help and errors
    if offscreen:
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    with subprocess.Popen([str(venv_python(ROOT, level)), *command], cwd=directory, env=environment) as child:
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        while True:
            try:
                code = child.wait()
            except KeyboardInterrupt:
                continue  # the child has the interrupt too: wait until it has saved
            return code if code >= 0 else 128 - code


def app(arguments: list[str]) -> int:
    """Run the app with these arguments."""
    window = opens_window(arguments)
    if window:
        require_display()
    libraries = needed_libraries(window)
    prepare(Level.APP, libraries)
    code = run_python([str(ROOT / "main.py"), *arguments])
    missing = missing_parts_message(libraries, []) if code else ""
    if missing:
        print(missing, file=sys.stderr)
    return code


def run_setup() -> int:
    """Set up the app; download the icons again if they are missing."""
    tried_before = icons_stamp(ROOT).exists()
    prepare(Level.APP, needed_libraries(window=False))
    if tried_before and not (ROOT / "resources" / "icons-aws").is_dir():
        fetch_icons(ROOT, again=True)
    print(f"Berth is ready: {PROGRAM}")
    return 0


def test(arguments: list[str]) -> int:
    """Run the tests in parallel, without a display.

    `--quick` leaves out the slow tests and those that open a window, and draws few random examples;
    `--coverage` measures.
    """
    prepare(Level.DEVELOP, needed_libraries(window=False))
    if "--quick" in arguments:
        os.environ.setdefault("BERTH_HYPOTHESIS", "quick")
    return run_python(["-m", "pytest", *pytest_arguments(arguments)], directory=ROOT, offscreen=True)


def pytest_arguments(arguments: list[str]) -> list[str]:
    """Return the arguments for pytest: in parallel unless `-n` is given, with our own options translated."""
    ours = {"--quick": ["-m", "not slow and not window"], "--coverage": ["--cov", "--cov-report=term:skip-covered"]}
    translated = [option for name in ours if name in arguments for option in ours[name]]
    others = [argument for argument in arguments if argument not in ours]
    parallel = [] if any(argument.startswith(("-n", "--numprocesses")) for argument in others) else ["-n", "auto"]
    return [*parallel, *translated, *others]


def check() -> int:
    """Run every check, even if one fails."""
    prepare(Level.DEVELOP, {})
    checks = [
        ["-m", "ruff", "check"],
        ["-m", "ruff", "format", "--check"],
        ["-m", "mypy"],
        ["-c", "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"],
    ]
    return max([run_python(arguments, directory=ROOT) for arguments in checks])


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, without a display."""
    prepare(Level.BENCH, needed_libraries(window=False))
    return run_python(["-m", "benchmarks", *arguments], directory=ROOT, offscreen=True)


def binary(arguments: list[str]) -> int:
    """Build the standalone program; PyInstaller collects the system libraries that Qt needs."""
    prepare(Level.BINARY, {**needed_libraries(window=False), **(X11_LIBRARIES if on_linux() else {})})
    return run_python(["packaging/build_binary.py", *arguments], directory=ROOT, level=Level.BINARY)


def binary_test(arguments: list[str]) -> int:
    """Build the standalone program and test it in a system without Python."""
    return binary(["--no-archive"]) or run_python(["packaging/verify_binary.py", *arguments], ROOT, level=Level.BINARY)


def help_text() -> str:
    """Return one line of help for each command."""
    return "\n".join(f"  {PROGRAM} {name:<11} {meaning}" for name, meaning in COMMANDS.items())


def run_command(arguments: list[str]) -> int:
    """Run the command that the arguments name and return its exit status."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("app", [])
    if name in ("help", "-h", "--help"):
        print(help_text())
        return 0
    if name.startswith("-") or name.endswith(".berth") or name.lower().startswith("berth:"):
        return app(arguments)
    if name in APP_COMMANDS:
        typed = " ".join(shlex.quote(argument) for argument in arguments)
        print(f"“{name}” is a command of the app. Run: {PROGRAM} app {typed}", file=sys.stderr)
        return 2
    if name not in COMMANDS:
        print(f"Unknown command “{name}”. The commands are:\n{help_text()}", file=sys.stderr)
        return 2
    if name == "setup":
        return run_setup()
    if name == "check":
        return check()
    return {"app": app, "test": test, "bench": bench, "binary": binary, "binary-test": binary_test}[name](rest)


def main() -> int:
    """Run the command; print errors without a traceback."""
    try:
        return run_command(sys.argv[1:])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
