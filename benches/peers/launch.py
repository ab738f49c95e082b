"""Starts one command and tells what it cost: `launch.py OUTPUT ERRORS COMMAND…` prints CPU seconds, wall seconds, peak KiB and status.

A process of its own, with as few imports as possible: a child's peak memory counts from that of the process which starts it.
"""

import os
import sys
import time


def main(output, errors, command):
    files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
    for number, path in ((1, output), (2, errors)):
        files.append((os.POSIX_SPAWN_OPEN, number, path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644))
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=files)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - start
    print(used.ru_utime + used.ru_stime, wall, used.ru_maxrss, os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
