"""A certificate authority of one's own, for home alone."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from time_machine import escape_hatch

from backstride.errors import BadValue
from backstride.services.local_certificate import CERTIFICATE_LASTS, local_certificate, require_local

NOW = (escape_hatch.datetime.datetime if escape_hatch.is_travelling() else datetime).now(UTC)
"""OpenSSL goes by the machine's clock, whatever that of the tests shows."""
HOSTS = ("192.168.7.5", "127.0.0.1", "localhost")


def test_a_browser_that_trusts_the_authority_trusts_the_server(tmp_path):
    """A real handshake, with names checked; without the authority it is refused."""
    made = local_certificate(tmp_path / "https", HOSTS, now=NOW)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(made.certificate, made.key)
    for host, trusts in (("127.0.0.1", True), ("localhost", True), ("127.0.0.1", False)):
        client = ssl.create_default_context(cafile=made.authority if trusts else None)
        with socket.create_server(("127.0.0.1", 0)) as listening:
            thread = threading.Thread(target=answer_once, args=(listening, server))
            thread.start()
            try:
                with socket.create_connection(listening.getsockname(), timeout=10) as plain:
                    if trusts:
                        with client.wrap_socket(plain, server_hostname=host) as safe:
                            assert safe.version() == "TLSv1.3"
                    else:
                        with pytest.raises(ssl.SSLCertVerificationError):
                            client.wrap_socket(plain, server_hostname=host)
            finally:
                thread.join(timeout=10)


def answer_once(listening: socket.socket, server: ssl.SSLContext) -> None:
    """Shake hands with one client; a client that refuses is no failure here."""
    plain, _address = listening.accept()
    try:
        server.wrap_socket(plain, server_side=True).close()
    except OSError:
        plain.close()


def test_nobody_else_may_read_its_keys(tmp_path):
    """Folder and keys belong to this account alone."""
    made = local_certificate(tmp_path / "https", HOSTS, now=NOW)
    assert made.key.parent.stat().st_mode & 0o777 == 0o700
    for key in made.key.parent.glob("*-key.pem"):
        assert key.stat().st_mode & 0o777 == 0o600


def test_it_stays_until_it_must_change(tmp_path):
    """The same files at the next start; a new certificate for a new address, or before its time is over."""
    folder = tmp_path / "https"
    first = local_certificate(folder, HOSTS, now=NOW)
    before = first.certificate.read_bytes()
    assert local_certificate(folder, HOSTS, now=NOW + timedelta(days=300)).certificate.read_bytes() == before
    moved = local_certificate(folder, ("192.168.7.9",), now=NOW)
    assert (moved.fingerprint, moved.certificate.read_bytes() == before) == (first.fingerprint, False)
    before = moved.certificate.read_bytes()
    later = local_certificate(folder, ("192.168.7.9",), now=NOW + CERTIFICATE_LASTS - timedelta(days=10))
    assert (later.fingerprint, later.certificate.read_bytes() == before) == (first.fingerprint, False)


@pytest.mark.parametrize("broken", ["authority.pem", "authority-key.pem", "server.pem", "server-key.pem"])
def test_a_broken_file_is_made_anew(tmp_path, broken):
    """What cannot be read, or does not fit, is replaced, and the server starts."""
    folder = tmp_path / "https"
    local_certificate(folder, HOSTS, now=NOW)
    (folder / broken).write_text("no certificate")
    made = local_certificate(folder, HOSTS, now=NOW)
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(made.certificate, made.key)
    certificate, authority = (
        x509.load_pem_x509_certificate(path.read_bytes()) for path in (made.certificate, made.authority)
    )
    certificate.verify_directly_issued_by(authority)


def test_the_authority_can_vouch_for_home_alone(tmp_path):
    """Its limits are critical: a browser that does not know them must refuse it."""
    made = local_certificate(tmp_path / "https", HOSTS, now=NOW)
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    names = {name.value for name in limits.value.permitted_subtrees if isinstance(name, x509.DNSName)}
    assert (limits.critical, names) == (True, {"localhost", "local", "home.arpa"})
    assert authority.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0


@pytest.mark.parametrize(
    "host", ["8.8.8.8", "example.com", "2001:4860:4860::8888", "local", "evil-local", ""]
)
def test_no_certificate_is_made_for_others(tmp_path, host):
    """Neither a public address nor anybody's name."""
    with pytest.raises(BadValue):
        local_certificate(tmp_path / "https", (host,), now=NOW)


@pytest.mark.parametrize(
    "host", ["10.1.2.3", "172.31.0.1", "100.101.1.1", "fe80::1", "pi.local", "localhost"]
)
def test_addresses_at_home_are_known(host):
    """Private, shared and link-local addresses, and local names."""
    require_local(host)
