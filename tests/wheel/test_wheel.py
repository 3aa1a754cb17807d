"""The installed program: built, installed into a fresh environment, and run far from the checkout."""

from __future__ import annotations

import json
import os
import shutil
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from iep_tui import __version__

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).resolve().parents[2]

MAYA = {
    "format": "iep-tui/case",
    "version": 1,
    "id": "maya",
    "meetings": [
        {
            "answers": {
                "child-name": {"value": "Maya", "share": "teachers"},
                "state": {"value": "Badger", "share": "family"},
            }
        }
    ],
}


class Installed(NamedTuple):
    """A wheel and the environment it was installed into."""

    wheel: Path
    python: Path
    program: Path


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def find_pip(python: Path) -> Path:
    """An interpreter with a pip that installs into other environments; the tests' own may have none."""
    for one in (sys.executable, Path(sys.base_prefix, python.parent.name, python.name), shutil.which("python3")):
        if one and run(one, "-m", "pip", "--python", python, "--version", cwd=python.parent).returncode == 0:
            return Path(one)
    pytest.skip("there is no pip of version 22.3 or newer on this computer")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """A wheel built from the checkout and installed without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run(
        *(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT),
        cwd=folder,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    [wheel] = folder.glob("*.whl")

    place = folder / "place"
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(place)
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / Path(sys.executable).name
    put = run(
        *(find_pip(python), "-m", "pip", "--python", python, "install"),
        *("--no-deps", "--no-index", "--disable-pip-version-check", wheel),
        cwd=folder,
    )
    assert put.returncode == 0, put.stdout + put.stderr

    # What the program needs comes from the environment of the tests. `.pth` files of that one are not followed, so
    # that an editable install of the checkout stays out.
    packages = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    needed = [Path(one) for one in site.getsitepackages() if Path(one).is_dir()]
    Path(packages.stdout.strip(), "needed.pth").write_text("\n".join(map(str, needed)), encoding="utf-8")
    return Installed(wheel, python, scripts / ("iep-tui.exe" if os.name == "nt" else "iep-tui"))


@pytest.fixture
def elsewhere(tmp_path: Path) -> dict[str, str]:
    """An environment without the checkout and without a home."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return environment | {"IEP_TUI_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}


def test_the_wheel_holds_the_program_its_looks_and_the_questions(installed: Installed) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    ours = {
        str(path.relative_to(ROOT / "questions")).replace(os.sep, "/") for path in (ROOT / "questions").rglob("*.*")
    }
    assert len(ours) > 5
    assert {f"iep_tui/questions/{name}" for name in ours} <= set(names)
    sources = {str(path.relative_to(ROOT)).replace(os.sep, "/") for path in (ROOT / "iep_tui").rglob("*.py")}
    assert sources <= set(names)
    looks = ("app.tcss", "screens/case_screen.tcss", "screens/question_screen.tcss", "screens/overlay_screen.tcss")
    assert {f"iep_tui/tui/{name}" for name in looks} <= set(names)
    data = ("page.css", "docx_parts/styles.xml", "docx_parts/settings.xml", "pdf_template/sheet.typ")
    assert {f"iep_tui/documents/formats/{name}" for name in data} <= set(names)
    assert {"iep_tui/py.typed", f"iep_tui-{__version__}.dist-info/licenses/LICENSE"} <= set(names)
    assert all(name.startswith(("iep_tui/", f"iep_tui-{__version__}.dist-info/")) for name in names), "nothing else"
    assert len(names) == len(set(names))
    assert not [name for name in names if "__pycache__" in name]


def test_it_runs_from_where_it_was_installed(installed: Installed, tmp_path: Path, elsewhere: dict[str, str]) -> None:
    said = run(
        *(installed.python, "-c", "import iep_tui, iep_tui.cli.main; print(iep_tui.__file__)"),
        cwd=tmp_path,
        env=elsewhere,
    )
    assert said.returncode == 0, said.stderr
    assert Path(said.stdout.strip()).is_relative_to(installed.python.parent.parent)
    for command in ([installed.program], [installed.python, "-m", "iep_tui"]):
        said = run(*command, "--version", cwd=tmp_path, env=elsewhere)
        assert (said.returncode, said.stdout, said.stderr) == (0, f"iep-tui {__version__}\n", "")


def test_the_questions_are_inside(installed: Installed, tmp_path: Path, elsewhere: dict[str, str]) -> None:
    listed = run(installed.program, "sets", "list", cwd=tmp_path, env=elsewhere)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "start  Start here  (" in listed.stdout
    assert listed.stdout.count(", ours)\n") == len(listed.stdout.splitlines()) > 5
    checked = run(installed.program, "sets", "check", cwd=tmp_path, env=elsewhere)
    assert (checked.returncode, checked.stderr) == (0, "")
    where = run(installed.program, "where", cwd=tmp_path, env=elsewhere).stdout
    assert str(installed.python.parent.parent) in where
    assert str(ROOT) not in where


def test_a_case_goes_in_and_comes_out(installed: Installed, tmp_path: Path, elsewhere: dict[str, str]) -> None:
    (tmp_path / "maya.json").write_text(json.dumps(MAYA), encoding="utf-8")
    taken = run(installed.program, "import", "maya.json", cwd=tmp_path, env=elsewhere)
    assert (taken.returncode, taken.stdout, taken.stderr) == (0, "maya\n", "")
    sheet = run(installed.program, "export", "Maya", "--for", "teachers", cwd=tmp_path, env=elsewhere)
    assert (sheet.returncode, sheet.stderr) == (0, "")
    assert "Maya" in sheet.stdout
    assert "Badger" not in sheet.stdout
    data = run(installed.program, "export", "Maya", "--format", "json", cwd=tmp_path, env=elsewhere)
    assert json.loads(data.stdout)["meetings"][0]["answers"]["state"]["value"] == "Badger"
    assert {path.name for path in tmp_path.iterdir()} == {"maya.json", "data"}


def test_the_terminal_part_can_be_loaded(installed: Installed, tmp_path: Path, elsewhere: dict[str, str]) -> None:
    code = "from iep_tui.tui.app import PrepApp; from pathlib import Path; print(PrepApp.CSS_PATH)"
    said = run(installed.python, "-c", code, cwd=tmp_path, env=elsewhere)
    assert (said.returncode, said.stdout.strip(), said.stderr) == (0, "app.tcss", "")
