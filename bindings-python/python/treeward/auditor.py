"""Auditing trees and texts."""

from __future__ import annotations

import datetime
import os
from typing import TYPE_CHECKING, Any, Callable, Iterable, Optional, Protocol, Tuple, TypedDict, Union

from . import _treeward
from .report import Audit
from .session import Session

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["Auditor", "Cancel", "Options", "Progress", "audit", "scan_text"]

PathLike = Union[str, "os.PathLike[str]"]

#: Called with the stage (`collect`, `analyze` or `judge`) and how many of its steps are done, of how many.
#: It is called from the thread that called the audit; what it raises stops the audit and reaches the caller.
Progress = Callable[[str, int, int], object]


class Cancel(Protocol):
    """What can stop an audit: a `threading.Event`, for example."""

    def is_set(self) -> bool: ...


class Options(TypedDict, total=False):
    """What `Auditor` takes, and with it `audit` and `scan_text`."""

    rules: Union[PathLike, Iterable[PathLike], None]
    builtin: bool
    select: Union[str, Iterable[str]]
    ignore: Union[str, Iterable[str]]
    min_severity: Optional[str]
    exclude: Union[str, Iterable[str]]
    threads: Optional[int]
    timings: bool
    audit_date: Union[str, datetime.date, None]
    data: Optional[PathLike]
    evidence: Optional[PathLike]


class Auditor:
    """Compiled rules, ready to audit trees. Make it once, use it often and from any thread; it can be pickled.

    `rules` are files or folders of rules in addition to the built-in ones, or in their place with `builtin=False`. `select` and `ignore` pick
    rules by id, folder (`compose`), area (`security`), profile or glob; `min_severity` is the least severity of a rule that is run. `exclude` are
    globs of paths to leave out, as in `.gitignore`. Without `threads` there is one a core. Checks of dates count from `audit_date`. `data` is a folder
    of data tables that take the place of the built-in ones; `evidence` one with saved output of the running system (`docker inspect` and the like).
    """

    def __init__(
        self,
        *,
        rules: Union[PathLike, Iterable[PathLike], None] = None,
        builtin: bool = True,
        select: Union[str, Iterable[str]] = (),
        ignore: Union[str, Iterable[str]] = (),
        min_severity: Optional[str] = None,
        exclude: Union[str, Iterable[str]] = (),
        threads: Optional[int] = None,
        timings: bool = False,
        audit_date: Union[str, datetime.date, None] = None,
        data: Optional[PathLike] = None,
        evidence: Optional[PathLike] = None,
    ) -> None:
        self._config: "dict[str, Any]" = {
            "rules": [os.fspath(path) for path in _several(rules)],
            "builtin": builtin,
            "select": _several(select),
            "ignore": _several(ignore),
            "min_severity": None if min_severity is None else str(min_severity),
            "exclude": _several(exclude),
            "threads": threads or 0,
            "timings": timings,
            "audit_date": None if audit_date is None else str(audit_date),
            "data": None if data is None else os.fspath(data),
            "evidence": None if evidence is None else os.fspath(evidence),
        }
        self._compile()

    def audit(self, path: PathLike, *, progress: Optional[Progress] = None, cancel: Optional[Cancel] = None) -> Audit:
        """Audits the tree at `path`. Other threads run meanwhile; Ctrl-C and `cancel` stop it."""
        root = os.path.abspath(path)
        report = self._here().audit(os.fspath(path), progress, cancel)
        return Audit(report, lambda: self._here().facts(root))

    def open_session(self, path: PathLike, *, progress: Optional[Progress] = None, cancel: Optional[Cancel] = None) -> Session:
        """Opens an editor's session on the tree at `path` and audits it; then each edit tells what it changed."""
        return Session(self._here().session(os.fspath(path), progress, cancel))

    def scan_text(self, text: str, path: PathLike) -> Audit:
        """Audits one text as if it stood at `path` in a tree of its own. The path tells what it is; nothing is read from it."""
        return Audit(self._here().scan_text(os.fspath(path), text))

    def _compile(self) -> None:
        self._native, self._process = _treeward.Auditor(self._config), os.getpid()

    def _here(self) -> _treeward.Auditor:
        """The compiled rules of this process: after a fork the threads of the parent's are gone."""
        if self._process != os.getpid():
            self._compile()
        return self._native

    def __reduce__(self) -> Tuple[Any, ...]:
        return _unpickle, (self._config,)


def audit(
    path: PathLike, *, progress: Optional[Progress] = None, cancel: Optional[Cancel] = None, **options: Unpack[Options]
) -> Audit:
    """Audits the tree at `path`, with the options of `Auditor`."""
    return Auditor(**options).audit(path, progress=progress, cancel=cancel)


def scan_text(text: str, path: PathLike, **options: Unpack[Options]) -> Audit:
    """Audits one text as if it stood at `path`, with the options of `Auditor`."""
    return Auditor(**options).scan_text(text, path)


def _several(value: Any) -> "list[Any]":
    if value is None:
        return []
    return [value] if isinstance(value, (str, os.PathLike)) else list(value)


def _unpickle(config: "dict[str, Any]") -> Auditor:
    return Auditor(**config)
