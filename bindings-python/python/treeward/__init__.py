"""treeward: from a source tree alone, is this system ready for production?

    import treeward

    audit = treeward.audit(".", select="security")
    for finding in audit.findings:
        print(finding.path, finding.start.line, finding.message)
"""

from ._treeward import __version__
from .auditor import Auditor, Cancel, Options, Progress, audit, scan_text
from .errors import (
    Cancelled,
    DataError,
    QueryError,
    RefusedError,
    RuleError,
    RuleProblem,
    TreewardError,
    UnreadableError,
    UsageError,
)
from .model import (
    Area,
    Check,
    Confidence,
    DataTable,
    Edit,
    Evidence,
    Finding,
    Fix,
    Location,
    Position,
    Problem,
    Related,
    Severity,
    Skipped,
    Verdict,
)
from .report import Audit, Value
from .session import Session

__all__ = [
    "Area",
    "Audit",
    "Auditor",
    "Cancel",
    "Cancelled",
    "Check",
    "Confidence",
    "DataError",
    "DataTable",
    "Edit",
    "Evidence",
    "Finding",
    "Fix",
    "Location",
    "Options",
    "Position",
    "Problem",
    "Progress",
    "QueryError",
    "RefusedError",
    "Related",
    "RuleError",
    "RuleProblem",
    "Session",
    "Severity",
    "Skipped",
    "TreewardError",
    "UnreadableError",
    "UsageError",
    "Value",
    "Verdict",
    "__version__",
    "audit",
    "scan_text",
]
