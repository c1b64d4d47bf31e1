"""Https at home without anybody else: a certificate authority of one's own, and a certificate for this computer.

The authority can vouch for private addresses and `.local` names alone (name constraints, RFC 5280), so that whoever
stole its key could not pretend to be a bank. Each phone must trust it once, in its settings. It needs the extra
`phone`.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from backstride.errors import BadValue

AUTHORITY_LASTS: Final = timedelta(days=3650)
CERTIFICATE_LASTS: Final = timedelta(days=397)
"""Browsers take none that lasts longer, from authorities that the maker knows; to be safe, the same here."""
RENEWED_BEFORE: Final = timedelta(days=30)
CLOCKS_DIFFER_BY: Final = timedelta(days=1)
PRIVATE: Final = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "100.64.0.0/10",
    "127.0.0.0/8",
)
PRIVATE_6: Final = ("fc00::/7", "fe80::/10", "::1/128")
LOCAL_NAMES: Final = ("localhost", "local", "home.arpa")


@dataclass(frozen=True, slots=True)
class LocalCertificate:
    """The files of a certificate.

    Attributes:
        authority: the authority's certificate (PEM), which each phone must trust once.
        certificate, key: those of the server (PEM).
        fingerprint: SHA-256 of the authority, as phones show it.
    """

    authority: Path
    certificate: Path
    key: Path
    fingerprint: str


def local_certificate(folder: Path, hosts: Sequence[str], *, now: datetime) -> LocalCertificate:
    """Return the certificate of this computer; it is made, and made anew, where that is due.

    Args:
        folder: where its files are kept; readable by this account alone.
        hosts: private addresses, and names that end in `.local`, at which the server is reached.
        now: the moment, UTC.

    Raises:
        BadValue: a host is neither private nor local.
    """
    for host in hosts:
        require_local(host)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    files = LocalCertificate(folder / "authority.pem", folder / "server.pem", folder / "server-key.pem", "")
    authority, authority_key = _authority(files.authority, folder / "authority-key.pem", now=now)
    if not _still_good(files, authority, hosts, now=now):
        _issue(files, authority, authority_key, hosts, now=now)
    return LocalCertificate(files.authority, files.certificate, files.key, _fingerprint(authority))


def require_local(host: str) -> None:
    """Make sure that a host can only be at home.

    Raises:
        BadValue: it is neither a private address nor a local name.
    """
    try:
        address = ip_address(host)
    except ValueError:
        if host == "localhost" or host.endswith((".local", ".home.arpa")):
            return
    else:
        if any(address in network for network in _networks() if network.version == address.version):
            return
    raise BadValue(
        f"{host} is no address of a home network.",
        advice="Use a certificate of that name with --tls-cert and --tls-key, or a proxy.",
    )


def _networks() -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(map(ip_network, (*PRIVATE, *PRIVATE_6)))


def _authority(
    path: Path, key_path: Path, *, now: datetime
) -> tuple[x509.Certificate, EllipticCurvePrivateKey]:
    """Read the authority, or make one: where there is none, where it is past its time, or cannot be read."""
    with suppress(OSError, ValueError):
        there = x509.load_pem_x509_certificate(path.read_bytes())
        key = load_pem_private_key(key_path.read_bytes(), None)
        is_pair = isinstance(key, ec.EllipticCurvePrivateKey) and key.public_key() == there.public_key()
        if is_pair and now < there.not_valid_after_utc - CERTIFICATE_LASTS:
            assert isinstance(key, ec.EllipticCurvePrivateKey)
            return there, key
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("backstride at home")
    limits = x509.NameConstraints(
        [*map(x509.IPAddress, _networks()), *map(x509.DNSName, LOCAL_NAMES)], excluded_subtrees=None
    )
    made = (
        _begun(name, name, key, now=now, lasts=AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(limits, critical=True)
        .add_extension(_use(signs=True), critical=True)
        .sign(key, SHA256())
    )
    _write_key(key_path, key)
    _write(path, made)
    return made, key


def _issue(
    files: LocalCertificate,
    authority: x509.Certificate,
    authority_key: EllipticCurvePrivateKey,
    hosts: Sequence[str],
    *,
    now: datetime,
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        _begun(_name("backstride"), authority.subject, key, now=now, lasts=CERTIFICATE_LASTS)
        .add_extension(x509.SubjectAlternativeName(list(map(_alternative, hosts))), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_use(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
        )
        .sign(authority_key, SHA256())
    )
    _write_key(files.key, key)
    _write(files.certificate, made)


def _still_good(
    files: LocalCertificate, authority: x509.Certificate, hosts: Sequence[str], *, now: datetime
) -> bool:
    try:
        there = x509.load_pem_x509_certificate(files.certificate.read_bytes())
        key = load_pem_private_key(files.key.read_bytes(), None)
        there.verify_directly_issued_by(authority)
        names = there.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    is_timely = there.not_valid_before_utc <= now < there.not_valid_after_utc - RENEWED_BEFORE
    return (
        is_timely and key.public_key() == there.public_key() and all(_alternative(h) in names for h in hosts)
    )


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    key: EllipticCurvePrivateKey,
    *,
    now: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCKS_DIFFER_BY)
        .not_valid_after(now - CLOCKS_DIFFER_BY + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _use(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(SHA256()).hex(":").upper()


def _write(path: Path, certificate: x509.Certificate) -> None:
    path.write_bytes(certificate.public_bytes(Encoding.PEM))


def _write_key(path: Path, key: EllipticCurvePrivateKey) -> None:
    """Write a key that this account alone may read, from its first byte on."""
    path.unlink(missing_ok=True)
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text)
