"""Where a request comes from, as one counts it."""

from ipaddress import IPv6Address, ip_address


def network_of(host: str) -> str:
    """The address itself; of IPv6 its /64, which a household or an office has as a whole."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and not address.ipv4_mapped:
        return address.exploded[:19]
    return host
