"""Where a run comes from, in words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from backstride.core.run import Run
from backstride.core.same_run import merge_same_runs
from backstride.report.run_sources import same_run_lines, source_line

WATCH = Run(start=datetime(2026, 5, 1, 7, tzinfo=UTC), moving_s=1800, distance_m=5000, source="watch.fit")
APP = replace(WATCH, start=WATCH.start + timedelta(minutes=2), moving_s=1860, source="app.csv line 3")


def lines(*runs: Run) -> list[str]:
    """What is said of runs that are held to be one."""
    return [line for same in merge_same_runs(runs)[1] for line in same_run_lines(same)]


def test_why_two_sources_tell_of_one_run():
    """Both are named, with how far apart they begin and how long each says that it took."""
    (line,) = lines(WATCH, APP)
    assert line == (
        "watch.fit and app.csv line 3 hold the same run, so it counts once. They begin 2 minutes apart. "
        "It took 30 minutes or 31 minutes."
    )


def test_what_is_the_same_is_not_told_twice():
    """Two files of one recording begin and end together: no line on what lies between them."""
    (line,) = lines(WATCH, replace(WATCH, source="copy.gpx"))
    assert line == "copy.gpx and watch.fit hold the same run, so it counts once."


def test_runs_that_are_two_are_not_spoken_of():
    """An hour later it is another run."""
    assert lines(WATCH, replace(APP, start=WATCH.start + timedelta(hours=2))) == []


def test_a_clock_in_another_zone_is_named():
    """A file that states no zone is an hour away to the minute, and the sentence says why that is forgiven."""
    odd = replace(WATCH, start=WATCH.start + timedelta(seconds=17))
    other = replace(odd, start=odd.start + timedelta(hours=1), source="b.gpx", zone_source="assumed")
    (line,) = lines(odd, other)
    assert "60 minutes apart" in line
    assert line.endswith("One of them names no time zone.")


def test_a_run_joined_when_it_was_brought_names_all_its_sources():
    """One source is one source; two are said to be two."""
    (kept,), _ = merge_same_runs([WATCH, APP])
    assert source_line("watch.fit") == "Source: watch.fit"
    assert source_line(kept.source).startswith("Sources: watch.fit, app.csv line 3. They hold the same run")
