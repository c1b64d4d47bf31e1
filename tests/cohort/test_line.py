"""The line beside the verdict: others teach a ratio, no sign and no verdict."""

import json
from dataclasses import replace
from datetime import date
from math import lgamma

import numpy as np
import pytest
from click.testing import CliRunner
from cohort_people import NOW, ZONE
from contributed import contribution, files_of
from hypothesis import given
from hypothesis import strategies as st

from backstride.answer.cohort_line import PeopleLike, PeopleShares
from backstride.cli.answer import command as answer_command
from backstride.cli.cohort import command
from backstride.cohort.contribution import LikelihoodPart
from backstride.cohort.interim import interim_prior
from backstride.cohort.line import EXTRA_SD, ratio_weights, ratios_of, week_marginal
from backstride.cohort.person_answer import AnswerSettings
from backstride.cohort.population import Population
from backstride.cohort.prior_file import CohortPrior, Ratio, prior_json, read_prior
from backstride.diary.tables import write_tables
from backstride.errors import BadTable, NotNow, TooFewRecords
from backstride.report.cohort_section import like_sentences, of_twenty
from backstride.services.cohort import take_in
from backstride.services.cohort_fit import write_prior
from backstride.services.estimate import estimate
from backstride.testing.people import make_person

SHARES = PeopleShares((0.4, 0.3, 0.5), (0.5, 0.4, 0.6), (0.1, 0.05, 0.2))
PRIOR = CohortPrior("2026-11", 260, 120, 1.0, (Ratio(1.7, 0.25, 6.0), Ratio(1.6, 0.3, 10.0)), SHARES, SHARES)


@pytest.fixture(scope="module")
def records():
    """A made-up diary of 84 days whose season is a point less pain."""
    return make_person(
        seed=3, first_day=date(2026, 1, 5), days=84, effect_season=-1.0, tier="A-weeks", pathways=False
    ).records


@pytest.fixture(scope="module")
def alone(records):
    """What that diary says without any cohort."""
    return estimate(records, zone=ZONE, seed=1, now=NOW)


def study(tmp_path, count, *, blocks):
    """A store of contributions, of which so many come from people with drawn blocks."""
    given = [contribution(n, blocks=n < blocks) for n in range(count)]
    take_in(files_of(tmp_path / "in", given), tmp_path / "store", now=NOW)
    return tmp_path / "store"


def published(tmp_path, store):
    """Write the prior of a store."""
    return write_prior(
        store, out=tmp_path / "prior.json", settings=AnswerSettings(), seed=1, least=10, now=NOW
    )


def test_no_verdict_changes(records, alone):
    """With a cohort the answer is the same in every number, and has the line beside it."""
    beside = estimate(records, zone=ZONE, seed=1, now=NOW, cohort=PRIOR)
    assert alone.cohort is None
    same_time = replace(beside.diagnostics, sampling_seconds=alone.diagnostics.sampling_seconds)
    assert repr(replace(beside, cohort=None, diagnostics=same_time)) == repr(alone)
    line = beside.cohort
    assert (line.own, line.people, line.randomised) == (alone.season.estimate, 260, 120)
    assert line.with_others != line.own
    assert line.effective_draws >= 100.0


def test_others_lend_no_sign():
    """A person whose draws are the mirror image gets the mirror image of the line: no mean is borrowed."""
    draws = np.random.default_rng(1).multivariate_normal([-0.4, -0.6], [[0.04, 0.05], [0.05, 0.6]], 500)
    prior = interim_prior(())
    np.testing.assert_allclose(
        ratio_weights(draws, prior, PRIOR.ratios), ratio_weights(-draws, prior, PRIOR.ratios), rtol=1e-6
    )


@pytest.mark.parametrize("mean", [(-0.4, -0.8), (0.0, 0.0), (0.3, -0.6), (-0.1, 0.7)])
@pytest.mark.parametrize("both", [0.0, 0.08])
def test_a_ratio_holds_nineteen_in_twenty_of_the_cohorts_own_people(mean, both):
    """The spread is measured about the line that is lent: also where that line misses the centre of the people."""
    sigma, rng = np.array([0.09, both, 0.16]), np.random.default_rng(1)
    found = Population(np.array([[mean]] * 4), np.array([sigma] * 4), np.full(4, 30.0), ("mean",))
    square = np.array([[sigma[0], both], [both, sigma[2]]])
    scale = np.sqrt(rng.gamma(15.0, 1.0 / 15.0, 40_000))[:, None]
    week, season = (np.array(mean) + rng.multivariate_normal([0.0, 0.0], square, 40_000) / scale).T
    ratio = ratios_of(found)[0]
    inside = np.abs(season - ratio.slope * week) < 2.042 * ratio.sd  # the central 95 % of a t of 30
    assert inside.mean() > 0.93
    mirrored = found._replace(B=-found.B)
    assert ratios_of(mirrored) == ratios_of(found)


