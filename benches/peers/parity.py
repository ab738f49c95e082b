"""Which findings of a peer treeward has too: by file, line and check, where both have the check.

Rules name the checks of peers that they stand for in their metadata (`peers: [hadolint:DL3007]`).
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

from tools import REPOSITORY, Tool

PEERS_LINE = re.compile(r"^ +peers: \[(.+)\]$", re.MULTILINE)


@dataclass
class Parity:
    """The findings of one check of a peer: how many of them treeward has, and where it has none."""

    check: str
    rules: list[str]
    same_line: int = 0
    same_file: int = 0
    missing: int = 0
    example: str = ""

    @property
    def found(self) -> int:
        return self.same_line + self.same_file + self.missing


def rules_by_check() -> dict[str, list[str]]:
    """Rules of treeward by the check of a peer that they stand for."""
    found = defaultdict(list)
    for path in sorted((REPOSITORY / "rules").glob("*/*.yaml")):
        for line in PEERS_LINE.findall(path.read_text()):
            for check in line.split(","):
                found[check.strip()].append(f"{path.parent.name}/{path.stem}")
    return found


def places(audit: Path) -> dict[tuple[str, str], set[int]]:
    """Lines of treeward's findings, their related places included, by rule and file."""
    found = defaultdict(set)
    for finding in json.loads(audit.read_text())["findings"]:
        for place in [finding, *finding.get("related", [])]:
            found[finding["rule_id"], place["path"]].add(place["start"]["line"])
    return found


def compare(audit: Path, tool: Tool, output: Path, folder: Path) -> Iterator[Parity]:
    """Each check of the peer that found something, in order."""
    ours, rules = places(audit), rules_by_check()
    checks: dict[str, Parity] = {}
    for path, first, check, *end in set(tool.read(output.read_text() or "[]")):
        path, last = os.path.relpath(folder / path, folder), end[0] if end else first
        parity = checks.setdefault(check, Parity(check, rules.get(f"{tool.name}:{check}", [])))
        lines = set().union(*(ours.get((rule, path), set()) for rule in parity.rules))
        if any(first <= line <= last for line in lines):
            parity.same_line += 1
        elif lines:
            parity.same_file += 1
        else:
            parity.missing += 1
            parity.example = min(parity.example or f"{path}:{first}", f"{path}:{first}")
    return iter(sorted(checks.values(), key=lambda parity: parity.check))


def print_parity(tool: str, checks: list[Parity]) -> None:
    print(f"\n{tool}: its findings by check, and whether a rule of treeward that stands for the check is at the same place\n")
    print("| check | found | same line | same file | not by treeward | rule | for example |\n| --- | ---: | ---: | ---: | ---: | --- | --- |")
    for parity in checks:
        rule = ", ".join(parity.rules) or "none: see docs/peers.md"
        print(f"| {parity.check} | {parity.found} | {parity.same_line} | {parity.same_file} | {parity.missing} | {rule} | {parity.example} |")
