"""Where the time of a command goes: a line on stderr as each stage ends."""

import time

import click

START_UP = "start-up"


class Timings:
    """A watch that is read whenever one stage ends and the next begins; silent unless wanted."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self._stage = ""
        self._began = 0.0
        if wanted:  # a process knows how long it has worked, not when it was begun
            click.echo(_line(START_UP, time.process_time()), err=True)

    def stage(self, name: str) -> None:
        """Start timing the stage `name` and end the running one; a repeated name changes nothing."""
        if name == self._stage:
            return
        self.end()
        self._stage = name

    def end(self) -> None:
        """Stop timing the running stage and print its time."""
        now = time.perf_counter()
        if self._wanted and self._stage:
            click.echo(_line(self._stage, now - self._began), err=True)
        self._stage, self._began = "", now


def _line(stage: str, seconds: float) -> str:
    return f"timing {stage}: {seconds:.3f} s"
