"""Dates as Strava's export writes them: in UTC, in the words and the order of the account's language."""

import re
from typing import Final

_MONTHS: Final = (
    ("jan", "ene", "gen", "janv", "sty", "led", "tammi", "jän", "oca", "янв", "gennaio", "enero", "ocak", "ian",
     "jaa", "січ", "ιαν"),
    ("feb", "fév", "fev", "lut", "úno", "helmi", "şub", "фев", "fevereiro", "únor", "vee", "лют", "φεβ"),
    ("mar", "mär", "mrz", "mars", "maa", "bře", "мар", "maart", "mrt", "már", "бер", "μαρ"),
    ("apr", "avr", "abr", "kwi", "dub", "huhti", "nis", "апр", "ápr", "кві", "απρ"),
    ("may", "mai", "mag", "mei", "maj", "kvě", "touko", "мая", "май", "máj", "тра", "μαι", "μαΐ"),
    ("jun", "juin", "giu", "cze", "červn", "kesä", "haz", "июн", "čer", "jún", "iun", "juun", "чер", "ιουν"),
    ("jul", "juil", "lug", "lip", "červenc", "heinä", "tem", "июл", "čvc", "júl", "iul", "juul", "лип", "ιουλ"),
    ("aug", "aoû", "aou", "ago", "sie", "srp", "elo", "ağu", "авг", "avg", "agu", "сер", "αυγ"),
    ("sep", "set", "wrz", "zář", "syys", "eyl", "сен", "sze", "вер", "σεπ"),
    ("oct", "okt", "ott", "out", "paź", "říj", "loka", "eki", "окт", "жов", "οκτ"),
    ("nov", "lis", "marras", "kas", "ноя", "noi", "лис", "νοε"),
    ("dec", "dez", "déc", "dic", "gru", "pro", "joulu", "des", "ara", "дек", "груд", "δεκ"),
)  # fmt: skip
"""How the names of the months begin; "listopad" is November in Polish and Czech, and names of which two languages
mean different months by the same letters, as in Croatian, are left out."""
_BY_WORD: Final = {
    beginning: month for month, beginnings in enumerate(_MONTHS, start=1) for beginning in beginnings
}
_LATER_HALF: Final = re.compile(r"午後|下午|오후|\bμ\.?\s?μ\b\.?|\bp\.?\s?m\b\.?", re.IGNORECASE)
_FIRST_HALF: Final = re.compile(r"午前|上午|오전|\bπ\.?\s?μ\b\.?|\ba\.?\s?m\b\.?", re.IGNORECASE)
_TIME: Final = re.compile(r"(\d{1,2})[:.h](\d\d)(?:[:.](\d\d))?(?!\d)(?![./-])")
_EAST: Final = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_NUMBERS: Final = re.compile(r"\d+")


def in_figures(text: str) -> str:
    """Rewrite a date and time in digits ("2024-03-15 18:45:12"); unchanged where no month is named.

    Dates that are all figures keep the order of day and month that they have.
    """
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    clock, rest = _time_and_rest(text)
    if found := _EAST.search(rest):
        return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d} {clock}".strip()
    month = next((m for m in map(_month, _WORD.findall(rest)) if m), None)
    numbers = _NUMBERS.findall(rest)
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if month and len(years) == 1 and len(days) == 1:
        return f"{years[0]}-{month:02d}-{int(days[0]):02d} {clock}".strip()
    if month and not years and len(days) == 2:  # 06-May-26
        return f"20{int(days[1]):02d}-{month:02d}-{int(days[0]):02d} {clock}".strip()
    return f"{re.sub(r'(?<=[./-]) +', '', rest).strip(' ,')} {clock}".strip()


def _time_and_rest(text: str) -> tuple[str, str]:
    """Split off the time of day, on a 24-hour clock."""
    matches = list(_TIME.finditer(text))
    if not matches:
        return "", text
    found = matches[-1]
    hour = int(found[1])
    if _LATER_HALF.search(text):
        hour = hour % 12 + 12
    elif _FIRST_HALF.search(text):
        hour %= 12
    rest = text[: found.start()] + text[found.end() :]
    rest = _FIRST_HALF.sub("", _LATER_HALF.sub("", rest))
    return f"{hour:02d}:{found[2]}:{found[3] or '00'}", rest


def _month(word: str) -> int | None:
    """Look up a month by the beginning of its name; the longest match decides, for červen is not červenec."""
    plain = word.lower()
    return next((_BY_WORD[plain[:n]] for n in range(len(plain), 2, -1) if plain[:n] in _BY_WORD), None)
