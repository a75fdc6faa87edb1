"""Runs the commands of `fuzz.public` on one file, and tells of each in a line of JSON."""

import sys
from pathlib import Path

import msgspec

from fuzz.public import Limits, try_all

_MANY_TIMES = 4
"""What a process may claim beyond what it may use: libraries map files, threads have stacks."""


def _limit_memory(megabytes: int) -> None:
    """So that a fault does not take the machine's memory; not on Windows."""
    try:
        import resource
    except ImportError:
        return
    most = megabytes * _MANY_TIMES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main() -> None:
    file, seconds, megabytes = sys.argv[1:]
    _limit_memory(int(megabytes))
    for tried in try_all(Path(file), Limits(float(seconds), int(megabytes))):
        sys.stdout.write(msgspec.json.encode(tried).decode() + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
