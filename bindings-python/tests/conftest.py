"""What the tests of the installed package share: a small tree and a rule of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
import treeward

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"

OWN_RULE = """
rules:
  - id: python-file
    severity: HIGH
    message: "`{name}` is Python"
    metadata: {area: testing, confidence: high, remediation: Write it in something else}
    query: SELECT span, name, 'file ' || name AS subject, 'fail' AS verdict FROM file WHERE artifact = 'python'
"""


def pytest_configure() -> None:
    where = Path(treeward.__file__).resolve()
    assert ROOT / "bindings-python" not in where.parents, f"install the wheel: {where} is the source"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    (folder / "app").mkdir(parents=True)
    (folder / "app" / "main.py").write_text("import os\n")
    (folder / "docker-compose.yml").write_text("services:\n  web:\n    image: nginx\n")
    return folder


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.yaml"
    path.write_text(OWN_RULE)
    return path


@pytest.fixture
def auditor(rules: Path) -> treeward.Auditor:
    return treeward.Auditor(rules=rules, builtin=False)


@pytest.fixture(scope="session")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough files that an audit is not over before anybody looks."""
    folder = tmp_path_factory.mktemp("wide")
    for at in range(3000):
        (folder / f"m{at}.py").write_text("x = [f(1), g(2)]\n" * 200)
    return folder


def systems() -> "list[Path]":
    """The systems of the corpus, each with its variants."""
    return sorted(path for path in CORPUS.glob("*/*") if path.is_dir())
