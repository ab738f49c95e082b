"""An editor's session: what each edit changed."""

from __future__ import annotations

import multiprocessing
import os
import re
import threading
from pathlib import Path
from typing import Any

import pytest
import treeward

ROOT = Path(__file__).resolve().parents[2]
LOAD = "import yaml\n\nsettings = yaml.load(open('a.yml'))\n"


def test_an_edit_gives_the_findings_that_it_changed(tree: Path) -> None:
    session = treeward.Auditor(select="python/unsafe-yaml-load").open_session(tree)
    changed = session.update("app/main.py", LOAD)
    assert [(path, at.rule_id, at.start.line) for path, found in changed.items() for at in found] == [
        ("app/main.py", "python/unsafe-yaml-load", 3)
    ]
    assert session.findings(tree / "app" / "main.py") == changed["app/main.py"]
    assert session.update("app/main.py", LOAD + "# more\n") == {}
    assert session.close("app/main.py") == {"app/main.py": ()}
    assert session.findings("app/main.py") == () == session.findings("no/such.py")


@pytest.mark.parametrize("readme", ["README.md", "bindings-python/README.md"])
def test_the_example_of_the_readme_runs(readme: str, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / readme).read_text(encoding="utf-8"), re.DOTALL)
    example = next(block for block in blocks if "open_session" in block)
    monkeypatch.chdir(tree)
    names: "dict[str, Any]" = {"treeward": treeward}
    exec(example, names)
    assert [finding.rule_id for finding in names["changed"]["app/main.py"]] == ["python/unsafe-yaml-load"]


def test_an_edit_changes_what_is_found_in_other_files(tree: Path) -> None:
    rule = tree.parent / "lonely.yaml"
    rule.write_text(
        "rules:\n  - id: no-dockerfile\n    severity: LOW\n    message: no Dockerfile\n    query: |\n"
        "      SELECT span, 'fail' AS verdict FROM file WHERE artifact = 'compose'\n"
        "      AND NOT EXISTS (SELECT 1 FROM file WHERE artifact = 'dockerfile')\n"
    )
    session = treeward.Auditor(rules=rule, builtin=False).open_session(tree)
    assert len(session.findings("docker-compose.yml")) == 1
    assert session.update("Dockerfile", "FROM alpine\n") == {"docker-compose.yml": ()}
    assert list(session.remove("Dockerfile")) == ["docker-compose.yml"]


def test_the_audit_is_that_of_the_tree_written_out(tree: Path) -> None:
    auditor = treeward.Auditor()
    session = auditor.open_session(tree)
    session.update("app/main.py", LOAD)
    (tree / "app" / "main.py").write_text(LOAD)
    assert session.audit() == auditor.audit(tree)
    with pytest.raises(treeward.QueryError):
        session.audit().query("SELECT 1")


def test_what_no_session_takes_is_refused(tree: Path, auditor: treeward.Auditor) -> None:
    session = auditor.open_session(tree)
    for path, text, why in [("../a.py", "", "outside"), ("app", "", "folder"), ("a.py", "\0", "binary"), ("a.py", "x" * (3 << 20), "bound")]:
        with pytest.raises(treeward.RefusedError, match=why) as caught:
            session.update(path, text)
        assert caught.value.path == path
    with pytest.raises(treeward.UnreadableError):
        auditor.open_session(tree / "nowhere")


def test_threads_share_a_session(tree: Path, auditor: treeward.Auditor) -> None:
    session = auditor.open_session(tree)
    threads = [threading.Thread(target=session.update, args=(f"m{at}.py", "x = 1\n")) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [finding.path for finding in session.audit().findings] == ["app/main.py", *(f"m{at}.py" for at in range(4))]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_is_told_to_open_its_own(tree: Path, auditor: treeward.Auditor) -> None:
    session = auditor.open_session(tree)
    receive, send = multiprocessing.Pipe(duplex=False)

    def use() -> None:
        try:
            session.update("a.py", "")
        except treeward.UsageError as error:
            send.send(str(error))

    child = multiprocessing.get_context("fork").Process(target=use)
    child.start()
    assert receive.poll(60) and "after the fork" in receive.recv()
    child.join()
