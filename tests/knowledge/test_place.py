"""Lokets, regions and municipalities as records."""

from typing import Any

import pytest
from pydantic import ValidationError

from knowledge.place import Institution, Loket, Membership, Municipality, Region
from knowledge.record import Kind


def loket(**given: Any) -> Loket:
    base = {"id": "rode-loper", "title": "De Rode Loper", "summary": "Loket voor het vo.", "sources": ["plan"]}
    return Loket.model_validate({**base, "status": "active", **given})


def test_a_loket_takes_candidates_over_unless_its_record_says_no() -> None:
    assert loket().takes_leads
    assert not loket(takes_leads=False).takes_leads


def test_a_loket_that_has_ended_says_so_when_it_is_told() -> None:
    told = list(loket(status="ended", email="info@example.org").details())

    assert told == ["Dit loket is gestopt.", "info@example.org"]


def test_a_loket_that_is_replaced_points_at_another_loket() -> None:
    assert ("replaced_by", Kind.LOKET, "word-leraar") in set(loket(replaced_by="word-leraar").references())


def test_a_region_points_at_the_loket_that_answers_by_default() -> None:
    region = Region.model_validate(
        {"id": "ldb", "title": "Leiden", "summary": "Een onderwijsregio.", "sources": ["plan"], "default_loket": "x"}
    )

    assert ("default_loket", Kind.LOKET, "x") in set(region.references())


def test_a_membership_without_sectors_holds_for_all_of_them() -> None:
    municipality = Municipality(id="delft", name="Delft", regions=(Membership(region="haaglanden"),))

    assert municipality.regions[0].sectors == ()


@pytest.mark.parametrize("hours", [{"days": []}, {"days": ["maandag"]}, {"opens": "25:00"}])
def test_opening_hours_need_days_of_the_week_and_times_of_the_day(hours: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        loket(hours=[{"days": ["ma"], "opens": "09:00", "closes": "17:00", **hours}])


def test_a_phone_or_mail_that_is_not_known_is_not_told() -> None:
    assert list(loket().details()) == []


def test_an_institution_tells_where_it_is() -> None:
    hhs = Institution.model_validate(
        {
            "id": "hhs",
            "type": "hogeschool",
            "title": "De Haagse",
            "summary": "Een hogeschool.",
            "sources": ["x"],
            "places": ["Den Haag", "Delft"],
        }
    )

    assert list(hhs.details()) == ["Plaatsen: Den Haag, Delft."]


def test_a_partnership_points_at_the_institutions_in_it() -> None:
    oplis = Institution.model_validate(
        {
            "id": "oplis",
            "type": "opleidingsschool",
            "title": "OPLIS",
            "summary": "Scholen die samen opleiden.",
            "sources": ["x"],
            "partners": ["hogeschool-leiden"],
        }
    )

    assert ("partners", Kind.INSTITUTION, "hogeschool-leiden") in set(oplis.references())
