"""backstride serve."""

import gc
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from backstride.actions.site import Site

PORT = 8710
ON_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


@click.command(
    epilog="""\b
Examples:
  backstride serve                                        for you, on this computer
  backstride serve --host 0.0.0.0                         for your home network; asks for a passphrase
  backstride serve --host 0.0.0.0 --tls-cert c.pem --tls-key k.pem    the same over https
"""
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 is everywhere."
)
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True)
@click.option(
    "--tls-cert", type=click.Path(path_type=Path, exists=True), help="Certificate (PEM), for https."
)
@click.option("--tls-key", type=click.Path(path_type=Path, exists=True), help="Its key (PEM).")
@click.option("--behind-https", is_flag=True, help="A proxy in front of it speaks https.")
@click.option("--diary", help="The store: a path or a postgresql: address.  [default: your diary]")
def command(
    *,
    host: str,
    port: int,
    tls_cert: Path | None,
    tls_key: Path | None,
    behind_https: bool,
    diary: str | None,
) -> None:
    """Open the diary as a web app.

    On this computer alone it needs no passphrase. Anywhere else it asks for one at the first start.
    """
    if (tls_cert is None) != (tls_key is None):
        raise click.UsageError("Give --tls-cert and --tls-key together.")
    if diary is not None and not diary.strip():
        raise click.UsageError("Give --diary a path or an address.")
    uvicorn = _uvicorn()
    from backstride.actions.site import open_site
    from backstride.web.app import create_app
    from backstride.web.connections import PatientProtocol, make_room_for_connections
    from backstride.web.origin import Origins

    here_only = host in ON_THIS_MACHINE and not behind_https
    site = open_site(diary, open_to_owner=here_only)
    if not here_only:
        _first_passphrase(site)
    secure = behind_https or tls_cert is not None
    hosts = frozenset(ON_THIS_MACHINE) if here_only else frozenset()
    app = create_app(site, origins=Origins(hosts=hosts, secure=secure, behind_proxy=behind_https))
    _tell(host, port, secure=secure, here_only=here_only)
    gc.freeze()  # to look through all that was loaded for garbage stops everybody for a tenth of a second
    PatientProtocol.most_connections = make_room_for_connections()
    uvicorn.run(
        app,
        http=PatientProtocol,
        ws="none",
        host=host,
        port=port,
        ssl_certfile=tls_cert,
        ssl_keyfile=tls_key,
        access_log=False,  # addresses of pages hold days, which are nobody's business
        log_level="warning",
        server_header=False,
        proxy_headers=behind_https,
        timeout_graceful_shutdown=5,
    )


def _uvicorn() -> ModuleType:
    try:
        import argon2
        import fastapi
        import jinja2
        import uvicorn
    except ImportError as error:
        raise click.ClickException(
            "The web app is not installed. Install it with: pip install 'backstride[web]'."
        ) from error
    needed: tuple[ModuleType, ...] = (uvicorn, fastapi, jinja2, argon2)
    return needed[0]


def _first_passphrase(site: "Site") -> None:
    from backstride.actions.sign_in import choose_passphrase
    from backstride.diary.people import person_of
    from backstride.diary.schema import OWNER

    owner = person_of(site.store, OWNER)
    if not owner.passphrase:
        click.echo("Others can reach this server, so it needs a passphrase: eight letters or more.")
        chosen = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True)
        choose_passphrase(site.store, owner, chosen)
        click.echo("Sign in with the name 'owner' and this passphrase.")


def _tell(host: str, port: int, *, secure: bool, here_only: bool) -> None:
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1") else host  # noqa: S104 - only shown
    click.echo(f"backstride is open at {'https' if secure else 'http'}://{shown}:{port}   (Ctrl+C ends it)")
    if not secure and not here_only:
        click.echo(
            "Without https a phone cannot keep check-ins offline, and others in the network can read along."
        )
        click.echo("docs/web.md tells how to get https at home.")
