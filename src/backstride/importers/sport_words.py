"""What apps call a session, in the languages they speak: a run, a treadmill run, a walk, or none of these."""

import re
from typing import Final

from backstride.core.run import Activity

_KINDS: Final = (
    (Activity.WALK, r"(treadmill|indoor|tapis|laufband).*(walk|geh)|walk.*(treadmill|indoor|pad\b)"),
    (
        Activity.OTHER,
        r"bik|cycl|rid(e|ing)\b|\brad|fahrrad|v[ée]lo|cicl|fiets|swim|schwimm|natac|nuoto|zwem|ski|skat|rowing|"
        r"wheelchair|elliptical|laufrad|crosstrainer|stair|eislauf|langlauf|schlittschuh|rollstuhl",
    ),
    (
        Activity.TREADMILL,
        r"treadmill|laufband|tapis|\bcinta\b|loopband|esteira|l[öo]pband|bie[żz]ni|トレッドミル|跑步机|跑步機|"
        r"indoor.?(run|lauf|track)|virtual.?run|run.*indoor",
    ),
    (
        Activity.RUN,
        r"(?<![a-z])run|jog|lauf|läuf|course|corsa|carrera|correr|corrid|hardlo|löpn|løb|bieg|"
        r"juoks|(trail|ultra|obstacle|track).?run|ランニング|跑",
    ),
    (
        Activity.WALK,
        r"walk|hik|gehen|spazier|wander|marche|randonn|camina|senderis|cammin|escursion|wandel|caminh|promen|"
        r"gång|vandr|chod|kävel|trekking|ウォーキング|ハイキング|徒步|步行|健走",
    ),
)
_LONGEST: Final = 200
_PATTERNS: Final = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)


def activity_called(word: str) -> Activity:
    """The kind of session that an app calls so; what is unknown is OTHER, never a run."""
    plain = word[:_LONGEST].strip().lower().replace("_", " ").replace("-", " ")
    return next((kind for kind, pattern in _PATTERNS if pattern.search(plain)), Activity.OTHER)
