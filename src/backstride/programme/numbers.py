"""The numbers that the rules name, each from the module that uses it."""

from backstride.programme import history, holds, ladder, lights, own, state, week

NUMBERS: dict[str, int] = {
    name: round(number)
    for name, number in {
        "session_min": ladder.SESSION_MIN,
        "entry_walks": state.ENTRY_WALKS,
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
        "leg_sign": history.LEG_SIGN_FROM,
        "leg_days": holds.LEG_DAYS,
        "sore_days": holds.SORE_DAYS,
        "pattern_days": state.PATTERN_DAYS,
        "forgotten_days": holds.FORGOTTEN_DAYS,
        "limit": 100 * (own.LIMIT - 1),
        "limit_days": own.LIMIT_DAYS,
        "least_run": week.LEAST_RUN_MIN,
        "first_walk": week.FIRST_WALK_MIN,
        "idle_days": state.IDLE_DAYS,
        "lower": state.LOWER,
        "no_run_days": state.NO_RUN_DAYS,
        "block_off": state.BLOCK_OFF_DAYS,
        "month_off": state.MONTH_OFF_DAYS,
        "season_off": state.SEASON_OFF_DAYS,
        "well_days": week.WELL_DAYS,
    }.items()
}
