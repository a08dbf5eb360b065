"""RobotsRules: what the owner of a site lets us fetch, and how fast (RFC 9309)."""

from urllib.parse import urlsplit

from protego import Protego

from ingestion.fetch.download import Downloader, NotFetched

_NAME = "Loketgids"
_MOST_BYTES = 500 * 1024
"""RFC 9309, section 2.5: at least this much is read; what comes after may be left out."""
_ALL, _NONE = "", "User-agent: *\nDisallow: /"
_SLOWEST = 30.0
"""A site that asks for longer pauses would take days; it is fetched at this pace, a little each run."""


class RobotsRules:
    """Reads each site's robots.txt once in a run."""

    def __init__(self, downloader: Downloader) -> None:
        self._downloader = downloader
        self._read: dict[str, Protego] = {}
        self._silent: dict[str, str] = {}
        """Why a site does not tell what it allows."""

    def allows(self, address: str) -> bool:
        """Whether we may fetch it. No robots.txt allows all; a site that fails to give it allows nothing for now."""
        return bool(self._of(address).can_fetch(address, _NAME))

    def answers(self, address: str) -> bool:
        """Whether its site told what it allows, or that it has no such rules; False: it fails for now."""
        return not self.silence(address)

    def silence(self, address: str) -> str:
        """Why its site fails for now to tell what it allows; empty if it does tell."""
        self._of(address)
        return self._silent.get(_site(address), "")

    def delay(self, address: str) -> float:
        """Seconds to leave between two pages, as the site asks; zero if it does not."""
        return min(float(self._of(address).crawl_delay(_NAME) or 0.0), _SLOWEST)

    def sitemaps(self, address: str) -> tuple[str, ...]:
        """The sitemaps that the site names."""
        return tuple(self._of(address).sitemaps)

    def _of(self, address: str) -> Protego:
        site = _site(address)
        if site not in self._read:
            self._read[site] = Protego.parse(self._text(site))
        return self._read[site]

    def _text(self, site: str) -> str:
        try:
            found = self._downloader.get(f"{site}/robots.txt")
        except NotFetched as error:
            forbidden_for_now = error.for_now or error.status is None
            if forbidden_for_now:
                self._silent[site] = error.why
            return _NONE if forbidden_for_now else _ALL
        return found.body[:_MOST_BYTES].decode("utf-8-sig", errors="replace")


def _site(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
