"""A program that reads as ours does, but is stopped by files of certain names as a hostile file might stop it."""

import os
import signal
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

from backstride.importers.backends import in_process as in_process_backend
from backstride.services import worker
from backstride.services.read_tasks import Limits

READ = in_process_backend.read_content


def harmed(content, *, name, zone):
    """What hostile content does to a reader, chosen by the name of the file."""
    if "dies" in name:
        os.kill(os.getpid(), signal.SIGKILL)
    if "hangs" in name:
        Path(os.environ.get("HANGING", os.devnull)).touch()
        time.sleep(1000)
    while "spins" in name:
        pass
    if "eats" in name:
        return b"x" * 2**40
    if "fails" in name:
        raise IndexError(name)
    return READ(content, name=name, zone=zone)


if __name__ == "__main__":
    in_process_backend.read_content = harmed
    worker.serve(Connection(int(sys.argv[1])), limits=Limits(*map(int, sys.argv[2:])))
