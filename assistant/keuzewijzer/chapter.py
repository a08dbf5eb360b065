"""One route as a chapter: for whom, how, what it costs, who must do what, and what happens if it goes wrong."""

from assistant.keuzewijzer.cases import cases_of
from assistant.keuzewijzer.choosing import Selection
from assistant.keuzewijzer.document import Agreement, Fact, RouteChapter, Step, Text
from assistant.keuzewijzer.numbering import Numbering
from assistant.keuzewijzer.prose import Part, parts_of
from assistant.keuzewijzer.schemes import cost_records, costs_of, scheme_records, schemes_of
from knowledge.arrangement import Topic
from knowledge.catalogue import Catalogue
from knowledge.place import Institution
from knowledge.programme import Programme
from knowledge.route import Route

_FOR_WHOM = {"Voor wie"}
_NOT_TOLD_HERE = {"Kosten", "Toelating"}
"""Sections of a record's body that another part of the chapter tells."""
_UNSURE = "niet zeker"
_MOST_PROGRAMMES = 6


def chapter_of(catalogue: Catalogue, selection: Selection, route: Route, numbers: Numbering) -> RouteChapter:
    """The chapter about one route; an empty part means that no record says it."""
    refs = numbers.refs(route.sources)
    costs = cost_records(catalogue, selection, route)
    schemes = scheme_records(catalogue, selection, route.subsidies)
    parts = parts_of(route.body)
    unsure = [part for part in parts if _UNSURE in part.title.lower()]
    told = [part for part in parts if part not in unsure and part.title not in _NOT_TOLD_HERE]
    return RouteChapter(
        id=route.id,
        title=route.title,
        summary=Text(text=route.summary, refs=refs),
        pay_while_learning=route.pay_while_learning,
        facts=_facts(route, numbers),
        for_whom=tuple(Part(title="", blocks=part.blocks) for part in told if part.title in _FOR_WHOM),
        how=tuple(part for part in told if part.title not in _FOR_WHOM),
        admission=_admission(catalogue, selection, route, numbers),
        steps=tuple(Step(title=each.title, text=each.text, duration=each.duration) for each in route.steps),
        first_step=route.next_step,
        costs=costs_of(catalogue, selection, route, numbers),
        schemes=schemes_of(catalogue, selection, route.subsidies, numbers),
        agreements=(
            Agreement(
                side="De school",
                rights=_arranged(catalogue, selection, route, "school-right", numbers),
                duties=_arranged(catalogue, selection, route, "school-duty", numbers),
            ),
            Agreement(
                side="De kandidaat",
                rights=_arranged(catalogue, selection, route, "candidate-right", numbers),
                duties=_arranged(catalogue, selection, route, "candidate-duty", numbers),
            ),
        ),
        guidance=_arranged(catalogue, selection, route, "guidance", numbers)
        or ((numbers.text(route.support.text, route.support.sources),) if route.support else ()),
        risks=(
            *_arranged(catalogue, selection, route, "risk", numbers),
            *((numbers.text(route.dropout.text, route.dropout.sources),) if route.dropout else ()),
        ),
        cases=cases_of(catalogue, selection, route, numbers),
        programmes=_programmes(catalogue, selection, route, numbers),
        doubts=(
            *((Text(text=route.uncertain, refs=refs),) if route.uncertain else ()),
            *(numbers.text(f"{each.title}: {each.uncertain}", each.sources) for each in costs if each.uncertain),
            *_arranged(catalogue, selection, route, "doubt", numbers),
            *(Text(text=" ".join(block.texts), refs=refs) for part in unsure for block in part.blocks),
        ),
        conflicts=tuple(numbers.conflict(each) for record in (route, *costs, *schemes) for each in record.conflicts),
    )


def _facts(route: Route, numbers: Numbering) -> tuple[Fact, ...]:
    places = ", ".join(route.teaches_in)
    own = numbers.facts(
        route.sources,
        ("Duur", route.duration.in_words() if route.duration else ""),
        ("Tijd per week", route.hours_per_week),
        ("Inkomen van de kandidaat", route.income),
        ("Wat de kandidaat haalt", route.qualification),
        ("Waar de kandidaat mag lesgeven", f"{places[:1].upper()}{places[1:]}." if places else ""),
    )
    starts = numbers.facts(route.starts.sources, ("Start", route.starts.text)) if route.starts else ()
    return (*own, *starts)


def _admission(catalogue: Catalogue, selection: Selection, route: Route, numbers: Numbering) -> tuple[Text, ...]:
    return tuple(
        numbers.text(rule.statement, rule.sources[:2], rule.legal_basis)
        for rule in catalogue.rules
        if rule.route == route.id and rule.kind == "requirement" and rule.is_valid_on(selection.on)
    )


def _arranged(
    catalogue: Catalogue, selection: Selection, route: Route, topic: Topic, numbers: Numbering
) -> tuple[Text, ...]:
    return tuple(
        numbers.text(each.text, each.sources, each.legal_basis)
        for each in catalogue.content.arrangements
        if each.topic == topic and route.id in each.routes and each.is_valid_on(selection.on)
    )


def _programmes(catalogue: Catalogue, selection: Selection, route: Route, numbers: Numbering) -> tuple[Fact, ...]:
    """Where it can be followed: programmes of the region, else of elsewhere, else the institutions that are known."""
    offered = [
        each
        for each in catalogue.all(Programme)
        if route.id in each.routes and each.status in ("active", "planned") and each.is_valid_on(selection.on)
    ]
    near = [each for each in offered if selection.region.id in each.regions] or offered
    if near:
        return tuple(_programme(each, numbers) for each in near[:_MOST_PROGRAMMES])
    institutions = catalogue.linked(route.institutions, Institution)
    return tuple(
        Fact(label=each.title, text=", ".join(each.places), refs=numbers.refs(each.sources, most=1))
        for each in institutions[:_MOST_PROGRAMMES]
    )


def _programme(programme: Programme, numbers: Numbering) -> Fact:
    start = programme.start_in_words()
    told = (", ".join(programme.places), f"Start: {start}" if start else "", programme.apply_by)
    return Fact(
        label=programme.title,
        text=" ".join(f"{part.rstrip('.')}." for part in told if part),
        refs=numbers.refs(programme.sources, most=1),
    )
