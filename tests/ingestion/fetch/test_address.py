"""One page, one key."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.fetch.address import BadAddress, host_of, page_key

SUITE = Path(__file__).resolve().parents[4] / "shared" / "data" / "suites" / "url_normalize.jsonl"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("HTTPS://Loket.NL:443/Leraar%2Dworden/../kosten/#tabel", "https://loket.nl/kosten/"),
        ("http://loket.nl", "http://loket.nl/"),
        ("http://loket.nl/vragen?b=2&utm_source=krant&a=1&fbclid=x", "http://loket.nl/vragen?a=1&b=2"),
        ("http://loket.nl/zoek?q=zij instroom", "http://loket.nl/zoek?q=zij%20instroom"),
        ("http://onderwijslóket.nl/", "http://xn--onderwijslket-klb.nl/"),
    ],
)
def test_given_addresses_of_one_page_when_read_then_they_have_one_key(address: str, key: str) -> None:
    assert page_key(address) == key


@pytest.mark.parametrize(
    "address",
    [
        "",
        "loket.nl",
        "mailto:info@loket.nl",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://",
        "http://a@b.nl/",
        "http://[::1",
        "tel:070",
    ],
)
def test_given_something_else_than_a_page_when_read_then_it_says_so(address: str) -> None:
    with pytest.raises(BadAddress):
        page_key(address)


def test_given_the_crawlers_suite_when_read_then_each_web_address_has_the_expected_key() -> None:
    if not SUITE.exists():
        pytest.skip(f"the suite of addresses is not at {SUITE}")
    rows = [json.loads(line) for line in SUITE.read_text(encoding="utf-8").splitlines()]
    # An address without a scheme, of a file or of ftp, and one without a host are no pages that we fetch.
    web = [row for row in rows if row["url"].lower().startswith("http") and row["normalized"] != "http:/"]
    wrong = [row["url"] for row in web if page_key(row["url"]) != row["normalized"]]
    assert len(web) >= 100
    assert wrong == []


@given(st.text(max_size=60))
def test_given_any_text_when_read_then_its_key_is_its_own_key(text: str) -> None:
    for address in (text, f"http://loket.nl/{text}", f"https://loket.nl/?{text}"):
        try:
            key = page_key(address)
        except BadAddress:
            continue
        assert page_key(key) == key


def test_given_www_or_not_when_asked_then_the_site_is_the_same() -> None:
    assert host_of("https://www.loket.nl/a") == host_of("https://loket.nl/b") == "loket.nl"
    assert host_of("http://127.0.0.1:8001/") != host_of("http://127.0.0.1:8002/")
