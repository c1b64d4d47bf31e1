"""The randomised waiting list: draws, their concealment, ending at will, and the comparison."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.cli.cohort import command
from backstride.cohort.store import CohortStore, StoredPerson, packed
from backstride.cohort.waiting_list import Arm, Enrolment, draw_arm, mean_rating, stratum_of
from backstride.cohort.waiting_list_effect import trial_effect
from backstride.cohort.waiting_words import waiting_consent
from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.errors import NotInDiary, NotNow, TooFewRecords
from backstride.services.cohort import remove_person
from backstride.services.cohort_waiting import compare_arms, enrol, leave

AGREED = date(2026, 2, 2)


def ratings(level, first, days):
    """A rating each morning, which wanders around a level."""
    start = datetime(first.year, first.month, first.day, 7, tzinfo=UTC)
    return tuple(
        CheckIn(moment=start + timedelta(days=day), pain=PainRating(float(level + day % 2)))
        for day in range(days)
    )


def study(folder, people, *, days=14):
    """A store of people with so many rated mornings before they agree; half have much pain."""
    with CohortStore(folder, create=True) as store:
        for n in range(people):
            records = Records(check_ins=ratings(2 + 3 * (n % 2), AGREED - timedelta(days=days), days))
            content, fingerprint = packed(records)
            store.put_person(
                StoredPerson(f"p{n:03d}", "Europe/Berlin", f"{fingerprint}{n}", {}, (), "", content)
            )
    return folder


def with_outcome(folder, effect):
    """Give everybody their last two weeks: lower by `effect` where chance said to begin now."""
    with CohortStore(folder) as store:
        for n, one in enumerate(store.enrolments.all()):
            level = 4 + n % 3 + (effect if one.arm is Arm.NOW else 0)
            check_ins = ratings(2 + 3 * (n % 2), AGREED - timedelta(days=14), 14) + ratings(
                level, AGREED + timedelta(days=42), 14
            )
            content, fingerprint = packed(Records(check_ins=check_ins))
            store.put_person(
                StoredPerson(one.person, "Europe/Berlin", f"{fingerprint}x{n}", {}, (), "", content)
            )


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 60))
def test_blocks_are_balanced_and_every_draw_states_its_chance(seed, people):
    """A full block has as many of both arms, of size 4 or 6; its last draw is certain, its first even."""
    before = []
    for _ in range(people):
        arm, probability, block, size = draw_arm(before, Random(seed + len(before)))
        before.append(Enrolment("", AGREED, "s", block, size, arm, probability))
    blocks = Counter(one.block for one in before)
    for block, count in blocks.items():
        mine = [one for one in before if one.block == block]
        assert mine[0].size in (4, 6)
        assert mine[0].probability == Fraction(1, 2)
        if count == mine[0].size:
            assert Counter(one.arm for one in mine) == {Arm.NOW: count // 2, Arm.WAIT: count // 2}
            assert mine[-1].probability == 1


def test_the_stated_chance_is_the_real_one():
    """Over many seeds, after two 'now' in a block of four comes 'wait' for sure; after one of each it is even."""
    both = [Enrolment("", AGREED, "s", 0, 4, arm, Fraction(1, 2)) for arm in (Arm.NOW, Arm.WAIT)]
    arms = Counter(draw_arm(both, Random(seed))[0] for seed in range(2000))
    assert 900 < arms[Arm.NOW] < 1100
    twice = [Enrolment("", AGREED, "s", 0, 4, Arm.NOW, Fraction(1, 2))] * 2
    assert {draw_arm(twice, Random(seed))[:2] for seed in range(50)} == {(Arm.WAIT, Fraction(1))}


def test_chance_is_asked_once_and_within_strata(tmp_path):
    """Asked again, a person gets the same arm; within each stratum the arms are as even as its blocks."""
    folder = study(tmp_path, 48)
    found = [enrol(folder, f"p{n:03d}", day=AGREED, chance=Random(n)) for n in range(48)]
    assert [enrol(folder, f"p{n:03d}", day=AGREED, chance=Random(99)) for n in range(48)] == found
    for stratum in ("pain under 4", "pain 4 or more"):
        arms = Counter(one.arm for one in found if one.stratum == stratum)
        assert (sum(arms.values()), abs(arms[Arm.NOW] - arms[Arm.WAIT]) <= 3) == (24, True)


def test_nothing_of_the_next_draw_lies_in_the_store(tmp_path):
    """Two copies of a store ask chance differently: what comes next is in neither."""
    arms = []
    for number in range(12):
        folder = study(tmp_path / str(number), 2)
        arms.append(enrol(folder, "p000", day=AGREED, chance=Random(number)).arm)
    assert set(arms) == {Arm.NOW, Arm.WAIT}


def test_a_baseline_takes_seven_rated_mornings(tmp_path):
    """With six chance is not asked, and who is not in the store is nobody."""
    folder = study(tmp_path, 2, days=6)
    with pytest.raises(TooFewRecords, match="fewer than 7"):
        enrol(folder, "p000", day=AGREED)
    with pytest.raises(NotInDiary):
        enrol(folder, "nobody", day=AGREED)
    with CohortStore(folder) as store:
        assert store.enrolments.all() == []


def test_a_day_that_was_not_rated_counts_for_nothing():
    """Unrated mornings are neither zero nor counted; two ratings of a day are one mean."""
    check_ins = ratings(4, date(2026, 1, 1), 8)
    assert mean_rating(check_ins, date(2026, 1, 1), date(2026, 1, 14)) == 4.5
    assert mean_rating(check_ins[:6] * 2, date(2026, 1, 1), date(2026, 1, 14)) is None
    assert stratum_of("north", 4.0) == "north, pain 4 or more"


def test_without_agreement_chance_is_not_asked(tmp_path):
    """The words stand before the question; with 'no' nothing is drawn."""
    folder = study(tmp_path, 1)
    said = CliRunner().invoke(command, ["waiting", "enrol", "p000", "--store", str(folder)], input="n\n")
    assert all(sentence in said.output for sentence in waiting_consent())
    assert "Chance was not asked." in said.output
    with CohortStore(folder) as store:
        assert store.enrolments.all() == []


def test_who_leaves_stays_in_their_arm_and_who_is_removed_leaves_no_name(tmp_path):
    """The end is noted once; taken out of the store, the draw stays without a name."""
    folder = study(tmp_path, 4)
    found = [enrol(folder, f"p{n:03d}", day=AGREED, chance=Random(n)) for n in range(4)]
    leave(folder, "p001", day=AGREED + timedelta(days=9))
    leave(folder, "p001", day=AGREED + timedelta(days=20))
    remove_person(folder, "p002")
    with CohortStore(folder) as store:
        kept = store.enrolments.all()
    assert [(one.arm, one.ended) for one in kept] == [
        (one.arm, AGREED + timedelta(days=9) if one.person == "p001" else None) for one in found
    ]
    assert [one.person for one in kept] == ["p000", "p001", "", "p003"]
    assert b"p002" not in b"".join(path.read_bytes() for path in folder.iterdir())
    with pytest.raises(NotNow, match="not in the trial"):
        leave(study(tmp_path / "other", 1), "p000")


def test_the_arms_are_compared_once_eight_weeks_are_over(tmp_path):
    """The effect is that between the arms; a week too early there is nobody to compare."""
    folder = study(tmp_path, 48)
    for n in range(48):
        enrol(folder, f"p{n:03d}", day=AGREED, chance=Random(n))
    with_outcome(folder, -2)
    leave(folder, "p003")
    with pytest.raises(TooFewRecords, match="fewer than 10"):
        compare_arms(folder, today=AGREED + timedelta(days=55))
    found = compare_arms(folder, today=AGREED + timedelta(days=56))
    assert (found.begin + found.wait, found.begin_missing, found.wait_missing) == (48, 0, 0)
    assert found.low_95 < -2.0 < found.high_95
    assert found.effect == pytest.approx(-2.0, abs=0.5)


def test_whoever_cannot_be_counted_is_told_by_arm(tmp_path):
    """Without ratings at the end, or taken out of the store: no longer in the comparison, and not gone unsaid."""
    folder = study(tmp_path, 48)
    for n in range(48):
        enrol(folder, f"p{n:03d}", day=AGREED, chance=Random(n))
    with_outcome(folder, -2)
    whole = compare_arms(folder, today=AGREED + timedelta(days=56))
    remove_person(folder, "p002")
    found = compare_arms(folder, today=AGREED + timedelta(days=56))
    assert found.begin_missing + found.wait_missing == 1
    assert (found.begin + found.begin_missing, found.wait + found.wait_missing) == (whole.begin, whole.wait)


def test_a_lost_baseline_is_as_good_as_a_lost_outcome():
    """Of 24 people two lack a number: both are missing in their own arm, and the estimate is that of the others."""
    rng = np.random.default_rng(4)
    now, x, y = np.arange(24) % 2 == 0, rng.normal(4.0, 1.0, 24), rng.normal(5.0, 1.0, 24)
    lost_x, lost_y = x.copy(), y.copy()
    lost_x[0], lost_y[1] = np.nan, np.nan
    found = trial_effect(now, lost_x, lost_y, ["s"] * 24)
    assert (found.begin, found.wait, found.begin_missing, found.wait_missing) == (11, 11, 1, 1)
    assert found.effect == pytest.approx(trial_effect(now[2:], x[2:], y[2:], ["s"] * 22).effect)


def test_the_interval_is_that_of_students_t():
    """Against the closed form of two even groups without a covariate: HC3 and t, by hand."""
    rng = np.random.default_rng(4)
    now = np.arange(24) % 2 == 0
    y = rng.normal(5.0, 1.0, 24) - 1.0 * now
    x = np.tile(
        [3.0, 3.0, 5.0, 5.0], 6
    )  # uncorrelated with the arm, so the difference of means is the estimate
    found = trial_effect(now, x, y, ["s"] * 24)
    assert found.effect == pytest.approx(y[now].mean() - y[~now].mean())
    assert (found.high_95 - found.effect) / found.se == pytest.approx(2.0796, abs=1e-3)  # t of 21 degrees


def test_level_and_coverage_hold():
    """Of 400 trials without any effect about 5 % find one, and about 95 % of the intervals hold an effect of -0.8."""
    p, hold = [], []
    for seed in range(400):
        rng = np.random.default_rng(seed)
        x = rng.normal(4.0, 1.7, 60)
        now = rng.permutation(np.arange(60) % 2 == 0)
        y = 1.0 + 0.7 * x + rng.standard_t(5, 60)
        strata = [stratum_of("", value) for value in x]
        p.append(trial_effect(now, x, y, strata).p)
        harmed = trial_effect(now, x, y - 0.8 * now, strata)
        hold.append(harmed.low_95 <= -0.8 <= harmed.high_95)
    assert 0.02 <= np.mean(np.array(p) < 0.05) <= 0.08
    assert 0.92 <= np.mean(hold) <= 0.98
