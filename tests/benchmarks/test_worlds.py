"""The worlds: truths are what they are said to be, habits are kept, and the files are read as they were meant."""

from types import SimpleNamespace
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from backstride.diary.daily import daily_series
from backstride.importers.folder import import_path

UTC = ZoneInfo("UTC")


@pytest.fixture
def catalogue(program):
    """The module of the worlds."""
    return program("calibration.worlds.catalogue")


@pytest.fixture
def person(catalogue):
    """A function that gives one person of a world."""

    def give(name, number=0, *, design="own", kept=0.92, days=84):
        return catalogue.lived(catalogue.Cell(catalogue.WORLDS[name], design, kept, days), 3, number)

    return give


def test_who_running_does_nothing_to_has_a_truth_of_exactly_nought(catalogue, person):
    """In every world of no effect both arms are lived from the same chance, and are the same."""
    nulls = [name for name, world in catalogue.WORLDS.items() if world.says == "null"]
    assert len(nulls) > 40
    assert {person(name, days=60).truth[:2] for name in nulls} == {(0.0, 0.0)}


@pytest.mark.parametrize(
    ("name", "question", "aim"),
    [
        ("slow harm +2.5", "season", 2.5),
        ("next-day harm +1.0", "week", 1.0),
        ("sore next day, better by habit", "season", -0.9),
        ("long runs harm (hump)", "season", 1.2),
    ],
)
def test_an_effect_is_as_large_as_the_world_says(person, name, question, aim):
    """A person's truth is the one asked for, within a tenth of a point."""
    assert getattr(person(name).truth, question) == pytest.approx(aim, abs=0.1)


def test_a_week_of_daily_runs_has_the_truth_of_the_closed_form(program, catalogue):
    """An ache of one point of which 0.35 is left a day later adds up to 1.54 less what rest takes away day by day."""
    body, life = program("calibration.worlds.body"), program("calibration.worlds.life")
    daily = program("calibration.worlds.habits").Habits(pattern="every", every=1, pull=0.0, spread=0.0)
    aching = body.Body(level=4.0, ache=1.0, slow_sd=0.0)
    lived = life.live(aching, daily, design="own", days=60, seed=[1])
    rest = 0.35 ** np.arange(1, 8)
    expected = float(np.mean((1.0 - rest) / 0.65))
    assert life.truth_of(aching, lived, seed=[1]).week == pytest.approx(expected, abs=0.04)


def test_the_bound_is_that_of_least_squares_where_ratings_are_independent(program):
    """Without memory or drift it is a regression's own spread, its columns made by convolution."""
    body, life, best = (program(f"calibration.worlds.{name}") for name in ("body", "life", "bound"))
    daily = program("calibration.worlds.habits").Habits(sessions=3.0, pull=0.0, spread=0.3)
    plain = body.Body(fast_sd=1.0, fast_days=1e-3, slow_sd=0.0)
    lived = life.live(plain, daily, design="own", days=200, seed=[1])
    found = best.bound(plain, lived, missing=0.0, seed=[1])
    load, lag, s = lived.minutes / 30.0, np.arange(1, 2000), 1 / 14
    kernels = 0.35 ** (lag - 1), s**2 * lag * (1 - s) ** (lag - 1)
    before = np.concatenate([np.zeros(2000), load]), np.concatenate([np.full(2000, load[:28].mean()), load])
    columns = [np.convolve(x, k)[1999:2199] for x, k in zip(before, kernels, strict=True)]
    x = np.array([np.ones(200), *columns])
    covariance = (1.0 + 0.4**2 + 1 / 12) * np.linalg.inv(x @ x.T)
    a_week, minutes = life.usual_plan(lived)
    usual = a_week / 7 * minutes / 30
    adapted = np.mean([kernels[1][:t].sum() for t in range(57, 85)])
    season = usual * np.array([0.0, 1 / 0.65, adapted])
    week = usual * np.array([0.0, np.mean(1 - 0.35 ** np.arange(1, 8)) / 0.65, 1 - adapted_left()])
    assert found.season == pytest.approx(np.sqrt(season @ covariance @ season), rel=0.01)
    assert found.week == pytest.approx(np.sqrt(week @ covariance @ week), rel=0.01)
    assert (best.power(-1.0, 0.2) > 0.99, best.power(-1.0, 3.0) < 0.2) == (True, True)


