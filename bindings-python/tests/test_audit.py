"""What an audit gives."""

from __future__ import annotations

import dataclasses
import datetime
import json
import pickle
from pathlib import Path

import pytest
import treeward
from conftest import systems
from treeward import Area, Confidence, Severity, Verdict, model


def test_it_finds_what_the_rules_look_for(tree: Path, auditor: treeward.Auditor) -> None:
    audit = auditor.audit(tree)
    [finding] = audit.findings
    assert (finding.rule_id, finding.path, finding.start.line) == ("python-file", "app/main.py", 1)
    assert finding.severity is Severity.HIGH and finding.severity > Severity.LOW and finding.severity == "high"
    assert (finding.area, finding.confidence) == (Area.TESTING, Confidence.HIGH)
    [check] = audit.checks
    assert (check.verdict, check.failed, check.evidence[0].subject) == (Verdict.FAIL, 1, "file main.py")
    assert audit.errors == () and audit.root == str(tree)


def test_facts_come_by_table_and_by_query(tree: Path, auditor: treeward.Auditor) -> None:
    audit = auditor.audit(tree)
    assert {"app/main.py", "docker-compose.yml"} <= {row["path"] for row in audit.facts("file")}
    assert audit.query("SELECT count(*) AS n FROM file WHERE artifact = 'python'") == [{"n": 1}]


def test_it_renders_sarif_and_the_json_format(tree: Path, auditor: treeward.Auditor) -> None:
    audit = auditor.audit(tree)
    sarif = json.loads(audit.to_sarif())
    assert sarif["version"] == "2.1.0" and len(sarif["runs"][0]["results"]) == 1
    assert json.loads(audit.to_json()) == audit.to_dict()


def test_a_text_needs_no_tree_and_columns_are_code_points(tmp_path: Path) -> None:
    rule = tmp_path / "system.yaml"
    rule.write_text(
        "rules:\n  - id: system\n    message: os.system\n    severity: HIGH\n    metadata: {area: security, confidence: high, remediation: No}\n"
        "    query: SELECT span, callee AS subject, 'fail' AS verdict FROM python_call WHERE callee = 'os.system'\n"
    )
    text = 'import os\n"😀"; os.system(x)\n'
    [finding] = treeward.scan_text(text, "main.py", rules=rule, builtin=False).findings
    assert (finding.start.line, finding.start.column) == (2, 6)
    assert finding.start.offset == len('import os\n"😀"; '.encode())


def test_an_audit_is_data(tree: Path, auditor: treeward.Auditor) -> None:
    audit = auditor.audit(tree)
    copy = pickle.loads(pickle.dumps(audit))
    assert copy == audit and copy.findings == audit.findings and hash(copy) == hash(audit)
    with pytest.raises(treeward.QueryError, match="unpickled"):
        copy.query("SELECT 1")


def test_an_auditor_travels_to_other_processes(tree: Path, auditor: treeward.Auditor) -> None:
    assert pickle.loads(pickle.dumps(auditor)).audit(tree) == auditor.audit(tree)


@pytest.mark.parametrize("system", systems(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_typed_objects_hold_everything_that_the_json_format_has(system: Path) -> None:
    data = treeward.audit(system, select="all").to_dict()
    for kind, items in [
        (model.Finding, data["findings"]),
        (model.Check, data["checks"]),
        (model.Skipped, data["skipped"]),
        (model.Problem, data["errors"]),
        (model.Related, [item for finding in data["findings"] for item in finding["related"]]),
        (model.Evidence, [item for check in data["checks"] for item in check["evidence"]]),
    ]:
        names = {field.name for field in dataclasses.fields(kind)}
        for item in items:
            assert set(item) <= names, kind
            model.read(kind, item)


def test_data_tables_are_replaced_and_dated(tmp_path: Path) -> None:
    tree, data = tmp_path / "tree", tmp_path / "data"
    tree.mkdir(), data.mkdir()
    (tree / "compose.yaml").write_text("services:\n  db:\n    image: postgres:16\n")
    rule = "deps/runtime-support-status"
    before = treeward.audit(tree, select=rule)
    assert before.findings == () and "support" in [table.name for table in before.data]
    (data / "support.yaml").write_text(
        "date: 2030-02-03\nreleases:\n  - {product: postgresql, cycle: '16', end: 2028-11-09}\n"
        "products:\n  - {product: postgresql, title: PostgreSQL, images: [postgres]}\n"
    )
    after = treeward.audit(tree, select=rule, data=data, audit_date=datetime.date(2030, 3, 1))
    assert [finding.rule_id for finding in after.findings] == [rule]
    assert treeward.DataTable("support", "2030-02-03") in after.data


def test_evidence_of_a_running_system_becomes_facts(tree: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "inspect.json").write_text(
        '[{"Name": "/web-1", "RestartCount": 9, "State": {"Status": "restarting"}, "HostConfig": {}, "Config": {"Env": ["KEY=k2J9x0vLqP4m"]}}]'
    )
    (saved / "notes.txt").write_text("hello")
    audit = treeward.audit(tree, select="evidence", evidence=saved)
    [finding] = audit.findings
    assert (finding.rule_id, finding.path) == ("evidence/restart-loop", "saved/inspect.json")
    assert "k2J9x0vLqP4m" not in audit.to_json()
    assert [(problem.path, "not used" in problem.message) for problem in audit.errors] == [("saved/notes.txt", True)]
