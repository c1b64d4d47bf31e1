"""Turns: whoever waited longest is next."""

from threading import Thread

from backstride.runtime.turns import Turns


def test_who_has_much_to_do_lets_others_go_between():
    """Sixty files of one person and one of another: the one waits for a single file, not for sixty."""
    turns, done = Turns(at_once=1), []

    def read(name: str, files: int, *, others: Thread | None = None) -> None:
        with turns.taken():
            if others is not None:
                others.start()
            for _ in range(files):
                done.append(name)
                while others is not None and not turns.is_awaited and "one" not in done:
                    pass
                turns.pass_on()

    other = Thread(target=read, args=("one", 1))
    read("sixty", 60, others=other)
    other.join()
    assert (done.index("one"), len(done)) == (1, 61)
