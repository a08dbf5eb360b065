"""Jobs and events in the forms in which sites list them."""

from datetime import date, datetime
from typing import Any

import pytest

from ingestion.extract.finding import EventFound, Finding, PageKind, VacancyFound
from ingestion.extract.reading import ConvertedPage, read_page
from ingestion.extract.vocabulary import Vocabulary, vocabulary_of
from knowledge.reader import read_catalogue

READ_ON = date(2026, 10, 5)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return vocabulary_of(read_catalogue())


def read(content: str, vocabulary: Vocabulary, title: str = "") -> tuple[PageKind, list[Any]]:
    page = read_page(ConvertedPage(content, READ_ON, title), vocabulary)
    return page.kind, [each.value for each in page.findings if each.kind in {"vacancy", "event"}]


def test_a_page_about_one_job_with_labels_in_bold(vocabulary: Vocabulary) -> None:
    kind, [job] = read(
        "# Leerkracht groep 6/7 (0,6 fte)\n\n**Sluitingsdatum** 23 oktober 2026\n\nOBS De Springplank is een school in Rijswijk.\n\n"
        "## Wij bieden\n\n- Een salaris in schaal LB (€ 3.622 – € 5.520 bruto)\n\n## Solliciteren\n\n"
        "Stuur je cv. Zij-instromers met een geschiktheidsverklaring zijn welkom!",
        vocabulary,
    )

    assert kind is PageKind.VACANCY
    assert (job.title, job.school, job.municipality) == ("Leerkracht groep 6/7", "OBS De Springplank", "Rijswijk")
    assert (str(job.fte_at_least), job.scale, job.closes_on) == ("0.6", "LB", date(2026, 10, 23))
    assert (job.sector, job.welcomes_zij_instromers) == ("po", True)


def test_a_job_that_zij_instromers_cannot_take_says_so(vocabulary: Vocabulary) -> None:
    _, [job] = read(
        "# Docent Biologie\n\nLocatie: Zoetermeer\nReageren vóór: 1-11-2026\n\nHet Oranje Lyceum zoekt een docent voor 0,5 fte. "
        "Wij kunnen helaas geen zij-instroomtraject aanbieden.",
        vocabulary,
    )

    assert (job.subject, job.sector, job.welcomes_zij_instromers) == ("biologie", "vo", False)


def test_a_list_with_a_line_a_job(vocabulary: Vocabulary) -> None:
    kind, jobs = read(
        "# Vacatures\n\n- **Leraar groep 4** – De Schelp, Noordwijk – 0,8 fte – reageren t/m 12 november\n"
        "- **Docent Frans** – Oosterduin, Lisse – 0,4 fte – reageren t/m 15 november",
        vocabulary,
    )

    assert kind is PageKind.VACANCIES
    assert [(each.title, each.school, each.municipality, each.closes_on) for each in jobs] == [
        ("Leraar groep 4", "De Schelp", "Noordwijk", date(2026, 11, 12)),
        ("Docent Frans", "Oosterduin", "Lisse", date(2026, 11, 15)),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "# Docent worden in het mbo\n\nJe hebt een aanstelling van ten minste 0,4 fte nodig. Je bent bevoegd na anderhalf jaar.",
        "# Wat verdient een leraar?\n\nIn schaal LB verdien je € 3.622. Een baan van 1 fte is 40 uur per week.",
        "# Adviseur zij-instroom\n\nBel of mail onze adviseur.",
        "# Vacatures\n\nEr zijn nu geen vacatures. Reageer op een open sollicitatie.",
    ],
)
def test_a_page_about_the_work_in_general_offers_no_job(content: str, vocabulary: Vocabulary) -> None:
    assert read(content, vocabulary)[1] == []


def test_an_agenda_with_a_heading_a_month_and_a_line_an_event(vocabulary: Vocabulary) -> None:
    kind, [online, open_day] = read(
        "# Agenda\n\n## november 2026\n\n- 12 nov | 19.00 – 20.30 uur | Online informatieavond leraar worden\n"
        "- 19 nov | 15.30 uur | Open middag Vmbo De Werf, Rijswijk\n- 1 oktober 2025 | 10.00 uur | Open dag van toen",
        vocabulary,
    )

    assert kind is PageKind.EVENTS
    assert (online.title, online.starts_at, online.is_online) == (
        "Online informatieavond leraar worden",
        datetime(2026, 11, 12, 19, 0),  # noqa: DTZ001
        True,
    )
    assert (open_day.title, open_day.municipality) == ("Open middag Vmbo De Werf", "Rijswijk")


def test_what_has_been_is_no_event_to_go_to(vocabulary: Vocabulary) -> None:
    _, found = read("# Open dag\n\nOp 12 september 2026 van 10.00 tot 14.00 uur was de open dag in Leiden.", vocabulary)

    assert found == []


def test_several_days_in_a_row_are_one_event(vocabulary: Vocabulary) -> None:
    _, [event] = read(
        "# Expeditie voor de klas\n\nOp 14 en 15 januari 2027 van 09.00 tot 16.00 uur in Den Haag.", vocabulary
    )

    assert isinstance(event, EventFound)
    assert event.ends_at == datetime(2027, 1, 15, 16, 0)  # noqa: DTZ001


def test_a_finding_of_a_job_quotes_what_it_was_read_from(vocabulary: Vocabulary) -> None:
    content = (
        "# Leraar Duits\n\nLyceum De Brug in Gouda zoekt een leraar Duits voor 0,5 fte. Reageer voor 1 december 2026."
    )

    [job] = [each for each in read_page(ConvertedPage(content, READ_ON), vocabulary).findings if each.kind == "vacancy"]

    assert isinstance(job, Finding)
    assert isinstance(job.value, VacancyFound)
    assert job.words == content.partition("\n\n")[2]
