"""For a phone in the same network: the address of this computer, as text and as a QR code, and ways to https."""

import io
import socket

import click

ANYWHERE = "192.0.2.1"
"""An address of RFC 5737 that no host has: asking for the way to it sends nothing."""
HTTPS_LINES = """\
With https a phone keeps check-ins while there is no network, the app can be put on the Home Screen, and nobody in
the network can read along. Three ways; copy the lines of one:

  A network of your own (Tailscale), with certificates that every phone knows. Reached from anywhere, by you alone:
    tailscale serve --bg {port}
    backstride serve --port {port} --address https://NAME.TAILNET.ts.net

  A name of your own and a proxy (Caddy), which fetches a certificate. Reached from anywhere, by everybody:
    caddy reverse-proxy --from back.example --to 127.0.0.1:{port}
    backstride serve --port {port} --address https://back.example

  A certificate of your own (mkcert). At home alone; each phone must trust it once, in its settings:
    mkcert -install && mkcert {ip}
    backstride serve --phone --port {port} --tls-cert {ip}.pem --tls-key {ip}-key.pem
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


def show_for_phone(address: str, *, port: int, ip: str, secure: bool) -> None:
    """Print what somebody points their phone at, and how to get https where there is none."""
    import segno

    picture = io.StringIO()
    segno.make(address, error="m").terminal(out=picture, border=2, compact=True)
    click.echo(
        f"\nPoint the camera of your phone at this; it must be in the same network:\n\n{picture.getvalue()}"
    )
    click.echo(f"Or type:  {address}\n")
    if not secure:
        click.echo(HTTPS_LINES.format(port=port, ip=ip))