def adapted_left():
    """The share of a full adaptation that is left without runs, mean over seven mornings."""
    s, first, second, left = 1 / 14, 1.0, 1.0, []
    for _ in range(7):
        first -= first * s
        second += (first - second) * s
        left.append(second)
    return np.mean(left)


def test_the_same_number_is_the_same_person(program, person, tmp_path):
    """A person's files are the same, byte by byte, and another person's are not."""
    keep = program("calibration.worlds.diary").keep_diary
    for folder, number in (("a", 1), ("b", 1), ("c", 2)):
        keep(tmp_path / folder, person("own days", number), design="own", seed=[3, number])
    files = {f: [p.read_bytes() for p in sorted((tmp_path / f).iterdir())] for f in "abc"}
    assert files["a"] == files["b"] != files["c"]


@pytest.mark.parametrize("kept", [0.92, 0.66])
@pytest.mark.parametrize("design", ["days", "weeks", "blocks of 4"])
def test_draws_are_kept_as_often_as_asked(person, design, kept):
    """Over 16 people the mean share of drawn days that were kept is within five points of the one asked for."""
    found = [person("evening decision", n, design=design, kept=kept, days=126).life.kept for n in range(16)]
    assert np.mean(found) == pytest.approx(kept, abs=0.05)


@pytest.mark.parametrize("design", ["days", "weeks", "blocks of 2", "blocks of 4"])
def test_half_of_drawn_weeks_and_three_drawn_days_a_week_are_for_running(person, design):
    """Draws end with the diary; each drawn week has three runs, or, where weeks are drawn, half of them have."""
    assigned = person("own days", design=design, days=126).life.plan.assigned
    weeks = assigned[14:].reshape(-1, 7).sum(axis=1)
    assert np.isnan(assigned[:14]).all()
    assert weeks.tolist() == [3.0] * 16 if design == "days" else sorted(weeks) == [0.0] * 8 + [3.0] * 8


def test_fixed_days_are_kept_whatever_the_pain(person):
    """Exact runners run on the same three weekdays each week, and every third day is every third day."""
    exact = np.flatnonzero(person("fixed weekdays, exact").life.minutes > 0)
    assert len(exact) == 36
    assert len(set(exact % 7)) == 3
    assert set(np.diff(np.flatnonzero(person("every 3rd day").life.minutes > 0))) == {3}


def test_who_decides_in_the_evening_decides_by_the_evening(person):
    """Pain of the evening tells runs from rests better than that of the morning; in the other world it does not."""

    def gaps(name):
        lives = [person(name, n, days=126).life for n in range(12)]
        return [
            np.mean(
                [
                    getattr(x, when)[x.minutes == 0].mean() - getattr(x, when)[x.minutes > 0].mean()
                    for x in lives
                ]
            )
            for when in ("morning", "evening")
        ]

    morning, evening = gaps("evening decision")
    assert evening > morning + 0.2
    morning, evening = gaps("own days, avoids strongly")
    assert morning > evening + 0.1


def test_nobody_runs_in_a_flare_who_stops_for_it(person):
    """Flares come, last a week or more, and hold no run."""
    lives = [person("flares without running", n, days=126).life for n in range(6)]
    flare = np.concatenate([life.flare for life in lives])
    assert 0.1 < np.mean(flare > 0.5) < 0.6
    assert not np.concatenate([life.minutes for life in lives])[flare > 0.5].any()


def test_a_peak_heals_while_the_ladder_is_climbed(person):
    """Pain is worst when running begins; minutes rise from 2.5 to 15 and more."""
    life = person("ladder at a peak", days=126).life
    runs = np.flatnonzero(life.minutes > 0)
    around, late = slice(runs[0] - 5, runs[0] + 5), slice(-28, None)
    assert life.morning[around].mean() > life.morning[late].mean() + 1.0
    assert life.minutes[runs[0]] == 2.5
    assert life.minutes[runs[-1]] >= 14.0


