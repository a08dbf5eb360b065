"""Only cases that a change can touch are asked anew, and nothing is missed by that."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings
from evaluation.case import Case
from evaluation.casebook import read_casebook
from evaluation.consequences import answers
from evaluation.consequences.answers import answers_before, changed_answers
from evaluation.consequences.asking import Advance, Asker, CaseAnswer, Look, asked_of
from evaluation.consequences.leant import ALL_ROUTES, Leant
from evaluation.consequences.reach import Reach, groups_not_known, reach_of
from knowledge.catalogue import Content
from knowledge.publishing.item import ItemKey, dumped, items_of, overlaid, parsed
from knowledge.reader import publish, read_content

TODAY = date(2026, 12, 1)
FEE = ItemKey("records", "wettelijk-collegegeld")
TERM = ItemKey("records", "bevoegdheid")
RULE = ItemKey("rules", "pabo-voltijd-vooropleiding")
EVERY = 20
"""One in so many of the development cases is asked here."""


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content()


def edited(content: Content, key: ItemKey, **fields: Any) -> Content:
    data = {**dumped(dict(items_of(content))[key]), **fields}
    return overlaid(content, {key: parsed(key.group, data)})


def dearer(content: Content) -> Content:
    [first, *others] = dumped(dict(items_of(content))[FEE])["amounts"]
    return edited(content, FEE, amounts=[{**first, "value": "2999"}, *others])


def renamed(content: Content) -> Content:
    term = dumped(dict(items_of(content))[TERM])
    return edited(content, TERM, title="Lesbevoegdheid", also_called=[*term["also_called"], "lesrecht"])


def stricter(content: Content) -> Content:
    return edited(content, RULE, condition={"fact": "diploma_level", "one_of": ["wo-master", "phd"]})


EDITS = {"an amount": dearer, "a name": renamed, "a rule": stricter}


def a_case() -> Case:
    return next(each for each in read_casebook().cases if each.question)


def test_of_every_group_of_the_content_it_is_said_what_it_can_touch() -> None:
    assert not groups_not_known()


def test_an_amount_touches_what_leaned_on_its_record_and_what_walked_all_costs(content: Content) -> None:
    reach = reach_of(publish(content), publish(dearer(content)))

    assert reach.touches(a_case(), Leant(read=frozenset({FEE.id}), considered=frozenset(), is_plain=True), "")
    assert reach.touches(a_case(), Leant(read=frozenset({"kind cost"}), considered=frozenset(), is_plain=True), "")
    assert not reach.touches(
        a_case(), Leant(read=frozenset({"vog"}), considered=frozenset({FEE.id}), is_plain=True), ""
    )


def test_a_rule_touches_whoever_was_judged_and_no_other(content: Content) -> None:
    reach = reach_of(publish(content), publish(stricter(content)))

    assert reach.touches(a_case(), Leant(read=frozenset({ALL_ROUTES}), considered=frozenset()), "")
    assert not reach.touches(a_case(), Leant(read=frozenset({"vog"}), considered=frozenset()), "")
    assert not reach.names
    assert not reach.passages


def test_a_name_touches_who_might_have_meant_it_and_replies_that_have_it(content: Content) -> None:
    loket = next(each for each in content.records if each.kind == "loket")
    after = edited(content, ItemKey("records", loket.id), title="Onderwijsloket Anders Genaamd")
    reach = reach_of(publish(content), publish(after))
    plain = Leant(read=frozenset(), considered=frozenset(), is_plain=True)

    assert reach.names
    assert reach.touches(a_case(), replace_considered(plain, loket.id), "")
    assert reach.touches(a_case(), plain, f"Bel {loket.title.upper()} even.")


def replace_considered(leant: Leant, id_: str) -> Leant:
    return leant.model_copy(update={"considered": frozenset({id_})})


def test_example_sentences_and_what_is_new_can_touch_every_answer(content: Content) -> None:
    _, *others = content.phrasings
    fewer = replace(content, phrasings=tuple(others))
    shorter = replace(content, records=content.records[1:])

    assert "voorbeeldzinnen" in reach_of(publish(content), publish(fewer)).everything
    assert reach_of(publish(content), publish(shorter)).everything
    assert reach_of(publish(content), publish(content)) == Reach()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, furnish: Callable[[Path], None]) -> Settings:
    var = tmp_path_factory.mktemp("var")
    furnish(var)
    return Settings(var=var, embedder="none")


def test_what_is_published_is_asked_once_in_processes_of_their_own_and_kept(
    content: Content, settings: Settings
) -> None:
    cases = read_casebook().only("dev").cases[:2]
    told = list[int]()

    first = answers_before(content, settings, TODAY, cases, lambda done, _of: told.append(done))
    again = answers_before(content, settings, TODAY, cases, lambda _done, _of: pytest.fail("asked again"))

    assert told[-1] == 2
    assert first == again
    assert all(each.leant is not None and each.leant.read for each in again.values())


@pytest.fixture(scope="module")
def asked_here() -> Iterator[None]:
    """Everything is asked in this process: several of them are opened once a content, not once a look."""
    askers = dict[str, Asker]()

    def looked(look: Look, places: Sequence[int], _: Advance) -> Iterator[tuple[str, CaseAnswer | None]]:
        version = publish(look.content).version
        if version not in askers:
            askers[version] = Asker(look)
        return asked_of(askers[version], look, places)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(answers, "looked", looked)
        yield


@pytest.mark.usefixtures("asked_here")
@pytest.mark.parametrize("name", EDITS)
def test_the_short_way_finds_what_asking_everything_finds(content: Content, settings: Settings, name: str) -> None:
    cases = [
        *read_casebook().only("dev").cases[::EVERY],
        *[each for each in read_casebook().cases if "collegegeld" in each.question][:3],
    ]
    after = EDITS[name](content)

    short = changed_answers(content, after, settings, TODAY, cases)
    whole = changed_answers(content, after, settings, TODAY, cases, ask_all=True)

    assert short.changes == whole.changes
    assert short.warnings == whole.warnings
    assert short.asked < whole.asked == len(cases)
    assert short.why
