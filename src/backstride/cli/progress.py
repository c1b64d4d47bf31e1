"""A progress bar on stderr where somebody is watching; one plain line a stage where nobody is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

STAGES = {  # a stage that is over in a moment has no words
    "compiling": "Preparing the engine (once, a minute or two)",
    "sampling": "Working it out",
    "doubts": "Doubting it",
}


@contextmanager
def stages() -> Iterator[Callable[[str, float], None]]:
    """Give a function that is called with a stage and the share of it that is done."""
    if not sys.stderr.isatty():
        yield _plain()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<45}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show_stage(stage: str, share: float) -> None:
            if stage not in STAGES:
                return
            if stage not in tasks:
                for task in tasks.values():
                    bars.update(task, visible=False)
                tasks[stage] = bars.add_task(STAGES[stage], total=None)
            bars.update(tasks[stage], total=1.0 if share > 0.0 else None, completed=share)

        yield show_stage


@contextmanager
def file_counts() -> Iterator[Callable[[int, int], None]]:
    """Give a function that is called with how many files are read, and of how many; silent where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("Reading files"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show_count(done: int, of: int) -> None:
            bar.update(task, total=of, completed=done)

        yield show_count


@contextmanager
def people_counts(what: str) -> Iterator[Callable[[int, int | None], None]]:
    """Give a function that is called with how many people are done, and of how many where that is known.

    Where nobody watches, one plain line says so at every tenth part, or at every 1,000 people.
    """
    if not sys.stderr.isatty():
        yield _plain_counts(what)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show_count(done: int, of: int | None) -> None:
            bar.update(task, total=of, completed=done)

        yield show_count


@contextmanager
def row_counts() -> Iterator[Callable[[int], None]]:
    """Give a function that is called with how many rows of a table are read; a plain line at every 100,000."""
    last = 0

    def show_count(done: int) -> None:
        nonlocal last
        if done // _ROWS_A_LINE > last // _ROWS_A_LINE:
            click.echo(f"Reading the table: {done:,} rows", err=True)
        last = done

    yield show_count


_ROWS_A_LINE = 100_000


def _plain_counts(what: str) -> Callable[[int, int | None], None]:
    last = 0

    def show_count(done: int, of: int | None) -> None:
        nonlocal last
        step = 1_000 if of is None else max(of // 10, 1)
        if done // step > last // step or (done == of and last != of):
            click.echo(f"{what}: {done}{'' if of is None else f' of {of}'} people", err=True)
            last = done

    return show_count


def _plain() -> Callable[[str, float], None]:
    printed: set[str] = set()

    def show_stage(stage: str, share: float) -> None:  # noqa: ARG001 - nobody is watching the share
        if stage in STAGES and stage not in printed:
            printed.add(stage)
            click.echo(f"{STAGES[stage]} ...", err=True)

    return show_stage
