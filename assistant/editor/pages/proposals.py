"""Proposals: what sources say that we do not, for an editor to decide on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Moment, Shell, Tag, moment_of, shell
from assistant.desk.wording import day_in_words
from assistant.editor import wording
from assistant.editor.difference import Difference, differences, told
from assistant.editor.pages.listing import item_address
from knowledge.publishing.item import ItemKey, Json, type_of
from knowledge.publishing.proposal import Evidence, Overtaken, Proposal

ADDRESS = "/desk/redactie/voorstellen"


@dataclass(frozen=True)
class ProposalRow:
    """A proposal in the list."""

    address: str
    title: str
    kind: Tag
    sort: str
    about: str
    source: str
    damage: str
    opened: Moment


@dataclass(frozen=True)
class TrustedRow:
    """A field that is taken over from a source without asking."""

    source_id: str
    source: str
    item_id: str
    field: str
    label: str
    by: str


@dataclass(frozen=True)
class ProposalsPage:
    """Those that wait, what does the most damage first."""

    shell: Shell
    rows: tuple[ProposalRow, ...]
    more: int
    """How many wait beside those that are shown."""
    trusted: tuple[TrustedRow, ...]
    done: str


@dataclass(frozen=True)
class EvidenceRow:
    """The words of a source."""

    words: tuple[tuple[str, bool], ...]
    """In parts, each with whether what it is held beside says that too."""
    where: str
    url: str
    """Empty: there is nothing to open."""
    sureness: str


@dataclass(frozen=True)
class ProposalPage:
    """One proposal."""

    shell: Shell
    address: str
    title: str
    kind: Tag
    about: str
    sort: str
    source: str
    damage: str
    item_address: str
    """Empty: it is not there yet."""
    changes: tuple[Difference, ...]
    evidence: tuple[EvidenceRow, ...]
    is_open: bool
    decision: str
    """What was decided, when and by whom; empty while it waits."""
    outcome: str
    """The address of the change that came of it; empty: none."""
    is_overtaken: bool
    trustable: tuple[tuple[str, str], ...]
    """Fields that may be taken over from now on without asking: name and label."""
    same: tuple[tuple[str, str], ...]
    """Items that it may be after all; empty: it is about one that is there."""
    is_pair: bool
    """Whether it asks if two things are one."""
    both: tuple[str, ...]
    """Of a pair the addresses of those that our editors wrote."""


def proposals_page(
    editor: SignedInAdviser,
    found: Sequence[Proposal],
    waiting: int,
    trusted: Sequence[TrustedRow],
    now: datetime,
    done: str,
) -> ProposalsPage:
    """The page."""
    rows = tuple(
        ProposalRow(
            address=f"{ADDRESS}/{each.id}",
            title=each.proposed.title,
            kind=kind_tag(each),
            sort=_sort(each),
            about=each.proposed.about,
            source=_source(each),
            damage=_damage(each.damage),
            opened=moment_of(each.opened_at, now),
        )
        for each in found
    )
    return ProposalsPage(shell("Voorstellen", editor), rows, max(waiting - len(rows), 0), tuple(trusted), done)


def proposal_page(
    editor: SignedInAdviser,
    proposal: Proposal,
    was: Json | None,
    decider: str,
    same: Sequence[tuple[str, str]],
    both: Sequence[str],
    now: datetime,
) -> ProposalPage:
    """
    The page.

    :param was: The item as it is published; None: it is not there.
    :param same: Items that a new one may turn out to be: id and title.
    :param both: Of two things that may be one the ids of those that our editors wrote.
    """
    proposed = proposal.proposed
    changes, is_overtaken = _changes(proposal, was)
    decision = ""
    if proposal.state != "open" and proposal.decided_at:
        moment = moment_of(proposal.decided_at, now).words
        decision = f"{wording.PROPOSAL_STATES[proposal.state]} op {moment}" + (f" door {decider}" if decider else "")
        decision += f": {proposal.reason}" if proposal.reason else "."
    may_trust = was is not None and proposed.kind in ("changed", "contradicts")
    return ProposalPage(
        shell=shell(proposed.title, editor),
        address=f"{ADDRESS}/{proposal.id}",
        title=proposed.title,
        kind=kind_tag(proposal),
        about=proposed.about,
        sort=_sort(proposal),
        source=_source(proposal),
        damage=_damage(proposal.damage),
        item_address=item_address(ItemKey(proposed.group, proposed.item_id)) if was is not None else "",
        changes=changes,
        evidence=tuple(_evidence(each) for each in proposed.evidence),
        is_open=proposal.state == "open",
        decision=decision,
        outcome=f"/desk/redactie/wijziging/{proposal.outcome}" if proposal.outcome else "",
        is_overtaken=is_overtaken,
        trustable=tuple((each.field, field_label(proposed.group, was, each.field)) for each in proposed.changes)
        if may_trust
        else (),
        same=tuple(same) if was is None else (),
        is_pair=proposed.pair is not None,
        both=tuple(item_address(ItemKey(proposed.group, each)) for each in both),
    )


def kind_tag(proposal: Proposal) -> Tag:
    """What is going on, in a word."""
    kind = proposal.proposed.kind
    colour = {"gone": "late", "contradicts": "late", "new": "fits", "double": "ask-adviser"}.get(kind, "possible")
    return Tag(colour, wording.PROPOSAL_KINDS[kind])


def field_label(group: str, item: Mapping[str, object] | None, field: str) -> str:
    """What a field of an item is called; its own name if no form has it."""
    try:
        return wording.label_of(type_of(group, str((item or {}).get("kind", ""))).__name__, field)[0]
    except KeyError:
        return field


def _changes(proposal: Proposal, was: Json | None) -> tuple[tuple[Difference, ...], bool]:
    """What would differ, and whether the item has changed under it."""
    proposed = proposal.proposed
    if proposal.state == "open":
        try:
            return differences(proposed.group, was, proposed.applied(was)), False
        except Overtaken:
            pass
        except KeyError:
            # A find of a kind that no form has: told in its own words below.
            return _as_told(proposal, was), False
    return _as_told(proposal, was), proposal.state == "open"


def _as_told(proposal: Proposal, was: Json | None) -> tuple[Difference, ...]:
    proposed = proposal.proposed
    return tuple(
        Difference(
            field_label(proposed.group, was, each.field),
            (each.told_before,) if each.told_before else told(each.before),
            (each.told_after,) if each.told_after else told(each.after),
        )
        for each in proposed.changes
    )


def _evidence(each: Evidence) -> EvidenceRow:
    parts = [each.publisher, each.heading, f"bladzijde {each.page_number}" if each.page_number else ""]
    where = " · ".join([part for part in parts if part] + [f"gelezen op {day_in_words(each.seen_on)}"])
    return EvidenceRow(
        _parts(each),
        where,
        # It came from outside: nothing but a page of the web may be opened from here.
        each.url if urlsplit(each.url).scheme in ("http", "https") else "",
        wording.SURENESS[each.confidence],
    )


def _parts(each: Evidence) -> tuple[tuple[str, bool], ...]:
    """Its words, cut where they begin and cease to be what the other one says too."""
    parts, rest = list[tuple[str, bool]](), each.words
    for run in each.alike:
        before, found, after = rest.partition(run)
        if found:
            parts += [(before, False), (run, True)]
            rest = after
    return tuple(part for part in (*parts, (rest, False)) if part[0])


def _sort(proposal: Proposal) -> str:
    proposed = proposal.proposed
    kind = next((str(each.after) for each in proposed.changes if each.field == "kind"), "")
    sort = wording.sort_of(proposed.group, kind)
    return wording.ONE.get(sort, "")


def _source(proposal: Proposal) -> str:
    named = next((each.publisher for each in proposal.proposed.evidence if each.publisher), "")
    return named or proposal.source_id


def _damage(count: int) -> str:
    if not count:
        return ""
    return f"{'1 antwoord leunde' if count == 1 else f'{count} antwoorden leunden'} hier de laatste maand op"
