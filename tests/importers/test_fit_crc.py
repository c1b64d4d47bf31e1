"""The fast checksum against the definition of CRC-16."""

from hypothesis import given
from hypothesis import strategies as st

from backstride.importers.fit.crc import is_sealed
from backstride.testing.fit_file import checksum


@given(st.binary(max_size=400), st.integers(0, 2**16 - 1))
def test_only_the_checksum_by_definition_seals(content, other):
    """Of all ends that two bytes can be, the bit-by-bit CRC alone is taken."""
    right = checksum(content)
    assert is_sealed(content + right.to_bytes(2, "little"))
    assert is_sealed(content + other.to_bytes(2, "little")) == (other == right)


def test_the_published_check_value_seals():
    """CRC-16 (ARC) of the nine digits is 0xBB3D."""
    assert checksum(b"123456789") == 0xBB3D
    assert is_sealed(b"123456789" + b"\x3d\xbb")


@given(st.integers(0, 8 * 5002 - 1))
def test_no_single_wrong_bit_passes(place):
    """Wherever it stands, in a file of some length."""
    content = bytearray(bytes(range(250)) * 20)
    content += checksum(bytes(content)).to_bytes(2, "little")
    content[place // 8] ^= 1 << place % 8
    assert not is_sealed(bytes(content))
