"""Releases: no two that anybody may compare differ by a few people, and no count speaks of a few."""

import json

import pytest
from cohort_people import NOW
from contributed import contribution, files_of
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.cohort.person_answer import AnswerSettings
from backstride.cohort.releases import token
from backstride.cohort.small_cells import without_small
from backstride.cohort.store import CohortStore
from backstride.errors import NotNow
from backstride.services.cohort import take_in
from backstride.services.cohort_fit import fit_people
from backstride.services.contribute import withdraw

SETTINGS = AnswerSettings()
EVEN = {"a": "1", "b": "1"}


def publish(tmp_path, **chosen):
    """Make a release of the store."""
    return fit_people(
        tmp_path / "store", out=tmp_path / "out", settings=SETTINGS, seed=1, least=10, **chosen
    )[0]


def give(tmp_path, numbers, **kind):
    """Take in the contributions of these people."""
    take_in(
        files_of(tmp_path / "in", [contribution(n, **kind) for n in numbers]), tmp_path / "store", now=NOW
    )


def test_contributions_alone_give_a_population_answer(tmp_path):
    """Without one diary in the store the week is shown; a contribution has no verdict, and none is made up."""
    give(tmp_path, range(14))
    found = publish(tmp_path)
    assert (found.answered, found.contributed, found.verdicts) == (14, 14, {"week": {}, "season": {}})
    assert found.week.mean.low_95 < -0.4 < found.week.mean.high_95
    assert found.season is None


def test_one_person_more_is_no_new_release(tmp_path):
    """With one person more, or less, the figures are refused; for the study's own eyes they say what they are."""
    give(tmp_path, range(14))
    publish(tmp_path)
    before = (tmp_path / "out" / "cohort.json").read_text()
    give(tmp_path, [20])
    with pytest.raises(NotNow, match="fewer than 10"):
        publish(tmp_path)
    assert (tmp_path / "out" / "cohort.json").read_text() == before
    publish(tmp_path, to_publish=False)
    assert json.loads((tmp_path / "out" / "cohort.json").read_text())["to_publish"] is False
    assert "own eyes" in (tmp_path / "out" / "cohort.html").read_text()
    withdraw(contribution(20).key, store=tmp_path / "store", received=None)
    assert publish(tmp_path).answered == 14
    withdraw(contribution(3).key, store=tmp_path / "store", received=None)
    with pytest.raises(NotNow):
        publish(tmp_path)
    give(tmp_path, range(30, 39))
    assert publish(tmp_path).answered == 22


def test_other_records_of_one_person_are_a_difference(tmp_path):
    """A person who gives newer records counts as one that the releases differ by."""
    give(tmp_path, range(14))
    publish(tmp_path)
    give(tmp_path, [3], pain="under 2")
    with pytest.raises(NotNow):
        publish(tmp_path)


def test_every_earlier_release_counts(tmp_path):
    """After ten came and nine of them left, the first release is the one that is too near."""
    give(tmp_path, range(14))
    publish(tmp_path)
    give(tmp_path, range(50, 60))
    publish(tmp_path)
    for number in range(50, 59):
        withdraw(contribution(number).key, store=tmp_path / "store", received=None)
    with CohortStore(tmp_path / "store") as store:
        now = {token("contribution", one.key) for one in store.contributions.all()}
        assert len(now) == 15
    with pytest.raises(NotNow):
        publish(tmp_path)


def test_the_season_waits_where_few_of_its_people_differ(tmp_path):
    """Ten more people make a release; of its drawn people one differs, so the season is withheld with its reason."""
    give(tmp_path, range(12), blocks=True)
    assert publish(tmp_path).season is not None
    give(tmp_path, range(20, 40))
    give(tmp_path, [41], blocks=True)
    found = publish(tmp_path)
    assert (found.season, found.answered) == (None, 33)
    assert "not shown this time" in found.season_withheld


def test_of_a_person_who_left_no_token_stays(tmp_path):
    """In what was published they are counted under a random token."""
    give(tmp_path, range(14))
    publish(tmp_path)
    mine = token("contribution", contribution(3).key).encode()
    assert mine in (tmp_path / "store" / "cohort.sqlite").read_bytes()
    withdraw(contribution(3).key, store=tmp_path / "store", received=None)
    assert mine not in b"".join(path.read_bytes() for path in (tmp_path / "store").iterdir())


NAMES = ("helps", "harms", "makes no difference that matters", "no verdict")
COUNTS = st.fixed_dictionaries({name: st.integers(0, 30) for name in NAMES})
TIERS = st.fixed_dictionaries({letter: st.integers(0, 30) for letter in "ABC"})


def possible(shown, total):
    """How many values each hidden count may have to somebody who knows the total and what is shown."""
    hidden = [name for name, count in shown.items() if count is None]
    rest = total - sum(count for count in shown.values() if count is not None)
    return {name: rest - len(hidden) + 1 for name in hidden}


@settings(max_examples=1000, deadline=None)
@given(week=COUNTS, tiers=TIERS, gone=st.integers(0, 25), few=st.integers(0, 30))
def test_no_count_of_a_few_people_can_be_worked_out(week, tiers, gone, few):
    """Over 1,000 cohorts: from all that is shown, nobody can work a count of 1 to 9 out, by totals or by wholes."""
    answered = sum(tiers.values())
    diaries = sum(week.values())
    if answered < 10 or diaries > answered:
        return
    found = without_small(
        people=answered + gone,
        answered=answered,
        contributed=answered - diaries,
        verdicts={"week": week},
        tiers={"week": tiers, "season": tiers},
        few_effective=min(few, answered),
        least=10,
    )
    shown = [found.people, found.answered, found.contributed, found.randomised, found.few_effective]
    for table in (*found.verdicts.values(), *found.tiers.values()):
        shown += table.values()
    assert [count for count in shown if count is not None and 0 < count < 10] == []
    wholes = [
        (found.people, found.answered),
        (found.answered, found.contributed),
        (found.answered, found.few_effective),
    ]
    for whole, part in wholes:
        assert whole is None or part is None or whole - part == 0 or whole - part >= 10
    for real, table in ((tiers, found.tiers["season"]), (week, found.verdicts["week"])):
        for name, values in possible(table, sum(real.values()) if table else 0).items():
            assert values > 1 or real[name] >= 10, name
