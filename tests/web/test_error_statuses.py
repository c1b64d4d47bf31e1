"""The status of an error says whose fault it is: 4xx of what was sent, 5xx of the server."""

import inspect

import pytest

from backstride import errors
from backstride.web.errors import status_of

FAMILY = [one for one in vars(errors).values() if inspect.isclass(one) and one is not errors.BackstrideError]
OF_THE_SERVER = (errors.DiaryError, errors.WorkLost, errors.WorkFailed)
NOT_THERE = (errors.NotInDiary,)


@pytest.mark.parametrize("kind", FAMILY, ids=lambda kind: kind.__name__)
def test_an_error_of_the_server_is_none_of_the_visitor(kind):
    """Lost work, a defect and a store that fails are the server's; an entry that is gone is not."""
    is_ours = issubclass(kind, OF_THE_SERVER) and not issubclass(kind, NOT_THERE)
    assert (status_of(kind("It is so.", advice="Go on.")) >= 500) == is_ours