@pytest.mark.parametrize("design", ["own", "weeks"])
def test_a_diary_is_read_as_it_was_kept(program, person, tmp_path, design):
    """No row is refused; every run is there, and each day without one is a known rest."""
    one = person("own days", design=design, days=126)
    program("calibration.worlds.diary").keep_diary(tmp_path, one, design=design, seed=[3, 0])
    found = import_path(tmp_path, zone=UTC)
    series = daily_series(found.records, zone=UTC)
    assert found.skipped == ()
    assert (series.dose > 0).tolist() == (one.life.minutes > 0).tolist()
    assert not np.isnan(series.dose).any()
    rated = ~np.isnan(series.pain)
    assert rated.mean() > 0.8
    assert (series.pain[rated] == one.life.rating[rated]).all()


def test_every_way_of_keeping_a_diary_can_be_read(program, catalogue, person, tmp_path):
    """No row of any world's files is refused; 'pain before' has a table of its own, which not every version knows."""
    keep, rng = program("calibration.worlds.diary").keep_diary, np.random.default_rng(3)
    ways = {world.make(rng)[2]: world.name for world in catalogue.WORLDS.values()}
    assert len(ways) > 15
    for i, (keeping, name) in enumerate(ways.items()):
        one = person("own days", days=425 if keeping.gap[1] else 60)._replace(keeping=keeping)
        keep(tmp_path / str(i), one, design="own", seed=[3, 0])
        skipped = [
            x for x in import_path(tmp_path / str(i), zone=UTC).skipped if "pain-before" not in x.where
        ]
        assert skipped == [], name


def test_every_cell_has_a_name_of_its_own(catalogue):
    """The table's cells come first, then all others, each once; nothing is drawn in diaries of 28 days."""
    every = list(catalogue.every_cell())
    assert len({cell.name for cell in every}) == len(every) > 1000
    assert [cell.name for cell in catalogue.cells()] == [
        cell.name for cell in every[: len(list(catalogue.cells()))]
    ]
    assert {cell.design for cell in every if cell.days == 28} == {"own"}


def an_effect(**changes):
    """One question's part of an answer of the version before the panel."""
    estimate = SimpleNamespace(mean=-0.3, sd=0.1, interval_95=(-0.5, -0.1))
    return SimpleNamespace(**{"estimate": estimate, "verdict": "helps a little"} | changes)


def test_answers_of_two_versions_are_read_alike(program):
    """One tier or two, and a flag of either name, give the same row; an open question says why."""
    as_row = program("calibration.worlds.adapter").as_row
    first, tier = an_effect(also_no_difference=True), SimpleNamespace(letter="A")
    panel = an_effect(too_small=True, tier=tier, caused=True, reason=None)
    reason = SimpleNamespace(hurdle="sampling did not settle", analysis="main")
    shut = an_effect(verdict="can't tell yet", too_small=False, tier=tier, caused=False, reason=reason)
    rows = [
        as_row(SimpleNamespace(week=first, season=first, tier=tier)),
        as_row(SimpleNamespace(week=panel, season=shut)),
    ]
    names = ("verdict", "small", "tier", "caused", "mean", "low")
    assert [rows[0][name]["week"] for name in names] == [rows[1][name]["week"] for name in names]
    assert [rows[1][name]["week"] for name in names[:4]] == ["helps a little", True, "A", True]
    assert rows[1]["why"] == {"week": "", "season": "sampling did not settle (main)"}
    assert [row["settled"] for row in rows] == [True, False]


