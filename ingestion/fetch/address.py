"""Addresses: one page, one key."""

import re
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from url_normalize import url_normalize

_TRACKING = (
    "utm_",
    "fbclid",
    "gclid",
    "msclkid",
    "mc_cid",
    "mc_eid",
    "_hs",
    "sessionid",
    "phpsessid",
    "jsessionid",
    "sid=",
)
_SCHEMES = ("http", "https")


class BadAddress(ValueError):
    """Not an address of a page on the web; the message says why."""


def page_key(address: str) -> str:
    """
    The one form of all addresses that give the same page (RFC 3986, section 6).

    Lower-case scheme and host (as punycode), no default port, no dot segments, percent-encoding only where needed,
    parameters in order and without those that only follow a visitor, no fragment.

    :raises BadAddress: If it is no http or https address, names a user or has no host.
    """
    text = address.strip()
    if not text.lower().startswith(tuple(f"{each}:" for each in _SCHEMES)):
        raise BadAddress(f"{text[:80]!r} is no http or https address")
    try:
        # `%2E` and the like in a host are read by browsers; a host has no percent signs of its own.
        found = urlsplit(text)
        host = unquote(found.netloc)
        if "@" in host:
            raise BadAddress(f"{text[:80]!r} names a user, and pages are read without one")
        normal = url_normalize(urlunsplit(found._replace(netloc=host, fragment="")))
        parts = urlsplit(normal or "")
        if not parts.hostname or any(each.isspace() for each in parts.netloc):
            raise BadAddress(f"{text[:80]!r} has no host")
        _ = parts.port
    except BadAddress:
        raise
    except (ValueError, UnicodeError) as error:
        raise BadAddress(f"{text[:80]!r} cannot be read ({error})") from error
    return urlunsplit(parts._replace(query=_parameters(found.query), fragment="", path=parts.path or "/"))


def host_of(address: str) -> str:
    """The host without `www.`, and the port if it is not the usual one: under this a site counts as one."""
    return urlsplit(address).netloc.lower().removeprefix("www.")


def _parameters(query: str) -> str:
    """In order, without empty ones and without those that tell where a visitor came from."""
    kept = [each for each in query.strip().split("&") if each.strip("=") and not each.lower().startswith(_TRACKING)]
    return "&".join(sorted(_encoded(each.removesuffix("=")) for each in kept if not each.startswith("=")))


def _encoded(parameter: str) -> str:
    """With what a query may not hold encoded, and what is encoded left as it is (RFC 3986, section 3.4)."""
    return quote(re.sub("%(?![0-9A-Fa-f]{2})", "%25", parameter), safe="%/?:@!$&'()*+,;=-._~")
