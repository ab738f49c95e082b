"""The parts of an audit, as plain data. The fields are those of the JSON format; lines and columns count from 1, columns in code points."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum
from typing import Any, Dict, Mapping, Optional, Tuple, Type, TypeVar

__all__ = [
    "Area",
    "Check",
    "Confidence",
    "DataTable",
    "Edit",
    "Evidence",
    "Finding",
    "Fix",
    "Location",
    "Position",
    "Problem",
    "Related",
    "Severity",
    "Skipped",
    "Verdict",
]

T = TypeVar("T")


class _Word(str, Enum):
    """A member equals its word: `Severity.HIGH == "high"`."""

    def __str__(self) -> str:
        return str(self.value)


class _Level(_Word):
    """Words with an order, the least first."""

    @property
    def _rank(self) -> int:
        return list(type(self)).index(self)

    def __lt__(self, other: object) -> bool:
        return self._rank < type(self)(other)._rank

    def __le__(self, other: object) -> bool:
        return self._rank <= type(self)(other)._rank

    def __gt__(self, other: object) -> bool:
        return self._rank > type(self)(other)._rank

    def __ge__(self, other: object) -> bool:
        return self._rank >= type(self)(other)._rank


class Severity(_Level):
    """How bad a finding is: `Severity.HIGH > Severity.LOW`."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Confidence(_Level):
    """How likely a finding is right: high over 95 %, medium over 80 %."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Verdict(_Word):
    """What a rule says of one subject, or of all its subjects together."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Area(_Word):
    """The part of production readiness that a check is about."""

    SECURITY = "security"
    PERFORMANCE = "performance"
    SCALABILITY = "scalability"
    RELIABILITY = "reliability"
    OPERATIONS = "operations"
    OBSERVABILITY = "observability"
    PRIVACY = "privacy"
    TESTING = "testing"
    DEPLOYMENT = "deployment"
    DEPENDENCIES = "dependencies"
    INTEGRATION = "integration"
    MANAGEABILITY = "manageability"


@dataclass(frozen=True)
class Position:
    """A place in a text."""

    line: int
    column: int
    #: Bytes from the start of the file.
    offset: int


@dataclass(frozen=True)
class Location:
    """A place in a file; `end` is one past the last character."""

    path: str
    start: Position
    end: Position


@dataclass(frozen=True)
class Related(Location):
    """A further place that a finding is about."""

    message: str
    #: `related`, or the part of a flow of data: `source`, `step` or `sink`.
    role: str


@dataclass(frozen=True)
class Edit(Location):
    """A change of one file's text."""

    text: str


@dataclass(frozen=True)
class Fix:
    """How a finding can be mended by machine; `safe` where behaviour is kept."""

    edits: Tuple[Edit, ...]
    safe: bool


@dataclass(frozen=True)
class Finding(Location):
    """One thing that is wrong, at one place."""

    rule_id: str
    message: str
    severity: Severity
    area: Area
    confidence: Confidence
    subject: str
    snippet: str
    related: Tuple[Related, ...]
    remediation: str
    fix: Optional[Fix]
    #: Identity over time: it outlives blank lines, moves within a file and changes of the message.
    fingerprint: str
    #: The same without the path, to know a finding again in a renamed file; not always unique.
    fingerprint_pathless: str
    metadata: Mapping[str, Any]


@dataclass(frozen=True)
class Evidence(Location):
    """One subject that a rule judged."""

    subject: str
    verdict: Verdict
    note: str = ""


@dataclass(frozen=True)
class Check:
    """What one rule says of the tree."""

    rule_id: str
    title: str
    area: Area
    verdict: Verdict
    subjects: int
    failed: int
    unknown: int
    evidence: Tuple[Evidence, ...]


@dataclass(frozen=True)
class Skipped:
    """A path that was not read, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class Problem:
    """Trouble that cost a part of the audit."""

    message: str
    path: Optional[str] = None
    rule_id: Optional[str] = None


@dataclass(frozen=True)
class DataTable:
    """A dated table of facts about the world that an audit relied on; `date` is `YYYY-MM-DD`."""

    name: str
    date: str


def _position(value: Dict[str, int]) -> Position:
    return Position(value["line"], value["column"], value["offset"])


def _fix(value: Optional[Dict[str, Any]]) -> Optional[Fix]:
    return None if value is None else Fix(tuple(read(Edit, edit) for edit in value["edits"]), value["safe"])


_READERS: Dict[str, Any] = {
    "start": _position,
    "end": _position,
    "severity": Severity,
    "confidence": Confidence,
    "area": Area,
    "verdict": Verdict,
    "fix": _fix,
    "related": lambda value: tuple(read(Related, item) for item in value),
    "evidence": lambda value: tuple(read(Evidence, item) for item in value),
}


def read(kind: Type[T], data: Mapping[str, Any]) -> T:
    """Makes a `kind` of an object of the JSON format."""
    names = [field.name for field in fields(kind) if field.name in data]  # type: ignore[arg-type]
    return kind(**{name: _READERS[name](data[name]) if name in _READERS else data[name] for name in names})