def test_a_known_week_moves_an_unknown_season_towards_the_ratio():
    """Where the week is known and the season hardly is, the season goes to 1.65 times the week, less its own pull."""
    rng = np.random.default_rng(2)
    prior = interim_prior(())
    wide = rng.multivariate_normal([-0.6, 0.0], [[0.01, 0.0], [0.0, 4.0]], 40_000)
    of_prior = np.exp(prior(wide))  # draws under the interim prior of a person who knows the week alone
    draws = wide[rng.choice(len(wide), 4_000, p=of_prior / of_prior.sum())]
    weight = ratio_weights(draws, prior, PRIOR.ratios)
    kept = 4.0 / (4.0 + EXTRA_SD**2 + np.mean([one.sd**2 for one in PRIOR.ratios]))
    assert weight @ draws[:, 1] == pytest.approx(kept * 1.65 * (weight @ draws[:, 0]), abs=0.1)


@pytest.mark.parametrize("season", [-3.0, 2.0])
def test_the_weights_take_the_persons_own_prior_out(season):
    """Draws under the interim prior, weighed, are those of the likelihood under the line's prior, made directly."""
    prior = interim_prior(())
    likely = np.random.default_rng(3).multivariate_normal([-0.6, season], [[0.04, 0.0], [0.0, 1.0]], 60_000)
    of_prior = np.exp(prior(likely))
    draws = likely[np.random.default_rng(4).choice(len(likely), 20_000, p=of_prior / of_prior.sum())]
    weight = ratio_weights(draws, prior, PRIOR.ratios)
    slope, sd, nu = np.array([(one.slope, np.hypot(one.sd, EXTRA_SD), one.freedom) for one in PRIOR.ratios]).T
    z = (likely[:, 1, None] - slope * likely[:, 0, None]) / sd
    height = np.exp([lgamma((n + 1) / 2) - lgamma(n / 2) for n in nu]) / np.sqrt(nu) / sd
    target = (height * (1.0 + z * z / nu) ** (-(nu + 1.0) / 2.0)).mean(axis=1)
    target *= np.exp(week_marginal(prior, likely[:, 0]))
    direct = target @ likely / target.sum()
    np.testing.assert_allclose(weight @ draws, direct, atol=0.06)


def test_the_week_under_the_interim_prior_is_a_density():
    """It integrates to one over all weeks."""
    week = 0.3 * np.sinh(np.linspace(-5.2, 5.2, 4001))
    assert np.trapezoid(np.exp(week_marginal(interim_prior(()), week)), week) == pytest.approx(1.0, abs=0.01)


def test_a_prior_rests_on_people_whose_blocks_were_drawn(tmp_path):
    """With nine of them there is none; with twelve its counts are theirs, and it holds nobody's numbers."""
    with pytest.raises(TooFewRecords, match="of 9 people"):
        published(tmp_path, study(tmp_path / "few", 30, blocks=9))
    store = study(tmp_path / "enough", 30, blocks=12)
    found = published(tmp_path, store)
    assert (found.people, found.randomised, found.month) == (30, 12, "2026-06")
    text = (tmp_path / "prior.json").read_text()
    assert read_prior(text, name="prior.json") == found
    assert not any(contribution(n).key in text for n in range(30))


def test_no_number_of_people_makes_a_ratio_sure(tmp_path):
    """What all diaries may be off by together stays in the ratios that 300 people lend."""
    slopes = [one.slope for one in published(tmp_path, study(tmp_path, 300, blocks=300)).ratios]
    assert np.std(slopes) > 0.3


def test_a_prior_is_a_release(tmp_path):
    """With one person more there is no other prior."""
    store = study(tmp_path, 30, blocks=12)
    published(tmp_path, store)
    take_in(files_of(tmp_path / "in", [contribution(99)]), store, now=NOW)
    with pytest.raises(NotNow):
        published(tmp_path, store)


