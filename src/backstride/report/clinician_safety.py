"""The answers to the safety questions in the report for a clinician: what was urgent comes first, with its day."""

from backstride.core.clearance import Clearance, Level
from backstride.report.amounts import long_date, short_date
from backstride.report.clinician import Safety
from backstride.report.language import _, plural
from backstride.report.safety_words import BY_KEY, question
from backstride.report.sheet import Part, Points, Sentences
from backstride.screening.follow_ups import BY_CHECK_IN, FOLLOW_UPS
from backstride.screening.taps import TAPS
from backstride.screening.urgent_so_far import UrgentAnswer

MAX_URGENT, MAX_YES, MAX_OPEN = 2, 4, 2
"""An urgent one takes the room of two others: the report has two pages."""
MAX_SAFETY_QUESTION_LENGTH = 68
STANDS = {
    0: "The programme is paused by these answers.",
    1: "With these answers the programme offers walks alone.",
    2: "With these answers the programme offers running with care.",
    3: "No answer holds running back.",
}
ASKS = {
    Level.SEE_A_CLINICIAN: "They ask for a clinician to look at it in the next few days.",
    Level.EMERGENCY: "They ask for help at once or today.",
}
"""What the answers ask for, by their level."""
URGENT = "Help at once or today: {question} (yes on {day})."
URGENT_LIST = "Help at once or today: one of that list, or not sure (yes on {day})."
STILL = "It stands."
TAKEN_BACK = "No on {day}."
SEEN: dict[bool | None, str] = {
    True: "It was looked at, or the yes was a slip, says the patient.",
    False: "Nobody has looked at it, says the patient.",
    None: "If anybody looked at it is not known.",
}
"""By what the patient said when asked."""
_FOLLOW_UPS = frozenset(item.key for item in FOLLOW_UPS)
_TAPS = frozenset(tap.key for tap in TAPS)


def safety_parts(safety: Safety) -> tuple[Part, ...]:
    """Build the part on the safety questions: what was urgent lately, what the answers come to, and each yes.

    Args:
        safety: the answers.
    """
    if safety.last_day is None:
        return (Sentences((_("No safety question has an answer yet."),)),)
    clearance = safety.clearance
    asks = (_(ASKS[clearance.level]),) if clearance.level in ASKS else ()
    first = (
        _("Last answered on {day}.").format(day=long_date(safety.last_day)),
        _(STANDS[clearance.freedom.value]),
        *asks,
        *_open(clearance),
    )
    urgent = tuple(_urgent(one) for one in safety.urgent[-MAX_URGENT:])
    shown = frozenset(one.key for one in safety.urgent)
    yes = (*_yes(clearance, shown), *_once_yes(clearance))
    if not urgent and not yes:
        return (Sentences((" ".join((*first, _("No question has a yes."))),)),)
    room = MAX_YES - 2 * len(urgent)
    more = len(yes) - room + len(safety.urgent) - len(urgent)
    rest = (_("and {n} more").format(n=more),) if more > 0 else ()
    said = (_("The patient said yes to:"),) if yes or urgent else ()
    return (Sentences((" ".join((*first, *said)),)), Points((*urgent, *yes[:room], *rest)))


def _open(clearance: Clearance) -> tuple[str, ...]:
    """Count the open questions, and name a few."""
    count = len(clearance.left_open)
    if not count:
        return ()
    template = plural(
        count, "{n} question is open and counts as a yes.", "{n} questions are open and count as a yes."
    )
    named = (
        [key for key in clearance.left_open if key in BY_KEY.keys() - _FOLLOW_UPS]
        if count <= MAX_OPEN
        else []
    )
    return (template.format(n=count), *(_("Open: {question}").format(question=_asked(key)) for key in named))


def _urgent(one: UrgentAnswer) -> str:
    template = _(URGENT_LIST) if one.key in _TAPS else _(URGENT)
    said = template.format(question=_asked(one.key), day=long_date(one.day))
    if one.taken_back is None and one.is_seen is None:
        return f"{said} {_(STILL)}"
    taken_back = (_(TAKEN_BACK).format(day=long_date(one.taken_back)),) if one.taken_back else ()
    return " ".join((said, *taken_back, _(SEEN[one.is_seen])))


def _yes(clearance: Clearance, shown: frozenset[str]) -> tuple[str, ...]:
    """Quote each question with a yes that stands, as it was asked, with its day; none that was told before."""
    days = dict(clearance.said_on)
    lines = []
    for key in clearance.because:
        if key in shown or key in _FOLLOW_UPS:
            continue
        day = (f"({short_date(days[key])})",) if key in days else ()
        agreed = (_("(a provider agreed)"),) if key in clearance.agreed else ()
        lines.append(" ".join((_asked(key), *day, *agreed)))
    return tuple(lines)


def _once_yes(clearance: Clearance) -> tuple[str, ...]:
    """Quote what was said yes to for as long as that holds running back; what was urgent is told already."""
    holds = (one for one in clearance.once_said if one[0] in {*clearance.because, *clearance.left_open})
    return tuple(
        _("A sign in a leg, by a check-in of {day}.").format(day=long_date(day))
        if key == BY_CHECK_IN
        else _("{question} (yes on {day}, and no since)").format(question=_asked(key), day=long_date(day))
        for follow_up, key, day in holds
        if follow_up not in {"not_seen_yet", "seen_lately"}
    )


def _asked(key: str) -> str:
    """Quote a question as it was asked, shortened where it is long."""
    asked = question(BY_KEY[key])
    if len(asked) <= MAX_SAFETY_QUESTION_LENGTH:
        return asked
    return asked[:MAX_SAFETY_QUESTION_LENGTH].rsplit(" ", 1)[0] + " ..."
