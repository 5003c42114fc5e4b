"""Which addresses are dialled, and that the other side must prove its name."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpcore
import pytest
from official_services import PUBLIC, Reply, Server, Ways, asked, serving

from assistant.corpus.fetch import doors
from assistant.corpus.fetch.asking import Caller
from assistant.corpus.fetch.catalogue import Host
from assistant.corpus.fetch.connection import Deadline, pool_for
from assistant.errors import ServiceError

HERE = f"{Host.COURTS}/x"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.tells(HERE, Reply(b'"well"'))
        yield running


@pytest.mark.parametrize(
    "address",
    [PUBLIC, "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808", "::ffff:8.8.8.8"],
)
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert doors.is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "fec0::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "localhost",
        "0x7f.1",
        "",
    ],
)
def test_addresses_within_a_network_are_not(address: str) -> None:
    assert not doors.is_public(address)


@pytest.mark.network
@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["::ffff:192.168.0.1"], ["169.254.169.254"]]
)
def test_a_name_that_leads_into_a_network_is_not_connected(
    addresses: Sequence[str], server: Server, tmp_path: Path
) -> None:
    ways = Ways(server, addresses=addresses)
    with pytest.raises(ServiceError, match="an address that no public service has"):
        Caller(ways.doors()).bring(asked(), tmp_path / "x")
    assert (ways.dialled, server.requests, list(tmp_path.iterdir())) == ([], [], [])


@pytest.mark.network
def test_the_very_address_that_was_judged_is_dialled(server: Server, tmp_path: Path) -> None:
    """A name server that answers otherwise the second time is not asked a second time."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    ways = Ways(server)
    real = ways.doors()
    rebound = doors.Doors(lambda *_: next(answers), real.dial, real.tls, real.clock, real.sleep)
    Caller(rebound).bring(asked(), tmp_path / "x")
    assert ways.dialled == [(PUBLIC, 443)]
    assert next(answers) == ["127.0.0.1"]


@pytest.mark.network
def test_no_proxy_of_the_environment_is_used(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("https_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    ways = Ways(server)
    Caller(ways.doors()).bring(asked(), tmp_path / "x")
    assert (ways.looked_up, ways.dialled) == ([Host.COURTS], [(PUBLIC, 443)])


@pytest.mark.network
def test_each_redirect_is_judged_anew(server: Server, tmp_path: Path) -> None:
    server.tells(HERE, Reply(status=302, headers=("Location: https://www.ecfr.gov/y",)))
    answers = {str(Host.COURTS): [PUBLIC], "www.ecfr.gov": ["192.168.7.7"]}
    ways = Ways(server)
    real = ways.doors()
    two = doors.Doors(lambda host, _: answers[host], real.dial, real.tls, real.clock, real.sleep)
    with pytest.raises(ServiceError, match="leads to 192.168.7.7"):
        Caller(two).bring(asked(), tmp_path / "x")
    assert server.asked == [HERE]


@pytest.mark.network
def test_the_next_address_is_tried_where_one_does_not_answer(
    server: Server, tmp_path: Path
) -> None:
    ways = Ways(server, addresses=["2606:4700::1", PUBLIC])
    real = ways.doors()

    def dial(address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        if ":" in address:
            raise httpcore.ConnectError("no such road")
        return real.dial(address, port, seconds)

    Caller(doors.Doors(real.resolve, dial, real.tls, real.clock, real.sleep)).bring(
        asked(), tmp_path / "x"
    )
    assert ways.dialled == [(PUBLIC, 443)]


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/",
        "https://www.ecfr.gov:8443/",
        "http://www.ecfr.gov/",
        "https://127.0.0.1/",
    ],
)
def test_no_other_host_or_port_is_even_looked_up(url: str) -> None:
    """The last wall, should a mistake ever get another address so far."""
    ways = Ways(Server())
    with (
        pool_for(ways.doors(), Deadline(lambda: 0.0, 10, "x")) as pool,
        pytest.raises(ServiceError, match="no official service"),
    ):
        pool.request("GET", url)
    assert (ways.looked_up, ways.dialled) == ([], [])


def test_without_a_network_it_is_said_plainly(tmp_path: Path) -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    real = Ways(Server()).doors()
    off = doors.Doors(resolve, real.dial, real.tls, real.clock, real.sleep)
    with pytest.raises(ServiceError) as caught:
        Caller(off).bring(asked(), tmp_path / "x")
    said = "www.courtlistener.com cannot be found (no network). Connect this machine"
    assert str(caught.value).startswith(said)
    assert caught.value.exit_code == 4


def test_the_real_doors_hold_the_other_side_to_its_name() -> None:
    real = doors.official()
    assert real.tls.verify_mode is ssl.CERT_REQUIRED
    assert real.tls.check_hostname
    assert real.tls.minimum_version >= ssl.TLSVersion.TLSv1_2


Certified = Callable[[str], tuple[ssl.SSLContext, ssl.SSLContext]]


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    """Makes a certificate for a host: what shows it, and what trusts it."""
    if not shutil.which("openssl"):
        pytest.skip("openssl, which makes the certificate, is not there")

    def made(host: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
        folder = tmp_path_factory.mktemp("certificate")
        key, paper = folder / "key.pem", folder / "paper.pem"
        words = (
            f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test -keyout {key} -out {paper}"
        )
        subprocess.run(
            ["openssl", *words.split(), "-addext", f"subjectAltName=DNS:{host}"],
            check=True,
            capture_output=True,
        )
        shows = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        shows.load_cert_chain(paper, key)
        return shows, ssl.create_default_context(cafile=str(paper))

    return made


@pytest.mark.network
def test_tls_is_spoken_with_the_name_and_the_address_that_was_judged(
    certified: Certified, tmp_path: Path
) -> None:
    shows, trusts = certified(Host.COURTS)
    with serving(shows) as server:
        server.tells(HERE, Reply(b'"well"'))
        ways = Ways(server)
        Caller(ways.doors(trusts, bare=False)).bring(asked(), tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == b'"well"'
    assert ways.dialled == [(PUBLIC, 443)]


@pytest.mark.network
def test_a_certificate_of_another_name_is_refused(certified: Certified, tmp_path: Path) -> None:
    shows, trusts = certified("www.ecfr.gov")
    with serving(shows) as server:
        with pytest.raises(ServiceError, match="could not prove that it is www.courtlistener.com"):
            Caller(Ways(server).doors(trusts, bare=False)).bring(asked(), tmp_path / "x")
        assert server.requests == []


@pytest.mark.network
def test_a_certificate_that_nobody_vouches_for_is_refused(
    certified: Certified, tmp_path: Path
) -> None:
    shows, _ = certified(Host.COURTS)
    with serving(shows) as server:
        real = doors.official().tls
        with pytest.raises(ServiceError, match="could not prove"):
            Caller(Ways(server).doors(real, bare=False)).bring(asked(), tmp_path / "x")
        assert server.requests == []


@pytest.mark.network
def test_a_service_without_tls_is_refused(server: Server, tmp_path: Path) -> None:
    with pytest.raises(ServiceError):
        Caller(Ways(server).doors(bare=False)).bring(asked(), tmp_path / "x")
    assert server.requests == []
