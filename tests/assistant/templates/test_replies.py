"""What visitors read: each template in two languages, each status with its sentence."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.answer import AnswerStatus
from assistant.answering.compose import TEMPLATES, Composed
from assistant.answering.consult.offers import Offers
from assistant.answering.evidence import Grounds
from assistant.answering.reply import TextBlock
from assistant.answering.said import said_in
from assistant.answering.turn import Finding
from assistant.answering.verify import Verified, Verifier
from assistant.eligibility.profile import KnownFact
from assistant.eligibility.verdict import Eligibility
from assistant.money.chart import year_groups
from assistant.money.finances import Finances
from assistant.money.telling import told
from knowledge.article import Article
from knowledge.catalogue import Catalogue
from knowledge.event import Event, Orientation
from knowledge.fact import Localised
from knowledge.money import Cost, Subsidy
from knowledge.passage import passages_of
from knowledge.place import Institution, Loket, Municipality, Region
from knowledge.programme import Programme
from knowledge.record import Conflict, Record, Translation
from knowledge.route import Route

Write = Callable[..., tuple[Composed, Verified]]
LOCALES = ("nl", "en")
NAMES = sorted(path.stem for path in (TEMPLATES / "nl").glob("*.md"))
HOSTILE = "<img src=x onerror=alert(1)> **vet** [klik](javascript:alert(1)) \u27e69\u27e7 # kop"


@pytest.fixture(scope="module")
def values(catalogue_of_content: Catalogue, today: Any) -> dict[str, Any]:
    """Something for every name that a template uses."""
    catalogue = catalogue_of_content
    route = catalogue.get("zij-instroom-po", Route)
    verdicts = Eligibility(catalogue, today).verdicts({"sector": frozenset({"po"}), "diploma_level": "hbo-bachelor"})
    cost = catalogue.get("wettelijk-collegegeld", Cost)
    school = catalogue.get("kosten-geschiktheidsonderzoek", Cost)
    finances = Finances(catalogue, today)
    picture = told(finances.picture(route.id, {}), catalogue)
    delft = catalogue.municipalities["delft"]
    boards = tuple(each for each in catalogue.all(Institution) if delft.id in each.municipalities)
    programmes = tuple(each for each in catalogue.all(Programme) if route.id in each.routes)
    guessed = KnownFact(name="subject", value="wiskunde", origin="inferred", words="wiskunde")
    return {
        "route": route,
        "routes": (route, catalogue.get("pabo-deeltijd", Route)),
        "aspect": "",
        "institutions": catalogue.linked(route.institutions, Institution),
        "subsidy": catalogue.get("stap-budget", Subsidy),
        "record": cost,
        "main": cost,
        "records": (cost, school),
        "others": (school,),
        "yours": (cost,),
        "schools": (school,),
        "more": (school,),
        "intent": "cost",
        "loket": next(iter(catalogue.all(Loket))),
        "where": (catalogue.get("vacatures-haaglanden", Article),),
        "place": "Delft",
        "municipality": delft,
        "region": catalogue.get("haaglanden", Region),
        "boards": boards[:2],
        "elsewhere": boards[2:3],
        "left_out": 1,
        "unmet": ("job", "municipality"),
        "has_more": True,
        "is_old": True,
        "counted": "2025",
        "small": (catalogue.get("kleine-besturen-haaglanden", Article),),
        "programme": programmes[0],
        "asks_start": True,
        "groups": (Offers("place", programmes[:1]), Offers("far", programmes[1:2])),
        "places": {each.id: ("Delft",) for each in programmes},
        "reason": "Dat is dichtbij.",
        "events": catalogue.all(Event)[:2],
        "offers": catalogue.all(Orientation)[:2],
        "offer": catalogue.all(Orientation)[0],
        "passage": next(passages_of(cost, catalogue.source_of(cost))),
        "excerpt": "Een zin uit een plan.",
        "verdict": verdicts[0],
        "verdicts": verdicts[:3],
        "tells": True,
        "inferred": [guessed],
        "unsure": [Localised(nl="Hoogste diploma", en="Highest diploma")],
        "complete": False,
        "open": 3,
        "first": True,
        "facts": [guessed],
        "profession": "verpleegkundige",
        "skipped": [Localised(nl="Hoogste diploma", en="Highest diploma")],
        "objected": False,
        "everything": False,
        "known": (guessed,),
        "decides": 3,
        "section": "",
        "opening": "Leuk dat je aan het onderwijs denkt.",
        "status": "answered_record",
        "picture": picture,
        "year_groups": year_groups(picture.years, "nl"),
        "unknown": picture.unknown,
        "pairs": ((route, picture),),
        "rule": finances.combination("levenlanglerenkrediet", "tegemoetkoming-leraren"),
        "one": catalogue.get("levenlanglerenkrediet", Subsidy),
        "other": catalogue.get("lerarenbeurs", Subsidy),
    }


def _text(composed: Composed) -> str:
    [block, *_] = composed.reply.blocks
    assert isinstance(block, TextBlock)
    return block.text


def test_every_template_exists_in_both_languages() -> None:
    assert sorted(path.stem for path in (TEMPLATES / "en").glob("*.md")) == NAMES
    assert len(NAMES) > 20


def test_nothing_but_the_two_languages_lies_among_the_replies() -> None:
    assert sorted(path.name for path in TEMPLATES.iterdir()) == ["en", "nl"]
    assert {path.suffix for path in TEMPLATES.rglob("*") if path.is_file()} == {".md"}
    parts = {locale: {path.name for path in (TEMPLATES / locale / "parts").iterdir()} for locale in LOCALES}
    assert parts["nl"] == parts["en"]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", NAMES)
def test_every_template_renders_to_sentences(name: str, locale: str, values: dict[str, Any], write: Write) -> None:
    composed, _ = write(Finding(name, AnswerStatus.ANSWERED_RECORD, values), locale)

    text = _text(composed)
    assert len(text.split()) >= 2
    assert "{" not in text


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "changed",
    [
        {"first": False, "known": ()},
        {"complete": True, "inferred": [], "unsure": []},
        {"others": (), "more": (), "offers": (), "yours": ()},
        {"schools": (), "intent": "subsidy"},
        {"place": None, "tells": False},
        {"intent": "salary"},
        {"municipality": None, "left_out": 0, "counted": ""},
        {"boards": (), "small": (), "where": ()},
        {"asks_start": False, "groups": ()},
    ],
    ids=lambda changed: "-".join(changed),
)
def test_every_template_renders_without_what_may_be_absent(
    name: str, locale: str, changed: dict[str, Any], values: dict[str, Any], write: Write
) -> None:
    if name.startswith("money") and changed.get("intent") == "subsidy":
        grant = values["subsidy"]
        changed = changed | {"main": grant, "records": (grant,), "others": (grant,)}

    composed, _ = write(Finding(name, AnswerStatus.ANSWERED_RECORD, values | changed), locale)

    assert _text(composed) or name == "zelftest_question"


@pytest.mark.parametrize("verdict", ["fits", "possible", "ask_adviser", "does_not_fit"])
@pytest.mark.parametrize("locale", LOCALES)
def test_admission_is_worded_by_verdict_alone(verdict: Any, locale: str, values: dict[str, Any], write: Write) -> None:
    changed = values | {"verdict": replace(values["verdict"], verdict=verdict)}

    text = _text(write(Finding("admission", AnswerStatus.ANSWERED_ADVICE, changed), locale)[0])

    opening = {
        "nl": {"fits": "Ja,", "possible": "Het kan:", "ask_adviser": "Dat kan ik niet alleen", "does_not_fit": "Nee,"},
        "en": {"fits": "Yes,", "possible": "It is possible:", "ask_adviser": "I cannot say", "does_not_fit": "No,"},
    }
    assert text.startswith(opening[locale][verdict])


def _sentence(status: AnswerStatus, locale: str, record: Record, write: Write) -> str:
    """The fixed sentence of a status, without the line that names who is there for the visitor."""
    finding = Finding("status", status, {"status": str(status), "record": record}, cited=(record,))
    return _text(write(finding, locale)[0]).split("\n\n")[0]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_way_a_turn_can_end_has_a_sentence_of_its_own(locale: str, values: dict[str, Any], write: Write) -> None:
    sentences = {status: _sentence(status, locale, values["loket"], write) for status in AnswerStatus}

    assert all(len(sentence.split()) >= 2 for sentence in sentences.values()), sentences
    assert not any(values["loket"].title in sentence for sentence in sentences.values()), sentences
    assert len(set(sentences.values())) == len(AnswerStatus)


def test_the_two_languages_do_not_say_the_same(values: dict[str, Any], write: Write) -> None:
    for status in AnswerStatus:
        said = {_sentence(status, locale, values["loket"], write) for locale in LOCALES}
        assert len(said) == 2, said


@pytest.mark.parametrize("locale", LOCALES)
def test_a_turn_that_ends_early_names_who_is_there_but_a_crisis_names_no_loket(
    locale: str, values: dict[str, Any], write: Write
) -> None:
    for status in (each for each in AnswerStatus if each.startswith(("unanswerable", "guarded", "handed", "error"))):
        finding = Finding("status", status, {"status": str(status), "record": values["loket"]})
        named = values["loket"].title in _text(write(finding, locale)[0])
        assert named is (status is not AnswerStatus.GUARDED_CRISIS)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", NAMES)
def test_hostile_words_in_a_record_are_shown_as_words(
    name: str, locale: str, values: dict[str, Any], write: Write
) -> None:
    hostile = {key: _poisoned(value) for key, value in values.items()}

    composed, _ = write(Finding(name, AnswerStatus.ANSWERED_RECORD, hostile), locale)

    [block, *_] = composed.reply.blocks
    assert isinstance(block, TextBlock)
    assert "<img" not in block.html
    assert "href" not in block.html
    assert 'data-citation="9"' not in block.html
    assert "<strong>vet</strong>" not in block.html
    assert "<h" not in block.html


def _poisoned(value: Any) -> Any:
    """The same with hostile words in every text that a template could show."""
    if isinstance(value, Record):
        english = Translation(title=HOSTILE, summary=HOSTILE)
        claims = [{"says": HOSTILE, "source": "geld-vng-vog", "as_of": "2024"}] * 2
        conflict = Conflict.model_validate({"about": HOSTILE, "claims": claims, "sure": HOSTILE, "ask": HOSTILE})
        texts = {"title": HOSTILE, "summary": HOSTILE, "translations": {"en": english}, "conflicts": (conflict,)}
        own = ("uncertain", "next_step", "income", "qualification", "hours_per_week", "apply_at")
        own += ("starts", "apply_by", "information", "contact")
        return value.model_copy(
            update=texts | {name: HOSTILE for name in own if isinstance(getattr(value, name, ...), str | None)}
        )
    if isinstance(value, Municipality):
        return value.model_copy(update={"name": HOSTILE})
    if isinstance(value, Offers):
        return replace(value, programmes=_poisoned(value.programmes))
    if isinstance(value, dict):
        return {key: _poisoned(each) for key, each in value.items()}
    if isinstance(value, KnownFact):
        return value.model_copy(update={"words": HOSTILE})
    if hasattr(value, "route") and hasattr(value, "verdict"):
        return replace(value, route=_poisoned(value.route))
    if isinstance(value, Localised):
        return Localised(nl=HOSTILE, en=HOSTILE)
    if isinstance(value, (tuple, list)):
        return type(value)(_poisoned(each) for each in value)
    if hasattr(value, "publisher"):
        return value.model_copy(update={"text": HOSTILE, "publisher": HOSTILE})
    return HOSTILE if isinstance(value, str) and value in ("Delft", "Dat is dichtbij.") else value


@pytest.fixture(scope="module")
def disputed(values: dict[str, Any]) -> Record:
    """A cost that two sources give different amounts of, without English words for it."""
    cost: Cost = values["main"]
    one, other = (
        {"says": f"€ {amount} per studiejaar", "source": source, "as_of": as_of}
        for amount, source, as_of in (
            ("2.530", "geld-duo-bedragen-leraar-2017", "2024-08"),
            ("2.537", "geld-vng-vog", "2023"),
        )
    )
    words = {"about": "het bedrag van 2024-2025", "sure": "Je betaalt zelf.", "ask": "Vraag het na bij DUO."}
    return cost.model_copy(update={"conflicts": (Conflict.model_validate(words | {"claims": [one, other]}),)})


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ["money", "money_route", "record"])
def test_where_sources_disagree_the_visitor_reads_both_with_year_and_who_knows(
    name: str, locale: str, disputed: Record, values: dict[str, Any], write: Write
) -> None:
    told = values | {"main": disputed, "record": disputed, "others": (), "schools": ()}

    composed, verified = write(Finding(name, AnswerStatus.ANSWERED_RECORD, told), locale)

    text = _text(composed)
    assert "€ 2.530 per studiejaar (DUO, 2024)" in text
    assert "€ 2.537 per studiejaar (VNG, 2023)" in text
    assert {"nl": "Zeker is: Je betaalt zelf.", "en": "What is certain: Je betaalt zelf."}[locale] in text
    assert text.index("2.537") < text.index("Vraag het na bij DUO.")
    assert {"geld-duo-bedragen-leraar-2017", "geld-vng-vog"} <= {each.record_id for each in composed.reply.citations}
    assert verified.holds, verified.unsupported


def test_a_conflict_that_the_record_does_not_hold_is_caught(
    disputed: Record, values: dict[str, Any], catalogue_of_content: Catalogue, write: Write
) -> None:
    composed, _ = write(Finding("record", AnswerStatus.ANSWERED_RECORD, values | {"record": disputed}), "nl")
    composed.citations.records[disputed.id] = values["main"]

    verified = Verifier({}).verify(said_in(composed.reply), Grounds(catalogue_of_content).of(composed))

    assert "2537" in {claim.value for claim in verified.unsupported}


def test_templates_hold_no_html_and_no_amounts_of_their_own() -> None:
    for path in Path(TEMPLATES).rglob("*.md"):
        words = path.read_text(encoding="utf-8")
        assert "<" not in words.replace("{%", "").replace("<=", ""), path
        assert "€" not in words, path
        assert "|safe" not in words, path
