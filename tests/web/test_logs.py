"""What is logged is nobody's business, and so it holds nothing of a person."""

import logging

from .conftest import PASSPHRASE

NOTE, DAY = "nobody's business, L5-S1", "2026-05-01"


def test_logs_hold_no_value_no_note_and_no_token(owner, caplog, capfd):
    """Saved, looked at, refused and failed: no word, day, token or passphrase is logged or printed."""
    with (
        caplog.at_level(logging.DEBUG, logger="backstride"),
        caplog.at_level(logging.INFO, logger="sqlalchemy"),
    ):
        owner.post("/check-in", {"pain": "7", "note": NOTE, "day": DAY})
        owner.post("/settings/passphrase", {"new": PASSPHRASE})
        owner.post("/settings/tokens", {"label": "script"})
        for path in (f"/diary/day/{DAY}", "/report/diary.zip", "/diary/run/999", "/answer.json"):
            owner.get(path)
    shown = capfd.readouterr()
    logged = "".join(r.getMessage() for r in caplog.records if not r.name.startswith("httpx"))
    for secret in (NOTE, DAY, PASSPHRASE, owner.client.cookies["backstride"], "bs_"):
        assert secret not in logged + shown.out + shown.err
