"""The widget's files over HTTP."""

import gzip

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api import pages
from assistant.errors import NotFound

app = FastAPI()
app.include_router(pages.router)
client = TestClient(app)


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        ("/", "text/html"),
        ("/widget.js", "text/javascript"),
        ("/widget/panel.js", "text/javascript"),
        ("/widget/blocks/cards.js", "text/javascript"),
        ("/widget/example.html", "text/html"),
        ("/widget/demo.css", "text/css"),
        ("/widget/demo-mark.svg", "image/svg+xml"),
    ],
)
def test_a_file_is_served_compressed_with_its_type_to_every_site(address: str, media_type: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert response.headers["content-type"].startswith(media_type)
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["access-control-allow-origin"] == "*"


def test_a_browser_that_has_the_file_gets_no_second_copy() -> None:
    first = client.get("/widget.js")

    second = client.get("/widget.js", headers={"If-None-Match": first.headers["etag"]})

    assert (second.status_code, second.content) == (304, b"")
    assert second.headers["etag"] == first.headers["etag"]
    assert second.headers["content-type"] == first.headers["content-type"]


def test_who_cannot_unzip_gets_the_same_file_plain() -> None:
    plain = client.get("/widget.js", headers={"Accept-Encoding": "identity"})

    assert "content-encoding" not in plain.headers
    assert plain.content == gzip.decompress(pages.assets()["widget.js"].zipped)


@pytest.mark.parametrize(
    "name", ["../pyproject.toml", "..%2F..%2Fetc%2Fpasswd", "contract.d.ts", "niet-daar.js", "", "%00"]
)
def test_nothing_else_can_be_read(name: str) -> None:
    with pytest.raises(NotFound):
        # A name with dots that the client would tidy away is handed over as it is.
        client.get(f"/widget/{name}".replace("../", "%2e%2e/"))
