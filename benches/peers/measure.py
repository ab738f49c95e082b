"""What one run of a command costs, and the medians of several."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LAUNCH = [sys.executable, "-I", "-S", str(Path(__file__).with_name("launch.py"))]


@dataclass(frozen=True)
class Run:
    """One run: processor seconds of the command and all its children, elapsed seconds, peak memory of its largest process."""

    cpu: float
    wall: float
    peak_mb: float
    status: int


@dataclass(frozen=True)
class Cost:
    """The medians of several runs."""

    cpu: float
    wall: float
    peak_mb: float

    @staticmethod
    def of(runs: list[Run]) -> "Cost":
        return Cost(*(statistics.median(getattr(run, field) for run in runs) for field in ("cpu", "wall", "peak_mb")))


def run(command: list[str], cwd: Path, output: Path, errors: Path) -> Run:
    """Runs `command` once. A peak below that of the launching process, some 9 MB, cannot be told."""
    told = subprocess.run([*LAUNCH, output, errors, *command], cwd=cwd, capture_output=True, text=True, check=True)
    cpu, wall, peak, status = told.stdout.split()
    return Run(float(cpu), float(wall), int(peak) / 1024, int(status))


def load_average() -> float:
    """How busy the machine is; figures taken above a load of about 1 before the start say little."""
    return os.getloadavg()[0]
