"""The ways by which running may act on a back: the article's five, fear turned round, and the run itself."""

from dataclasses import dataclass

from backstride.answer.effect import PathPart
from backstride.core.measurement import Pathway
from backstride.evidence.pathways import PATHWAYS
from backstride.report.amounts import is_known
from backstride.report.language import _, plural
from backstride.report.trust import data_share_words

NEEDED_MEASUREMENTS = 5


@dataclass(frozen=True, slots=True)
class PathWords:
    """One way: its name on the page, and how to measure it."""

    name: str
    how_to: str = ""


RUN_MEANINGS: dict[str, str] = {
    "next day": "What one run does by the next morning.",
    "habit": "What weeks of running add, other than by the ways named below.",
    "flares": "How much more or less often flares begin after runs.",
}
PATH_WORDS: dict[str, PathWords] = {
    "next day": PathWords("Next day"),
    "habit": PathWords("Habit"),
    "flares": PathWords("Flares"),
    Pathway.CORE: PathWords("Core strength", "Hold a plank every two to four weeks and note the seconds."),
    Pathway.WEIGHT: PathWords("Weight", "Step on a scale once a week."),
    Pathway.LIFESTYLE: PathWords(
        "Smoking, drink, food", "Note drinks, cigarettes and fatty meals at the check-in."
    ),
    Pathway.MOOD: PathWords("Mood", "Rate your mood at the check-in."),
    Pathway.TIGHTNESS: PathWords("Tight muscles", "Rate how tight you feel at the check-in."),
    Pathway.CONFIDENCE: PathWords("Trust in moving", "Rate at the check-in how sure you feel about moving."),
}


def path_meaning(name: str) -> str:
    """Explain what the part stands for; a pathway's claim and evidence come from the evidence table."""
    row = next((row for row in PATHWAYS if row.pathway.value == name), None)
    if row is None:
        return _(RUN_MEANINGS.get(name, ""))
    known = _("What is known (grade {letter}): {verdict}")
    claim = _("The claim: {claim}").format(claim=_(row.claim))
    return claim + " " + known.format(letter=row.grade.letter, verdict=_(row.verdict))


def path_name(part: PathPart) -> str:
    """Return the part's name on the page; one without a text keeps its name."""
    return _(PATH_WORDS[part.name].name) if part.name in PATH_WORDS else part.name.capitalize()


def path_share(part: PathPart) -> str:
    """How much of the part is the person's data, or that there is too little of it."""
    if not is_known(part.estimate):
        return _("not measured enough")
    return data_share_words(part.data_share)


def path_sentence(part: PathPart) -> str:
    """Explain the part and, where it was not measured enough, how to measure it."""
    words = PATH_WORDS.get(part.name)
    if words is None:
        return ""
    if is_known(part.estimate):
        return path_meaning(part.name)
    found = plural(part.measurements, "{n} value so far", "{n} values so far").format(n=part.measurements)
    needed = _("Not measured enough: {found}, {least} are needed.").format(
        found=found, least=NEEDED_MEASUREMENTS
    )
    return " ".join((path_meaning(part.name), needed, _(words.how_to))).strip()


def pathways_caption() -> str:
    """Describe the chart of the parts."""
    return _(
        "How the season's change splits up. The lines show the range that 19 of 20 answers fall in. The "
        "fuller the dot, the more it rests on your own data. The rest is general knowledge."
    )


def pathways_caution() -> str:
    """State the assumption that the parts rest on."""
    return _(
        "The parts add up to the whole. They rest on one more assumption: that nothing else changes both."
        " So they are for information, and never decide the answer."
    )
