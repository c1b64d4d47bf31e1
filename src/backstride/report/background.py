"""The second half of the page: parts, dose, the days after a run, what comes next, and all numbers."""

from math import isfinite

from backstride.answer.answer import Answer, RiseChance
from backstride.answer.effect import Estimate
from backstride.answer.kinds import Question, TierLetter
from backstride.report.about import about_sentences, at_once, stop_heading, stop_note, within_days
from backstride.report.amounts import in_our_digits, minutes, number, of_100, percent, signed, signed_range
from backstride.report.article import article_answered
from backstride.report.beliefs import belief_row, beliefs_caption
from backstride.report.dose_curve import dose_curve, dose_rows
from backstride.report.drawing import Picture
from backstride.report.lag_chart import lag_chart, lag_rows
from backstride.report.language import _
from backstride.report.markup import Markup, element, joined, paragraphs, styled
from backstride.report.more_running import claim_sentence, more_running
from backstride.report.next_steps import openers_of
from backstride.report.open_words import OPENERS
from backstride.report.outlook import settling_sentences
from backstride.report.pathway_bars import part_rows, pathway_bars
from backstride.report.pathways import path_name, path_sentence, pathways_caption, pathways_caution
from backstride.report.sections import folded, in_both_widths
from backstride.report.table import Table
from backstride.report.words import may_be_shown


def pathways_section(answer: Answer) -> Markup:
    """Render the parts of the season's change, and what each means."""
    effect = answer.season
    if not (may_be_shown(effect) and effect.parts):
        return Markup()
    head = (_("Part"), _("Points"), _("19 in 20"), _("Rests on"), _("Values"))
    tables = [
        Table(_("parts of the season, in points"), head, part_rows(answer.season)).folded,
        Table(_("parts of the week, in points"), head, part_rows(answer.week)).folded,
    ]
    picture = in_both_widths(
        pathways_caption(), lambda width, name: pathway_bars(effect, width=width, name=name), "parts", *tables
    )
    entries = [
        element("li", element("b", path_name(p)), Markup(". "), path_sentence(p)) for p in effect.parts
    ]
    ways = element("ul", joined(entries), attributes={"class": "ways"})
    caution = paragraphs([pathways_caution()])
    return folded("ways", _("How it may work"), picture, ways, caution, article_answers(answer))


def article_answers(answer: Answer) -> Markup:
    """Render the article's claims, folded: what is known of each, and what these records say."""
    entries = [
        element("li", element("b", answered.claim), Markup(" "), " ".join((answered.known, *answered.yours)))
        for answered in article_answered(answer)
    ]
    claims = element("ul", joined(entries), attributes={"class": "ways"})
    return element("details", element("summary", _("Common claims about running and back pain")), claims)


def dose_section(answer: Answer) -> Markup:
    """Each Delta that may be shown against weekly minutes; the line ends where the records end."""
    if not may_be_shown(answer.week):
        return Markup()
    shown = [effect.question for effect in answer.effects if may_be_shown(effect)]
    pictures = [_dose_picture(answer, question) for question in shown]
    heading = _("How much running")
    if not all(pictures):
        return folded(
            "dose", heading, paragraphs([_("There are too few weeks with running to draw a line.")])
        )
    head: tuple[str, ...] = (_("Minutes"), _("Week"), _("19 in 20"), _("Season"), _("19 in 20"))
    rows = dose_rows(answer.dose)
    if Question.SEASON not in shown:  # its columns are the last two
        head, rows = head[:3], [row[:3] for row in rows]
    table = Table(_("change of pain in points, by minutes a week"), head, rows)
    claim = paragraphs([claim_sentence(), *more_running(answer, finds=False)])
    return folded("dose", heading, claim, *pictures, paragraphs([dose_end(answer)]), table.folded)


def _dose_picture(answer: Answer, question: Question) -> Markup:
    def render(width: float, name: str) -> Picture | None:
        return dose_curve(answer.dose, question=question, facts=answer.facts, width=width, name=name)

    return in_both_widths(dose_caption(answer, question), render, f"dose-{question}")


def dose_caption(answer: Answer, question: Question) -> str:
    """Describe the dose chart; in the looking-back tier only as an association."""
    tier = next(effect.tier for effect in answer.effects if effect.question is question)
    if tier.letter is TierLetter.LOOKING_BACK:
        captions = {
            Question.WEEK: "The week: how much pain goes together with how many minutes of running.",
            Question.SEASON: "The season: how much pain goes together with how many minutes a week.",
        }
    else:
        captions = {
            Question.WEEK: "The week: change of pain if you ran that many minutes in it.",
            Question.SEASON: "The season: change of pain after 12 weeks of that many minutes a week.",
        }
    return _(captions[question])


def dose_end(answer: Answer) -> str:
    """Where the line ends, and what the bands are."""
    bands = _(
        "The line is the best guess. The dark band holds half of the answers that fit, the pale one 19 in 20. The "
        "most you have run is {most} a week, over 4 weeks."
    ).format(most=minutes(answer.facts.most_weekly_minutes))
    if answer.facts.usual_weekly_minutes > answer.facts.most_weekly_minutes:
        end = _(
            "In a week with runs you run {usual}, but not for 4 such weeks on end. So past {most} the line rests "
            "on the model more than on your records."
        ).format(
            usual=minutes(answer.facts.usual_weekly_minutes),
            most=minutes(answer.facts.most_weekly_minutes),
        )
    else:
        end = _("The line ends a little past that, because your records say nothing about more.")
    return f"{bands} {end}"


