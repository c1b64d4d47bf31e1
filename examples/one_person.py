"""One person, the whole way: files, records, answer, sentence.

python examples/one_person.py my-diary out
"""

import sys
from pathlib import Path

from backstride import BackstrideError, ask, default_timezone, read_paths


def one_person(folder: Path, out: Path) -> str:
    """Answer for the person whose files lie in `folder`; the page is written into `out`.

    Raises:
        BackstrideError: the files cannot be used, or are too few; the message says what to do.
    """
    zone = default_timezone().zone
    read = read_paths([folder], zone=zone)
    asked = ask(read.records, zone=zone, seed=1, folder=out)
    week = asked.answer.week
    low, high = week.estimate.interval_95
    return (
        f"{read.records.count} records. A week of running {week.verdict}: "
        f"{week.estimate.mean:+.1f} points of morning pain, 95 % between {low:+.1f} and {high:+.1f}. "
        f"The whole answer: {asked.report}"
    )


if __name__ == "__main__":
    try:
        print(one_person(Path(sys.argv[1]), Path(sys.argv[2])))
    except BackstrideError as error:
        sys.exit(str(error))
    except IndexError:
        sys.exit("Say where the records are and where the page should go: one_person.py my-diary out")
