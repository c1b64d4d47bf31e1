"""backstride serve."""

import gc
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from backstride.cli.opening import Opening
from backstride.cli.phone import lan_address, own_certificate, show_for_phone
from backstride.runtime.paths import data_folder

if TYPE_CHECKING:
    from fastapi import FastAPI

    from backstride.services.app_context import AppContext

PORT = 8710
EVERYWHERE = "0.0.0.0"  # noqa: S104 - asked for by name, with a passphrase
ON_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
LEVELS = ("debug", "info", "warning", "error")


@click.command(
    epilog="""\b
Examples:
  backstride serve                                        for you, on this computer
  backstride serve --phone                                for your phone: shows a QR code; asks for a passphrase
  backstride serve --phone --https                        the same over https, with a certificate of your own
  backstride serve --host 0.0.0.0                         for your home network; asks for a passphrase
  backstride serve --host 0.0.0.0 --tls-cert c.pem --tls-key k.pem    the same over https
  backstride serve --address https://back.example:8443    behind a proxy that speaks https
"""
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 is everywhere."
)
@click.option("--phone", is_flag=True, help="Listen in your home network, and show a QR code for your phone.")
@click.option(
    "--https",
    is_flag=True,
    help="With --phone: make a certificate of your own, which each phone must trust once.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True)
@click.option(
    "--tls-cert", type=click.Path(path_type=Path, exists=True), help="Certificate (PEM), for https."
)
@click.option("--tls-key", type=click.Path(path_type=Path, exists=True), help="Its key (PEM).")
@click.option("--address", default="", help="Where browsers reach it, if a proxy stands in front of it.")
@click.option("--behind-https", is_flag=True, help="A proxy in front of it speaks https.")
@click.option(
    "--proxy",
    default="127.0.0.1",
    show_default=True,
    help="The proxy's own addresses, parted by commas; others are not believed.",
)
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The owner's first passphrase, for a start without a terminal; also BACKSTRIDE_PASSPHRASE.",
)
@click.option("--diary", help="The store: a path or a postgresql: address.  [default: your diary]")
@click.option("--log-level", type=click.Choice(LEVELS), default="warning", show_default=True)
@click.option("--log-json", is_flag=True, help="Write the log as one JSON object a line.")
@click.option(
    "--open/--no-open", "opens", default=None, help="Open it in your browser.  [default: in a terminal]"
)
def command(
    *,
    host: str,
    phone: bool,
    https: bool,
    port: int,
    tls_cert: Path | None,
    tls_key: Path | None,
    address: str,
    behind_https: bool,
    proxy: str,
    passphrase_file: Path | None,
    diary: str | None,
    log_level: str,
    log_json: bool,
    opens: bool | None,
) -> None:
    """Open the diary as a web app.

    On this computer alone it needs no passphrase: the address that it prints lets you in, once. Anywhere else it asks
    for a passphrase at the first start.
    """
    if (tls_cert is None) != (tls_key is None):
        raise click.UsageError("Give --tls-cert and --tls-key together.")
    if diary is not None and not diary.strip():
        raise click.UsageError("Give --diary a path or an address.")
    _check_address(address)
    address = address.rstrip("/")
    if https and (not phone or tls_cert is not None or address):
        raise click.UsageError("Give --https with --phone, and without --tls-cert and --address.")
    uvicorn = _uvicorn()
    ip = lan_address() if phone else ""
    own = own_certificate(ip) if https else None
    if own is not None:
        tls_cert, tls_key = own.certificate, own.key
    host = EVERYWHERE if phone and host in ON_THIS_MACHINE else host
    from backstride.runtime.logs import begin_log
    from backstride.web.app import create_app
    from backstride.web.origin import Origins

    begin_log(level=log_level, as_json=log_json)
    is_behind_proxy = behind_https or bool(address)
    here_only = host in ON_THIS_MACHINE and not is_behind_proxy
    secure = behind_https or tls_cert is not None or address.lower().startswith("https:")
    shown = address or f"{'https' if secure else 'http'}://{ip or _named(host)}:{port}"
    site = _context(diary, passphrase_file, here_only=here_only, phone_address=shown if phone else "")
    hosts = frozenset(ON_THIS_MACHINE) if here_only else frozenset()
    origins = Origins(hosts=hosts, address=address, secure=secure, behind_proxy=is_behind_proxy)
    app = create_app(site, origins=origins)
    app.state.authority = own.authority.read_bytes() if own else b""
    app.state.fingerprint = own.fingerprint if own else ""
    opening = _announce(
        site,
        shown,
        port=port,
        secure=secure,
        here_only=here_only,
        opens=sys.stdout.isatty() if opens is None else opens,
        shows_https=phone,
    )
    if phone:
        show_for_phone(shown, port=port, secure=secure, fingerprint=own.fingerprint if own else "")
    proxies = proxy if is_behind_proxy else ""
    _listen(uvicorn, app, host=host, port=port, tls=(tls_cert, tls_key), proxies=proxies, opening=opening)


