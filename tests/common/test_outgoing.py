"""Where the portal may be sent to: the public internet, and nowhere else, whatever a name leads to and however it is written."""

import datetime
import ipaddress
import socket
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from hrportal.common.outgoing import addresses, transport
from hrportal.common.outgoing.addresses import AddressRefused, check_address, is_open, look_up, take_apart
from hrportal.common.outgoing.wishes import LONGEST_WISH, wish_in
from tests.support.receiver import receiving

INSIDE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "2001:0:53aa:64c::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]
OUTSIDE = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700:4700::1111", "2a00:1450:4001:800::200e"]


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.OUTGOING_LOCAL_RECEIVERS = False


@pytest.fixture
def names(monkeypatch):
    """Call it to say where every name leads."""

    def lead_to(*found: str) -> None:
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: [(0, 0, 0, "", (one, 443)) for one in found])

    return lead_to


@pytest.mark.parametrize("address", INSIDE)
def test_the_inside_is_closed(address, names):
    assert not is_open(ipaddress.ip_address(address))
    names(address)
    with pytest.raises(AddressRefused):
        look_up(take_apart("https://hooks.example.com/in"))
    with pytest.raises(AddressRefused):
        check_address(f"https://{f'[{address}]' if ':' in address else address}/in")


@pytest.mark.parametrize("address", OUTSIDE)
def test_the_public_internet_is_open(address, names):
    names(address)
    assert look_up(take_apart("https://hooks.example.com/in")) == address


def test_a_name_that_leads_inside_as_well_is_refused_whole(names):
    names("8.8.8.8", "10.0.0.1")
    with pytest.raises(AddressRefused):
        look_up(take_apart("https://hooks.example.com/in"))


@given(st.integers(0, 2**32 - 1))
def test_an_address_wrapped_in_another_kind_never_opens_what_is_closed(number):
    plain = ipaddress.IPv4Address(number)
    wrapped = [
        ipaddress.IPv6Address((0xFFFF << 32) | number),
        ipaddress.IPv6Address(number),
        ipaddress.IPv6Address((0x0064FF9B << 96) | number),
        ipaddress.IPv6Address((0x2002 << 112) | (number << 80)),
    ]

    assert not any(is_open(address) for address in wrapped)
    if is_open(plain):
        assert plain.is_global
        assert not plain.is_multicast


@given(st.ip_addresses())
def test_what_is_open_is_public(address):
    if is_open(address):
        assert address.is_global
        assert not address.is_private


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/",
        "ftp://hooks.example.com/",
        "https://user:secret@hooks.example.com/",
        "https://hooks.example.com:22/",
        "https://hooks.example.com:99999/",
        "https:///in",
        "https://hooks.example.com/a b",
        "https://hooks.example.com\\@10.0.0.1/",
        "https://hooks.example.com/\r\nX-More: 1",
        "//hooks.example.com/",
        "https://[::1",
        "hooks",
        "",
    ],
)
def test_odd_addresses_are_refused(url):
    with pytest.raises(AddressRefused):
        take_apart(url)


def test_a_private_network_is_open_once_the_installation_says_so(settings, names):
    settings.OUTGOING_ALLOWED_NETWORKS = ["10.7.0.0/16"]
    names("10.7.1.1")
    assert look_up(take_apart("https://hooks.example.com/in")) == "10.7.1.1"
    names("10.8.1.1")
    with pytest.raises(AddressRefused):
        look_up(take_apart("https://hooks.example.com/in"))


def test_the_name_is_asked_once_and_the_answer_is_where_it_goes(settings, monkeypatch):
    """A name that leads elsewhere a moment later changes nothing, and the receiver hears the name it was called by."""
    asked = []
    monkeypatch.setattr(addresses, "_refuse_odd_door", lambda _target: None)
    settings.OUTGOING_ALLOWED_NETWORKS = ["127.0.0.1/32"]

    def once(host, *_args, **_more):
        asked.append(host)
        return [(0, 0, 0, "", ("127.0.0.1" if host != "hooks.example.com" or len(asked) == 1 else "10.0.0.1", 0))]

    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: once(host) if host == "hooks.example.com" else real(host, *a, **k)
    )
    with receiving(204) as receiver:
        answer = transport.post(f"http://hooks.example.com:{receiver.port}/in", b"{}", {})

    assert answer.status == 204
    assert asked == ["hooks.example.com"]
    assert receiver.taken[0].headers["host"] == f"hooks.example.com:{receiver.port}"


def test_nothing_is_sent_inside(settings):
    with receiving(204) as receiver:
        answer = transport.post(receiver.url.replace("http://", "https://"), b"{}", {})
        settings.OUTGOING_PORTS = [receiver.port]
        inside = transport.post(receiver.url.replace("http://", "https://"), b"{}", {})

    assert (answer.status, inside.status) == (None, None)
    assert "public internet" in inside.error
    assert receiver.taken == []


@pytest.fixture
def certificate(tmp_path):
    """A file with a certificate for hooks.example.com and its key, which nobody has signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hooks.example.com")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hooks.example.com")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return file


def test_the_certificate_must_be_for_the_name_and_from_an_authority(settings, certificate, monkeypatch):
    settings.OUTGOING_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: real("127.0.0.1" if "example" in host else host, *a, **k)
    )
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(certificate)
    with receiving(204, trust=ours) as receiver:
        settings.OUTGOING_PORTS = [receiver.port]
        stranger = transport.post(f"https://hooks.example.com:{receiver.port}/in", b"{}", {})
        monkeypatch.setattr(transport, "_trust", lambda: ssl.create_default_context(cafile=certificate))
        other = transport.post(f"https://elsewhere.example.com:{receiver.port}/in", b"{}", {})
        assert receiver.taken == []

        right = transport.post(f"https://hooks.example.com:{receiver.port}/in", b"{}", {})

    assert (stranger.error, other.error) == ("certificate refused", "certificate refused")
    assert right.status == 204


@pytest.mark.parametrize("header", ["999999999999", "Wed, 21 Oct 2199 07:28:00 GMT"])
def test_nobody_asks_to_be_left_alone_for_longer_than_a_day(header):
    assert wish_in(header) == LONGEST_WISH


@pytest.mark.parametrize("header", ["soon", "²", "-5", "Wed, 99999999999999999999 Oct 2030 07:28:00 GMT"])
def test_a_wish_that_cannot_be_read_is_none(header):
    assert wish_in(header) is None


def test_an_answer_with_an_odd_wish_is_an_answer(settings):
    settings.OUTGOING_LOCAL_RECEIVERS = True
    with receiving((503, {"Retry-After": "Wed, 21 Oct 99999999999999999999 07:28:00 GMT"}, b"")) as receiver:
        answer = transport.post(receiver.url, b"", {})

    assert (answer.status, answer.wish) == (503, None)
