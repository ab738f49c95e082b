"""The result of an audit."""

from __future__ import annotations

import json
import threading
from functools import cached_property
from typing import Any, Callable, Dict, Mapping, Optional, Tuple, Union

from . import _treeward
from .errors import QueryError
from .model import Check, DataTable, Finding, Problem, Skipped, read

__all__ = ["Audit", "Value"]

#: What a cell of the facts holds.
Value = Union[None, int, float, str]


class Audit:
    """What is wrong in a tree, what every rule says of it, and what could not be read. Data: it can be pickled and compared."""

    def __init__(self, native: _treeward.Report, state_facts: Optional[Callable[[], _treeward.Facts]] = None) -> None:
        self._native = native
        self._state_facts = state_facts
        self._lock = threading.Lock()
        self._database: Optional[_treeward.Facts] = None

    @cached_property
    def _data(self) -> Dict[str, Any]:
        return self.to_dict()

    @property
    def root(self) -> str:
        """The audited path, as given."""
        return str(self._data["root"])

    @cached_property
    def findings(self) -> Tuple[Finding, ...]:
        """What is wrong, sorted by path, place and rule."""
        return tuple(read(Finding, item) for item in self._data["findings"])

    @cached_property
    def checks(self) -> Tuple[Check, ...]:
        """What every rule says, good and bad, sorted by rule."""
        return tuple(read(Check, item) for item in self._data["checks"])

    @cached_property
    def skipped(self) -> Tuple[Skipped, ...]:
        """What was not read, and why."""
        return tuple(read(Skipped, item) for item in self._data["skipped"])

    @cached_property
    def errors(self) -> Tuple[Problem, ...]:
        """What went wrong during the audit."""
        return tuple(read(Problem, item) for item in self._data["errors"])

    @cached_property
    def data(self) -> Tuple[DataTable, ...]:
        """The data tables that the audit relied on, sorted by name."""
        return tuple(read(DataTable, item) for item in self._data["data"])

    @property
    def timings(self) -> Optional[Mapping[str, float]]:
        """Milliseconds by stage and, under `rule:<id>`, by rule; only where asked for."""
        timings: Optional[Mapping[str, float]] = self._data.get("timings")
        return timings

    def query(self, sql: str) -> "list[Dict[str, Value]]":
        """The rows that an SQL query over the facts of the tree gives.

        The facts are stated on the first call, from the tree as it is then.
        """
        with self._lock:
            if self._database is None:
                if self._state_facts is None:
                    raise QueryError("there are no facts: this audit is of a text, of a session or was unpickled; audit the tree to query it")
                self._database = self._state_facts()
        return self._database.query(sql)

    def facts(self, table: str) -> "list[Dict[str, Value]]":
        """Every row of one table or view of the facts, with the `path` and `line` that state it where it has no columns of these names."""
        if not table.isidentifier():
            raise QueryError(f"`{table}` is no table of the facts: use its name alone, or `query` for SQL")
        rows = self.query(f"SELECT * FROM {table}")
        if rows and "span" in rows[0]:
            rows = self.query(f"SELECT path_of(span) AS path, line_of(span) AS line, * FROM {table}")
        return rows

    def to_dict(self) -> Dict[str, Any]:
        """The audit in the form of its JSON format."""
        data: Dict[str, Any] = json.loads(self._native.data())
        return data

    def to_json(self) -> str:
        """The audit in its JSON format, as the command line writes it."""
        return self.render("json")

    def to_sarif(self) -> str:
        """The findings as SARIF 2.1.0."""
        return self.render("sarif")

    def render(self, format: str) -> str:
        """The audit in any format of the command line: `text`, `json`, `sarif`, `markdown`, `html` …"""
        return self._native.render(format)

    def __reduce__(self) -> Tuple[Any, ...]:
        return _unpickle, (self._native.data(),)

    def __eq__(self, other: object) -> bool:
        return self._native.data() == other._native.data() if isinstance(other, Audit) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._native.data())

    def __repr__(self) -> str:
        return f"<Audit of {self.root!r}: {len(self.findings)} findings, {len(self.checks)} checks>"


def _unpickle(text: str) -> Audit:
    return Audit(_treeward.Report(text))
