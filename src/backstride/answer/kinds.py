"""The kinds of things an answer is made of, by name. Their words are the report's."""

from enum import StrEnum


class Verdict(StrEnum):
    """What may be said of one Delta."""

    HELPS = "helps"
    HELPS_A_LITTLE = "helps a little"
    NO_DIFFERENCE = "makes no difference that matters"
    HARMS_A_LITTLE = "harms a little"
    HARMS = "harms"
    CANNOT_TELL = "can't tell yet"
    TOO_FEW_RUNS = "too few runs"


class Question(StrEnum):
    """The two questions."""

    WEEK = "week"
    SEASON = "season"


class TierLetter(StrEnum):
    """How good the record is at telling cause from coincidence."""

    RANDOMISED = "A"
    MORNING_FIRST = "B"
    LOOKING_BACK = "C"


class LookingBack(StrEnum):
    """Why a question has no better tier than looking back."""

    NO_ORDER = "no rating known to come before a run"
    TOO_EARLY = "ratings long before the runs"
    TOO_FEW = "few ratings before the runs"
    GATE = "running and time cannot be told apart"


class Analysis(StrEnum):
    """One row of the panel under which a claim must hold, or is only seen."""

    MAIN = "main"
    DATA_ALONE = "data alone"
    NO_DECISION = "no decision model"
    FREER = "freer course"
    AS_DRAWN = "as drawn"
    LATEST_HALF = "latest half"


class Hurdle(StrEnum):
    """Why a question is still open."""

    TOO_FEW_RUNS = "too few runs"
    NO_ORDER = "no rating known to come before the run"
    RAMP = "running only grew or shrank with time"
    STEADY = "running hardly varied"
    WITH_MEDICINE = "pain medicine went with the runs"
    RUN_LENGTHS = "short and long runs act in opposite ways"
    RUN_SEQUENCE = "what runs do does not add up day by day"
    RATING_MOMENT = "ratings are taken at another moment on run days"
    FROM_MEMORY = "most ratings were filled in on a later day"
    LATER_MORNINGS = "the mornings after the next one do not bear it out"
    PAST_PAIN = "past pain decides who runs, beyond what is allowed for"
    LASTING_CAUSE = "what lasts for weeks may have moved both"
    SAMPLER = "sampling did not settle"
    THRESHOLD = "too close to a threshold"
    DISAGREE = "the analyses disagree"
    PRIOR_ALONE = "the records alone leave room for a change that matters"
    BOTH_WAYS = "the records fit less pain and more"


class Opener(StrEnum):
    """What would open a question."""

    RUNS = "more runs"
    RATING_BEFORE = "a rating soon before each run"
    CHANGE_OF_LOAD = "weeks with much less and with more running"
    BLOCKS = "blocks of weeks drawn by chance"
    DRAW = "run days or weeks drawn by chance"
    KEEP_TO_DRAW = "keeping to the draw"
    DAYS = "more days"
    IRREGULAR_DAYS = "run days that follow no fixed rhythm"
    RUNS_WITHOUT_MEDICINE = "some runs without pain medicine, some rest days with it"
    FINER_RATINGS = "ratings in half points"
    ONE_LENGTH = "runs of about one length"
    WHOLE_WEEKS = "some whole weeks without a run"
    DAY_BETWEEN = "weeks with a day of rest between runs"
    SAME_MOMENT = "ratings at the same moment on all days"
    RATING_ON_THE_DAY = "ratings made on their own morning"
    NOTHING_KNOWN = "nothing that is known"


class Check(StrEnum):
    """The checks, in the order in which they are told."""

    RANDOMISATION = "randomisation test"
    PLACEBO = "placebo"
    NATURAL_COURSE = "natural course"
    PRIORS = "priors"
    DOSE_LAG = "dose lag"
    MISSING_DAYS = "missing days"
    UNMEASURED_CAUSE = "unmeasured cause"
    RECORDED_CAUSES = "recorded causes"
    DECISION_MODEL = "decision model"
    POSTERIOR_PREDICTIVE = "posterior predictive"
    SAMPLER = "sampler"


class DoubtResult(StrEnum):
    """What became of one check."""

    PASS = "pass"  # noqa: S105 - not a password
    FAIL = "fail"
    INFORMS = "only informs"
    NOT_RUN = "not run"
