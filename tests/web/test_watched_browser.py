"""A browser that hangs fails its test within a minute, and the next test has a browser."""

import pytest


def test_a_browser_that_hangs_is_killed_and_another_one_is_started(chromium, tmp_path):
    """A call that knows no timeout returns with an error; the next window opens."""
    hasty = chromium.another(tmp_path, hangs_after_s=1.0)
    page = hasty.new_context().new_page()
    hasty.stop()
    with pytest.raises(Exception, match="closed"), hasty.watched():
        page.evaluate("1")
    assert hasty.new_context().new_page().evaluate("2 + 2") == 4
    hasty.close()
