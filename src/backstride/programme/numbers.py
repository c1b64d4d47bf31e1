"""The numbers that the rules name, each from the module that uses it."""

from backstride.core import leg_sign, new_pain
from backstride.programme import holds, ladder, lights, on_foot, own, state, step_holds, week

NUMBERS: dict[str, float] = {
    name: round(number, 1)
    for name, number in {
        "session_min": ladder.SESSION_MIN,
        "entry_walks": state.ENTRY_WALKS,
        "entry_days": state.ENTRY_DAYS,
        "step_days": state.STEP_DAYS,
        "new_least": new_pain.LEAST,
        "new_rise": new_pain.RISE,
        "new_days": new_pain.DAYS,
        "medicine_days": step_holds.MEDICINE_DAYS,
        "medicine_of": step_holds.MEDICINE_OF,
        "climb": step_holds.CLIMB,
        "climb_days": step_holds.CLIMB_DAYS,
        "sore_asked": new_pain.ASKED_DAYS,
        "least_runs": own.LEAST_RUNS,
        "least_weeks": own.LEAST_WEEKS,
        "a_week": week.A_WEEK,
        "greens": state.GREENS_TO_ADVANCE,
        "weekly_rise": lights.WEEKLY_RISE,
        "calm": lights.CALM,
        "small_rise": lights.SMALL_RISE,
        "red_rise": lights.RED_RISE,
        "red_pain": lights.RED_PAIN,
        "after_hours": lights.AFTER.total_seconds() / 3600,
        "walks_from": lights.WALKS_FROM,
        "stayed_days": holds.STAYED_DAYS,
        "leg_sign": leg_sign.LEG_SIGN_FROM,
        "leg_days": holds.LEG_DAYS,
        "sore_days": holds.SORE_DAYS,
        "pattern_days": state.PATTERN_DAYS,
        "forgotten_days": holds.FORGOTTEN_DAYS,
        "limit": 100 * (own.LIMIT - 1),
        "limit_days": own.LIMIT_DAYS,
        "least_run": week.LEAST_RUN_MIN,
        "first_walk": on_foot.FIRST_WALK_MIN,
        "on_foot_days": on_foot.FULL_DAYS,
        "two_thirds_days": on_foot.TWO_THIRDS_DAYS,
        "idle_days": state.IDLE_DAYS,
        "lower": state.LOWER,
        "no_run_days": state.NO_RUN_DAYS,
        "block_off": state.BLOCK_OFF_DAYS,
        "month_off": state.MONTH_OFF_DAYS,
        "season_off": state.SEASON_OFF_DAYS,
        "well_days": week.WELL_DAYS,
    }.items()
}
