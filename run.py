"""Set up and start Latent Atelier; nothing but Python is needed beforehand.

    python3 run.py            opens the app
    python3 run.py test       runs every test; further arguments go to pytest
    python3 run.py bench      measures what the table in the README shows

The first start makes `.venv` and installs the pinned packages into it. Later starts find a stamp there that still fits
and only start. Packages come from wherever pip is told to find them; a torch that `.venv` holds already is kept.
"""

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

if sys.version_info < (3, 11):  # noqa: UP036  # an older Python must be able to read this far and say so
    sys.exit("Latent Atelier needs Python 3.11 or newer, and this is {}.{}.".format(*sys.version_info))

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PROGRAMS = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = PROGRAMS / ("python.exe" if sys.platform == "win32" else "python")
STAMP, UNFINISHED = ENVIRONMENT / "ready", ENVIRONMENT / "unfinished"
MODULES = {"app": "desktop", "test": "pytest", "bench": "tests.benchmarks"}

# What Qt loads from a Linux system, and the Debian package that holds it; the second table is for windows under X11.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def main(arguments: list[str]) -> None:
    """Set up what is missing, then become what was asked for."""
    command = arguments[0] if arguments else "app"
    if command not in MODULES:
        print(__doc__)
        sys.exit(0 if command in ("-h", "--help") else 2)
    set_up("app" if command == "app" else "dev")
    if command == "app":
        require_display()
    x11 = X11_LIBRARIES if command == "app" and os.environ.get("DISPLAY") else {}
    require_libraries({**LIBRARIES, **x11})
    start([str(PYTHON), "-m", MODULES[command], *arguments[1:]])


def start(command: list[str]) -> NoReturn:
    """Hand over to `command` in the project's folder."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # else waiting torch threads take whole cores from the window
    os.chdir(ROOT)
    if sys.platform == "win32":  # there, exec returns to the shell at once and the two fight over the console
        sys.exit(subprocess.run(command, check=False).returncode)
    sys.stdout.flush()
    os.execv(command[0], command)


def set_up(packages: str) -> None:
    """Bring `.venv` to what this version needs, "app" or also "dev"; costs nothing where its stamp fits."""
    if is_ready(packages):
        return
    with alone():
        if is_ready(packages):  # a second start waited here for the first
            return
        print(f"Setting up {ENVIRONMENT}: this takes a minute or two, once.", flush=True)
        prepare_environment()
        install(packages)
        STAMP.write_text(f"{fingerprint()} {packages}", encoding="utf-8")
        UNFINISHED.unlink(missing_ok=True)


def is_ready(packages: str) -> bool:
    """Whether a finished set-up of this very version left its stamp."""
    try:
        stamp = STAMP.read_text(encoding="utf-8").split()
    except OSError:
        return False
    return not UNFINISHED.exists() and stamp[:1] == [fingerprint()] and stamp[1:] in ([packages], ["dev"])


def fingerprint() -> str:
    """Changes with everything that an installed environment depends on; its own place counts, for scripts name it."""
    parts = [(ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt", "run.py")]
    version = "{}.{}".format(*sys.version_info)  # a security update of Python changes nothing here
    return hashlib.sha256(b"\0".join([*parts, version.encode(), os.fsencode(ROOT)])).hexdigest()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Make a second set-up wait; the system lets go of the lock however this process ends."""
    with (ROOT / "run.py").open("r+b") as lock:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare_environment() -> None:
    """Leave a virtual environment with a working pip.

    One whose set-up was interrupted may hold half a package that pip takes for a whole one, so it is made anew. One
    that a person prepared has neither stamp nor mark: it is never deleted, and what it holds is kept.
    """
    is_ours = STAMP.exists() or UNFINISHED.exists()
    if works() and not UNFINISHED.exists():
        if is_ours:
            UNFINISHED.touch()
        return
    if is_ours:
        shutil.rmtree(ENVIRONMENT)
    elif ENVIRONMENT.exists() and any(ENVIRONMENT.iterdir()):
        sys.exit(
            f"{ENVIRONMENT} was not made here, and it has no pip or a Python older than 3.11: "
            "move it away, or put pip into it (python -m ensurepip)."
        )
    make_environment()


def works() -> bool:
    """Whether the environment's Python starts, is new enough and has pip: the system's Python may have moved on."""
    if not PYTHON.exists():
        return False
    check = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([PYTHON, "-c", check], stderr=subprocess.DEVNULL, check=False).returncode == 0


def make_environment() -> None:
    """A fresh `.venv`, marked as unfinished before anything is in it."""
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        get_packages("Python's venv module is incomplete here", [f"python3.{sys.version_info.minor}-venv"])
    ENVIRONMENT.mkdir(exist_ok=True)
    UNFINISHED.touch()
    if subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=False).returncode:
        sys.exit(f"No virtual environment could be made in {ENVIRONMENT}: the lines above say why.")


def install(packages: str) -> None:
    """Install the project where it lies, with every package at its pinned version."""
    constraints = ENVIRONMENT / "constraints.txt"
    constraints.write_text("".join(pins()), encoding="utf-8")
    project = f"{ROOT}[dev]" if packages == "dev" else str(ROOT)
    command = [str(PYTHON), "-m", "pip", "install", "--constraint", str(constraints), "--editable", project]
    if subprocess.run(command, check=False).returncode:
        sys.exit("The packages could not be installed: pip says why above. Once that is mended, start again.")


def pins() -> list[str]:
    """The constraints, without torch's where a torch is there: pip then keeps one in the range of pyproject.toml."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    has_torch = any(ENVIRONMENT.glob("[Ll]ib/**/site-packages/torch-*.dist-info"))
    return [line for line in lines if not (has_torch and line.startswith("torch=="))]


def require_display() -> None:
    """End with a sentence where no window can open."""
    variables = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in variables):
        program = shlex.quote(str(PROGRAMS / "atelier"))
        sys.exit(f'There is no display here to open a window on; {program} verses "first line" "last line" needs none.')


def require_libraries(libraries: dict[str, str]) -> None:
    """See to the system libraries that Qt's wheels do not bring."""
    absent = missing(libraries)
    if absent:
        get_packages(f"Qt needs system libraries ({', '.join(absent)})", [libraries[name] for name in absent])
        absent = missing(libraries)
    if absent:
        sys.exit(f"Qt still cannot load these system libraries: {', '.join(absent)}.")


def missing(libraries: dict[str, str]) -> list[str]:
    """Those that the system's loader does not find."""
    absent = []
    for name in libraries if sys.platform.startswith("linux") else ():
        try:
            ctypes.CDLL(name)
        except OSError:
            absent.append(name)
    return absent


def get_packages(reason: str, packages: list[str]) -> None:
    """Install system packages where that is allowed, else end with the line that does it."""
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if shutil.which("apt-get") and os.geteuid() == 0:
        print(f"{reason}: installing {' '.join(packages)}.", flush=True)
        subprocess.run(["apt-get", "update"], check=False)
        if subprocess.run(install, check=False).returncode == 0:
            return
    sys.exit(f"{reason}. On Debian and Ubuntu this line mends it:\n  sudo {' '.join(install)}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("Interrupted; the next start sets up what is missing.")
    except OSError as error:
        sys.exit(f"Latent Atelier could not be set up: {error}")
