"""What contributors rely on: the hosted workflow, the hooks and the targets they call, the license, the typing mark."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"
HOOKS = ROOT / ".pre-commit-config.yaml"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"

#: Actions the workflow may use besides: they get the checkout and Python, and run nothing of ours.
ACTIONS = {"actions/checkout", "actions/setup-python"}


def targets() -> set[str]:
    """The targets of the Makefile."""
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def faults(workflow: str) -> list[str]:
    """Everything in a workflow that is no call of a make target that exists."""
    found = []
    for line in re.findall(r"^\s*(?:- )?run:(.*)$", workflow, re.MULTILINE):
        program, *named = line.split() or [""]
        if program != "make" or not named:
            found.append(f"no call of make: {line.strip()}")
        found += [f"no target: {one}" for one in named if program == "make" and one not in targets()]
    used = re.findall(r"^\s*(?:- )?uses: *([^@\s]+)", workflow, re.MULTILINE)
    found += [f"no action we know: {one}" for one in used if one not in ACTIONS]
    return found


def test_the_hosted_workflow_calls_make_targets_and_nothing_else() -> None:
    workflow = WORKFLOW.read_text("utf-8")
    assert faults(workflow) == []
    called = set(re.findall(r"run: make (\S+)", workflow))
    assert {"install", "lint", "types", "contracts", "test"} <= called


def test_it_runs_on_three_systems_with_the_oldest_and_the_newest_python() -> None:
    workflow = WORKFLOW.read_text("utf-8")
    [systems] = re.findall(r"^ *os: \[(.*)\]$", workflow, re.MULTILINE)
    assert [one.strip().partition("-")[0] for one in systems.split(",")] == ["ubuntu", "macos", "windows"]
    [versions] = re.findall(r"^ *python: \[(.*)\]$", workflow, re.MULTILINE)
    oldest, newest = (one.strip().strip('"') for one in versions.split(","))
    assert packaging()["project"]["requires-python"] == f">={oldest}"
    assert newest == "3.x"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("      - run: make tset\n", "no target: tset"),
        ("      - run: make lint tset\n", "no target: tset"),
        ("      - run: make\n", "no call of make: make"),
        ("      - run: pip install pytest\n", "no call of make: pip install pytest"),
        ("      - name: Tests\n        run: |\n          make test\n", "no call of make: |"),
        ("      - uses: someone/else@v1\n", "no action we know: someone/else"),
    ],
)
def test_what_is_no_target_is_noticed(line: str, fault: str) -> None:
    assert faults(WORKFLOW.read_text("utf-8") + line) == [fault]


def test_the_hooks_call_make_targets_and_download_nothing() -> None:
    text = HOOKS.read_text("utf-8")
    assert set(re.findall(r"repo: (\S+)", text)) == {"local"}
    assert set(re.findall(r"language: (\S+)", text)) == {"system"}
    entries = re.findall(r"entry: make (\S+)$", text, re.MULTILINE)
    assert len(entries) == text.count("entry:") > 0
    assert set(entries) <= targets()


def test_every_target_is_explained_and_every_explained_one_exists() -> None:
    text = CONTRIBUTING.read_text("utf-8")
    explained = set(re.findall(r"^\| `make ([a-z-]+)` \|", text, re.MULTILINE))
    assert explained <= targets()
    assert targets() - explained <= {"bench-again"}
    assert set(re.findall(r"\bmake ([a-z]+(?:-[a-z]+)*)`", text)) <= targets()
    [phony] = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(phony.split()) == targets()


def test_it_is_said_what_was_not_run() -> None:
    text = " ".join(CONTRIBUTING.read_text("utf-8").split())
    assert "Nobody has run the program or its tests on macOS or Windows yet" in text


def packaging() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_the_license_is_the_one_that_the_package_names() -> None:
    assert packaging()["project"]["license"] == "MIT"
    for name in packaging()["project"]["license-files"]:  # type: ignore[attr-defined]
        text = (ROOT / name).read_text("utf-8")
        assert text.startswith("MIT License\n")
        assert re.search(r"^Copyright \(c\) \d{4} the iep-tui authors$", text, re.MULTILINE)


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "iep_tui" / "py.typed").read_bytes() == b""


def test_the_source_package_has_the_files_for_contributors() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        included = tomllib.load(file)["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert {"LICENSE", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs", "tests", "Makefile"} <= set(included)
    assert all((ROOT / name).exists() for name in included)
