# SPDX-License-Identifier: Apache-2.0
"""Ports of their own that fail before there is a request: `listeners`."""

import socket
import ssl
import time

import pytest
from botocore.config import Config
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ProxyConnectionError, SSLError

from harness import clients
from harness.control import Control
from harness.owned import owned_server
from harness.raw import KINESIS, Wire, awsjson
from harness.server import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of our own: its authority's certificate is needed, and its ports are on this machine."""
    with owned_server("--tls", state=tmp_path_factory.mktemp("state")) as running:
        yield running


@pytest.fixture(scope="module")
def bare_control(server):
    return Control(server.endpoint)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def listen(control):
    """Loads a scenario with one listener; gives its port."""

    def load(fault: str, **window) -> int:
        port = free_port()
        control.load({"scenario": "ports", "listeners": [{"port": port, "fault": fault} | window]})
        return port

    return load


def client(endpoint: str, **options):
    config = Config(retries={"total_max_attempts": 1}, connect_timeout=1, read_timeout=5, **options)
    return clients.session().client("kinesis", endpoint_url=endpoint, config=config)


def secure_client(server, port: int):
    config = Config(retries={"total_max_attempts": 1}, connect_timeout=2, read_timeout=5)
    endpoint = f"https://localhost:{port}"
    return clients.session().client("kinesis", endpoint_url=endpoint, config=config, verify=server.authority)


def test_refuse(listen):
    port = listen("refuse")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    with pytest.raises(EndpointConnectionError):
        client(f"http://127.0.0.1:{port}").list_streams()


def test_ignore_syn(listen):
    port = listen("ignoreSyn")
    for _ in range(3):
        with pytest.raises(TimeoutError):
            socket.create_connection(("127.0.0.1", port), timeout=0.5)
    with pytest.raises(ConnectTimeoutError):
        client(f"http://127.0.0.1:{port}").list_streams()


def test_tls_handshake(listen, server):
    port = listen("tlsHandshake")
    with Wire(("127.0.0.1", port)) as wire:
        wire.send(b"\x16\x03\x01\x00\x01\x01")
        assert wire.to_end() == bytes([21, 3, 3, 0, 2, 2, 40])
    with pytest.raises(SSLError, match="(?i)handshake failure"):
        secure_client(server, port).list_streams()


def test_expired_certificate(listen, server):
    port = listen("expiredCertificate")
    with pytest.raises(SSLError, match="certificate has expired"):
        secure_client(server, port).list_streams()
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with Wire(("127.0.0.1", port), tls=context) as wire:
        wire.send(awsjson(KINESIS + "ListStreams"))
        assert wire.answer().status == 200


def test_wrong_host(listen, server):
    port = listen("wrongHost")
    with pytest.raises(SSLError, match="(?i)hostname mismatch|doesn't match"):
        secure_client(server, port).list_streams()


@pytest.mark.parametrize("fault", ["expiredCertificate", "wrongHost"])
def test_plain_http_finds_nobody_there(listen, fault):
    with Wire(("127.0.0.1", listen(fault))) as wire:
        wire.send(awsjson(KINESIS + "ListStreams"))
        assert wire.to_end() == b""


def test_plain_http(listen, server):
    port = listen("plainHTTP")
    with pytest.raises(SSLError, match="(?i)wrong version number|record layer failure"):
        secure_client(server, port).list_streams()
    assert client(f"http://127.0.0.1:{port}").list_streams()


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_proxy_refuses(listen, server, scheme):
    port = listen("proxyRefuses")
    proxied = client(f"{scheme}://kinesis.example:443", proxies={scheme: f"http://127.0.0.1:{port}"})
    if scheme == "https":
        with pytest.raises(ProxyConnectionError):
            proxied.list_streams()
    with Wire(("127.0.0.1", port)) as wire:
        wire.send("CONNECT kinesis.us-east-1.amazonaws.com:443 HTTP/1.1\r\nHost: x\r\n\r")
        wire.send("\n")
        assert wire.to_end().startswith(b"HTTP/1.1 502 Bad Gateway\r\n")


def answers(port: int) -> bool:
    """Whether the port serves as usual."""
    try:
        with Wire(("127.0.0.1", port), timeout=0.5) as wire:
            wire.send(awsjson(KINESIS + "ListStreams"))
            return wire.answer().status == 200
    except (OSError, EOFError):
        return False


def wait_until(condition) -> None:
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to that")


@pytest.mark.parametrize("fault", ["refuse", "ignoreSyn", "tlsHandshake", "wrongHost"])
def test_outside_its_window_it_serves(listen, fault):
    port = listen(fault, after="1s", until="3s")
    assert answers(port)
    wait_until(lambda: not answers(port))
    wait_until(lambda: answers(port))


@pytest.mark.parametrize("fault", ["refuse", "ignoreSyn", "tlsHandshake"])
def test_a_window_may_begin_at_once(listen, fault):
    port = listen(fault, until="2s")
    assert not answers(port)
    wait_until(lambda: answers(port))


@pytest.mark.parametrize("fault", ["refuse", "ignoreSyn"])
def test_open_connections_live_on(listen, fault):
    port = listen(fault, after="300ms")
    with Wire(("127.0.0.1", port)) as wire:
        wait_until(lambda: not answers(port))
        wire.send(awsjson(KINESIS + "ListStreams"))
        assert wire.answer().status == 200


def test_ports_close_with_their_scenario(control, listen):
    port = listen("plainHTTP")
    assert answers(port)
    control.unload("ports")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))


def test_a_scenario_is_replaced(control, listen):
    port, other = listen("tlsHandshake"), free_port()
    ports = [{"port": port, "fault": "plainHTTP"}, {"port": other, "fault": "plainHTTP"}]
    control.load({"scenario": "ports", "listeners": ports})
    assert answers(port) and answers(other)
    control.load({"scenario": "ports", "listeners": ports[1:]})
    assert not answers(port) and answers(other)


def test_a_taken_port(control, server):
    """A located mistake, and nothing is half loaded."""
    good = free_port()
    text = f"""scenario: ports
rules:
  - match: kinesis.*
    error: throttle
listeners:
  - {{ port: {good}, fault: plainHTTP }}
  - {{ port: {server.address[1]}, fault: refuse }}
"""
    status, answer = control.call("PUT", "scenarios/ports", text)
    assert status == 422
    [mistake] = answer["mistakes"]
    assert (mistake["line"], mistake["column"]) == (7, 13)
    assert "taken by this server itself" in mistake["message"]
    assert control.scenarios() == []
    assert not answers(good)
    assert answers(server.address[1])


def test_at_the_start(tmp_path):
    port = free_port()
    scenario = tmp_path / "ports.yaml"
    scenario.write_text(f"scenario: ports\nlisteners:\n  - {{ port: {port}, fault: plainHTTP }}\n")
    server = Server(str(scenario))
    try:
        assert answers(port)
        with pytest.raises(RuntimeError, match=r"ports.yaml:3:13: mistake: port \d+ on 127.0.0.1 is taken"):
            Server(str(scenario))
    finally:
        server.stop()


def test_the_control_interface_through_it(control, listen):
    """Answers that come later find the way back to the right port; a port may ask for its own end."""
    port = listen("plainHTTP")
    through = Control(f"http://127.0.0.1:{port}")
    assert through.scenarios() == ["ports"]
    assert through.call("DELETE", "scenarios/ports")[0] in (200, 204)
    assert control.scenarios() == []
