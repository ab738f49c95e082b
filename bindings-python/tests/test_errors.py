"""What stops a run is a typed exception that says where and why."""

from __future__ import annotations

from pathlib import Path

import pytest
import treeward


def test_a_missing_path(tmp_path: Path) -> None:
    with pytest.raises(treeward.UnreadableError, match="nowhere") as caught:
        treeward.audit(tmp_path / "nowhere")
    assert caught.value.path == str(tmp_path / "nowhere")
    assert isinstance(caught.value, treeward.TreewardError)


def test_a_wrong_rule_file_lists_every_problem_with_its_place(tree: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("rules:\n  - id: broken\n    severity: HIGH\n    mesage: typo\n")
    with pytest.raises(treeward.RuleError) as caught:
        treeward.audit(tree, rules=bad)
    problem = next(problem for problem in caught.value.errors if problem.line == 4)
    assert (problem.file, problem.rule) == (str(bad), "broken")
    assert "mesage" in problem.message and str(bad) in str(caught.value)


def test_a_wrong_data_table_is_told_with_its_line(tree: Path, tmp_path: Path) -> None:
    bad = tmp_path / "ports.yaml"
    bad.write_text("date: 2030-01-02\nports:\n  - {port: many}\n")
    with pytest.raises(treeward.DataError, match="ports.yaml:3: ") as caught:
        treeward.audit(tree, data=tmp_path)
    assert (caught.value.file, caught.value.line) == (str(bad), 3) and "number" in caught.value.reason


def test_a_missing_rule_file(tree: Path, tmp_path: Path) -> None:
    with pytest.raises(treeward.TreewardError, match="no-rules.yaml"):
        treeward.audit(tree, rules=tmp_path / "no-rules.yaml")


def test_a_wrong_query(tree: Path, auditor: treeward.Auditor) -> None:
    audit = auditor.audit(tree)
    for sql in ["SELECT * FROM nothing", "DELETE FROM file", "not sql"]:
        with pytest.raises(treeward.QueryError):
            audit.query(sql)
    with pytest.raises(treeward.QueryError):
        audit.facts("file; DROP TABLE file")


def test_a_wrong_option(tree: Path) -> None:
    with pytest.raises(treeward.UsageError, match="critical"):
        treeward.audit(tree, min_severity="worst")
    with pytest.raises(treeward.UsageError, match="no-such-rule"):
        treeward.audit(tree, select="no-such-rule")
    with pytest.raises(TypeError, match="treads"):
        treeward.audit(tree, treads=2)  # type: ignore[call-arg]


def test_trouble_with_a_file_is_part_of_the_result(tree: Path, auditor: treeward.Auditor) -> None:
    (tree / "broken.py").write_bytes(b"\x00\xff\xfe\x00" * 100)
    audit = auditor.audit(tree)
    assert [skipped.path for skipped in audit.skipped] == ["broken.py"]
    assert len(audit.findings) == 1
