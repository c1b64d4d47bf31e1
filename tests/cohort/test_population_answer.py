"""Many diaries together: what is shown, and that no number speaks of few people."""

import json
from math import comb

import numpy as np
import pytest
from cohort_people import stored
from hypothesis import given
from hypothesis import strategies as st

from backstride.cohort.person_answer import AnswerSettings, answer_key
from backstride.cohort.population import SHARED_SD
from backstride.cohort.population_answer import usable_traits
from backstride.cohort.population_calibration import Calibration, QuantityRanks, calibration
from backstride.cohort.population_figures import CONTOURS, contour, even_counts, rank_histograms
from backstride.cohort.population_summary import JointSpread, Spread
from backstride.cohort.small_cells import shown_counts
from backstride.cohort.store import CohortStore, StoredAnswer, StoredPerson
from backstride.errors import BadValue, TooFewRecords
from backstride.services.cohort_fit import fit_people

SETTINGS = AnswerSettings()


def cohort(folder, count, *, blocks=0, never_ran=0):
    """A store of answers with a mean week of -0.4; some have drawn blocks, some never ran."""
    rng = np.random.default_rng(1)
    with CohortStore(folder, create=True) as store:
        for number in range(count + never_ran):
            plain = stored(number)
            person = StoredPerson(
                plain.id, plain.zone, plain.fingerprint, {"sex": "fm"[number % 2]}, (), "", plain.packed
            )
            store.put_person(person)
            ran = number < count
            draws = rng.multivariate_normal([-0.4, -0.8], [[0.03, 0.02], [0.02, 0.3]], 400)
            numbers = {
                "week_tier": "B", "season_tier": "A" if number < blocks else "B", "pathways": "",
                "week_verdict": "helps a little" if ran and number < 12 else None, "season_verdict": None,
                "week_mean": -0.4 if ran else None,
            }  # fmt: skip
            key = answer_key(person, SETTINGS)
            store.put_answer(StoredAnswer(key, person.fingerprint, numbers, draws.astype("<f4").tobytes()))
    return folder


def fitted(folder, **chosen):
    """What both files and the answer say."""
    found, (numbers, page) = fit_people(folder, out=folder, settings=SETTINGS, seed=1, least=10, **chosen)
    return found, json.loads(numbers.read_text()), page.read_text()


def test_the_week_is_shown_and_the_season_is_not(tmp_path):
    """Without drawn blocks the season is withheld with its reason; who never ran is no zero, and is not in it."""
    found, numbers, page = fitted(cohort(tmp_path / "s", 40, never_ran=15))
    assert (found.people, found.answered, found.season, numbers["season"]) == (55, 40, None, None)
    assert "Where people run less on bad days" in numbers["season_withheld"]
    assert found.season_withheld in page
    assert -0.8 < found.week.mean.low_95 < -0.4 < found.week.mean.high_95 < -0.1
    assert set(numbers["week"]["of_traits"]) == {"sex = m"}
    assert numbers["verdicts"]["week"] == {"helps a little": 12, "no verdict": 28}
    assert numbers["week"]["helped"]["mean"] == pytest.approx(round(numbers["week"]["helped"]["mean"], 2))


def test_the_season_is_shown_where_chance_drew_blocks(tmp_path):
    """It rests on those people alone."""
    found, _, page = fitted(cohort(tmp_path / "s", 30, blocks=12))
    assert found.season.people == 12
    assert found.season.mean.low_95 < -0.8 < found.season.mean.high_95
    assert "where chance drew blocks of weeks" in page
    few, numbers, _ = fitted(cohort(tmp_path / "few", 30, blocks=9))
    assert few.season is None
    assert "and there are fewer than 10" in numbers["season_withheld"]
    assert numbers["tiers"]["season"] == {"A": None, "B": None}


def test_no_number_of_people_makes_the_shared_offset_smaller(tmp_path):
    """The mean of 300 people alike keeps an sd of what all diaries together may be off by, at the least."""
    found, _, _ = fitted(cohort(tmp_path / "s", 300, blocks=300))
    for effect, offset in ((found.week, SHARED_SD[0]), (found.season, SHARED_SD[1])):
        assert 0.9 * offset < effect.mean.sd < 1.5 * offset  # of a thousand draws


def test_of_fewer_than_ten_nothing_is_said(tmp_path):
    """Nine people are too few, whatever they say; and no study may ask for one."""
    folder = cohort(tmp_path / "s", 9)
    with pytest.raises(TooFewRecords, match="nothing is said of fewer than 10"):
        fitted(folder)
    with pytest.raises(BadValue, match="Give 2 or more"):
        fit_people(folder, out=folder, settings=SETTINGS, seed=1, least=1)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=7))
def test_no_count_below_ten_is_shown_or_given_away(counts):
    """No shown count is between 1 and 9, and what is hidden is never one cell alone, nor fewer than ten together."""
    found = shown_counts(counts)
    hidden = [name for name, count in found.items() if count is None]
    shown = {name: count for name, count in found.items() if count is not None}
    assert all(counts[name] == count and not 0 < count < 10 for name, count in shown.items())
    if hidden and any(shown.values()):
        assert len(hidden) > 1
        assert sum(counts[name] for name in hidden) >= 10


