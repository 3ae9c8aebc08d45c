"""`python -m sponsorfit` is the command line `recommend`."""

from __future__ import annotations

import signal
import sys

from . import _lowlevel


def main() -> int:
    """Run the command line on this process's arguments."""
    # The command ends on Ctrl-C and on a closed pipe as any program of the shell does.
    for name in ("SIGINT", "SIGPIPE"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    return _lowlevel.run_cli(("python -m sponsorfit", *sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())
