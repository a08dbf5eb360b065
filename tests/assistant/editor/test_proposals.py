"""An editor decides on what a source says: over real stores, without a browser."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from knowledge.publishing.drafting import take_over_trusted
from knowledge.publishing.item import ItemKey
from knowledge.publishing.pairs import pair_id
from knowledge.publishing.proposal import Change, Evidence, Proposal, Proposed
from tests.assistant.editor.conftest import EditorsDesk

KEY = ItemKey("records", "wettelijk-collegegeld")
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


@pytest.fixture
def found(editors_desk: EditorsDesk) -> Any:
    """Lets a source of that name propose something for the tuition fee."""

    def propose(source: str, url: str = "https://duo.example/geld", **more: Any) -> Proposal:
        was = editors_desk.editorial.revisions.published(KEY)
        assert was
        given = {
            "kind": "changed", "group": KEY.group, "item_id": KEY.id, "title": was["title"],
            "changes": (Change(field="title", before=was["title"], after=f"Collegegeld volgens {source}"),),
            "evidence": (
                Evidence(words="Het collegegeld heet <b>anders</b>.", url=url, publisher="DUO", page_number=4,
                         seen_on=date(2026, 11, 28), confidence="medium"),
            ),
        }  # fmt: skip
        editors_desk.proposals.replace(source, [Proposed(**given | more)], NOW, {KEY.id: 12})
        return editors_desk.proposals.list("open", source_id=source)[0]

    return propose


def test_given_a_proposal_then_it_is_listed_with_its_damage_and_shown_with_its_words(
    editors_desk: EditorsDesk, found: Any
) -> None:
    proposal = found("a")

    listed = editors_desk.get("/desk/redactie/voorstellen")
    page = editors_desk.get(f"/desk/redactie/voorstellen/{proposal.id}")

    assert "12 antwoorden leunden hier de laatste maand op" in listed
    assert "Voorstellen van bronnen (1)" in editors_desk.get("/desk/redactie")
    assert "<ins>Collegegeld volgens a</ins>" in page
    assert "DUO · bladzijde 4" in page
    assert 'href="https://duo.example/geld"' in page


def test_given_a_yes_then_it_is_a_draft_that_visitors_do_not_read_yet(editors_desk: EditorsDesk, found: Any) -> None:
    proposal = found("b")

    done = editors_desk.post(f"/desk/redactie/voorstellen/{proposal.id}/overnemen", {"vertrouwen": "title"})

    change_set = done.headers["location"].rsplit("/", 1)[1]
    draft = editors_desk.editorial.revisions.draft(change_set, KEY)
    assert draft
    assert draft.content
    assert draft.content["title"] == "Collegegeld volgens b"
    assert draft.author_id == editors_desk.account_id, "who says yes does not approve it alone"
    published = editors_desk.editorial.revisions.published(KEY)
    assert published
    assert published["title"] != "Collegegeld volgens b"
    assert editors_desk.proposals.trusted("b") == {("b", KEY.id, "title"): editors_desk.account_id}
    again = editors_desk.post(f"/desk/redactie/voorstellen/{proposal.id}/overnemen")
    assert again.status_code == 409
    assert "al over beslist" in again.text
    assert "Overgenomen op" in editors_desk.get(f"/desk/redactie/voorstellen/{proposal.id}")

    editors_desk.post("/desk/redactie/vertrouwd", {"bron": "b", "onderdeel": KEY.id, "veld": "title"})
    assert editors_desk.proposals.trusted("b") == {}


def test_given_a_trusted_source_then_what_it_says_next_is_a_draft_by_who_trusted_it(
    editors_desk: EditorsDesk, found: Any
) -> None:
    found("t")
    editors_desk.proposals.trust("t", KEY.id, "title", editors_desk.account_id, NOW)
    settings = editors_desk.app.state.settings

    taken = take_over_trusted(settings.knowledge_address, settings.content, NOW)

    assert taken == 1
    change_set, _ = next(each for each in editors_desk.editorial.change_sets.list() if "bron t" in each[0].title)
    assert change_set.author_id == editors_desk.account_id
    assert editors_desk.proposals.list("open", source_id="t") == ()


def test_given_an_edit_then_the_form_opens_with_what_was_proposed(editors_desk: EditorsDesk, found: Any) -> None:
    proposal = found("c")

    done = editors_desk.post(f"/desk/redactie/voorstellen/{proposal.id}/bewerken")

    assert "Collegegeld volgens c" in editors_desk.get(done.headers["location"])


def test_given_a_no_then_a_reason_is_asked_and_kept(editors_desk: EditorsDesk, found: Any) -> None:
    proposal = found("d")
    path = f"/desk/redactie/voorstellen/{proposal.id}/weigeren"

    without = editors_desk.post(path, {"waarom": " "})
    with_one = editors_desk.post(path, {"waarom": "De bron vergist zich"})

    assert without.status_code == 409
    assert with_one.status_code == 303
    page = editors_desk.get(f"/desk/redactie/voorstellen/{proposal.id}")
    assert "door Noor Bakker: De bron vergist zich" in page


def test_given_an_item_that_changed_since_then_nothing_is_taken_over(editors_desk: EditorsDesk, found: Any) -> None:
    proposal = found("e", changes=(Change(field="title", before="Iets van toen", after="Nieuw"),))
    before = len(editors_desk.editorial.change_sets.list())

    done = editors_desk.post(f"/desk/redactie/voorstellen/{proposal.id}/overnemen")

    assert done.status_code == 409
    assert "is gewijzigd nadat de bron werd gelezen" in editors_desk.get(f"/desk/redactie/voorstellen/{proposal.id}")
    assert len(editors_desk.editorial.change_sets.list()) == before, "no empty change is left behind"


def test_given_something_new_then_it_may_be_what_is_there_already(editors_desk: EditorsDesk, found: Any) -> None:
    faq = {"kind": "faq", "title": "Wat is het collegegeld?"}
    changes = tuple(Change(field=name, after=value) for name, value in faq.items())
    proposal = found("f", kind="new", item_id="collegegeld-nieuw", changes=changes)
    path = f"/desk/redactie/voorstellen/{proposal.id}"

    refused = editors_desk.post(f"{path}/hetzelfde", {"onderdeel": "bestaat-niet"})
    editors_desk.post(f"{path}/hetzelfde", {"onderdeel": KEY.id})

    assert refused.status_code == 409
    assert editors_desk.proposals.aliases("f") == {"collegegeld-nieuw": KEY.id}


def test_given_a_demand_that_no_rule_knows_then_it_becomes_a_draft_of_a_rule(
    editors_desk: EditorsDesk, found: Any
) -> None:
    rule = {
        "id": "zij-instroom-po-gevraagde-leeftijd", "route": "zij-instroom-po", "statement": "Je bent 21 jaar of ouder.",
        "condition": {"fact": "age", "at_least": 21}, "needs_adviser": "Een loket vraagt dit.", "confidence": "low",
        "sources": [editors_desk.app.state.knowledge.catalogue.rules[0].sources[0]],
    }  # fmt: skip
    changes = tuple(Change(field=name, after=value) for name, value in rule.items())
    proposal = found("r", kind="new", group="rules", item_id=rule["id"], title="Een leeftijd", changes=changes)
    path = f"/desk/redactie/voorstellen/{proposal.id}"

    page = editors_desk.get(path)
    done = editors_desk.post(f"{path}/overnemen")

    assert "Je bent 21 jaar of ouder." in page
    change_set = done.headers["location"].rsplit("/", 1)[1]
    draft = editors_desk.editorial.revisions.draft(change_set, ItemKey("rules", str(rule["id"])))
    assert draft
    assert draft.content
    assert draft.content["condition"] == rule["condition"]


def test_given_a_page_that_two_lokets_tell_then_it_is_shown_with_both_and_may_be_what_is_there(
    editors_desk: EditorsDesk, found: Any
) -> None:
    proposal = found("dubbel", kind="double", item_id="dubbel-abc", title="Hoe een gesprek gaat", changes=())
    path = f"/desk/redactie/voorstellen/{proposal.id}"

    page = editors_desk.get(path)
    editors_desk.post(f"{path}/hetzelfde", {"onderdeel": KEY.id})

    assert "Dit staat er al, onder een andere naam" in page
    assert "Overnemen als concept" not in page
    assert editors_desk.proposals.aliases("dubbel") == {"dubbel-abc": KEY.id}


@pytest.mark.parametrize("step", ["een", "twee"])
def test_given_two_things_that_may_be_one_then_it_is_asked_and_remembered_whichever_is_seen(
    editors_desk: EditorsDesk, found: Any, step: str
) -> None:
    pair = (f"evenement-{step}", KEY.id)
    words = Evidence(
        words="Een <b>avond</b> in De Duinroos", alike=("De Duinroos",), publisher="Loket zee",
        seen_on=date(2026, 11, 28), confidence="high",
    )  # fmt: skip
    proposal = found(
        f"paren-{step}", kind="double", item_id=pair_id(*pair), pair=pair, title="Een avond", changes=(), evidence=(words, words)
    )  # fmt: skip
    path = f"/desk/redactie/voorstellen/{proposal.id}"

    raw = editors_desk.browser.get(path).text
    done = editors_desk.post(f"{path}/{step}")

    assert "Is dit hetzelfde?" in raw
    assert "<mark>De Duinroos</mark>" in raw
    assert "&lt;b&gt;avond" in raw
    assert f'href="/desk/redactie/onderdeel/records/{KEY.id}"' in raw
    assert "Overnemen als concept" not in raw
    assert done.status_code == 303
    assert "Onthouden" in editors_desk.get(done.headers["location"])
    known = editors_desk.proposals.pairs()
    assert (known.says_same(*pair), known.says_different(*reversed(pair))) == (step == "een", step == "twee")
    assert editors_desk.post(f"{path}/{step}").status_code == 409
    assert proposal.damage == 12, "who leans on either of the two waits for it"


def test_given_no_pair_then_it_cannot_be_called_one(editors_desk: EditorsDesk, found: Any) -> None:
    proposal = found("geen-paar")

    assert editors_desk.post(f"/desk/redactie/voorstellen/{proposal.id}/een").status_code != 303
    assert editors_desk.proposals.get(proposal.id).state == "open"  # type: ignore[union-attr]


def test_given_hostile_words_and_address_then_nothing_of_it_runs_or_opens(
    editors_desk: EditorsDesk, found: Any
) -> None:
    proposal = found("g", url="javascript:alert(1)")

    page = editors_desk.browser.get(f"/desk/redactie/voorstellen/{proposal.id}").text

    assert "&lt;b&gt;anders" in page
    assert "javascript:alert" not in page


def test_given_an_item_of_another_region_then_it_is_left_to_them(editors_desk: EditorsDesk, found: Any) -> None:
    other = next(
        each for each in editors_desk.app.state.knowledge.catalogue
        if each.regions and "haaglanden" not in each.regions
    )  # fmt: skip
    proposal = found("h", item_id=other.id)

    done = editors_desk.post(f"/desk/redactie/voorstellen/{proposal.id}/weigeren", {"waarom": "weg ermee"})

    assert done.status_code == 403
    assert editors_desk.proposals.get(proposal.id).state == "open"  # type: ignore[union-attr]
