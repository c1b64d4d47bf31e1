"""For a phone in the same network: the address of this computer, as text and as a QR code, and ways to https."""

import io
import socket
from typing import TYPE_CHECKING

import click

from backstride.runtime.clock import utc_now
from backstride.runtime.paths import data_folder

if TYPE_CHECKING:
    from backstride.services.local_certificate import LocalCertificate

ANYWHERE = "192.0.2.1"
"""An address of RFC 5737 that no host has: asking for the way to it sends nothing."""
HTTPS_LINES = """\
With https a phone keeps check-ins while there is no network, the app can be put on the Home Screen, and nobody in
the network can read along. Four ways; copy the lines of one:

  A certificate of your own, made here. At home alone; each phone must trust it once, in its settings:
    backstride serve --phone --https --port {port}

  A network of your own (Tailscale), with certificates that every phone knows. Reached from anywhere, by you alone:
    tailscale serve --bg {port}
    backstride serve --port {port} --address https://NAME.TAILNET.ts.net

  A name of your own and a proxy (Caddy), which fetches a certificate. Reached from anywhere, by everybody:
    caddy reverse-proxy --from back.example --to 127.0.0.1:{port}
    backstride serve --port {port} --address https://back.example

  A certificate that you have already:
    backstride serve --phone --port {port} --tls-cert CERTIFICATE.pem --tls-key KEY.pem
"""
TRUST_LINES = """\
The certificate is of your own making, so your phone warns of it until it is told once to trust it. Go on in spite
of the warning, to {address}/certificate: that page says how. Compare this fingerprint with the one there first:
  {fingerprint}
"""


def lan_address() -> str:
    """Find the address of this computer in its local network.

    Raises:
        click.ClickException: it is in none.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect((ANYWHERE, 9))
            found = str(asked.getsockname()[0])
        except OSError:
            found = ""
    if not found or found.startswith("127.") or found == "0.0.0.0":  # noqa: S104 - compared, not bound
        raise click.ClickException(
            "This computer is in no network that a phone could reach. Connect it to your Wi-Fi, then try again; "
            "or give --host and --address."
        )
    return found


def own_certificate(ip: str) -> "LocalCertificate":
    """Make or renew the certificate of this computer, in a folder beside the diary that this account alone may read.

    Args:
        ip: the address of this computer in its local network.

    Raises:
        click.ClickException: the extra `phone` is not installed.
        BadValue: the address is not one of a home network.
    """
    try:
        from backstride.services.local_certificate import local_certificate
    except ImportError as error:
        raise click.ClickException(
            "A certificate cannot be made here. Install what it needs: pip install 'backstride[web,phone]'."
        ) from error
    return local_certificate(data_folder() / "https", (ip, "127.0.0.1", "localhost"), now=utc_now())


def show_for_phone(address: str, *, port: int, secure: bool, fingerprint: str) -> None:
    """Print what somebody points their phone at, and how to get https where there is none.

    Args:
        address: where the app is reached.
        port: its port.
        secure: whether it is over https.
        fingerprint: of the authority that vouches for the certificate; empty where it is not our own.
    """
    import segno

    picture = io.StringIO()
    segno.make(address, error="m").terminal(out=picture, border=2, compact=True)
    click.echo(
        f"\nPoint the camera of your phone at this; it must be in the same network:\n\n{picture.getvalue()}"
    )
    click.echo(f"Or type:  {address}\n")
    if fingerprint:
        click.echo(TRUST_LINES.format(address=address, fingerprint=fingerprint))
    if not secure:
        click.echo(HTTPS_LINES.format(port=port))
