"""What a program is given of a diary fills another one with the same."""

import json
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from tests.diary.any_records import some_records

from backstride.core.records import Records
from backstride.diary.schema import OWNER
from backstride.diary.serialization import deserialize, records_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(records=some_records(least=1))
def test_every_kind_of_record_goes_out_and_in_again(site, owner, records: Records) -> None:
    """The entries of the one, stored by the other, are given away by it in the same words."""
    diary = site.store.diary(OWNER)
    given_out = []
    for told in (records, None):
        again = told or records_of(
            tuple(deserialize(e["kind"], json.dumps(e["record"])) for e in given_out[0])
        )
        diary.erase_everything()
        diary.add(again, source="app", now=NOW)
        given_out.append(owner.client.get("/diary/entries.json").json())
    assert len(given_out[0]) == len(given_out[1]) > 0
    first, second = (sorted((e["kind"], json.dumps(e["record"])) for e in each) for each in given_out)
    assert first == second
