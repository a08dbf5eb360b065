"""What asks for an editor: lists with their filters, a calendar by month, and the same as a table."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from assistant.accounts.account import Account
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.figures import Table
from assistant.desk.pages.parts import Choice, Shell, choices, shell, web_address
from assistant.desk.wording import day_in_words, region_title
from assistant.editor import wording
from assistant.editor.difference import Difference
from assistant.editor.pages.listing import SIZE, item_address
from assistant.editor.pages.translating import english_address
from assistant.editor.upkeep import LISTS, Found, Matter, owners_of
from knowledge.catalogue import Catalogue
from knowledge.programme import MONTHS
from knowledge.publishing.keeping import Keeper

ADDRESS = "/desk/redactie/onderhoud"
MINE = "mij"
NOBODY = "-"
"""Chosen as owner: as delivered, never changed here."""
_USERS = 12


@dataclass(frozen=True)
class ListTab:
    """One of the lists, and how much is in it."""

    address: str
    label: str
    count: int
    is_open: bool


@dataclass(frozen=True)
class MonthTab:
    """One month of the calendar."""

    address: str
    label: str
    count: int
    is_open: bool


@dataclass(frozen=True)
class UpkeepRow:
    """One thing that asks for an editor."""

    address: str
    title: str
    sort: str
    why: str
    day: str
    """In words; empty: it is of no day."""
    damage: str
    """How many answers leaned on it, in words; empty: none."""
    regions: str
    owner: str
    """Who changed it last; empty: nobody."""
    keeper: str
    """Who looks after it; empty: nobody in particular."""
    used_in: tuple[tuple[str, str], ...]
    """Address and title of what points at it."""
    used_more: int
    link: str
    """An address that a browser may follow; empty: none."""
    history: tuple[str, ...]
    since: tuple[Difference, ...]
    """What of its Dutch its English does not know of; empty: it is not about that."""
    group: str
    id: str


@dataclass(frozen=True)
class UpkeepPage:
    """One list of what asks for an editor."""

    shell: Shell
    list: str
    heading: str
    about: str
    tabs: tuple[ListTab, ...]
    months: tuple[MonthTab, ...]
    """Of the calendar; empty for the other lists."""
    month: str
    sorts: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    owners: tuple[Choice, ...]
    keepers: tuple[Choice, ...]
    is_filtered: bool
    rows: tuple[UpkeepRow, ...]
    count: str
    before: str
    after: str
    csv: str
    here: str
    """This page, to come back to."""
    me: str
    """The id of the reader's account."""
    done: str


@dataclass(frozen=True)
class Asked:
    """What of the lists is asked for, as it stands in the address."""

    list: str
    sort: str = ""
    region: str = ""
    owner: str = ""
    month: str = ""
    offset: int = 0
    keeper: str = ""
    """Whose work: `MINE`, `NOBODY`, the id of an account, or a region; empty: everybody's."""

    def address(self, page: str = ADDRESS, **other: object) -> str:
        """The same with something else."""
        asked = {
            "lijst": self.list, "soort": self.sort, "regio": self.region, "wie": self.owner, "maand": self.month,
            "zorg": self.keeper, "vanaf": self.offset or "",
        } | other  # fmt: skip
        return f"{page}?{urlencode({name: value for name, value in asked.items() if value})}"


def upkeep_page(
    editor: SignedInAdviser,
    catalogue: Catalogue,
    asked: Asked,
    lists: Mapping[str, Sequence[Matter]],
    found: Found,
    done: str = "",
) -> UpkeepPage:
    """
    The page.

    :param lists: What each list holds with the filter that was asked for.
    """
    shown = list(lists[asked.list])
    months, month = _months(asked, shown, found.today) if asked.list == "kalender" else ((), "")
    if months:
        shown = [each for each in shown if each.on and f"{each.on:%Y-%m}" == month]
    label, about, _ = LISTS[asked.list]
    part = shown[asked.offset : asked.offset + SIZE]
    last = asked.offset + len(part)
    owners = owners_of(found.items)
    names = sorted(set(owners.values()), key=str.casefold)
    kinds = {each.entry.kind for each in lists[asked.list]} | ({asked.sort} & wording.SORTS.keys())
    return UpkeepPage(
        shell=shell(f"Onderhoud: {label.lower()}", editor),
        list=asked.list,
        heading=label,
        about=about,
        tabs=tuple(
            ListTab(asked.address(lijst=name, maand="", vanaf=""), words[0], len(lists[name]), name == asked.list)
            for name, words in LISTS.items()
        ),
        months=months,
        month=month,
        sorts=choices(
            {"": "Alles"} | {sort: words for sort, words in wording.SORTS.items() if sort in kinds}, asked.sort
        ),
        regions=choices(
            {"": "Al je regio’s"} | {region: region_title(catalogue, region) for region in editor.account.regions},
            asked.region,
        ),
        owners=choices({"": "Iedereen", NOBODY: "Zoals geleverd"} | {name: name for name in names}, asked.owner),
        keepers=choices(_keepers(found.keepers.values(), catalogue), asked.keeper),
        is_filtered=bool(asked.sort or asked.region or asked.owner or asked.keeper),
        rows=tuple(_row(each, catalogue, found, owners) for each in part),
        count=f"{asked.offset + 1} tot en met {last} van {len(shown)}" if part else "",
        before=asked.address(vanaf=max(asked.offset - SIZE, 0) or "") if asked.offset else "",
        after=asked.address(vanaf=last) if last < len(shown) else "",
        csv=asked.address(f"{ADDRESS}.csv", vanaf=""),
        here=asked.address(),
        me=editor.account.id,
        done=done,
    )


