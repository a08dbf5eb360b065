"""GuardedTransport: connects to public addresses alone, and to the very address that was checked."""

import ipaddress
import socket
import ssl
from collections.abc import Iterable
from functools import cache
from typing import Any

import httpcore
import httpx

PORTS = frozenset({80, 443})


class ForbiddenAddress(Exception):
    """
    The host leads to a place that is not on the public internet, or to a port that no site uses.

    No kind of connection error, which httpx would take for one of its own and which would be tried again.
    """


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet, also when an IPv4 address is wrapped in IPv6."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return ip.is_global and not ip.is_multicast


class _CheckedBackend(httpcore.SyncBackend):
    """
    Resolves a name, checks every address it gives, and connects to one of those.

    Checking a name and connecting to it in two look-ups would let its owner answer differently the second time
    (DNS rebinding). The name itself is still what TLS checks the certificate against.
    """

    def __init__(self, allow_loopback: bool) -> None:
        self._allow_loopback = allow_loopback

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = _addresses(host, port)
        for each in addresses:
            self._check(host, each, port)
        last: Exception = httpcore.ConnectError(f"{host} has no address")
        for each in addresses:
            try:
                return super().connect_tcp(each, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last

    def _check(self, host: str, address: str, port: int) -> None:
        if self._allow_loopback and ipaddress.ip_address(address.split("%")[0]).is_loopback:
            return
        if not is_public(address):
            raise ForbiddenAddress(f"{host} leads to {address}, which is not on the public internet")
        if port not in PORTS:
            raise ForbiddenAddress(f"{host} asks for port {port}; only 80 and 443 are fetched")

    def connect_unix_socket(self, *_args: Any, **_kwargs: Any) -> httpcore.NetworkStream:
        raise ForbiddenAddress("sockets of this machine are not fetched")


def _addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a host; one that is written as a number, also in an old way such as `127.1`, is not looked up."""
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        pass
    try:
        if host[:1].isdigit():
            return [socket.inet_ntoa(socket.inet_aton(host))]
    except OSError:
        pass
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} is not known ({error})") from error
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@cache
def _tls() -> ssl.SSLContext:
    """Whom we trust, read once: going through all the authorities takes some 50 ms."""
    return httpx.create_ssl_context(trust_env=False)


class GuardedTransport(httpx.HTTPTransport):
    """What a client connects through. A proxy from the environment is not used: it would look names up itself."""

    def __init__(self, allow_loopback: bool = False) -> None:
        """:param allow_loopback: For tests and the demo site: any port of this machine."""
        super().__init__(verify=_tls(), http2=True, trust_env=False)
        self._pool.close()
        # httpx gives no way to name the backend of its pool.
        self._pool = httpcore.ConnectionPool(
            ssl_context=_tls(),
            http2=True,
            max_connections=20,
            keepalive_expiry=30,
            network_backend=_CheckedBackend(allow_loopback),
        )
