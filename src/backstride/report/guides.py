"""How each test of a pathway is done, in words; what it may and may not tell; and when to leave it out."""

from dataclasses import dataclass

from backstride.core.measurement import MeasurementKind
from backstride.report.language import _


@dataclass(frozen=True, slots=True)
class Guide:
    """One test in words, in the reader's language.

    Attributes:
        name: what it is called.
        measures: what it stands for.
        steps: how it is done, in order.
        ends: when the time stops, or how it is read.
        picture: what the drawing shows.
    """

    name: str
    measures: str
    steps: tuple[str, ...]
    ends: str
    picture: str


def guide(kind: MeasurementKind) -> Guide:
    """Return the instructions of one test."""
    return _GUIDES[kind]()


def leave_out() -> tuple[str, ...]:
    """When not to do a test."""
    return (
        _("Leave the holds and reaches out on a day with a flare, or with anything new in a leg."),
        _("Leave them out in pregnancy, within 12 weeks of a birth, or after surgery on your spine."),
        _("Do no test if a provider has asked you to rest, or if your safety answers pause the programme."),
        _("Leave out any single test that you do not trust. None of them is needed for an answer."),
    )


def stop_at_once() -> tuple[str, ...]:
    """When to end a test that has begun."""
    return (
        _("Stop if your back hurts 2 points more than before, or if anything goes down a leg."),
        _("Stop if you hold your breath, feel dizzy, or your chest hurts."),
        _("Stop when your form breaks down. A longer hold with bad form tells you less, not more."),
    )


def about_tests() -> tuple[str, ...]:
    """State what the tests are for."""
    return (
        _("They are optional. Each says a little about one way in which running may help."),
        _("Once every two to four weeks is enough. Any more often, and you only measure practice."),
        _(
            "The first two times are practice: they change by themselves, up or down, and the answer allows for that."
        ),
        _("Use the same floor, the same shoes or none, the same time of day, and rest between two tests."),
        _("For the leg raise and the bridge we found no study of what is usual, or of how much they vary."),
        _("A long hold is no promise of less pain. A short one says nothing bad about your back."),
    )


def _weight() -> Guide:
    return Guide(
        name=_("Weight"),
        measures=_("Your body weight."),
        steps=(
            _("Step on the scale in the morning, before you eat."),
            _("Wear about the same as last time."),
        ),
        ends=_("Read the number once it settles."),
        picture=_("A bathroom scale."),
    )


def _front_plank() -> Guide:
    return Guide(
        name=_("Front plank"),
        measures=_("How long your belly and trunk can hold."),
        steps=(
            _("Lie face down. Put your elbows below your shoulders."),
            _("Lift up onto forearms and toes. Keep head, back and legs in one line."),
            _("Keep breathing as you hold."),
        ),
        ends=_("The time stops when your hips sink or rise, or when you put a knee down."),
        picture=_("A person on forearms and toes, face down, the body in one line."),
    )


def _side_plank() -> Guide:
    return Guide(
        name=_("Side plank"),
        measures=_("How long the side of your trunk and your shoulder can hold, left and right."),
        steps=(
            _("Lie on your side. Put your elbow below your shoulder, and one foot before the other."),
            _("Lift your hips until the body is in one line. Put the free hand on the upper hip."),
            _("Rest for a minute, then do the other side."),
        ),
        ends=_("The time stops when your hips sink, or when the free hand comes down."),
        picture=_("A person on one forearm and the feet, seen from the front, the hips lifted."),
    )


def _leg_raise() -> Guide:
    return Guide(
        name=_("Double leg raise, face down"),
        measures=_("How long the back of your trunk can hold."),
        steps=(
            _("Lie face down, your forehead on your hands."),
            _("Lift both straight legs until the knees are off the floor."),
            _("Keep breathing as you hold. A little off the floor is enough."),
        ),
        ends=_("The time stops when a knee touches the floor."),
        picture=_("A person face down, forehead on the hands, both legs lifted straight."),
    )


def _single_leg_bridge() -> Guide:
    return Guide(
        name=_("Bridge on one leg"),
        measures=_("How long the seat and back of one thigh can hold, left and right."),
        steps=(
            _("Lie on your back, knees bent, feet flat, arms crossed on your chest."),
            _("Lift your hips. Then stretch one leg out, thighs side by side."),
            _("Rest for a minute, then stand on the other foot."),
        ),
        ends=_("The time stops when your hips sink or turn."),
        picture=_("A person on the back, hips lifted, one foot on the floor and one leg stretched out."),
    )


def _hip_flexor_reach() -> Guide:
    return Guide(
        name=_("Front of the hip"),
        measures=_("How far your thigh can sink when the hip is stretched, left and right."),
        steps=(
            _("Sit on the edge of a firm table or bed. Roll back, and hug both knees to your chest."),
            _("Keep your low back flat. Let one leg hang down, the other stays hugged."),
            _("Ask somebody to measure at the knee of the hanging leg, or use a ruler on a photo."),
        ),
        ends=_(
            "Note the centimetres from the knee to the height of the table: below it counts plus, above it minus."
        ),
        picture=_(
            "A person on the back at the edge of a table, one knee hugged, the other leg hanging down."
        ),
    )


def _hamstring_reach() -> Guide:
    return Guide(
        name=_("Reach to the toes"),
        measures=_("How far the backs of your thighs let you reach."),
        steps=(
            _("Sit on the floor, legs straight, the soles flat against a wall or a box."),
            _("Put one hand on the other. Reach forward slowly, with straight knees."),
            _("Do it three times, and note the best that you could hold for two seconds."),
        ),
        ends=_(
            "Note the centimetres from the soles to the fingertips: past the soles counts plus, short of them minus."
        ),
        picture=_("A person who sits with straight legs and reaches for the toes."),
    )


_GUIDES = {
    MeasurementKind.WEIGHT: _weight,
    MeasurementKind.FRONT_PLANK: _front_plank,
    MeasurementKind.SIDE_PLANK: _side_plank,
    MeasurementKind.LEG_RAISE: _leg_raise,
    MeasurementKind.SINGLE_LEG_BRIDGE: _single_leg_bridge,
    MeasurementKind.HIP_FLEXOR_REACH: _hip_flexor_reach,
    MeasurementKind.HAMSTRING_REACH: _hamstring_reach,
}
