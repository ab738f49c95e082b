"""An editor's view of a tree: texts in memory over the tree on disk."""

from __future__ import annotations

import json
import os
from typing import Any, Dict, Iterable, Tuple, Union

from . import _treeward
from .errors import UsageError
from .model import Finding, read
from .report import Audit

__all__ = ["Session"]

PathLike = Union[str, "os.PathLike[str]"]
#: The files whose findings a step changed, each with all findings that it has then: none where it lost them.
Changes = Dict[str, Tuple[Finding, ...]]


class Session:
    """What an audit of the tree would say if the texts in memory were written out, kept up to date edit by edit.

    `Auditor.open_session` opens one. Paths are from the root of the tree, or absolute; a path that is no file of the tree, and a text that no
    audit would read, raise `RefusedError` and change nothing. Other threads run meanwhile; steps of one session wait for one another.
    """

    def __init__(self, native: _treeward.Session) -> None:
        self._native = native
        self._process = os.getpid()

    def update(self, path: PathLike, text: str) -> Changes:
        """Puts `text` in the place of the file at `path`, which need not exist. Gives every file whose findings that changed."""
        return _changes(self._here().update(os.fspath(path), text))

    def remove(self, path: PathLike) -> Changes:
        """Takes the file at `path` away, whatever the disk says."""
        return _changes(self._here().remove(os.fspath(path)))

    def close(self, path: PathLike) -> Changes:
        """Goes back to what stands on disk at `path`, and reads it again."""
        return _changes(self._here().close(os.fspath(path)))

    def findings(self, path: PathLike) -> Tuple[Finding, ...]:
        """The findings of one file; none for a path that the session does not know."""
        return _findings(json.loads(self._here().findings(os.fspath(path))))

    def audit(self) -> Audit:
        """The whole audit of the texts in memory over the tree on disk."""
        return Audit(self._here().audit())

    def _here(self) -> _treeward.Session:
        """The session, in the process that opened it: after a fork the threads of the parent's are gone."""
        if self._process != os.getpid():
            raise UsageError("a session belongs to the process that opened it: open one after the fork")
        return self._native


def _changes(text: str) -> Changes:
    return {path: _findings(items) for path, items in json.loads(text).items()}


def _findings(items: Iterable[Dict[str, Any]]) -> Tuple[Finding, ...]:
    return tuple(read(Finding, item) for item in items)
