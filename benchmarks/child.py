"""One run of the command `backstride` as a process of its own: what it said, how long it took, how much memory."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

BYTES_A_UNIT = 1 if sys.platform == "darwin" else 1024
"""The unit of `ru_maxrss` differs between systems."""


@dataclass(frozen=True)
class Child:
    """What became of one run.

    Attributes:
        code: its exit status.
        out, err: what it printed.
        seconds: from just before the process began to its end.
        cpu_seconds: of work, on all cores together; other work on the machine does not lengthen it much.
        peak_mb: the most memory it held at one time, in 2**20 bytes.
        heard: each line on stderr, with the seconds after which it came and the processor's seconds until then.
    """

    code: int
    out: str
    err: str
    seconds: float
    cpu_seconds: float
    peak_mb: float
    heard: tuple[tuple[float, float, str], ...]

    def seconds_to(self, beginning: str) -> float:
        """After how long the line with this beginning came on stderr; nan where it never did."""
        return next((after for after, _, line in self.heard if line.startswith(beginning)), float("nan"))

    def cpu_seconds_to(self, beginning: str) -> float:
        """Return the processor's seconds, on all cores, until that line; nan where the system does not tell."""
        return next((cpu for _, cpu, line in self.heard if line.startswith(beginning)), float("nan"))


def cpu_seconds_of(process: int) -> float:
    """Return the processor's seconds of a process that still runs, by /proc; nan where there is none."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def backstride(
    *words: str | Path, environment: Mapping[str, str] | None = None, python: str | Path = sys.executable
) -> Child:
    """Run `backstride` with these words, and wait for its end.

    Args:
        words: sub-command and options.
        environment: set for the child besides its parent's.
        python: the interpreter into which it is installed.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        [str(python), "-m", "backstride.cli.main", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stderr is not None
    heard: list[tuple[float, float, str]] = []

    def listen(lines: Sequence[str]) -> None:
        heard.extend(
            (time.perf_counter() - began, cpu_seconds_of(process.pid), line.rstrip("\n")) for line in lines
        )

    listener = threading.Thread(target=listen, args=(process.stderr,))
    listener.start()
    with process.stdout, process.stderr:
        out = process.stdout.read()
        listener.join()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)  # so that nobody waits for it again
    return Child(
        code=process.returncode,
        out=out,
        err="\n".join(line for _, _, line in heard),
        seconds=seconds,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        peak_mb=usage.ru_maxrss * BYTES_A_UNIT / 2**20,
        heard=tuple(heard),
    )