def test_a_trait_needs_people_on_both_sides():
    """Ten on each side of two values; numbers per sd; words of many kinds are left out; no answer is no zero."""
    traits = [
        {"sex": "f" if i < 9 else "m", "age": str(30 + i), "town": f"t{i}", "arm": "xy"[i % 2]}
        for i in range(40)
    ]
    del traits[0]["age"]
    used, left_out = usable_traits(traits, least=10)
    assert (set(used), left_out) == ({"age, per sd", "arm = y"}, ("sex", "town"))
    assert used["age, per sd"][0] == 0.0
    assert used["age, per sd"].mean() == pytest.approx(0.0, abs=1e-12)


def test_what_is_published_draws_contours_and_no_person(tmp_path):
    """The page of a release has the drawing without a dot a person; for the study's own eyes each has one."""
    folder = cohort(tmp_path / "s", 30, blocks=12)
    found, numbers, page = fitted(folder)
    assert (len(found.points), numbers["points"]) == (0, [])
    assert "No dot stands for a person here" in page
    assert 'stroke-linecap="round"' not in page  # the mark of many dots
    own, numbers, page = fitted(folder, to_publish=False)
    assert len(own.points) == len(numbers["points"]) == 12
    assert "12 people as dots" in page
    assert 'stroke-linecap="round"' in page


def test_each_drawing_has_its_numbers_in_a_table(tmp_path):
    """Week with season, traits and tiers are drawn, and every number of them stands in a table."""
    found, _, page = fitted(cohort(tmp_path / "s", 30, blocks=12))
    assert page.count("<svg") == 4
    for spread in (found.joint.slope, found.joint.correlation, *found.week.of_traits.values()):
        assert f"{spread.low_95:+.2f} to {spread.high_95:+.2f}" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_the_ranks_of_the_calibration_are_drawn_and_stand_in_a_table(tmp_path):
    """The page draws the committed ranks: of each quantity a bar a bin, and the same counts beside it."""
    known = calibration()
    _, _, page = fitted(cohort(tmp_path / "s", 30))
    assert f"tried on {known.replicates} simulated cohorts" in page
    for one in known.quantities:
        assert (sum(one.counts), len(one.counts)) == (known.replicates, 20)
        assert " ".join(map(str, one.counts)) in page
    low, high = even_counts(known)
    assert 0.94 < sum(binomial(known.replicates, 0.05, k) for k in range(low, high + 1)) < 0.98


def binomial(count, chance, k):
    """The chance of k of so many."""
    return comb(count, k) * chance**k * (1.0 - chance) ** (count - k)


def test_the_drawing_of_ranks_shows_an_uneven_bar():
    """A bin with all replicates stands out of the band, and the description counts it."""
    found = Calibration(100, 60, (QuantityRanks("mean", (100, *[0] * 19), 0.0, 0.0),))
    low, high = even_counts(found)
    assert (low, high) == (1, 10)
    assert "20 of 20 do not" in rank_histograms(found).description


def test_contours_hold_their_share_of_people():
    """Of 200,000 people drawn from the t, 50 and 95 % lie within the curves."""
    spread = Spread(0.0, 0.0, 0.0, 0.0)
    joint = JointSpread(-0.3, -0.6, 0.09, 0.1, 0.4, 6.0, spread, spread)
    rng = np.random.default_rng(1)
    sigma = np.array([[0.09, 0.1], [0.1, 0.4]])
    off = (
        rng.multivariate_normal([0.0, 0.0], sigma, 200_000)
        / np.sqrt(rng.gamma(3.0, 1 / 3.0, 200_000))[:, None]
    )
    power = np.einsum("sa,ab,sb->s", off, np.linalg.inv(sigma), off)
    for share in CONTOURS:
        edge = np.array(contour(joint, share)) - [-0.3, -0.6]
        at = np.einsum("sa,ab,sb->s", edge, np.linalg.inv(sigma), edge)
        assert np.ptp(at) < 1e-9 * at.max()
        assert (power < at[0]).mean() == pytest.approx(share, abs=0.005)


def test_who_left_is_counted_by_month_and_few_are_not_shown(tmp_path):
    """The page names how many people went in a month, from ten on; fewer are said to be not shown."""
    folder = cohort(tmp_path / "s", 55)
    for number in range(3):
        leave(folder, number, "2026-03")
    _, numbers, page = fitted(folder)
    assert numbers["left"] == {"2026-03": None}
    assert "not shown" in page
    for number in range(3, 14):
        leave(folder, number, "2026-03")
    _, numbers, _ = fitted(folder)
    assert numbers["left"] == {"2026-03": 14}


def leave(folder, number, month):
    """Take a person out of the store."""
    with CohortStore(folder) as store:
        store.remove_person(stored(number).id, month=month)
