"""How an audit behaves while it runs."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import treeward


def test_other_threads_run_meanwhile(wide: Path, auditor: treeward.Auditor) -> None:
    over = threading.Event()
    ticks = []

    def tick() -> None:
        while not over.is_set():
            ticks.append(None)

    thread = threading.Thread(target=tick)
    thread.start()
    before = len(ticks)
    auditor.audit(wide)
    after = len(ticks)
    over.set()
    thread.join()
    # A thread that waits for the interpreter's lock gets none of it during the audit; one that need not wait does far more.
    assert after - before > 1000


def test_progress_is_told_up_to_the_end(wide: Path, auditor: treeward.Auditor) -> None:
    told = []
    auditor.audit(wide, progress=lambda *step: told.append(step))
    assert ("analyze", 3000) in [(stage, total) for stage, _, total in told]
    assert told[-1][1] == told[-1][2]


def test_what_progress_raises_reaches_the_caller(wide: Path, auditor: treeward.Auditor) -> None:
    def refuse(*_: object) -> None:
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        auditor.audit(wide, progress=refuse)


def test_cancel_stops_it(wide: Path, auditor: treeward.Auditor) -> None:
    cancel = threading.Event()
    with pytest.raises(treeward.Cancelled):
        auditor.audit(wide, progress=lambda *_: cancel.set(), cancel=cancel)
    assert len(auditor.audit(wide).findings) == 3000, "the auditor is as good as before"


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to another process")
def test_control_c_stops_it(wide: Path, rules: Path) -> None:
    program = (
        "import os, signal, sys, treeward\n"
        # Started in the background, as by many a CI, a process inherits that it shall take no notice of the signal.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "auditor = treeward.Auditor(rules=sys.argv[2], builtin=False)\n"
        "try: auditor.audit(sys.argv[1], progress=lambda *_: os.kill(os.getpid(), signal.SIGINT))\n"
        "except KeyboardInterrupt: print('stopped')\n"
    )
    told = subprocess.run([sys.executable, "-c", program, str(wide), str(rules)], capture_output=True, text=True)
    assert (told.stdout, told.stderr) == ("stopped\n", "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_can_use_the_auditor_that_it_inherits(tree: Path, auditor: treeward.Auditor) -> None:
    expected = auditor.audit(tree)  # the threads of this process run
    receive, send = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=lambda: send.send(auditor.audit(tree)))
    child.start()
    assert receive.poll(60) and receive.recv() == expected
    child.join()


def test_threads_share_an_auditor(tree: Path, auditor: treeward.Auditor) -> None:
    audits = []
    threads = [threading.Thread(target=lambda: audits.append(auditor.audit(tree))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(audits) == 4 and len(set(audits)) == 1


def test_signals_are_left_as_they_were(tree: Path, auditor: treeward.Auditor) -> None:
    before = signal.getsignal(signal.SIGINT)
    auditor.audit(tree)
    assert signal.getsignal(signal.SIGINT) is before
