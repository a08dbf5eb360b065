"""Where can I follow this, when does it start, who has schools here: answered from programmes and institutions."""

from collections.abc import Callable

import pytest

from assistant.answering.answer import AnswerStatus
from assistant.answering.pipeline import Answered
from assistant.answering.reply import Reply

Ask = Callable[..., Answered]


def _text(reply: Reply) -> str:
    return "\n".join(block.text for block in reply.blocks if block.type == "text")


def _cited(reply: Reply) -> list[str]:
    return [citation.record_id for citation in reply.citations]


def test_who_asks_where_hears_the_own_region_first_and_other_places_as_such(ask_full: Ask) -> None:
    reply = ask_full("waar kan ik de pabo in deeltijd doen bij mij in de buurt").reply

    text = _text(reply)
    assert reply.status is AnswerStatus.ANSWERED_LIST
    assert text.index("In jouw regio") < text.index("Buiten jouw regio")
    assert (
        text.index("Inholland (Den Haag)") < text.index("Buiten jouw regio") < text.index("Hogeschool Leiden (Leiden)")
    )
    assert "september of februari" in text
    assert {"inholland-pabo-deeltijd", "hsleiden-pabo-flexibele-deeltijd"} <= set(_cited(reply))


def test_who_lives_elsewhere_hears_another_list(ask_full: Ask) -> None:
    reply = ask_full("waar kan ik de pabo in deeltijd doen bij mij in de buurt", region="hak").reply

    text = _text(reply)
    assert "Inholland (Haarlem)" in text
    assert text.index("Inholland (Haarlem)") < text.index("Hogeschool van Amsterdam (Amsterdam)")


def test_a_bare_town_goes_on_with_the_question_where(ask_full: Ask) -> None:
    first = ask_full("waar kan ik de pabo in deeltijd doen bij mij in de buurt")
    assert any(block.type == "question" and block.fact == "municipality" for block in first.reply.blocks)

    reply = ask_full("Leiden", state=first.state).reply

    text = _text(reply)
    assert text.index("In Leiden") < text.index("Hogeschool Leiden (Leiden)")


def test_a_town_that_is_a_verb_too_is_heard_beside_a_route(ask_full: Ask) -> None:
    reply = ask_full("zij-instroom po leiden welke hogeschool").reply

    text = _text(reply)
    assert text.index("In Leiden") < text.index("Zij-instroom pabo bij Hogeschool Leiden") < text.index("In jouw regio")


def test_the_start_of_one_programme_is_told_or_said_to_be_unknown_with_who_knows(ask_full: Ask) -> None:
    unknown = ask_full("wanneer start de deeltijd pabo van inholland").reply
    known = ask_full("wanneer start de flexibele deeltijd pabo van hogeschool leiden").reply

    assert "staat niet op de pagina die wij kennen" in _text(unknown)
    assert "pabo.denhaag@inholland.nl" in _text(unknown)
    assert _cited(unknown) == ["inholland-pabo-deeltijd"]
    assert "september of februari" in _text(known)


def test_what_has_ended_is_not_offered(ask_full: Ask) -> None:
    reply = ask_full("waar kan ik in deeltijd de tweedegraads lerarenopleiding volgen", region="hak").reply

    assert "inholland-tweedegraads-gestopt" not in _cited(reply)


@pytest.mark.parametrize(
    ("question", "record"),
    [
        ("wat kost de pabo", "wettelijk-collegegeld"),
        ("hoe lang duurt de deeltijd pabo", "pabo-deeltijd"),
        ("kan ik de pabo online doen", "faq-online"),  # its very title
        ("wanneer begint de pabo", "faq-wanneer-starten"),
    ],
)
def test_a_question_about_a_route_or_its_cost_stays_about_that(ask_full: Ask, question: str, record: str) -> None:
    assert _cited(ask_full(question).reply)[0] == record


def test_a_programme_that_is_called_by_its_own_name_is_told(ask_full: Ask) -> None:
    reply = ask_full("vertel meer over het world teachers programme").reply

    assert _cited(reply)[0] == "iclon-leraar-vho"


def test_the_boards_of_a_town_are_listed_with_the_largest_first(ask_full: Ask) -> None:
    reply = ask_full("welke schoolbesturen zijn er in Delft").reply

    cited = _cited(reply)
    assert cited[:3] == ["bestuur-laurentius-stichting", "bestuur-librijn", "bestuur-sco-delft"]
    assert "9 locaties van basisscholen" in _text(reply)
    assert "De aantallen zijn van 2026." in _text(reply)
    assert "kleine-besturen-haaglanden" in cited


def test_boards_of_another_sector_are_left_out(ask_full: Ask) -> None:
    reply = ask_full("welke schoolbesturen zijn er in Zoetermeer voor het basisonderwijs").reply

    assert {"bestuur-unicoz", "bestuur-opoz"} <= set(_cited(reply))
    assert "mborijnland" not in _cited(reply)


def test_boards_of_which_the_town_is_not_known_are_said_to_be_so(ask_full: Ask) -> None:
    text = _text(ask_full("welke schoolbesturen zijn er in Haarlem voor het voortgezet onderwijs").reply)

    assert text.index("Dunamare") < text.index("de plaats kennen wij niet") < text.index("College Hageveld")


def test_no_board_of_ours_is_told_as_one_of_a_town_elsewhere(ask_full: Ask) -> None:
    for town in ("Gouda", "Groningen"):
        assert not any(
            each.startswith("bestuur-") for each in _cited(ask_full(f"welke besturen zijn er in {town}").reply)
        )


def test_who_takes_part_in_a_training_school_is_told_from_its_record(ask_full: Ask) -> None:
    reply = ask_full("wie zit er in OPLIS").reply

    assert _cited(reply) == ["oplis"]
    assert "Lucas Onderwijs" in _text(reply)


def test_vacancies_of_a_board_point_at_the_board(ask_full: Ask) -> None:
    reply = ask_full("vacatures bij lucas onderwijs").reply

    assert _cited(reply) == ["bestuur-lucas-onderwijs"]
    assert "lucasonderwijs.nl" in _text(reply)


@pytest.mark.parametrize(
    "question",
    [
        "mijn dochter heet noor en wil juf worden",
        "ik ben iris en wil leraar worden",
        "kan ik lesgeven aan kinderen in het autisme spectrum",
        "ik wil les geven aan jonge kinderen",
        "waar kan ik meer primair onderwijs informatie krijgen",
    ],
)
def test_a_board_whose_name_is_an_ordinary_word_does_not_hijack_the_question(ask_full: Ask, question: str) -> None:
    assert not any(each.startswith("bestuur-") for each in _cited(ask_full(question).reply))
