"""Who looks after an item: chosen by editors, used in upkeep, in the weekly mail and to ask for review, seen by nobody else."""

import csv
import io
import re
from datetime import date

import pytest

from assistant.accounts.account import Account
from assistant.accounts.role import Role
from assistant.editor.dependencies import found_now
from assistant.editor.digest import Week, digest_mail
from assistant.storage.accounts import AccountStore
from assistant.storage.gaps import GapWeek
from assistant.storage.leaning import Leaning
from knowledge.publishing.item import ItemKey
from knowledge.publishing.keeping import Keeper
from knowledge.publishing.revisions import Editor
from tests.assistant.editor.conftest import PASSWORD, EditorsDesk

KEY = ItemKey("records", "intern-begeleider-worden")
CHOOSE = f"/desk/redactie/zorg/records/{KEY.id}"
LIST = "/desk/redactie/onderhoud"


@pytest.fixture(scope="module")
def colleagues(editors_desk: EditorsDesk) -> dict[str, Account]:
    """Two editors of this region, and somebody who only advises here."""
    with editors_desk.app.state.sessions.begin() as session:
        store = AccountStore(session)
        return {
            "noor": store.get(editors_desk.account_id),
            "daan": store.add("daan@example.org", "Daan Smit", ("haaglanden",), PASSWORD, Role.EDITOR),
            "ada": store.add("ada@example.org", "Ada Vos", {"haaglanden": Role.ADVISER, "hak": Role.EDITOR}, PASSWORD),
        }


def listed(desk: EditorsDesk, zorg: str) -> dict[str, str]:
    """By id of what is listed as never used who looks after it."""
    response = desk.browser.get(f"{LIST}.csv", params={"lijst": "ongebruikt", "zorg": zorg})
    assert response.status_code == 200
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))[4:]
    return {row[2]: row[10] for row in rows}


def test_an_item_is_somebodys_work_or_a_regions_and_upkeep_shows_whose(
    editors_desk: EditorsDesk, colleagues: dict[str, Account]
) -> None:
    version = editors_desk.editorial.publisher.catalogue().version
    assert listed(editors_desk, "-")[KEY.id] == ""
    assert listed(editors_desk, "mij") == {}

    back = f"{LIST}?lijst=ongebruikt"
    mine = editors_desk.post(CHOOSE, {"wie": editors_desk.account_id, "terug": back})

    assert mine.headers["location"] == f"{back}&gedaan=zorg"
    assert listed(editors_desk, "mij") == {KEY.id: "Noor Bakker"} == listed(editors_desk, editors_desk.account_id)
    assert KEY.id not in listed(editors_desk, "-")
    assert KEY.id in listed(editors_desk, "")

    editors_desk.post(CHOOSE, {"wie": colleagues["daan"].id})
    assert listed(editors_desk, "mij") == {}
    form = editors_desk.get(f"/desk/redactie/onderdeel/records/{KEY.id}")
    assert re.search(r'<option value="[^"]+" selected>Daan Smit<', form)

    editors_desk.post(CHOOSE, {"wie": "haaglanden"})
    assert listed(editors_desk, "mij") == {KEY.id: "iedereen van Haaglanden"}
    editors_desk.post(CHOOSE, {"wie": ""})
    assert listed(editors_desk, "mij") == {}
    assert editors_desk.editorial.publisher.catalogue().version == version, "visitors never see it"


def test_who_does_not_edit_here_is_not_chosen_and_another_regions_item_is_left_alone(
    editors_desk: EditorsDesk, colleagues: dict[str, Account]
) -> None:
    elsewhere = next(
        key for key in editors_desk.editorial.delivered.items
        if key.group == "records" and (editors_desk.editorial.revisions.published(key) or {}).get("regions") == ["hak"]
    )  # fmt: skip

    assert editors_desk.post(CHOOSE, {"wie": colleagues["ada"].id}).status_code == 409
    assert editors_desk.post(CHOOSE, {"wie": "hak"}).status_code == 409
    theirs = editors_desk.post(f"/desk/redactie/zorg/records/{elsewhere.id}", {"wie": editors_desk.account_id})
    assert theirs.status_code == 403
    assert editors_desk.post("/desk/redactie/zorg/records/bestaat-niet", {"wie": ""}).status_code == 404
    assert editors_desk.editorial.keepers.of(KEY) is None
    assert "Wie zorgt hiervoor" not in editors_desk.get(f"/desk/redactie/onderdeel/records/{elsewhere.id}")


def test_the_weekly_mail_tells_each_their_own_and_what_nobody_looks_after(
    editors_desk: EditorsDesk, colleagues: dict[str, Account]
) -> None:
    store, by, today = editors_desk.editorial, Editor("1", "Noor"), date(2029, 1, 8)
    weeks = [GapWeek(today, 1, 1, 1, 1)] * 3

    def told(name: str) -> int:
        found = found_now(store, Leaning(editors_desk.app.state.sessions), today)
        mail = digest_mail(colleagues[name], Week(found, 0, (), weeks), "https://loket.example")
        return int(re.findall(r"(\d+) onderdelen zijn over de datum", mail.body)[0])

    found = found_now(store, Leaning(editors_desk.app.state.sessions), today)
    overdue = next(each.entry.key for each in found.upkeep.overdue(today, {}) if not each.entry.regions)
    noor, daan = told("noor"), told("daan")
    store.keepers.put(overdue, Keeper(account_id=colleagues["daan"].id, name="Daan Smit"), by)

    assert told("daan") == daan
    assert told("noor") == noor - 1
    store.keepers.put(overdue, Keeper(region="haaglanden"), by)
    assert (told("noor"), told("daan")) == (noor, daan)
    store.keepers.put(overdue, Keeper(region="hak"), by)
    assert (told("noor"), told("daan")) == (noor - 1, daan - 1)
    store.keepers.put(overdue, None, by)


def test_who_looks_after_it_is_asked_to_look_at_a_change_of_it(
    editors_desk: EditorsDesk, colleagues: dict[str, Account]
) -> None:
    editorial, noor = editors_desk.editorial, Editor(editors_desk.account_id, "Noor Bakker", ("haaglanden",))
    content = editorial.revisions.published(KEY)
    assert content is not None
    change = editorial.change_sets.begin("Andere uitleg", noor).id
    editorial.revisions.save(change, KEY, {**content, "summary": "Intern begeleider word je na een opleiding."}, noor)

    def asked() -> list[str]:
        page = editors_desk.get(f"/desk/redactie/wijziging/{change}")
        return re.findall(r'<option value="([^"]+)" selected>', page)

    assert asked() == []
    editorial.keepers.put(KEY, Keeper(account_id=colleagues["daan"].id, name="Daan Smit"), noor)
    assert asked() == [colleagues["daan"].id]
    editorial.keepers.put(KEY, Keeper(account_id=noor.id, name=noor.name), noor)
    assert asked() == [], "nobody is asked to look at their own"
