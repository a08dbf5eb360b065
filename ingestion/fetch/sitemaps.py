"""The pages that a site says it has, by its sitemaps."""

import itertools
import logging
from collections.abc import Iterable, Iterator

from usp.fetch_parse import SitemapFetcher
from usp.objects.page import SitemapPage
from usp.web_client.abstract_client import (
    AbstractWebClient,
    AbstractWebClientResponse,
    AbstractWebClientSuccessResponse,
    WebClientErrorResponse,
)

from ingestion.fetch.address import BadAddress, page_key
from ingestion.fetch.download import Downloaded, Downloader, NotFetched

_log = logging.getLogger(__name__)
_MOST_SITEMAPS = 50


class _Found(AbstractWebClientSuccessResponse):
    def __init__(self, found: Downloaded) -> None:
        self._found = found

    def status_code(self) -> int:
        return self._found.status

    def status_message(self) -> str:
        return "OK"

    def header(self, case_insensitive_name: str) -> str | None:
        return self._found.media_type if case_insensitive_name.lower() == "content-type" else None

    def raw_data(self) -> bytes:
        return self._found.body

    def url(self) -> str:
        return self._found.address


class _NotFound(WebClientErrorResponse):
    """A sitemap that did not come."""


class _Client(AbstractWebClient):
    """Lets the sitemap library fetch through our downloader, with its checks and limits, and not on its own."""

    def __init__(self, downloader: Downloader) -> None:
        self._downloader = downloader
        self._left = _MOST_SITEMAPS

    def set_max_response_data_length(self, max_response_data_length: int | None) -> None:
        """The downloader's own limit holds."""

    def get(self, url: str) -> AbstractWebClientResponse:
        if self._left <= 0:
            return _NotFound(f"more than {_MOST_SITEMAPS} sitemaps", retryable=False)
        self._left -= 1
        try:
            return _Found(self._downloader.get(url))
        except NotFetched as error:
            return _NotFound(error.why, retryable=False)


def sitemap_pages(addresses: Iterable[str], downloader: Downloader, most: int) -> tuple[str, ...]:
    """
    The page keys in sitemaps, indexes and feeds at those addresses, each once and at most so many.

    What cannot be read gives nothing: a sitemap is a help, the links of the pages are followed all the same.
    """
    client = _Client(downloader)
    found: dict[str, None] = {}
    for address in addresses:
        for page in itertools.islice(_pages(address, client), most * 2):
            try:
                found[page_key(page.url)] = None
            except BadAddress:
                continue
            if len(found) >= most:
                return tuple(found)
    return tuple(found)


def _pages(address: str, client: AbstractWebClient) -> Iterator[SitemapPage]:
    try:
        yield from SitemapFetcher(address, recursion_level=0, web_client=client).sitemap().all_pages()
    except Exception as error:
        _log.warning("sitemap %s is left out: %s", address, type(error).__name__)
