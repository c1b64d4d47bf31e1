"""The two pages for a clinician: what must be there, in the third person, and nothing made up."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from backstride.answer.answer import FORMAT
from backstride.answer.kinds import Hurdle, LookingBack, TierLetter, Verdict
from backstride.programme.rules import Rule
from backstride.report import language
from backstride.report.amounts import short_date
from backstride.report.answer_json import answer_json
from backstride.report.clinician_sheet import clinician_sheet
from backstride.report.read_answer_json import read_answer_json
from backstride.report.reported_answer import Answered
from backstride.report.rule_names import HELD, USUAL
from backstride.report.sheet_html import sheet_html
from backstride.report.words import left_open, may_be_shown

from .clinician_cases import a_crowded_report, a_report, an_empty_report
from .reading import forbidden
from .test_other_languages import Watched

PRIVACY = Path(__file__).parents[2] / "PRIVACY.md"


def said(report) -> str:
    """The text of both pages, as one line."""
    text = re.sub(r"<style>.*?</style>", " ", sheet_html(clinician_sheet(report)), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def first_page(report) -> str:
    """The text of the first page alone."""
    return said(report).partition("Page 1 of 2")[0]


QUESTIONS = {
    "Who is it, and of when are the figures?": ("Alex Example", "1980", "2 March 2026 to 20 May 2026"),
    "How bad is it now?": ("Last 7 days 4 mean of 3 of 7",),
    "Is it better or worse than four weeks ago?": ("Four weeks ago 4 mean of 3 of 7",),
    "What is usual, and what was the worst?": ("Median 4 of the period", "Highest 8 11 Apr"),
    "How long has the back hurt?": ("The back has hurt for more than 12 weeks.",),
    "How much does this person run?": ("Minutes a week 43 last 4 weeks", "Days a week 1.5 last 4 weeks"),
    "Was there anything in a leg?": ("in a leg on 2 Apr, 11 Apr.", "The worst was 6 of 10 (11 Apr)."),
    "Is anything taken for the pain?": ("on 6 of 20 days answered. More than usual on 2.",),
    "Does the app itself say stop?": (
        "On the latest ratings the app tells the patient not to run: leg 8 of 10 (19 May).",
    ),
    "Were warning signs asked for, and when?": ("Last answered on 18 May 2026.", "No question has a yes."),
    "Does running help or harm, and how sure is that?": ("Does running ease or worsen", "Evidence tier"),
    "What does the patient want to know?": ("May I run on hills?",),
}
"""What a physiotherapist wants to know in a minute, and where page 1 says it (docs/clinician-report.md)."""


@pytest.mark.parametrize("question", QUESTIONS)
def test_twelve_questions_are_answered_on_the_first_page(question, answers):
    """Each of the twelve stands on page 1, in words that are there."""
    page = first_page(a_report(answers["made-up"]()))
    assert [words for words in QUESTIONS[question] if words not in page] == []


def test_the_page_on_the_report_names_the_twelve_questions(root):
    """The checklist that people read is the one that is tested."""
    page = (root / "docs" / "clinician-report.md").read_text(encoding="utf-8")
    assert [question for question in QUESTIONS if question not in page] == []


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_it_says_nothing_that_must_not_be_said(answer, code):
    """Whatever the answer: no forbidden word in any language, and nobody is spoken to."""
    for report in (a_report(answer), a_crowded_report(answer)):
        with language.speaking(code):
            text = (
                said(report)
                .replace("erst zu mir in die Praxis kommen", "")
                .replace("come and see me first", "")
            )
        assert forbidden(text) == []
        spoken = r"\b(you|your|yours|du|dein\w*|dich|dir)\b"
        asked = re.sub(
            r"yes to:.*?What the|Mit Ja beantwortet:.*?Was die", "", text
        )  # the questions as they were asked
        assert re.findall(spoken, asked, flags=re.IGNORECASE) == []


@pytest.mark.parametrize("code", [code for code in language.LANGUAGES if code != language.ENGLISH])
def test_it_is_translated(answer, code, monkeypatch):
    """No sentence of either page is left in English."""
    watched = Watched(code)
    monkeypatch.setattr(language, "catalogue", lambda _code: watched)
    with language.speaking(code):
        for report in (a_report(answer), an_empty_report(), a_crowded_report(answer)):
            sheet_html(clinician_sheet(report))
    words = {s for s in watched.lacked if re.search("[a-z]", re.sub(r"\{.*?\}", "", s))}
    assert {w for w in words if "moon" not in w and "tides" not in w} == set()


def test_what_is_not_known_is_said_to_be_so():
    """An empty diary has no zero that nobody measured, and blank lines for the name."""
    page = said(an_empty_report())
    assert page.count("not known") >= 6
    assert "Not known: no check-in says anything of the legs." in page
    assert "No safety question has an answer yet." in page
    assert "There is no answer yet." in page
    assert "No test has been recorded." in page
    assert re.search(r"\b0(\.0)? (points|mean|last|4 weeks)", page) is None
    assert sheet_html(clinician_sheet(an_empty_report())).count('class="blank"') == 3


def test_days_of_which_nobody_knows_make_it_at_least():
    """Minutes of four weeks with unknown days are the least there were."""
    assert "Minutes a week at least 21 4 weeks before" in said(a_report())


def test_a_young_diary_is_not_spread_over_weeks_that_it_does_not_have():
    """Ten days of a diary give minutes a week of ten days, and less than a week gives none."""
    young = replace(a_report(), latest_days=10, before=None, before_days=0)
    assert "Minutes a week 120 10 days" in said(young)
    newer = replace(young, latest_days=6)
    assert "Minutes a week not known last 4 weeks" in said(newer)


def test_open_questions_count_as_a_yes():
    """A question left open is counted, and what the answers leave open is said."""
    report = an_empty_report()
    answered = replace(report, safety=replace(report.safety, last_day=report.made_on))
    assert "1 question is open and counts as a yes." in said(answered)
    assert "the programme offers walks alone" in said(answered)


def test_every_rule_of_the_programme_is_a_hold_or_its_usual_course():
    """Whoever adds a rule says here what a clinician is told of it."""
    assert HELD.keys() | USUAL == set(Rule)
    assert HELD.keys() & USUAL == set()


def test_the_safety_answers_can_be_left_out():
    """Where the person does not show them, neither they nor a word on them is there."""
    page = said(replace(a_report(), has_safety=False))
    assert "Safety questions" not in page
    assert "Last answered" not in page


def test_nothing_holds_it_back_is_said_only_with_the_safety_answers():
    """Without the safety answers no sentence says that nothing holds the programme back; other holds are named."""
    report = a_report()
    free = replace(report, programme=replace(report.programme, fired=()))
    assert "Nothing holds it back now." in said(free)
    assert "holds it back" not in said(replace(free, has_safety=False))
    assert "are left out here" in said(replace(free, has_safety=False))
    assert "Held back by" in said(replace(report, has_safety=False))


def test_the_page_on_privacy_names_the_days_that_the_two_pages_show():
    """The days of single mornings on the two pages are those that the page on privacy names."""
    report = a_report()
    assert short_date(report.pain.worst.day) in said(report)
    row = next(
        line for line in PRIVACY.read_text("utf-8").splitlines() if "two pages for a clinician" in line
    )
    assert "the lowest and the highest morning of each week, and the day of the highest pain" in row
    assert "the last days much worse than usual or with a flare" in row
    assert "the last runs far longer than those before" in row


def test_the_kept_answer_is_told_as_it_is(answer):
    """Of every kind of answer, both verdicts, ranges and tiers are those of the answer itself."""
    told = read_answer_json(answer_json(answer))
    for effect, read in zip(answer.effects, (told.week, told.season), strict=True):
        assert (read.verdict, read.tier, read.caused) == (effect.verdict, effect.tier.letter, effect.caused)
        assert read.hurdle == (effect.reason.hurdle if effect.reason else "")
        assert read.interval_95 in (effect.estimate.interval_95, None)


def test_numbers_that_cannot_be_trusted_are_not_shown(answers):
    """Where the sampler did not settle, or runs are too few, there is no figure of a change."""
    for name in ("too few runs",):
        assert "points (8 in 10" not in said(a_report(answers[name]()))
    report = a_report(answers["made-up"]())
    told = report.answered.answer
    lost = replace(told, week=replace(told.week, hurdle=Hurdle.SAMPLER.value))
    shown = said(replace(report, answered=replace(report.answered, answer=lost)))
    assert shown.count("points (8 in 10") == 1


def test_a_range_is_shown_where_the_page_shows_one(answer):
    """Of every kind of answer: as many ranges as on the page Answer; where nothing is settled, the widest of all."""
    page = said(a_report(answer))
    shown = page.count("points (8 in 10") + page.count("Room is left for")
    assert shown == sum(map(may_be_shown, answer.effects))
    read = read_answer_json(answer_json(answer))
    for effect, reported in zip(answer.effects, (read.week, read.season), strict=True):
        if may_be_shown(effect):
            assert reported.left_open == left_open(effect)


def test_a_likely_side_is_named_and_relied_on_no_more_than_it_is(answers):
    """Where the records fit both, most of one side is said so; else that they fit both."""
    report = a_report(answers["made-up"]())
    told = report.answered.answer
    pages = []
    for p in (0.9, 0.5, 0.1):
        both = replace(told.season, hurdle=Hurdle.BOTH_WAYS.value, verdict=Verdict.CANNOT_TELL, p_less_pain=p)
        pages.append(
            said(replace(report, answered=replace(report.answered, answer=replace(told, season=both))))
        )
    assert "point to less pain" in pages[0]
    assert "or make it worse" in pages[1]
    assert "point to more pain" in pages[2]


def test_a_little_is_never_the_change_that_matters(answers):
    """A mean that rounds to the change that matters is said to lie just under it."""
    report = a_report(answers["helps a little"]())
    told = report.answered.answer
    close = replace(told.week, mean=-0.98)
    page = said(replace(report, answered=replace(report.answered, answer=replace(told, week=close))))
    assert "just under 1 point" in page


def test_an_answer_of_another_version_is_not_read(answers):
    """Its names may mean something else."""
    numbers = answer_json(answers["made-up"]()).replace(FORMAT, "backstride answer 1")
    assert read_answer_json(numbers) is None


def test_an_answer_that_is_out_of_date_says_so_first(answers):
    """Of which day and of how many mornings it is stands before its first verdict."""
    report = a_report(answers["made-up"]())
    assert "older than this diary" not in said(report)
    stale = said(replace(report, answered=replace(report.answered, is_current=False)))
    read = report.answered.answer
    of = f"It rests on {read.check_ins} check-ins and {read.run_days} days with a run, up to"
    assert stale.index("older than this diary") < stale.index(of) < stale.index("Does running ease")


def test_an_answer_that_does_not_fit_the_diary_is_left_out(answers):
    """No verdict, tier or check of it is on the sheet, and the page says why and when a new one can be there."""
    report = a_report(answers["made-up"]())
    left = Answered(None, is_current=False, problem="", left_out=report.answered.answer)
    page = said(replace(report, answered=left))
    assert [words for words in ("Evidence tier", "Can't tell", "What could mislead") if words in page] == []
    assert "The last answer is left out." in page
    assert "A new one is being worked out." in page


def test_without_numbers_no_check_is_listed(answers):
    """Where there are too few runs there is nothing that a check could put in doubt."""
    assert "What could mislead" not in said(a_report(answers["too few runs"]()))


@pytest.mark.parametrize(
    ("share", "hours", "reason", "why"),
    [
        (0.0, None, LookingBack.NO_ORDER, "No run day has a rating"),
        (1.0, 9.0, LookingBack.TOO_EARLY, "half the time 9 hours before it, or more"),
        (0.3, 1.0, LookingBack.TOO_FEW, "on only 30% of run days"),
        (0.6, 1.0, LookingBack.GATE, "running and time cannot be told apart"),
    ],
)
def test_tier_c_says_why_it_is_not_b(answers, share, hours, reason, why):
    """A share of ratings before the run that would make it B never stands beside a C without the reason."""
    report = a_report(answers["made-up"]())
    told = report.answered.answer
    found = {"rated_before_run": share, "hours_to_run": hours, "looking_back": reason}
    week = replace(told.week, tier=TierLetter.LOOKING_BACK, **found)
    page = said(replace(report, answered=replace(report.answered, answer=replace(told, week=week))))
    assert why in page.replace("\u00a0", " ")


@pytest.mark.parametrize(("pain", "is_said"), [(1.0, True), (3.9, False)])
def test_pain_that_changed_without_a_verdict_is_explained(answers, pain, is_said):
    """Where the figures of the diary fell and no answer says so, one sentence says how both can be true."""
    report = a_report(answers["made-up"]())
    told = report.answered.answer
    none = replace(told.week, verdict=Verdict.NO_DIFFERENCE, too_small=False, hurdle="")
    answer = replace(told, week=none, season=replace(none, question=told.season.question))
    now = replace(report.pain.last_week, pains=(pain,))
    page = said(
        replace(
            report,
            pain=replace(report.pain, last_week=now),
            answered=replace(report.answered, answer=answer),
        )
    )
    assert ("does not contradict the answers above" in page) == is_said


def test_what_looks_back_is_never_told_as_a_cause(answer):
    """Chance is named beside a verdict only where chance drew the days."""
    told = read_answer_json(answer_json(answer))
    if all(effect.tier is not TierLetter.RANDOMISED for effect in (told.week, told.season)):
        assert "Chance chose" not in said(a_report(answer))


def test_what_a_person_wrote_stays_text():
    """Markup in a name, a note or a question is shown as it was typed."""
    hostile = "<script>alert(1)</script>"
    report = a_report()
    patient = replace(report.patient, name=hostile, question=hostile)
    page = sheet_html(clinician_sheet(replace(report, patient=patient)))
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 2


def test_long_lists_are_cut_and_say_so(answers):
    """Notes, yes answers and days in a leg: the latest, and how many more there are."""
    page = said(a_crowded_report(answers["made-up"]()))
    assert "16 earlier notes are not shown." in page
    assert re.search(r"and on \d+ more", page)
    assert "on 70 days, lately on" in page


def test_the_change_of_the_roland_morris_score_has_its_size_and_source(answers):
    """Nine, then four: a fall that people notice, and by whose word; one sheet alone has no change."""
    report = a_report(answers["made-up"]())
    assert "That is 5 fewer: a fall that people notice." in said(report)
    assert "what is noticed: 5 points or 30% (Ostelo 2008" in said(report).replace("\u00a0", " ")
    assert "a fall that people notice" not in said(replace(report, roland_morris=report.roland_morris[:1]))
