"""backstride evidence."""

import click


@click.command(
    epilog="""\b
Examples:
  backstride evidence                          the table in short
  backstride evidence mood                     one way, with its papers
  backstride evidence weight --kg 75 --minutes 90
"""
)
@click.argument("pathway", required=False)
@click.option("--kg", type=float, help="Your weight, for what running may do to it.")
@click.option("--minutes", type=float, help="Minutes of running a week, for the same.")
@click.option("--page", is_flag=True, help="The whole page, as Markdown.")
def command(*, pathway: str | None, kg: float | None, minutes: float | None, page: bool) -> None:
    """Say what is known of running and back pain, for and against.

    PATHWAY is one of core, weight, lifestyle, mood, tightness, confidence.
    """
    from backstride.report.evidence_page import evidence_page
    from backstride.report.evidence_words import overview, pathway_text, weight_sentences
    from backstride.services.evidence import pathway_evidence, weight_forecast

    if (kg is None) != (minutes is None):
        raise click.UsageError("Give both --kg and --minutes, or neither.")
    if page:
        click.echo(evidence_page(), nl=False)
        return
    click.echo(overview() if pathway is None else pathway_text(pathway_evidence(pathway)), nl=False)
    if kg is not None and minutes is not None:
        click.echo()
        for sentence in weight_sentences(weight_forecast(kg, weekly_minutes=minutes), weekly_minutes=minutes):
            click.echo(click.wrap_text(sentence, 79))
