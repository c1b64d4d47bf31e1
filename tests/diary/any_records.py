"""Any records of every kind that the diary keeps, for tests that nothing gets lost."""

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

from hypothesis import strategies as st

from backstride.core.allocation import BLOCK_DAYS, MAX_SEED, Allocation, AllocationScheme, Arm
from backstride.core.check_in import QUESTIONS, CheckIn
from backstride.core.measurement import FORMS, Measurement, MeasurementKind
from backstride.core.pain_before import PainBefore
from backstride.core.plan_step import PlanStep, Step
from backstride.core.question import AnswerKind, Question
from backstride.core.records import CoveredSpan, Records
from backstride.core.roland_morris import RolandMorris
from backstride.core.run import Activity, Run
from backstride.core.scales import PainRating, Scale


def numbers(least: float, most: float) -> st.SearchStrategy[float | None]:
    """Any number of a range, or none."""
    return st.none() | st.floats(least, most)


def answers(question: Question) -> st.SearchStrategy:
    """Any answer to a question, or none."""
    if question.kind is AnswerKind.YES_NO:
        return ANSWERS
    if question.kind is AnswerKind.CHOICE:
        return st.none() | st.sampled_from(list(question.choices))
    return numbers(0, question.most)


ANSWERS = st.none() | st.booleans()
ZONES = st.sampled_from(["stated", "position", "assumed"])
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("=+-@'\n\t"), max_size=20
)
NOTES = WORDS.filter(lambda note: not note or bool(note.strip()))  # blanks alone are no note
SOURCES = WORDS.map(str.strip).filter(bool)
MOMENTS = st.builds(
    lambda seconds, minutes: (datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).astimezone(
        timezone(timedelta(minutes=minutes))
    ),
    st.integers(0, 800_000_000),
    st.integers(-720, 840),
)
"""Moments of the past: what lies in the future is left out by an import."""
SCALES = st.sampled_from([Scale(), Scale(1, 5), Scale(0, 100), Scale(-5, 5, 0.25)])
RATINGS = SCALES.flatmap(lambda s: st.floats(s.lowest, s.highest).map(lambda value: PainRating(value, s)))
CHECK_INS = st.builds(
    CheckIn,
    moment=MOMENTS,
    pain=RATINGS,
    drawn_to_run=ANSWERS,
    **{name: answers(question) for name, question in QUESTIONS.items()},
    note=NOTES,
    source=SOURCES,
    zone_source=ZONES,
    filled_in_late=st.booleans(),
    day_starts_h=st.none() | st.integers(0, 12),
)
RUNS = st.builds(
    Run,
    start=MOMENTS,
    moving_s=st.none() | st.floats(60, 1e5),
    elapsed_s=numbers(60, 1e6),
    distance_m=numbers(1, 5e5),
    activity=st.sampled_from(Activity),
    rpe=numbers(0, 10),
    feel_0_10=numbers(0, 10),
    heart_rate_mean=numbers(20, 260),
    source=SOURCES,
    zone_source=ZONES,
    kind_source=st.sampled_from(["stated", "assumed", "name", "speed", "unknown"]),
)
MEASUREMENTS = st.sampled_from(MeasurementKind).flatmap(
    lambda kind: st.builds(
        Measurement,
        moment=MOMENTS,
        kind=st.just(kind),
        value=st.floats(FORMS[kind].least, FORMS[kind].most),
        source=SOURCES,
        zone_source=ZONES,
    )
)
DATES = st.dates(date(2000, 1, 1), date(2024, 1, 1))
SPANS = st.builds(lambda a, b, source: CoveredSpan(min(a, b), max(a, b), source), DATES, DATES, SOURCES)
DRAWS = st.sampled_from(AllocationScheme).flatmap(
    lambda law: st.builds(
        lambda block, place, run, chance, seed, source: Allocation(
            day=block + timedelta(days=place),
            assigned=Arm.OWN if law is AllocationScheme.OWN else (Arm.RUN if run else Arm.REST),
            law=law,
            block=block,
            probability=chance,
            seed=seed,
            source=source,
        ),
        DATES,
        st.integers(0, BLOCK_DAYS[law] - 1),
        st.booleans(),
        st.fractions(Fraction(1, 1000), 1, max_denominator=1000),
        st.integers(0, MAX_SEED - 1),
        SOURCES,
    )
)
STEPS = st.sampled_from(Step).flatmap(
    lambda step: st.builds(
        PlanStep,
        day=DATES,
        step=st.just(step),
        stage=st.none() | st.integers(0, 40),
        run_min=st.floats(0.5, 100) if step is Step.SESSION else st.just(0.0),
        walk_min=st.floats(0, 100) if step is Step.SESSION else st.just(0.0),
        source=SOURCES,
    )
)
RATINGS_BEFORE = st.builds(PainBefore, time=MOMENTS, pain=RATINGS, source=SOURCES, zone_source=ZONES)
QUESTIONNAIRES = st.builds(
    lambda ticked, only_score, time, source, zone: RolandMorris(
        time=time,
        score=len(ticked),
        ticked=None if only_score else tuple(sorted(ticked)),
        source=source,
        zone_source=zone,
    ),
    st.sets(st.integers(1, 24)),
    st.booleans(),
    MOMENTS,
    SOURCES,
    ZONES,
)
OF_EACH_KIND = {
    "check_ins": CHECK_INS,
    "runs": RUNS,
    "measurements": MEASUREMENTS,
    "covered": SPANS,
    "allocations": DRAWS,
    "plan": STEPS,
    "pain_before": RATINGS_BEFORE,
    "roland_morris": QUESTIONNAIRES,
}
"""By the field of `Records` that holds them."""
ANY_RECORD = st.one_of(*OF_EACH_KIND.values())


def some_records(least: int = 0, most: int = 2) -> st.SearchStrategy[Records]:
    """Records of every kind, `least` to `most` of each."""
    each = {kind: st.lists(one, min_size=least, max_size=most) for kind, one in OF_EACH_KIND.items()}
    return st.builds(Records, **{kind: listed.map(tuple) for kind, listed in each.items()})
