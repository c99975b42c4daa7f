"""The same over TLS, which is how Xero is reached in earnest."""

import datetime
import ssl
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lib import errors
from lib.client import Client


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A file with a key and a certificate for localhost, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.timezone.utc)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    path.write_bytes(_pem(key) + signed.public_bytes(serialization.Encoding.PEM))
    return path


def _pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


@pytest.fixture
def secure_xero(xero, certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    # The handshake belongs to the connection's own thread, not to the listening one.
    xero.server.socket = context.wrap_socket(
        xero.server.socket, server_side=True, do_handshake_on_connect=False
    )
    return xero


@pytest.fixture
def secure_client(secure_xero, certificate, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    url = secure_xero.url.replace("http:", "https:")
    return Client(url, "t", "token", total_timeout=0.5)


def test_a_call_over_tls_works(secure_client, secure_xero):
    with secure_client as client:
        assert client.call("get_accounts").status == 200
        client.call("create_contacts", {"Contacts": [{"Name": "x" * 200_000}]})
    assert len(secure_xero.requests[1].body) > 200_000


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\nX-S: ", b"HTTP/1.1 200 OK\r\n\r\n"]
)
def test_an_answer_that_drips_over_tls_ends_at_the_limit(
    secure_client, secure_xero, head
):
    """decisions.md 14."""
    secure_xero.drip(head)
    started = time.monotonic()
    with secure_client as client, pytest.raises(errors.Uncertain):
        client.call("create_contacts", {"Contacts": []})
    assert time.monotonic() - started < 1.5


def test_a_certificate_that_is_not_trusted_stops_before_anything_is_sent(secure_xero):
    url = secure_xero.url.replace("http:", "https:")
    with Client(url, "t", "token") as client, pytest.raises(errors.NotSent):
        client.call("create_contacts", {"Contacts": []})
    assert secure_xero.requests == []