def after_run_section(answer: Answer) -> Markup:
    """Render the mornings after one run, and the probability of a rise."""
    if not may_be_shown(answer.week):
        return Markup()
    table = Table(
        _("change of pain in points, by morning after a run"),
        (_("Morning"), _("Points"), _("19 in 20")),
        lag_rows(answer.lags),
    )
    picture = in_both_widths(
        _(
            "Pain on the mornings after a run of 30 minutes, compared with the mornings after a day of rest. The "
            "lines hold 19 of 20 answers."
        ),
        lambda width, name: lag_chart(answer.lags, width=width, name=name),
        "lags",
        table.folded,
    )
    return folded("after-run", _("After a run"), picture, paragraphs([rise_sentence(answer.flare)]))


def rise_sentence(rise: RiseChance) -> str:
    """State the probability that the next morning is worse by 2 or more, after a run and after a rest."""
    template = _(
        "After {run} runs, pain is up by 2 points or more by the next morning (likely {run_range}). The same "
        "happens after {rest} days of rest (likely {rest_range})."
    )
    return template.format(
        run=of_100(rise.after_run.mean),
        run_range=_chances(rise.after_run),
        rest=of_100(rise.after_rest.mean),
        rest_range=_chances(rise.after_rest),
    )


def _chances(estimate: Estimate) -> str:
    a, b = (number(100 * bound, decimals=0) for bound in estimate.interval_80)
    return _("{a} to {b}").format(a=a, b=b)


def outlook_section(answer: Answer) -> Markup:
    """Render what would settle the open questions."""
    return folded(
        "outlook",
        _("What would settle it"),
        paragraphs(settling_sentences(answer)),
        paragraphs(_(OPENERS[opener]) for opener in openers_of(answer)),
    )


def beliefs_section(answer: Answer) -> Markup:
    """Render the answer under other priors."""
    if not may_be_shown(answer.week):
        return Markup()
    head = (_("Starting from"), _("Best guess (19 in 20)"), _("Morning pain with running"))
    names = {Question.WEEK: _("The week, in points"), Question.SEASON: _("The season, in points")}
    tables = [
        Table(names[effect.question], head, [belief_row(line) for line in effect.priors]).html
        for effect in answer.effects
        if effect.priors and may_be_shown(effect)
    ]
    if not tables:
        return Markup()
    return folded(
        "beliefs",
        _("Other starting points"),
        paragraphs([beliefs_caption()]),
        styled("div", "beliefs", *tables),
    )


def about_section() -> Markup:
    """Render what this is and is not, and the list of warning signs that is the same for everyone."""
    lists = []
    for heading, items in (at_once(), within_days()):
        lists += [element("p", heading), element("ul", joined(element("li", item) for item in items))]
    stop = styled("div", "stop", element("h3", stop_heading()), styled("p", "quiet", stop_note()), *lists)
    return folded("about", _("What this is, and when to stop"), paragraphs(about_sentences()), stop)


def numbers_section(answer: Answer) -> Markup:
    """Both posteriors in one table, then the seed and how well the sampler did, in small type."""
    head = (_("In points"), _("Week"), _("Season"))
    columns = [_effect_cells(effect.estimate) for effect in answer.effects]
    chances = [
        tuple(
            map(
                percent,
                (e.p_less_pain, e.p_worthwhile_less, e.p_negligible, e.p_worthwhile_more, e.p_more_pain),
            )
        )
        for e in answer.effects
    ]
    names = (
        *(_("Best guess"), _("Standard deviation"), _("Half of answers"), _("8 in 10"), _("19 in 20")),
        *(
            _("Less pain"),
            _("Worthwhile, less"),
            _("Too small to matter"),
            _("Worthwhile, more"),
            _("More pain"),
        ),
    )
    # no number stands for a question of which nothing may be said; answer.json keeps them all
    week, season = (
        (*cells, *shares) if may_be_shown(effect) else ("-",) * len(names)
        for effect, cells, shares in zip(answer.effects, columns, chances, strict=True)
    )
    table = Table(
        _("both answers, and the chance of each kind"), head, list(zip(names, week, season, strict=True))
    )
    return folded("numbers", _("All numbers"), table.html, paragraphs(diagnostics_lines(answer), css="small"))


def _effect_cells(estimate: Estimate) -> tuple[str, ...]:
    ranges = (estimate.interval_50, estimate.interval_80, estimate.interval_95)
    return (
        signed(estimate.mean, decimals=2),
        in_our_digits(f"{estimate.sd:.2f}") if isfinite(estimate.sd) else _("unknown"),
        *(signed_range(interval) for interval in ranges),
    )


def diagnostics_lines(answer: Answer) -> tuple[str, ...]:
    """Format seed, number of draws, and R-hat and effective sample sizes of both questions."""
    d = answer.diagnostics
    drawn = _("Seed {seed}. {chains} chains of {draws} draws, {warmup} to warm up, {s} seconds.")
    marks = _("{name}: R-hat {rhat}, effective draws {bulk} in the bulk and {tail} in the tails.")
    return (
        drawn.format(
            seed=d.seed,
            chains=d.chains,
            draws=number(d.draws_a_chain, decimals=0),
            warmup=number(d.warmup, decimals=0),
            s=number(d.sampling_seconds),
        ),
        *(
            marks.format(
                name=_(str(q).capitalize()),
                rhat=number(d.rhat[q], decimals=3),
                bulk=number(d.ess_bulk[q], decimals=0),
                tail=number(d.ess_tail[q], decimals=0),
            )
            for q in Question
            if q in d.rhat
        ),
    )
