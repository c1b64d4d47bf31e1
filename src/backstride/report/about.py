"""What the report is and is not, and the list that is the same for everyone."""

from backstride.report.language import _


def about_sentences() -> tuple[str, ...]:
    """What this is, what it is not, and who decides."""
    return (
        _(
            "This is your diary, and an experiment on yourself. It speaks of your records and of nobody else's."
        ),
        _(
            "It does not know what is wrong with your back. It cannot replace someone who looks at it. Check "
            "with your own healthcare provider, and show them this page if you like. You choose."
        ),
        _("Keeping a diary has not been shown to lower pain. It only helps you to see."),
    )


def stop_heading() -> str:
    """The heading of the static list."""
    return _("When to stop and speak to a clinician")


def stop_note() -> str:
    """That the list says nothing about the reader."""
    return _("This list is the same for everyone. It was not made from your records.")


def at_once() -> tuple[str, tuple[str, ...]]:
    """What asks for help on the same day."""
    return _("Get help at once:"), (
        _("new trouble passing urine, or holding urine or stool"),
        _("numbness between the legs, or where you would sit on a saddle"),
        _("both legs weak, or pain down both legs"),
        _("one leg that gets weaker, or a foot that drags"),
        _("back pain with chest pain, short breath or fainting"),
    )


def within_days() -> tuple[str, tuple[str, ...]]:
    """What asks for a visit soon."""
    return _("Stop running and speak to someone in the next days:"), (
        _("back pain with fever or chills"),
        _("back pain after a fall or a blow"),
        _("pain that does not let up at night, or weight loss you cannot explain"),
        _("pain in one spot of a bone that gets worse with each run"),
        _("pain or tingling that spreads further down a leg"),
    )
