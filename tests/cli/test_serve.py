"""Starting the server: in a terminal and without one, alone and behind a proxy."""

import sys

import pytest

from backstride.diary.opening import open_store
from backstride.errors import NotLetIn
from backstride.services.auth import sign_in

pytest.importorskip("uvicorn", reason="the web app comes with backstride[web]")
PASSPHRASE = "three slow herons"


@pytest.fixture
def began(monkeypatch):
    """What the server would have been begun with; none is."""
    told = {}

    def run(server) -> None:
        told.update(vars(server.config))
        server.started = True

    monkeypatch.setattr("uvicorn.Server.run", run)
    monkeypatch.setattr("gc.freeze", lambda: None)
    monkeypatch.setattr("backstride.runtime.logs.begin_log", lambda **_: None)
    yield told
    if told:
        told["app"].state.site.close()


def test_on_this_computer_it_prints_an_address_that_opens_once(backstride, began):
    """Other accounts of the computer reach the port, and do not see what is printed."""
    said = backstride("serve", "--no-open").out
    assert f"/begin?key={began['app'].state.site.entry.key}" in said


def test_the_first_visitor_waits_for_no_route_to_be_worked_out(backstride, began):
    """Every router knows its routes before the server listens: looking for none of them works out nothing more."""
    backstride("serve", "--no-open")
    nowhere = {"type": "http", "method": "GET", "path": "/-", "root_path": "", "headers": []}
    calls: list[str] = []
    sys.setprofile(lambda frame, event, _: calls.append(frame.f_code.co_name) if event == "call" else None)
    try:
        assert {route.matches(nowhere)[0].name for route in began["app"].routes} == {"NONE"}
    finally:
        sys.setprofile(None)
    assert "get_dependant" not in calls


@pytest.mark.parametrize("how", ["file", "variable"])
def test_the_first_start_needs_no_terminal(backstride, began, tmp_path, monkeypatch, how):
    """In a container or a service the passphrase comes from a file or a variable."""
    (tmp_path / "secret").write_text(f"{PASSPHRASE}\n")
    more = ["--passphrase-file", str(tmp_path / "secret")] if how == "file" else []
    if how == "variable":
        monkeypatch.setenv("BACKSTRIDE_PASSPHRASE", PASSPHRASE)
    where = str(tmp_path / "diary.sqlite")
    result = backstride("serve", "--host", "0.0.0.0", "--diary", where, *more)
    assert result.code == 0
    assert PASSPHRASE not in result.out + result.err
    assert sign_in(began["app"].state.site.store, "owner", PASSPHRASE, label="")


def test_without_terminal_and_passphrase_it_says_what_to_do(backstride, began, tmp_path):
    """It stops, names both ways, and lets nobody in."""
    where = str(tmp_path / "diary.sqlite")
    result = backstride("serve", "--host", "0.0.0.0", "--diary", where)
    assert result.code == 2
    assert "--passphrase-file" in result.out + result.err
    assert "BACKSTRIDE_PASSPHRASE" in result.out + result.err
    with open_store(where) as store, pytest.raises(NotLetIn):
        sign_in(store, "owner", "", label="")


def test_behind_a_proxy_it_is_told_where_browsers_reach_it(backstride, began, tmp_path, monkeypatch):
    """The address makes cookies secure, and the proxy's own address is the only one that is believed."""
    monkeypatch.setenv("BACKSTRIDE_PASSPHRASE", PASSPHRASE)
    where = str(tmp_path / "diary.sqlite")
    backstride("serve", "--address", "https://back.example:8443", "--proxy", "10.0.0.2", "--diary", where)
    assert (began["proxy_headers"], began["forwarded_allow_ips"]) == (True, "10.0.0.2")
    assert began["app"].state.secure


def test_below_a_path_it_tells_the_whole_address(backstride, began, tmp_path, monkeypatch):
    """A slash at the end of the address changes nothing."""
    monkeypatch.setenv("BACKSTRIDE_PASSPHRASE", PASSPHRASE)
    where = str(tmp_path / "diary.sqlite")
    result = backstride("serve", "--address", "https://home.example/back/", "--diary", where)
    assert "backstride is open at https://home.example/back " in result.out
    assert began["app"].state.address == "https://home.example/back"


@pytest.mark.parametrize("address", ["back.example", "https://back.example?a", "ftp://back.example"])
def test_an_address_that_cannot_be_served_is_refused(backstride, began, address):
    """It is to be a whole address, with a path of plain signs."""
    result = backstride("serve", "--address", address)
    assert result.code == 2
    assert "--address" in result.out + result.err


def test_a_path_of_odd_signs_is_refused(backstride, began):
    """It would have to be quoted in each link."""
    result = backstride("serve", "--address", "https://back.example/my diary")
    assert result.code != 0
    assert "The path /my diary holds other signs" in result.out + result.err
    assert "Choose a plain one" in result.out + result.err


def test_for_a_phone_it_shows_where_to_point_the_camera(backstride, began, tmp_path, monkeypatch):
    """It listens in the network, behind a passphrase, and prints the address as a picture, and ways to https."""
    monkeypatch.setenv("BACKSTRIDE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr("backstride.cli.serve.lan_address", lambda: "192.168.7.5")
    result = backstride("serve", "--phone", "--diary", str(tmp_path / "diary.sqlite"))
    assert (result.code, began["host"]) == (0, "0.0.0.0")
    assert "http://192.168.7.5:8710" in result.out
    assert result.out.count("\u2588") + result.out.count("\u2580") + result.out.count("\u2584") > 100
    assert all(
        way in result.out
        for way in ("tailscale serve", "caddy reverse-proxy", "--phone --https", "--tls-cert")
    )
    assert began["app"].state.site.phone_address == "http://192.168.7.5:8710"


def test_a_computer_in_no_network_says_so(backstride, began, monkeypatch):
    """Nothing is started, and the sentence says what to do."""
    monkeypatch.setattr("socket.socket.connect", lambda *_: (_ for _ in ()).throw(OSError()))
    result = backstride("serve", "--phone")
    assert result.code == 2
    assert "in no network that a phone could reach" in result.err
    assert not began


def test_https_of_one_s_own_is_made_for_the_phone(backstride, began, tmp_path, monkeypatch):
    """It serves a certificate for the address of this computer, and says how a phone is told to trust it."""
    monkeypatch.setenv("BACKSTRIDE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("BACKSTRIDE_DATA", str(tmp_path))
    monkeypatch.setattr("backstride.cli.serve.lan_address", lambda: "192.168.7.5")
    result = backstride("serve", "--phone", "--https", "--diary", str(tmp_path / "diary.sqlite"))
    assert result.code == 0
    assert "https://192.168.7.5:8710/certificate" in result.out
    assert began["app"].state.fingerprint in result.out
    assert began["app"].state.secure
    assert (began["ssl_certfile"].parent, began["ssl_keyfile"].parent) == (tmp_path / "https",) * 2
    assert "tailscale" not in result.out


def test_https_of_one_s_own_is_for_the_phone_alone(backstride, began):
    """Elsewhere nobody could trust it."""
    result = backstride("serve", "--https")
    assert result.code == 2
    assert "--phone" in result.err
    assert not began
