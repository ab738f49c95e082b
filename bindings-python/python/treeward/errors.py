"""What treeward raises. Trouble with single files of a tree is no exception: it is told in `Audit.errors` and `Audit.skipped`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Sequence

__all__ = ["Cancelled", "DataError", "QueryError", "RefusedError", "RuleError", "RuleProblem", "TreewardError", "UnreadableError", "UsageError"]


class TreewardError(Exception):
    """The base of every error that treeward raises. Raised itself only where treeward is at fault."""


class UnreadableError(TreewardError):
    """The path to audit, or a file of rules, is missing or cannot be read."""

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message, path)
        #: The path as it was given.
        self.path = path

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class RuleProblem:
    """One thing that is wrong in a rule file, and where."""

    file: str
    line: int
    column: int
    rule: Optional[str]
    message: str


class RuleError(TreewardError):
    """One or more rules are wrong; `errors` lists every problem with its place."""

    def __init__(self, message: str, errors: Sequence[RuleProblem]) -> None:
        super().__init__(message, errors)
        self.errors = tuple(errors)

    def __str__(self) -> str:
        return str(self.args[0])


class DataError(TreewardError):
    """A data table that was given in place of a built-in one is wrong."""

    def __init__(self, message: str, file: str, line: int, reason: str) -> None:
        super().__init__(message, file, line, reason)
        self.file = file
        self.line = line
        #: What is wrong, without the place.
        self.reason = reason

    def __str__(self) -> str:
        return str(self.args[0])


class QueryError(TreewardError):
    """A query over the facts is wrong, does more than read, or takes too long."""


class UsageError(TreewardError, ValueError):
    """An option's value cannot be used."""


class RefusedError(TreewardError, ValueError):
    """A session does not take a file, or a text for it: the message says why."""

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message, path)
        #: The path as it was given.
        self.path = path

    def __str__(self) -> str:
        return str(self.args[0])


class Cancelled(TreewardError):
    """The caller's `cancel` was set, so the audit stopped."""
