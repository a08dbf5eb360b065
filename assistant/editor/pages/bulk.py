"""Many items at once: what can be done to them, and what that would make of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Shell, choices, shell
from assistant.desk.wording import region_title
from assistant.editor import wording
from assistant.editor.bulk import MOST, Act, Outcome
from assistant.editor.difference import Difference, differences
from assistant.editor.pages.listing import item_address
from knowledge.catalogue import Catalogue
from knowledge.publishing.item import titled


@dataclass(frozen=True)
class Asked:
    """One thing to fill in for a change."""

    name: str
    label: str
    help: str = ""
    type: str = "text"
    """Of its input; `choice` for a select."""
    list: str = ""
    """What it is chosen from: a list of the page."""


_YEAR_HELP = "2026, of 2026-2027 voor een schooljaar."
_WHICH = (
    Asked("van-jaar", "Alleen bedragen van dit jaar", "Leeg: alle jaren."),
    Asked("omschrijving", "Alleen bedragen met dit in de omschrijving", "Leeg: allemaal."),
)
_ROUND = Asked("rond-af", "Afronden op", type="choice", list="rounds")
_DAY = Asked("dag", "Dag", "Leeg: de dag gaat weg.", "date")
WORDS: Mapping[Act, str] = {
    Act.NEW_YEAR: "Bedragen van een nieuw jaar erbij zetten",
    Act.PERCENT: "Bedragen met een percentage verhogen of verlagen",
    Act.AMOUNT: "Bedragen op één waarde zetten",
    Act.YEAR: "Het jaar van bedragen wijzigen",
    Act.ADD_SOURCE: "Een bron erbij zetten",
    Act.SWAP_SOURCE: "Een bron door een andere vervangen",
    Act.REVIEW_BY: "De dag van nakijken zetten",
    Act.VALID_FROM: "De eerste dag zetten waarop het geldt",
    Act.VALID_UNTIL: "De dag zetten waarop het niet meer geldt",
    Act.ADD_REGION: "Ook voor een andere regio laten gelden",
    Act.DROP_REGION: "Niet meer voor een regio laten gelden",
    Act.ADD_NAME: "Een naam erbij zetten: zo noemen mensen het ook",
    Act.RETIRE: "Weghalen",
}
ASKED: Mapping[Act, tuple[Asked, ...]] = {
    Act.NEW_YEAR: (
        Asked("van", "Van het jaar", _YEAR_HELP),
        Asked("naar", "Naar het jaar", _YEAR_HELP),
        Asked("procent", "Verhogen met (%)", "Leeg: dezelfde bedragen."),
        _ROUND,
    ),
    Act.PERCENT: (Asked("procent", "Percentage", "Met een min ervoor wordt het minder."), _ROUND, *_WHICH),
    Act.AMOUNT: (Asked("bedrag", "Bedrag", "Zo: 2694 of 2.694,50."), *_WHICH),
    Act.YEAR: (Asked("jaar", "Nieuw jaar", _YEAR_HELP), *_WHICH),
    Act.ADD_SOURCE: (Asked("bron", "Bron", list="sources"),),
    Act.SWAP_SOURCE: (
        Asked("oud", "Deze bron weg", list="sources"),
        Asked("nieuw", "Deze ervoor in de plaats", list="sources"),
    ),
    Act.REVIEW_BY: (_DAY,),
    Act.VALID_FROM: (_DAY,),
    Act.VALID_UNTIL: (_DAY,),
    Act.ADD_REGION: (Asked("regio", "Regio", type="choice", list="regions"),),
    Act.DROP_REGION: (Asked("regio", "Regio", type="choice", list="regions"),),
    Act.ADD_NAME: (Asked("naam", "Naam"),),
    Act.RETIRE: (),
}
_ROUNDS = {"cent": "centen", "euro": "hele euro’s", "tien": "tientallen euro’s"}


@dataclass(frozen=True)
class Field:
    """A field as it is shown."""

    name: str
    label: str
    help: str
    type: str
    value: str
    options: tuple[Choice, ...]
    list: str


@dataclass(frozen=True)
class ActForm:
    """One thing that can be done, with its fields."""

    name: str
    label: str
    fields: tuple[Field, ...]
    is_open: bool
    error: str


@dataclass(frozen=True)
class OutcomeRow:
    """What becomes of one item."""

    address: str
    """Empty: it is not there yet."""
    title: str
    changes: tuple[Difference, ...]
    is_taken_away: bool
    note: str


@dataclass(frozen=True)
class LeftRow:
    """An item that stays as it is, and why."""

    address: str
    title: str
    why: str


@dataclass(frozen=True)
class BulkPage:
    """The page."""

    shell: Shell
    heading: str
    sort_label: str
    sort_address: str
    address: str
    count: str
    """How many items are chosen."""
    chosen: tuple[tuple[str, str], ...]
    """Hidden fields that say which."""
    titles: tuple[str, ...]
    acts: tuple[ActForm, ...]
    sources: tuple[tuple[str, str], ...]
    notice: str
    is_preview: bool
    told: str
    """What would change, in a sentence."""
    changed: tuple[OutcomeRow, ...]
    left: tuple[LeftRow, ...]
    sent: tuple[tuple[str, str], ...]
    """Hidden fields with what was filled in."""
    seen: str
    title: str


def bulk_page(
    editor: SignedInAdviser,
    catalogue: Catalogue,
    sort: str,
    chosen: Sequence[tuple[str, str]],
    titles: Sequence[str],
    acts: Sequence[Act],
    given: Mapping[str, str],
    act: Act | None = None,
    error: str = "",
    outcomes: Sequence[Outcome] | None = None,
    seen: str = "",
    notice: str = "",
) -> BulkPage:
    """
    The page.

    :param given: What was filled in, by act and name: `procent.rond-af`.
    :param outcomes: What the change does; None: it is not known yet.
    """
    regions = {each: region_title(catalogue, each) for each in editor.account.regions}
    lists = {"regions": {"": "Kies", **regions}, "rounds": _ROUNDS}
    changed = [each for each in outcomes or () if each.is_changed]
    rows, left = outcome_rows(outcomes or ())
    return BulkPage(
        shell=shell(f"Samen wijzigen: {wording.SORTS[sort]}", editor),
        heading="Samen wijzigen",
        sort_label=wording.SORTS[sort],
        sort_address=f"/desk/redactie/lijst/{sort}",
        address=f"/desk/redactie/samen/{sort}",
        count=counted(len(titles)) + (f" (meer dan {MOST}: kies er minder)" if len(titles) > MOST else ""),
        chosen=tuple(chosen),
        titles=tuple(titles),
        acts=tuple(_act_form(each, given, lists, error if each is act else "", each is act) for each in acts),
        sources=tuple((each.id, f"{each.publisher}: {each.title}") for each in catalogue.content.sources),
        notice=notice,
        is_preview=outcomes is not None,
        told=_told(changed, outcomes or ()),
        changed=rows,
        left=left,
        sent=tuple((name, value) for name, value in given.items() if act and name.startswith(f"{act}."))
        + ((("wat", act.value),) if act else ()),
        seen=seen,
        title=f"Samen: {WORDS[act].split(':')[0].lower()} ({wording.SORTS[sort].lower()})" if act else "",
    )


def counted(number: int) -> str:
    """`1 onderdeel`, `12 onderdelen`."""
    return "1 onderdeel" if number == 1 else f"{number} onderdelen"


def _told(changed: Sequence[Outcome], outcomes: Sequence[Outcome]) -> str:
    if not changed:
        return "Hierdoor verandert niets."
    left = len(outcomes) - len(changed)
    return f"Dit verandert {counted(len(changed))}." + (
        f" {counted(left)} blijven zoals ze zijn." if left > 1 else " 1 onderdeel blijft zoals het is." if left else ""
    )


def outcome_rows(outcomes: Sequence[Outcome]) -> tuple[tuple[OutcomeRow, ...], tuple[LeftRow, ...]]:
    """What changes, and what stays as it is."""
    left = (LeftRow(item_address(each.key), _title(each), each.why_not) for each in outcomes if each.why_not)
    return tuple(_row(each) for each in outcomes if each.is_changed), tuple(left)


def _row(each: Outcome) -> OutcomeRow:
    changes = () if each.after is None else differences(each.key.group, each.before, each.after)
    is_new = not each.before
    return OutcomeRow("" if is_new else item_address(each.key), _title(each), changes, each.after is None, each.note)


def _title(each: Outcome) -> str:
    told = each.before or each.after
    return titled(each.key.group, told) if told else each.key.id


def _act_form(
    act: Act, given: Mapping[str, str], lists: Mapping[str, Mapping[str, str]], error: str, is_open: bool
) -> ActForm:
    fields = []
    for each in ASKED[act]:
        value = given.get(f"{act}.{each.name}", "")
        options = choices(lists[each.list], value) if each.type == "choice" else ()
        fields.append(
            Field(f"{act}.{each.name}", each.label, each.help, each.type, value, options, "" if options else each.list)
        )
    return ActForm(act.value, WORDS[act], tuple(fields), is_open, error)