def upkeep_table(asked: Asked, rows: Iterable[Matter], catalogue: Catalogue, found: Found) -> Table:
    """The whole list as a table."""
    owners = owners_of(found.items)
    return Table(
        "onderhoud",
        f"Onderhoud: {LISTS[asked.list][0].lower()}",
        ("Soort", "Titel", "Naam", "Waarom", "Dag", "Link", "Antwoorden in de laatste maand", "Hoe vaak gebruikt", "Regio’s", "Laatst gewijzigd door", "Wie ervoor zorgt"),
        tuple(
            (
                wording.SORTS.get(each.entry.kind, each.entry.kind),
                each.entry.title,
                each.entry.key.id,
                each.why,
                f"{each.on:%Y-%m-%d}" if each.on else "",
                each.link,
                each.damage,
                len(found.upkeep.users.get(each.entry.key, ())),
                ", ".join(region_title(catalogue, region) for region in each.entry.regions),
                owners.get(str(each.entry.key), ""),
                keeper_in_words(found.keepers.get(each.entry.key), catalogue),
            )
            for each in rows
        ),
    )  # fmt: skip


def kept_by(chosen: str, reader: Account) -> Callable[[Keeper | None], bool] | None:
    """Which keepers an editor asks for; None: whichever."""
    if chosen == NOBODY:
        return lambda keeper: keeper is None
    if chosen == MINE:
        return lambda keeper: keeper is not None and keeper.is_of(reader.id, reader.regions)
    return (lambda keeper: keeper is not None and chosen in (keeper.account_id, keeper.region)) if chosen else None


def keeper_in_words(keeper: Keeper | None, catalogue: Catalogue) -> str:
    """Who looks after something, as a name; empty: nobody in particular."""
    if keeper is None:
        return ""
    return keeper.name if keeper.account_id else f"iedereen van {region_title(catalogue, keeper.region)}"


def _keepers(keepers: Iterable[Keeper], catalogue: Catalogue) -> dict[str, str]:
    named = {each.account_id or each.region: keeper_in_words(each, catalogue) for each in keepers}
    by_name = sorted(named.items(), key=lambda each: each[1].casefold())
    return {"": "Iedereen", MINE: "Van mij", NOBODY: "Van niemand"} | dict(by_name)


def _months(asked: Asked, shown: Sequence[Matter], today: date) -> tuple[tuple[MonthTab, ...], str]:
    counts = Counter(f"{each.on:%Y-%m}" for each in shown if each.on)
    month = asked.month if asked.month in counts else min(counts, default=f"{today:%Y-%m}")
    return (
        tuple(
            MonthTab(asked.address(maand=name, vanaf=""), _month_in_words(name), counts[name], name == month)
            for name in sorted(counts)
        ),
        month,
    )


def _month_in_words(month: str) -> str:
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def _row(each: Matter, catalogue: Catalogue, found: Found, owners: Mapping[str, str]) -> UpkeepRow:
    entry = each.entry
    users = found.upkeep.users.get(entry.key, ())
    return UpkeepRow(
        address=english_address(entry.key, found.behind[entry.key]) if each.since else item_address(entry.key),
        title=entry.title,
        sort=wording.ONE.get(entry.kind, entry.kind),
        why=each.why,
        day=day_in_words(each.on) if each.on else "",
        damage=_damage_in_words(each.damage),
        regions=", ".join(region_title(catalogue, region) for region in entry.regions),
        owner=owners.get(str(entry.key), ""),
        keeper=keeper_in_words(found.keepers.get(entry.key), catalogue),
        used_in=tuple((item_address(key), found.upkeep.entries[key].title) for key in users[:_USERS]),
        used_more=max(len(users) - _USERS, 0),
        link=web_address(each.link) or "",
        history=each.history,
        since=each.since,
        group=entry.key.group,
        id=entry.key.id,
    )


def _damage_in_words(count: int) -> str:
    if not count:
        return ""
    return (
        "1 antwoord leunde hier de laatste maand op"
        if count == 1
        else f"{count} antwoorden leunden hier de laatste maand op"
    )
