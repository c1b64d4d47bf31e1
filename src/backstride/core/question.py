"""What a check-in may ask: one declaration for each field, which every layer reads.

The store, the tables and their readers, the data dictionary, the bundle for clinics, the form and the daily series
take the names, kinds and bounds of fields from here. A new field is declared on `CheckIn`, and asked in words by
`report/check_in_words.py`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from backstride.errors import BadValue, UnknownAnswer

MAX_COUNTED = 200.0
MAX_MINUTES = 24 * 60.0

Answer = float | bool | str
"""A rating or count, yes or no, or one of the choices."""


class AnswerKind(StrEnum):
    """What an answer is."""

    RATING = "rating"
    COUNT = "count"
    MINUTES = "minutes"
    YES_NO = "yes or no"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a check-in that may be left open.

    Attributes:
        kind: what an answer is: a rating 0-10, a count, minutes of a day, a bool, or one of `choices`.
        meaning: what the field holds, for people who read the data.
        names: headings by which a table may call it, beside its own name.
        choices: of a choice, its values in their order, each with the words by which a table may call it.
    """

    kind: AnswerKind
    meaning: str
    names: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def most(self) -> float:
        """The largest possible number of a rating, a count or minutes."""
        return {AnswerKind.RATING: 10.0, AnswerKind.MINUTES: MAX_MINUTES}.get(self.kind, MAX_COUNTED)

    def check(self, name: str, answer: Answer | None) -> None:
        """Refuse an answer that is not possible; None is no answer, and always possible.

        Args:
            name: of the field, for the message.
            answer: as the record holds it.

        Raises:
            BadValue: a number outside its range.
            UnknownAnswer: a word that is none of the choices.
        """
        if answer is None:
            return
        words = name.replace("_", " ")
        if self.kind is AnswerKind.CHOICE and answer not in self.choices:
            raise UnknownAnswer(
                f"'{str(answer)[:40]}' is no answer to {words}.",
                advice=f"Give one of: {', '.join(self.choices)}.",
            )
        if self.kind in (AnswerKind.RATING, AnswerKind.COUNT, AnswerKind.MINUTES):
            number = float(answer)
            if not (math.isfinite(number) and 0.0 <= number <= self.most):
                raise BadValue(
                    f"A {words} of {answer} is not possible.",
                    advice=f"Correct it: it must lie between 0 and {self.most:g}.",
                )

    def code(self, answer: Answer | None) -> float:
        """Encode an answer as a number: 1 yes, 0 no, or the index of a choice; nan where it was left open."""
        if answer is None:
            return math.nan
        if self.kind is AnswerKind.CHOICE:
            return float(list(self.choices).index(str(answer)))
        return float(answer)


def rating(meaning: str, *names: str) -> Any:  # noqa: ANN401 - what dataclasses.field gives
    """Declare a rating 0-10."""
    return _declared(Question(AnswerKind.RATING, meaning, names))


def count(meaning: str, *names: str) -> Any:  # noqa: ANN401
    """Declare a count."""
    return _declared(Question(AnswerKind.COUNT, meaning, names))


def minutes(meaning: str, *names: str) -> Any:  # noqa: ANN401
    """Declare a number of minutes of one day."""
    return _declared(Question(AnswerKind.MINUTES, meaning, names))


def yes_no(meaning: str, *names: str) -> Any:  # noqa: ANN401
    """Declare a question for yes or no."""
    return _declared(Question(AnswerKind.YES_NO, meaning, names))


def choice(meaning: str, *names: str, of: Mapping[str, tuple[str, ...]]) -> Any:  # noqa: ANN401
    """Declare a choice among the values of `of`."""
    return _declared(Question(AnswerKind.CHOICE, meaning, names, of))


def _declared(question: Question) -> Any:  # noqa: ANN401
    return field(default=None, metadata={Question: question})
