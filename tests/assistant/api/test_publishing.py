"""What an editor publishes is what a running server says, within seconds and without anybody being disturbed."""

import multiprocessing
import threading
from collections.abc import Callable

from fastapi.testclient import TestClient

from assistant.settings import Settings
from knowledge.publishing.item import ItemKey
from knowledge.publishing.opening import Editorial, open_editorial
from knowledge.publishing.revisions import Editor
from tests.waiting import until

ANNA = Editor("anna", "Anna", ("haaglanden",))
TERM = ItemKey("records", "bevoegdheid")
NEW = "Een bevoegdheid is het bewijs dat je zelfstandig voor de klas mag staan, en niets anders."


def publish_new_words(address: str) -> None:
    """As another process does it."""
    publish(open_editorial(address))


def publish(editorial: Editorial, summary: str = NEW) -> int:
    content = editorial.revisions.published(TERM)
    assert content is not None
    change = editorial.change_sets.begin("Andere woorden", ANNA)
    editorial.revisions.save(change.id, TERM, {**content, "summary": summary}, ANNA)
    return editorial.publisher.publish(change.id, ANNA).number


def waited_for(condition: Callable[[], bool]) -> None:
    # What is promised of an idle machine is measured by `evaluation`.
    until(condition, "what was published")


def replied(api: TestClient) -> str:
    begun = api.post("/api/v1/conversations", json={"region": "haaglanden"}).json()
    answer = api.post(
        f"/api/v1/conversations/{begun['conversation_id']}/messages",
        json={"text": "wat is een bevoegdheid?"},
        headers={"Authorization": f"Bearer {begun['token']}"},
    )
    return str(answer.json())


def test_what_another_process_publishes_is_answered_and_found_and_taken_back(
    make_api: Callable[..., TestClient],
) -> None:
    api = make_api(rate_limit="off")
    settings: Settings = api.app.state.settings  # type: ignore[attr-defined]
    knowledge = api.app.state.knowledge  # type: ignore[attr-defined]
    before, generation = knowledge.catalogue.version, knowledge.search.status()["generation"]
    assert NEW not in replied(api)
    held = knowledge.now()

    other = multiprocessing.get_context("spawn").Process(target=publish_new_words, args=(settings.knowledge_address,))
    other.start()
    other.join()
    waited_for(lambda: knowledge.catalogue.version != before)

    assert NEW in replied(api)
    assert "zelfstandig voor de klas" in str(api.get("/api/v1/search", params={"q": "zelfstandig voor de klas"}).json())
    assert held.search.search("bevoegdheid", on=held.on), "who held the catalogue before still finds in it"
    assert knowledge.search.status()["generation"] != generation

    api.app.state.editorial.publisher.back(0, ANNA)  # type: ignore[attr-defined]
    waited_for(lambda: knowledge.catalogue.version == before)

    assert NEW not in replied(api)
    assert knowledge.search.status()["generation"] == generation, "the index of then is served again, not made anew"


def test_no_conversation_is_disturbed_while_catalogues_are_swapped(make_api: Callable[..., TestClient]) -> None:
    api = make_api(rate_limit="off")
    editorial, knowledge = api.app.state.editorial, api.app.state.knowledge  # type: ignore[attr-defined]
    ended, statuses, shown = threading.Event(), list[int](), set[int]()
    texts = [f"Een bevoegdheid is het bewijs dat je les mag geven, keer {number}." for number in range(3)]

    def talk() -> None:
        begun = api.post("/api/v1/conversations", json={"region": "haaglanden"}).json()
        while not ended.is_set():
            answer = api.post(
                f"/api/v1/conversations/{begun['conversation_id']}/messages",
                json={"text": "wat is een bevoegdheid?"},
                headers={"Authorization": f"Bearer {begun['token']}"},
            )
            statuses.append(answer.status_code)
            shown.update(number for number, text in enumerate(texts) if text in answer.text)

    talking = threading.Thread(target=talk)
    talking.start()
    for number, text in enumerate(texts):
        version = knowledge.catalogue.version
        publish(editorial, text)
        waited_for(lambda version=version: knowledge.catalogue.version != version)  # type: ignore[misc]
        waited_for(lambda number=number: number in shown)  # type: ignore[misc]
    ended.set()
    talking.join()

    assert set(statuses) == {200}, f"{len(statuses)} replies"


def test_an_advice_given_on_a_catalogue_that_was_replaced_can_be_replayed(make_api: Callable[..., TestClient]) -> None:
    api = make_api(rate_limit="off")
    knowledge, settings = api.app.state.knowledge, api.app.state.settings  # type: ignore[attr-defined]
    before = knowledge.catalogue.version

    publish(api.app.state.editorial)  # type: ignore[attr-defined]
    waited_for(lambda: knowledge.catalogue.version != before)

    kept = {file.name.split(".")[0] for file in settings.catalogues.iterdir()}
    assert {before, knowledge.catalogue.version} <= kept