def _context(
    diary: str | None, passphrase_file: Path | None, *, here_only: bool, phone_address: str
) -> "AppContext":
    """Open the store, and ask for the first passphrase where others can reach the server."""
    from backstride.services.app_context import create_context

    site = create_context(diary, open_to_owner=here_only, phone_address=phone_address)
    with ExitStack() as opened:
        opened.callback(site.close)
        if not here_only:
            _first_passphrase(site, passphrase_file)
        opened.pop_all()  # from here on the server closes it
    return site


def _listen(
    uvicorn: ModuleType,
    app: "FastAPI",
    *,
    host: str,
    port: int,
    tls: tuple[Path | None, Path | None],
    proxies: str,
    opening: Opening | None,
) -> None:
    """Serve until somebody ends it.

    Args:
        uvicorn: the server's module.
        app: what it serves.
        host, port: where it listens.
        tls: certificate and key, or None twice.
        proxies: addresses whose word on the visitor's own is believed, parted by commas.
        opening: opens a browser once the server listens; None for none.
    """
    from backstride.web.app import make_ready
    from backstride.web.connections import PatientProtocol, make_room_for_connections, networks_of

    PatientProtocol.most_connections = make_room_for_connections()
    PatientProtocol.proxies = networks_of(proxies) if proxies else ()
    make_ready(app)
    gc.freeze()  # to look through all that was loaded for garbage stops everybody for a tenth of a second
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        host=host,
        port=port,
        ssl_certfile=tls[0],
        ssl_keyfile=tls[1],
        access_log=False,  # addresses of pages hold days, which are nobody's business
        log_config=None,  # ours, which leaves out what is nobody's business
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        timeout_graceful_shutdown=5,
        callback_notify=opening.begin if opening else None,
    )
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):
        server.run()
    if opening:
        opening.end()
    if not server.started:  # it has said why
        sys.exit(3)


def _check_address(address: str) -> None:
    if not address:
        return
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise click.UsageError("Give --address as browsers show it, as in https://back.example:8443.")
    if parts.query or parts.fragment:
        raise click.UsageError("Give --address without what stands behind a ? or a #.")
    from backstride.web.sub_path import path_of

    path_of(address)


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


def _first_passphrase(site: "AppContext", file: Path | None) -> None:
    from backstride.diary.people import person_of
    from backstride.diary.schema import OWNER
    from backstride.services.auth import choose_passphrase, first_passphrase

    owner = person_of(site.store, OWNER)
    if owner.passphrase:
        return
    chosen = first_passphrase(file)
    if not chosen:
        if not sys.stdin.isatty():
            raise click.ClickException(
                "Others can reach this server, so it needs a passphrase, and there is no terminal to ask in. "
                "Write one into a file that only you can read, and give --passphrase-file; or set "
                "BACKSTRIDE_PASSPHRASE. It is needed at the first start alone."
            )
        click.echo("Others can reach this server, so it needs a passphrase: eight letters or more.")
        chosen = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True)
    choose_passphrase(site.store, owner, chosen)
    click.echo("Sign in with the name 'owner' and this passphrase.")


def _named(host: str) -> str:
    if host in ("127.0.0.1", "0.0.0.0", "::1", "::"):  # noqa: S104 - only shown
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _announce(
    site: "AppContext",
    shown: str,
    *,
    port: int,
    secure: bool,
    here_only: bool,
    opens: bool,
    shows_https: bool,
) -> Opening | None:
    """Print where it is open; what opens it in a browser, where that was asked for."""
    opening: Opening | None = None

    def announce(key: str) -> None:
        click.echo(f"For another browser, once:  {shown}/begin?key={key}")
        if opening:
            opening.end()

    if site.owner_login_optional:
        site.entry.announce = announce
        address = f"{shown}/begin?key={site.entry.key}"
        click.echo(f"Open this address; it lets you in, once:  {address}   (Ctrl+C ends backstride)")
    else:
        address = shown
        click.echo(f"backstride is open at {shown}   (Ctrl+C ends it)")
    if not secure and not here_only and not shows_https:
        click.echo(
            "Without https a phone cannot keep check-ins offline, and others in the network can read along."
        )
        click.echo("docs/web.md says how to get https at home.")
    if opens and here_only:
        file = data_folder() / f"open-{port}.html" if site.owner_login_optional else None
        opening = Opening(address, file=file)
    return opening