def a_row(number, said, *, truth=0.0, seed=1, low=-1.0, high=1.0):
    """One answer as it is kept."""
    both = {name: dict.fromkeys(("week", "season"), x) for name, x in (("verdict", said), ("truth", truth))}
    both |= {name: dict.fromkeys(("week", "season"), x) for name, x in (("low", low), ("high", high))}
    both |= {
        name: {"week": x, "season": x}
        for name, x in (
            ("small", False),
            ("tier", "A"),
            ("mean", 0.2),
            ("sd", 0.5),
            ("why", ""),
            ("caused", said.startswith("h")),
        )
    }
    both |= {"truth_error": {"week": 0.0, "season": 0.0}, "rhat": {"week": 1.0, "season": 1.0}}
    once = {
        "cell": "own days/own/84",
        "seed": 1,
        "number": number,
        "sampler_seed": seed,
        "settled": True,
        "error": "",
    }
    return both | once | {"days": 84, "ratings": 77, "runs": 36, "kept": None, "seconds": 1.0}


def test_the_table_counts_what_is_told(program, catalogue):
    """Of four people without an effect one told 'helps' breaks the bar; so do two seeds that differ."""
    table = program("calibration.worlds.table")
    rows = [a_row(n, "makes no difference that matters") for n in range(3)] + [a_row(3, "helps a little")]
    found = table.told([*rows, a_row(3, "can't tell yet", seed=2)], "week")
    assert (found.helps, found.no_difference, found.because) == ((1, 4), (3, 4), (1, 4))
    assert found.agree == (0, 1)
    assert found.bias == pytest.approx(0.2)
    cell = next(cell for cell in catalogue.cells() if cell.name == "own days/own/84")
    broken = table.broken(cell, found, "week")
    assert [b.bar for b in broken] == [table.NULL, table.CAUSE, table.SEEDS]
    assert [b.clear for b in broken] == [False, False, True]
    assert table.at_least(1, 4, 0.05) == pytest.approx(1 - 0.95**4)


def test_harm_told_as_help_breaks_its_bar(program, catalogue):
    """Of people harmed by 1.5 points, 'helps' and 'no difference' break two bars, a short interval two more."""
    table = program("calibration.worlds.table")
    said = ("helps", "makes no difference that matters", "harms", "harms")
    found = table.told([a_row(n, v, truth=1.5) for n, v in enumerate(said)], "season")
    cell = next(cell for cell in catalogue.cells() if cell.world.says == "harm")
    bars = {b.bar for b in table.broken(cell, found, "season")}
    assert bars == {table.HARMED, table.LARGE_NONE, table.COVER, table.COVER_CLAIMED}


def test_a_compact_table_holds_what_the_page_needs(program, tmp_path):
    """Rows written and read again give the same figures."""
    rows, table = program("calibration.worlds.rows"), program("calibration.worlds.table")
    told = [a_row(n, "helps", truth=0.25 * n) for n in range(4)]
    rows.write_compact(told, tmp_path / "x.csv")
    assert table.told(rows.read_compact(tmp_path / "x.csv"), "week") == table.told(told, "week")


def test_a_version_that_cannot_start_is_an_error_of_the_person(program, tmp_path):
    """Where the process ends at once there is no answer, and the next person gets a process anew."""
    worlds = program("worlds")
    (tmp_path / "backstride").mkdir()
    (tmp_path / "backstride" / "__init__.py").write_text("raise SystemExit(3)")
    worker = worlds.Worker(SimpleNamespace(source=tmp_path, cache=tmp_path, patience=60.0))
    assert "ended" in worker.ask({"folder": "x", "seeds": [1]})["error"]
    worker.end()


def test_an_effect_that_turns_is_the_opposite_before(person):
    """A run is followed by less pain than before it in the first half of the diary, and by more in the second."""
    rise = []
    for number in range(6):
        life = person("helped first, next-day harm +1.0 now", number, days=126).life
        ran, change = life.minutes[:-1] > 0, np.diff(life.morning)
        halves = [slice(0, 62), slice(64, 125)]
        rise.append([change[h][ran[h]].mean() - change[h][~ran[h]].mean() for h in halves])
    first, second = np.mean(rise, axis=0)
    assert first < -0.5
    assert second > 0.5
