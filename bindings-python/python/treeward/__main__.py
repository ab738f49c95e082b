"""The command `treeward`, the same that Cargo and npm install."""

import signal
import sys

from . import _treeward


def main() -> None:
    # Ctrl-C ends the command at once, as it does for any other program.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_treeward.run(["treeward", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
