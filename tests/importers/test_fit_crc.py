"""The fast checksum against the definition of CRC-16."""

from hypothesis import given
from hypothesis import strategies as st

from backstride.importers.fit_crc import crc16
from backstride.testing.fit_file import checksum


@given(st.binary(max_size=400))
def test_it_equals_the_bit_by_bit_definition(content):
    """Cutting the bytes into lanes changes nothing, whatever their number."""
    assert crc16(content) == checksum(content)


def test_it_is_the_published_check_value():
    """CRC-16 (ARC) of the nine digits is 0xBB3D."""
    assert crc16(b"123456789") == 0xBB3D


def test_content_followed_by_its_checksum_gives_zero():
    """The way in which a FIT file is checked."""
    content = bytes(range(256)) * 5
    assert crc16(content + crc16(content).to_bytes(2, "little")) == 0