def test_both_ranges_stand_on_the_page(records, alone, tmp_path):
    """The command prints and writes both; the season's verdict is that without them."""
    write_tables(records, tmp_path / "diary")
    (tmp_path / "prior.json").write_text(prior_json(PRIOR))
    options = [
        "--out",
        str(tmp_path / "a"),
        "--cohort",
        str(tmp_path / "prior.json"),
        "--zone",
        "Europe/Berlin",
    ]
    said = CliRunner().invoke(answer_command, [str(tmp_path / "diary"), *options])
    assert said.exit_code == 0
    assert "with others' seasons, yours is" in " ".join(said.output.split())
    page = (tmp_path / "a" / "report.html").read_text()
    assert "What others" in page
    assert "seasons teach about yours" in page
    numbers = json.loads((tmp_path / "a" / "answer.json").read_text())
    assert [numbers[q]["verdict"] for q in ("week", "season")] == [alone.week.verdict, alone.season.verdict]
    assert (numbers["cohort"]["randomised"], alone.cohort) == (120, None)


def of_pain(tmp_path, low, high):
    """A study's prior from people with drawn blocks: so many under a pain of 4, who were helped, and others."""
    given = [
        contribution(
            n,
            blocks=True,
            pain="under 2" if n < low else "4 to 6",
            parts=tuple(
                LikelihoodPart(share, -0.4, 0.2, -2.0 if n < low else 0.0, 0.4, 0.0) for share in (0.6, 0.4)
            ),
        )
        for n in range(low + high)
    ]
    take_in(files_of(tmp_path / "in", given), tmp_path / "store", now=NOW)
    return published(tmp_path, tmp_path / "store")


def test_people_like_the_reader_are_told_apart_by_their_pain(tmp_path):
    """Each side has its own number and shares; the file says both, and is read again."""
    low, high = of_pain(tmp_path, 14, 12).like
    assert (low.has_more_pain, low.randomised, high.has_more_pain, high.randomised) == (False, 14, True, 12)
    assert (low.season.helped[0] > 0.8, high.season.helped[0] < 0.2) == (True, True)
    assert read_prior((tmp_path / "prior.json").read_text(), name="p").like == (low, high)


def test_where_one_side_is_few_nobody_is_told_apart(tmp_path):
    """Nine people of more pain are not shown, and neither are the others beside them."""
    assert of_pain(tmp_path, 20, 9).like == ()


def test_a_file_without_such_people_is_still_read():
    """Files of earlier releases have no `like`."""
    old = json.loads(prior_json(PRIOR))
    del old["like"]
    assert read_prior(json.dumps(old), name="p") == PRIOR


def test_the_twenty_are_people_like_the_reader(records):
    """The sentence says who they are, how many, and the dots are theirs; the study's size stands beside."""
    sides = [PeopleLike(side, 30 + side, replace(SHARES, helped=(0.9, 0.8, 1.0))) for side in (False, True)]
    line = estimate(records, zone=ZONE, seed=1, now=NOW, cohort=replace(PRIOR, like=tuple(sides))).cohort
    said = " ".join(like_sentences(line))
    usual = "4 or more" if line.like.has_more_pain else "under 4"
    assert f"people like you: their usual pain is {usual}, as yours. Chance drew the weeks of" in said
    assert f"{line.like.randomised}" in said
    assert "260 people are in the study" in said
    assert like_sentences(replace(line, like=None, people=None)) == []


@given(st.tuples(*[st.floats(0.0, 1.0)] * 3))
def test_of_twenty_people_there_are_twenty(each):
    """Whatever the shares, the dots add up."""
    counts = of_twenty(PeopleShares(*((share, 0.0, 1.0) for share in each)))
    assert sum(counts) == 20 or sum(each) == 0.0
    assert min(counts) >= 0


WRONG = (
    *({"ratios": ratios} for ratios in ([], [[1, 0, 6]], [["x", 1, 6]], [[1, 1]], 3)),
    {"month": "x"},
    {"week": 3},
    {"format": "y"},
    {"people": -1},
    {"like": [{"has_more_pain": 2, "randomised": 12, "season": {}}]},
    {"like": 3},
)


@pytest.mark.parametrize("change", WRONG, ids=str)
def test_a_file_that_cannot_be_is_refused(change):
    """Each value is checked, and the sentence says where to get the file."""
    text = json.dumps(json.loads(prior_json(PRIOR)) | change)
    with pytest.raises(BadTable, match="Ask the study"):
        read_prior(text, name="prior.json")


def test_the_command_writes_the_file(tmp_path):
    """`prior` names the ratio and the file."""
    store = study(tmp_path, 20, blocks=12)
    said = CliRunner().invoke(command, ["prior", str(store), "--out", str(tmp_path / "p.json")])
    assert "times a week, over people whose blocks of weeks chance drew" in said.output
    assert read_prior((tmp_path / "p.json").read_text(), name="p").randomised is None
