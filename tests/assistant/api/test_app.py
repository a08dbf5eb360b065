"""The whole application: what wraps every answer, and what it does when a part cannot start."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api.security import MAX_BODY_BYTES
from assistant.app import create_app
from assistant.errors import StoreUnavailable
from assistant.settings import Settings
from knowledge.index.engine import IndexProblem
from knowledge.problem import ContentError

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/widget.js", 200),
        ("GET", "/desk", 303),
        ("GET", "/desk/login", 200),
        ("GET", "/api/docs", 200),
        ("GET", "/api/openapi.json", 200),
        ("GET", "/api/v1/routes", 200),
        ("GET", "/api/v1/routes/bestaat-niet", 404),
        ("GET", "/api/v1/search", 422),
        ("DELETE", "/api/v1/routes", 405),
        ("GET", "/bestaat-niet", 404),
        ("POST", "/api/v1/feedback", 422),
        ("GET", "/healthz", 200),
        ("GET", "/metrics", 200),
    ],
)
def test_every_kind_of_answer_has_the_headers_that_keep_browsers_strict(
    api: TestClient, method: str, path: str, status: int
) -> None:
    answer = api.request(method, path)

    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in answer.headers
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors" in policy
    assert "server" not in answer.headers
    if status >= 400:
        assert answer.headers["content-type"] == PROBLEM


def test_what_belongs_to_a_person_is_kept_by_no_cache(api: TestClient, begin: Any) -> None:
    begun = begin()

    answers = [begun.say("hoi"), api.get(begun.path, headers=begun.headers), api.get("/desk/login")]

    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


def test_any_site_may_embed_the_widget_unless_the_operator_names_them(make_api: Any, api: TestClient) -> None:
    named = make_api(allowed_origins=("https://loket.example.org",))
    loket, other = {"Origin": "https://loket.example.org"}, {"Origin": "https://example.com"}

    assert api.get("/api/v1/routes", headers=other).headers["access-control-allow-origin"] == "*"
    assert named.get("/api/v1/routes", headers=loket).headers["access-control-allow-origin"] == loket["Origin"]
    assert "access-control-allow-origin" not in named.get("/api/v1/routes", headers=other).headers
    preflight = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    assert named.options("/api/v1/conversations", headers=loket | preflight).status_code == 200
    assert named.options("/api/v1/conversations", headers=other | preflight).status_code == 400


def test_a_body_over_the_limit_is_refused_before_anything_reads_it(api: TestClient) -> None:
    for body in (b"x" * (MAX_BODY_BYTES + 1), (b"x" * 1000 for _ in range(100))):
        answer = api.post("/api/v1/conversations", content=body, headers={"Content-Type": "application/json"})

        assert answer.status_code == 413
        assert answer.headers["content-type"] == PROBLEM
        assert answer.json()["detail"].startswith("Je bericht is te lang.")


def test_the_pace_is_limited_in_the_real_application_with_a_dutch_sentence_and_a_time(make_api: Any) -> None:
    api = make_api(messages_per_minute=10)

    first, second = (api.post("/api/v1/conversations", json={}) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 429)
    assert second.headers["content-type"] == PROBLEM
    assert 1 <= int(second.headers["retry-after"]) <= 60
    assert "Wacht" in second.json()["detail"]


def test_without_the_limit_nobody_waits(make_api: Any) -> None:
    api = make_api(messages_per_minute=10, rate_limit="off")

    assert {api.post("/api/v1/conversations", json={}).status_code for _ in range(15)} == {201}


def test_longer_messages_are_read_when_the_operator_allows_them(make_api: Any, begin: Any) -> None:
    begun = begin(on=make_api(max_message_chars=5000))

    assert begun.say("wat kost de pabo? " * 200).json()["status"] != "guarded_too_long"


def test_the_region_of_the_installation_is_that_of_its_visitors(make_api: Any, begin: Any) -> None:
    api = make_api(region="hak")
    begun = begin(on=api)

    assert api.get(begun.path, headers=begun.headers).json()["region"] == "hak"


def test_conversations_survive_a_restart(make_api: Any, begin: Any) -> None:
    first = make_api()
    begun = begin(on=first)
    begun.say("ik woon in Zoetermeer")
    first.close()

    again = make_api()

    transcript = again.get(begun.path, headers=begun.headers).json()
    assert [turn["question"] for turn in transcript["turns"]] == ["ik woon in Zoetermeer"]
    told = again.post(f"{begun.path}/messages", json={"text": "welk loket hoort daarbij?"}, headers=begun.headers)
    assert told.json()["understanding"]["facts"]["municipality"]["value"] == "zoetermeer"


def test_broken_content_stops_the_start_and_names_file_and_line(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "routes").mkdir(parents=True)
    (content / "routes" / "kapot.yaml").write_text("- id: Geen Slug\n", encoding="utf-8")

    with pytest.raises(ContentError, match=r"routes/kapot\.yaml:1"):
        create_app(Settings(var=tmp_path / "var", content=content, embedder="none"))


def test_an_embedder_that_we_do_not_know_stops_the_start(make_api: Any) -> None:
    with pytest.raises(IndexProblem, match="LOKET_EMBEDDER"):
        make_api(embedder="word2vec")


def test_a_store_that_cannot_be_opened_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "people.sqlite").write_bytes(b"this is no database, though it is long enough to look like one " * 20)

    with pytest.raises(StoreUnavailable, match="LOKET_PEOPLE_URL"):
        create_app(Settings(var=tmp_path, embedder="none"))
