"""One person's part in a study's waiting list, as their diary keeps it and as both files say it.

`agreement.json` goes from the person to the study, without an arm: nobody can know it before they agree.
`waiting.json` comes back with what chance gave. No name and no rating is in either.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from backstride.cohort.waiting_list import WAIT_DAYS, Arm
from backstride.errors import BadTable

FORMAT = "backstride waiting list 1"
MAX_BYTES = 10_000
_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class WaitingPart:
    """What is known of one person's part.

    Attributes:
        key: random, made for this part alone.
        agreed: the local day on which they agreed; the eight weeks count from it.
        consent: version of the words.
        arm: what chance gave; None until the study said so.
        probability: of that arm, when it was drawn.
        ended: the local day on which they left; None where they did not.
        may_count: whether their ratings may still be counted after they left; None where they did not leave.
    """

    key: str
    agreed: date
    consent: int
    arm: Arm | None = None
    probability: Fraction | None = None
    ended: date | None = None
    may_count: bool | None = None

    @property
    def until(self) -> date:
        """The first day after the eight weeks."""
        return self.agreed + timedelta(days=WAIT_DAYS)


def part_json(part: WaitingPart) -> str:
    """Write it as JSON."""
    whole = {
        "format": FORMAT,
        "about": "A person's part in a randomised waiting list. No name and no rating is in it.",
        "key": part.key,
        "agreed": part.agreed.isoformat(),
        "consent": part.consent,
        "arm": None if part.arm is None else part.arm.value,
        "probability": None if part.probability is None else str(part.probability),
        "ended": None if part.ended is None else part.ended.isoformat(),
        "may_count": part.may_count,
    }
    return json.dumps(whole, indent=2) + "\n"


def read_part(text: str, *, name: str) -> WaitingPart:
    """Read it; every value is checked.

    Args:
        text: of the file.
        name: of the file, for the sentence.

    Raises:
        BadTable: it is none, or a value of it is not possible.
    """
    try:
        found = json.loads(text) if len(text) <= MAX_BYTES else None
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise _refused(name, "it does not call itself " + FORMAT)
        return _part_of(found, name)
    except (ValueError, RecursionError, KeyError, TypeError, ArithmeticError) as error:
        raise _refused(name, f"{type(error).__name__}: {error}"[:120]) from error


def _part_of(found: Mapping[str, Any], name: str) -> WaitingPart:
    if not _KEY.fullmatch(found["key"]):
        raise _refused(name, "its key is no key")
    if not isinstance(found["consent"], int) or not 1 <= found["consent"] <= 1000:
        raise _refused(name, "it names no words of consent")
    arm = None if found["arm"] is None else Arm(found["arm"])
    probability = None if found["probability"] is None else Fraction(found["probability"])
    if (arm is None) != (probability is None) or (probability is not None and not 0 < probability <= 1):
        raise _refused(name, "arm and probability do not go together")
    ended = None if found["ended"] is None else date.fromisoformat(found["ended"])
    may_count = found["may_count"]
    if (ended is None) != (may_count is None) or not isinstance(may_count, bool | None):
        raise _refused(name, "it does not say what leaving means")
    agreed = date.fromisoformat(found["agreed"])
    if not 2000 <= agreed.year <= 2200:
        raise _refused(name, "its day is not possible")
    return WaitingPart(found["key"], agreed, found["consent"], arm, probability, ended, may_count)


def _refused(name: str, why: str) -> BadTable:
    return BadTable(
        f"{name} is no file of a waiting list: {why}.",
        advice="Give the file that the study, or the page Studies, made.",
    )
