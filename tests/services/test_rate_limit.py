"""Many who try at once: each try is little work, and old tries are forgotten."""

from backstride.services.rate_limit import MAX_KEYS, RateLimiter


class Counted(dict):
    """A dictionary that counts how often it is looked through."""

    looks = 0

    def items(self):
        """All of it."""
        Counted.looks += 1
        return super().items()


def test_fresh_keys_are_looked_through_once_a_second():
    """At ten thousand fresh keys a thousand tries in one second look through them once."""
    now = [0.0]
    limiter = RateLimiter(most=3, minutes=5, clock=lambda: now[0])
    for n in range(MAX_KEYS + 1):
        limiter.hit(f"early {n}")
    limiter._tries, Counted.looks, now[0] = Counted(limiter._tries), 0, 2.0
    for n in range(1000):
        now[0] += 0.0005
        limiter.hit(f"late {n}")
    assert Counted.looks == 1
    assert len(limiter._tries) > MAX_KEYS


def test_old_keys_are_forgotten():
    """After the minutes nothing is left of those who tried before."""
    now = [0.0]
    limiter = RateLimiter(most=3, minutes=5, clock=lambda: now[0])
    for n in range(MAX_KEYS + 1):
        limiter.hit(f"early {n}")
    now[0] = 301.0
    limiter.hit("late")
    assert set(limiter._tries) == {"late"}
