"""The words: honest for each tier, plain, and never those that a diary must not use."""

import json
import math
import re
from dataclasses import replace
from html import unescape

import pytest

from backstride.answer.answer import FORMAT
from backstride.answer.effect import Reason
from backstride.answer.kinds import Hurdle, Verdict
from backstride.report.amounts import points
from backstride.report.answer_json import answer_json
from backstride.report.language import speaking
from backstride.report.open_words import opened_by, why_open
from backstride.report.page import page
from backstride.report.terminal import summary
from backstride.report.words import dots_note, headline, left_open, may_be_shown, verdict_sentences

from .reading import forbidden, grade, sentences


def text_of(html: str) -> str:
    """What a person reads: tags, styles and drawings taken out."""
    html = re.sub(r"<(style|svg|table|head).*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "\n", html).replace("&#x27;", "'"))


def test_words_that_a_diary_must_not_use_are_absent(answer):
    """No diagnosing, no promising, no scolding."""
    assert forbidden(text_of(page(answer)) + summary(answer)) == []


@pytest.mark.parametrize(
    ("later", "error", "sure", "said"),
    [
        (2.6, 0.5, 1.0, "higher, by about 0.9 points on average"),
        (-2.6, 0.5, 1.0, "lower, by about 0.9 points on average"),
        (-4.2, 2.9, 1.0, "What your runs do to the later mornings is not clear."),
        (0.2, 0.5, 0.0, "do not show"),
    ],
)
def test_mornings_are_said_with_a_side_only_beyond_two_errors(later, error, sure, said):
    """Nearer to 0 no side and no number is named, and that they 'show no clear change' only where they do not."""
    numbers = {"next": 0.0, "later": later, "error": error, "sure": sure}
    assert said in why_open(Reason(Hurdle.LATER_MORNINGS, None, numbers, ()))


def test_cause_is_claimed_only_in_tier_a_of_that_question(answer):
    """'Chance chose' stands where the verdict comes of running, of the week and of the season apart."""
    for effect in answer.effects:
        claimed = "Chance chose" in headline(answer, effect)
        assert claimed == effect.caused
        assert not claimed or effect.tier.letter == "A"


def test_drawn_days_claim_no_cause_of_the_season(answers):
    """The draw randomised the days of each week, not the months."""
    answer = answers["drawn days, the season on its own"]()
    assert "Chance chose the run days" in headline(answer, answer.week)
    assert "Chance chose" not in headline(answer, answer.season)


def test_what_has_no_order_never_says_that_running_helps(answer):
    """Without a verdict no headline says helps or harms."""
    for effect in answer.effects:
        if effect.reason is not None:
            assert re.search(r"\bhelps\b|\bharms\b", headline(answer, effect).lower()) is None


def test_every_verdict_describes_the_records(answer):
    """'In your records', 'your records': never a fact about the back alone."""
    for effect in answer.effects:
        if effect.reason is None:
            assert "our records" in headline(answer, effect)


def test_a_verdict_is_no_bare_yes_or_no(answer):
    """No headline opens with a yes or a no, and one that takes a side tells its size in points, in both languages."""
    for code in ("en", "de"):
        with speaking(code):
            for effect in answer.effects:
                said = headline(answer, effect)
                assert re.match(r"(Yes|No|A little|Ja|Nein|Ein wenig)[.,]", said) is None
                sided = effect.reason is None and effect.verdict is not Verdict.NO_DIFFERENCE
                assert not sided or points(effect.estimate.mean) in said


def test_no_word_of_the_page_says_that_running_helps_or_harms_this_back(answer):
    """Verdicts describe morning pain in the records, on the page, the terminal, and in the words of the file."""
    told = json.loads(answer_json(answer))
    said = [text_of(page(answer)), summary(answer), *told["week"]["said"], *told["season"]["said"]]
    assert (
        re.search(r"because of running|running (helps|harms|hurts) your|^(helps|harms)", " ".join(said))
        is None
    )


def test_the_season_always_names_its_rival(answers):
    """Pain goes up and down by itself: said beside every season that has numbers."""
    for name in ("helps, drawn", "harms", "can't tell", "no difference"):
        assert "goes up and down by itself" in text_of(page(answers[name]()))


def test_too_small_to_matter_is_the_headline(answers):
    """It comes first, and the side after it."""
    answer = answers["too small to matter"]()
    assert headline(answer, answer.week).startswith("Too small to matter (under 1 point).")


def test_no_difference_rules_no_small_change_out(answers):
    """Absence of evidence is not told as evidence of absence."""
    answer = answers["no difference"]()
    assert "do not rule out a small change" in headline(answer, answer.season)


@pytest.mark.parametrize(
    ("likely", "said"),
    [
        ((-0.3, 0.2), "was about the same."),
        ((-0.6, -0.2), "was about the same or a little lower."),
        ((0.1, 0.4), "was about the same or a little higher."),
        ((-0.4, -0.01), "was about the same."),
    ],
)
def test_a_likely_range_on_one_side_is_not_just_the_same(answers, likely, said):
    """Where both ends lie on one side as they are shown, the headline names it."""
    answer = answers["no difference"]()
    effect = replace(answer.week, estimate=replace(answer.week.estimate, interval_80=likely))
    assert said in headline(answer, effect)


@pytest.mark.parametrize("hurdle", [h for h in Hurdle if h is not Hurdle.TOO_FEW_RUNS], ids=str)
def test_every_reason_has_its_own_headline_and_a_way_on(answers, hurdle):
    """No two reasons are told alike, and each says what would open it or how many days."""
    by_hurdle = {}
    for make in answers.values():
        effect = make().week
        if effect.reason is not None:
            by_hurdle.setdefault(effect.reason.hurdle, effect)
    assert hurdle in by_hurdle
    answer = answers["can't tell"]()
    told = {h: headline(answer, effect) for h, effect in by_hurdle.items()}
    assert len(set(told.values())) == len(told)
    assert opened_by(by_hurdle[hurdle].reason) or hurdle is Hurdle.THRESHOLD


def test_more_mornings_are_not_promised_where_they_do_not_help(answers):
    """Of a sampler that did not settle nobody says that more mornings will help."""
    answer = answers["sampler failed"]()
    said = " ".join([summary(answer), text_of(page(answer))])
    assert "More mornings will help" not in said
    assert "more of the same will not help" in said


def test_checks_that_pass_are_no_proof(answers):
    """A count of what is fine never stands beside a claim."""
    said = text_of(page(answers["helps, drawn"]())) + summary(answers["helps, drawn"]())
    assert re.search(r"\d+ fine", said) is None
    assert "does not prove the answer right" in said


def test_terminal_page_and_file_say_the_same(answer):
    """Each headline and each sentence under it stands on both, and the file holds the verdict and its reason."""
    told = json.loads(answer_json(answer))
    terminal, whole = (re.sub(r"\s+", " ", t) for t in (summary(answer), text_of(page(answer))))
    for effect in answer.effects:
        for sentence in (headline(answer, effect), *verdict_sentences(answer, effect)):
            assert sentence in terminal
            assert re.sub(r"\s+", " ", sentence) in unescape(whole)
        mine = told[effect.question.value]
        assert mine["said"] == [headline(answer, effect), *verdict_sentences(answer, effect)]
        assert mine["verdict"] == effect.verdict.value
        assert (mine["reason"] or {}).get("hurdle") == (effect.reason.hurdle if effect.reason else None)


def test_too_few_runs_is_told_with_what_to_do(answers):
    """No numbers, and a next step."""
    answer = next(make() for name, make in answers.items() if "few" in name)
    assert answer.week.verdict is Verdict.TOO_FEW_RUNS
    assert re.search(r"\d", headline(answer, answer.week)) is None


def test_the_summary_fits_a_terminal(answer):
    """At most 35 lines of at most 80 characters."""
    lines = summary(answer).splitlines()
    assert len(lines) <= 35
    assert max(map(len, lines)) <= 80


def test_answer_json_holds_the_numbers(answer):
    """The file parses strictly, says its format, and holds both means."""
    told = json.loads(answer_json(answer), parse_constant=pytest.fail)
    assert told["format"] == FORMAT
    mean = answer.week.estimate.mean
    assert told["week"]["estimate"]["mean"] == (None if math.isnan(mean) else mean)


def test_the_words_read_at_school_grade_eight(answer):
    """Flesch-Kincaid grade of every paragraph, list item and caption is 8 or less."""
    grades = {block: grade(told) for block, told in blocks_of(page(answer)).items()}
    assert {block: round(g, 1) for block, g in grades.items() if g > 8.0} == {}


def blocks_of(html: str) -> dict[str, list[str]]:
    """Each block of prose with its sentences; the sampler's small print is for those who know its terms."""
    html = re.sub(r'<p class="small".*?</p>', "", html, flags=re.DOTALL)
    found = re.finditer(r"<(p|li|figcaption)\b.*?</\1>", html, re.DOTALL)
    blocks = [text_of(block.group()).strip() for block in found]
    told = {block: sentences(block) for block in blocks}
    return {block: its for block, its in told.items() if its}


def open_effect(effect, hurdle, **changes):
    """The effect without a verdict, stopped by `hurdle`."""
    reason = replace(effect.reason or Reason(hurdle), hurdle=hurdle)
    return replace(effect, verdict=Verdict.CANNOT_TELL, too_small=False, reason=reason, **changes)


def test_without_a_verdict_the_range_is_what_every_analysis_leaves_open(answers):
    """The hull of all analyses, and no best guess that reads like a verdict."""
    whole = answers["can't tell"]()
    (main,) = whole.week.panel[:1]
    other = replace(main, estimate=replace(main.estimate, interval_95=(-0.4, 2.0)))
    week = open_effect(whole.week, Hurdle.BOTH_WAYS, panel=(main, other))
    low = min(-0.4, week.estimate.interval_95[0])
    assert left_open(week) == (low, max(2.0, week.estimate.interval_95[1]))
    said = verdict_sentences(whole, week)[0]
    assert said.startswith("Still open, however it is worked out: between")
    assert "about" not in said
    assert "so it is wider" in " ".join(dots_note(week))
    assert dots_note(open_effect(whole.week, Hurdle.BOTH_WAYS, panel=(main,))) == ()


@pytest.mark.parametrize("hurdle", [Hurdle.RAMP, Hurdle.STEADY])
def test_no_range_is_shown_where_running_and_time_cannot_be_told_apart(answers, hurdle):
    """It would be what was believed before, or the passing of time."""
    whole = answers["can't tell"]()
    assert not may_be_shown(open_effect(whole.season, hurdle))


@pytest.mark.parametrize(
    ("p_less", "way"), [(0.9, "less pain"), (0.1, "more pain"), (0.5, "or make it worse")]
)
def test_a_side_that_is_likely_but_not_sure_is_named(answers, p_less, way):
    """Nine answers in ten on one side are not 'both ways', and no verdict either."""
    whole = answers["can't tell"]()
    found = headline(whole, open_effect(whole.week, Hurdle.BOTH_WAYS, p_less_pain=p_less))
    assert found.startswith("Can't tell yet.")
    assert way in found


def test_a_little_is_never_said_to_be_the_change_that_matters(answers):
    """A mean that rounds to the smallest worthwhile change is told as just under it."""
    whole = answers["can't tell"]()
    estimate = replace(whole.week.estimate, mean=0.97)
    week = replace(
        whole.week, verdict=Verdict.HARMS_A_LITTLE, too_small=False, reason=None, estimate=estimate
    )
    assert "by just under 1 point" in headline(whole, week)


def test_the_terminal_prints_one_range_a_question(answers):
    """Without a verdict what is left open is the range, and no narrower one stands beside it."""
    said = summary(answers["can't tell"]())
    week = said.split("The week:")[1].split("The season:")[0]
    assert "Still open, however it is worked out:" in week
    assert "19 in 20" not in week


def test_a_season_that_matters_is_said_before_a_week_that_does_not(answers):
    """Whoever reads one line reads that running costs them points, not that a week makes too little difference."""
    answer = answers["harms"]()
    small = replace(answer.week, verdict=Verdict.HARMS_A_LITTLE, too_small=True)
    season = replace(answer.season, verdict=Verdict.HARMS, too_small=False, reason=None)
    told = summary(replace(answer, week=small, season=season))
    assert told.index("The season:") < told.index("The week:")
    assert summary(answer).index("The week:") < summary(answer).index("The season:")
