"""Since when the diary asks for a talk with a provider, and why: what a provider asks first."""

from backstride.core.datetimes import ONE_DAY
from backstride.core.records import Records
from backstride.diary.store import Store
from backstride.programme.rules import ASK_FOR_A_TALK, Rule
from backstride.report.clinician import Talk
from backstride.services.plan import Plan, plan_for

LOOKED_BACK = 28


def talk_of(store: Store, person: int, plan: Plan, *, records: Records, with_safety: bool) -> Talk | None:
    """Return the talk with a provider that a plan asks for; None where it asks for none.

    Args:
        store: where.
        person: whose.
        plan: as it stands.
        records: all of theirs.
        with_safety: whether the safety answers are heeded.

    Raises:
        DiaryError: the diary could not be read.
    """
    if not plan.asks_for_a_talk:
        return None
    since = plan.as_of
    while (plan.as_of - since).days < LOOKED_BACK:
        before = plan_for(store, person, today=since - ONE_DAY, records=records, with_safety=with_safety)
        if not before.asks_for_a_talk:
            break
        since -= ONE_DAY
    is_known = (plan.as_of - since).days < LOOKED_BACK
    rules = tuple(rule for rule in plan.fired if rule in ASK_FOR_A_TALK)
    reds = plan.reds if Rule.TWO_REDS in rules else ()
    return Talk(rules, since if is_known else None, reds)
