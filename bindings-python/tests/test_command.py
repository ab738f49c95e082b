"""The command that the package brings."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import treeward
from conftest import systems

COMMAND = shutil.which("treeward", path=str(Path(sys.executable).parent)) or "treeward"


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")


def test_it_tells_its_version() -> None:
    assert run("--version").stdout.strip() == f"treeward {treeward.__version__}"
    module = subprocess.run([sys.executable, "-m", "treeward", "--version"], capture_output=True, text=True)
    assert module.stdout == run("--version").stdout


def test_its_exit_codes(tree: Path, rules: Path, tmp_path: Path) -> None:
    own = ("--rules", rules, "--select", "python-file")
    assert run("audit", tree, *own).returncode == 1
    assert run("audit", tree, *own, "--fail-on", "critical").returncode == 0
    missing = run("audit", tmp_path / "nowhere")
    assert missing.returncode == 2 and "nowhere" in missing.stderr


@pytest.mark.parametrize("system", systems(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_it_gives_the_audit_that_the_library_gives(system: Path) -> None:
    assert run("audit", system, "--format", "json").stdout == treeward.audit(system).to_json()
