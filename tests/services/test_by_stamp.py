"""What is kept in memory: made once for a stamp, and no more of it than a thousand."""

from backstride.services.by_stamp import MAX_CACHED, ByStamp


def test_it_is_made_once_for_a_stamp():
    """Another stamp makes it anew."""
    kept, made = ByStamp(), []
    for stamp in ("a", "a", "b", "a"):
        kept.get("who", stamp, lambda: made.append(1) or len(made))
    assert len(made) == 3


def test_no_more_than_a_thousand_are_kept():
    """The first to be made goes first."""
    kept, made = ByStamp(), []
    for key in range(MAX_CACHED + 1):
        kept.get(key, "a", lambda: 1)
    kept.get(1, "a", lambda: made.append(1) or 1)
    kept.get(0, "a", lambda: made.append(0) or 0)
    assert made == [0]
