#!/usr/bin/env python3
"""Measures treeward beside its peers: same files, same rules where the engine takes them, runs that alternate in one session.

    cargo build --profile dist -p treeward-cli
    python3 benches/peers/run.py                      # everything: some minutes, most of them Semgrep's
    python3 benches/peers/run.py calls --runs 9 --json out.json
    python3 benches/peers/run.py system --tree ../a --tree ../b    # on folders of your own

Needs Python, npm and the registries; nothing else. What it installs and downloads stays in `--work`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from measure import Cost, Run, load_average, run
from parity import compare as compare_checks, print_parity
from tools import HERE, TOOLS, Found, Tool, tree


@dataclass(frozen=True)
class Case:
    """A tree and the tools that run over it; `same_rules` names those that must find the same, `same_checks` those with checks of their own."""

    title: str
    tree: str
    tools: list[str]
    same_rules: list[str]
    same_checks: tuple[str, ...] = ()


CASES = {
    "calls": Case(
        "30 call patterns on homeassistant 2025.4.4",
        "homeassistant",
        ["treeward", "treeward-1-thread", "semgrep", "ast-grep", "ruff-S", "ripgrep-literals"],
        ["semgrep", "ast-grep"],
    ),
    "checks": Case(
        "each tool's own checks on Django 6.1.3",
        "django",
        ["treeward-audit", "bandit", "ruff-S"],
        [],
    ),
    "system": Case(
        "each tool's own checks on the systems of the corpus (or of --tree)",
        "corpus",
        ["treeward-audit", "treeward-same", "hadolint", "checkov", "zizmor", "dclint", "gixy"],
        [],
        ("hadolint", "checkov", "zizmor", "dclint", "gixy"),
    ),
}

# A tool that finds something, or that cannot read one file among many, ends with a status of its own; only a signal or a shell's refusal ends a case.
WORST_STATUS = 100


def main() -> int:
    options = arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    report = {"machine": machine(), "cases": {}}
    print(f"{report['machine']}\nload before the start: {load_average():.2f}")
    for name in options.cases or CASES:
        for folder in options.tree or [None]:
            title = f"{name} on {folder.name}" if folder else name
            report["cases"][title] = measure_case(CASES[name], folder or tree(CASES[name].tree, options.work), options)
    if len(report["cases"]) > 1:
        print_ratios(report["cases"])
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"of {', '.join(CASES)}; default: all")
    parser.add_argument("--runs", type=int, default=5, help="rounds; the figures are medians")
    parser.add_argument("--tree", type=Path, action="append", help="measure on this folder in place of the case's own; several times for several")
    parser.add_argument("--only", action="append", choices=TOOLS, help="only these tools")
    parser.add_argument("--work", type=Path, default=HERE / ".work", help="where tools and trees are kept")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args()
    for name in options.cases:
        if name not in CASES:
            parser.error(f"no case `{name}`: choose from {', '.join(CASES)}")
    options.work = options.work.resolve()
    options.tree = [folder.resolve() for folder in options.tree or []]
    return options


def measure_case(case: Case, folder: Path, options: argparse.Namespace) -> dict:
    tools = [TOOLS[name] for name in case.tools if not options.only or name in options.only]
    commands = {tool.name: tool.command(options.work, folder) for tool in tools}
    tools = [tool for tool in tools if commands[tool.name]]
    outputs = {tool.name: options.work / f"{folder.name}-{tool.name}.out" for tool in tools}
    runs: dict[str, list[Run]] = {tool.name: [] for tool in tools}
    for round_number in range(-1, options.runs):  # the first round warms the page cache and is not counted
        for tool in tools:
            done = run(commands[tool.name], folder, outputs[tool.name], outputs[tool.name].with_suffix(".err"))
            if not 0 <= done.status < WORST_STATUS:
                errors = outputs[tool.name].with_suffix(".err").read_text()[-2000:]
                sys.exit(f"`{tool.name}` ended with status {done.status}\n{errors}")
            if round_number >= 0:
                runs[tool.name].append(done)
    found = {tool.name: tool.findings(outputs[tool.name], folder) for tool in tools}
    costs = {name: Cost.of(list_of_runs) for name, list_of_runs in runs.items()}
    print_costs(f"{case.title}: {folder.name}", costs, found)
    differences = {name: compare(found, name) for name in case.same_rules if name in found and "treeward" in found}
    print_differences(differences)
    parities = {}
    for tool in tools:
        if tool.name in case.same_checks and "treeward-audit" in outputs:
            checks = list(compare_checks(outputs["treeward-audit"], tool, outputs[tool.name], folder))
            print_parity(tool.name, checks)
            parities[tool.name] = [asdict(parity) for parity in checks]
    return {
        "title": case.title,
        "runs": options.runs,
        "tools": {name: {**asdict(cost), "findings": len(found[name])} for name, cost in costs.items()},
        "differences": differences,
        "parity": parities,
    }


def print_costs(title: str, costs: dict[str, Cost], found: dict[str, Found]) -> None:
    ours = next((cost for name, cost in costs.items() if name.startswith("treeward")), None)
    print(f"\n{title}\n")
    print("| tool | CPU s | wall s | peak MB | findings | CPU, treeward = 1 |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, cost in costs.items():
        ratio = f"{cost.cpu / ours.cpu:.2f}" if ours else ""
        print(f"| {name} | {cost.cpu:.2f} | {cost.wall:.2f} | {cost.peak_mb:.0f} | {len(found[name])} | {ratio} |")


def print_ratios(cases: dict[str, dict]) -> None:
    """Processor seconds over all folders, and how many times treeward's that is on those folders where both ran."""
    names = sorted({tool for case in cases.values() for tool in case["tools"]})
    print("\nOver all folders\n\n| tool | against | folders | CPU s | treeward CPU s | ratio |\n| --- | --- | ---: | ---: | ---: | ---: |")
    for tool in (name for name in names if not name.startswith("treeward")):
        for ours in (name for name in names if name.startswith("treeward")):
            both = [case["tools"] for case in cases.values() if tool in case["tools"] and ours in case["tools"]]
            theirs, own = (sum(costs[name]["cpu"] for costs in both) for name in (tool, ours))
            print(f"| {tool} | {ours} | {len(both)} | {theirs:.2f} | {own:.2f} | {theirs / own if own else 0:.1f} |")


def compare(found: dict[str, Found], other: str) -> dict[str, list[str]]:
    def lines(findings: Found) -> list[str]:
        return [f"{path}:{line} {rule}" for path, line, rule in sorted(findings)]

    return {
        "only_treeward": lines(found["treeward"] - found[other]),
        "only_other": lines(found[other] - found["treeward"]),
    }


def print_differences(differences: dict[str, dict[str, list[str]]]) -> None:
    for other, difference in differences.items():
        for side, findings in difference.items():
            shown = "".join(f"\n    {finding}" for finding in findings[:20])
            print(f"\n{side.replace('_', ' ').replace('other', other)}: {len(findings)}{shown}")


def machine() -> str:
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    model = names[0].split(":", 1)[1].strip() if names else platform.processor()
    return f"{len(os.sched_getaffinity(0))} × {model}, {platform.system()} {platform.release()}"


if __name__ == "__main__":
    sys.exit(main())
