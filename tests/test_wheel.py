"""What is shipped works without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    script = f"from hatchling.build import build_wheel; print(build_wheel({str(folder)!r}))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    return folder / done.stdout.split()[-1]


def test_bones_and_scenes_are_in_the_wheel(wheel: Path) -> None:
    """Every shipped mesh and scene of the checkout is inside the package."""
    shipped = [*ROOT.glob("assets/meshes/*.npz"), *ROOT.glob("scenes/*.yaml")]
    names = set(zipfile.ZipFile(wheel).namelist())

    assert shipped
    assert {f"kyphoviz/{path.relative_to(ROOT).as_posix()}" for path in shipped} <= names


def test_the_installed_wheel_runs_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own, from another folder, the installed program tells a state."""
    home, elsewhere = tmp_path / "env", tmp_path / "elsewhere"
    elsewhere.mkdir()
    venv.create(home, with_pip=False)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = Path(_printed(python, "import sysconfig; print(sysconfig.get_path('purelib'))", elsewhere))
    _install(python, wheel, site)
    # The libraries come from the environment of the tests; the program itself only from the wheel.
    (site / "libraries.pth").write_text(_printed(Path(sys.executable), "import numpy; print(numpy.__path__[0][:-6])"))

    place = _printed(python, "import kyphoviz; print(kyphoviz.__file__)", elsewhere)
    state = _printed(
        python, "from kyphoviz.cli import main; main(['state', 'kyphoplasty', '--at', 'incision'])", elsewhere
    )

    assert Path(place).is_relative_to(site)
    assert "incision" in state.split()


def _install(python: Path, wheel: Path, site: Path) -> None:
    """Puts the wheel where pip would, with nothing else."""
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([*command, "--quiet", "--target", str(site)], check=True, capture_output=True)


def _printed(python: Path, script: str, folder: Path | None = None) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [python, "-W", "error", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()
