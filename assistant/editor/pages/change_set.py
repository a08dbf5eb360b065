"""One change: what is in it, what is said about it, and what has to happen before visitors see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Moment, Shell, Tag, moment_of, shell
from assistant.desk.wording import moment_in_words, region_title
from assistant.editor import wording
from assistant.editor.difference import Difference, differences
from assistant.editor.pages.listing import item_address, state_tag
from assistant.editor.pages.translating import english_address
from assistant.news.change import Change
from knowledge.catalogue import Catalogue
from knowledge.publishing.change_sets import ChangeSet, Comment, ReviewNeed
from knowledge.publishing.following import Following
from knowledge.publishing.item import ItemKey, titled
from knowledge.publishing.problems import ContentProblem
from knowledge.publishing.revisions import Revision
from knowledge.publishing.translated import StaleField


@dataclass(frozen=True)
class ChangedItem:
    """An item in a change."""

    address: str
    group: str
    id: str
    title: str
    sort: str
    author: str
    verb: str
    changes: tuple[Difference, ...]
    needs: str
    """What of it a second person has to look at."""
    english: str
    """Where its English is put right, which says what the Dutch said before; empty: nothing is behind."""


@dataclass(frozen=True)
class CommentRow:
    """Something somebody said."""

    author: str
    at: Moment
    text: str


@dataclass(frozen=True)
class FollowingRow:
    """Something of another region that follows what is in a change."""

    address: str
    title: str
    region: str
    waits: bool


@dataclass(frozen=True)
class ChangeSetPage:
    """The page of a change."""

    shell: Shell
    id: str
    title: str
    state: Tag
    stage: str
    author: str
    reviewer: str
    items: tuple[ChangedItem, ...]
    comments: tuple[CommentRow, ...]
    problems: tuple[str, ...]
    outdated: tuple[str, ...]
    need: str
    is_own: bool
    may_approve: bool
    may_publish: bool
    why_not: str
    planned: str
    why_late: str
    colleagues: tuple[Choice, ...]
    assignee: str
    publication: int | None
    done: str
    told: str
    """In an editor's own words."""
    told_en: str
    news: tuple[str, ...]
    """What visitors are told of it otherwise, a sentence each; empty: it is no news."""
    following: tuple[FollowingRow, ...]
    """What of other regions goes along."""


def change_set_page(
    editor: SignedInAdviser,
    change: ChangeSet,
    revisions: Sequence[Revision],
    comments: Sequence[Comment],
    problems: Sequence[ContentProblem],
    outdated: Sequence[ItemKey],
    need: ReviewNeed,
    behind: Mapping[ItemKey, Sequence[StaleField]],
    colleagues: Sequence[tuple[str, str]],
    asked: str,
    now: datetime,
    news: Sequence[Change],
    following: Sequence[Following],
    catalogue: Catalogue,
    done: str = "",
) -> ChangeSetPage:
    """
    The page.

    :param behind: By item that it changes the fields whose English would be behind.
    :param asked: The id of the colleague who is to look at it, if nobody chooses otherwise; empty: nobody in particular.
    :param news: What visitors are told of it, or will be.
    :param following: What of other regions goes along when it is published.
    """
    me, is_open = editor.account.id, change.state in ("draft", "in_review", "approved")
    wrote = me in need.authors
    may_approve = change.state == "in_review" and not (need.is_needed and wrote)
    reviewed = change.state == "approved" or not need.is_needed
    why_not = ""
    if is_open and not revisions:
        why_not = "Er staat nog niets in deze wijziging."
    elif is_open and problems:
        why_not = "Los eerst op wat hierboven staat."
    elif is_open and outdated:
        why_not = "Neem eerst over wat er ondertussen is gepubliceerd."
    elif is_open and not reviewed:
        why_not = f"Een collega die niet meeschreef, keurt dit eerst goed. Het gaat om {_listed(need)}."
    return ChangeSetPage(
        shell=shell(change.title, editor),
        id=change.id,
        title=change.title,
        state=state_tag(change.state),
        stage=change.state,
        author=change.author,
        reviewer=change.reviewer,
        items=tuple(_item(each, need, behind.get(each.key, ())) for each in revisions),
        comments=tuple(CommentRow(each.author, moment_of(each.at, now), each.text) for each in comments),
        problems=tuple(each.dutch for each in problems),
        outdated=tuple(each.id for each in outdated),
        need=_listed(need) if need.is_needed else "",
        is_own=wrote,
        may_approve=may_approve,
        may_publish=is_open and not why_not,
        why_not=why_not,
        planned=_planned(change),
        why_late=change.why_late,
        colleagues=tuple(Choice(id_, name, id_ == asked) for id_, name in colleagues if id_ != me),
        assignee=change.assignee,
        publication=change.publication,
        done=done,
        told=change.told,
        told_en=change.told_en,
        news=tuple(each.sentence for each in news),
        following=tuple(
            FollowingRow(
                item_address(each.key),
                record.title if (record := catalogue.find(each.key.id)) else each.key.id,
                region_title(catalogue, each.region),
                each.waits,
            )
            for each in following
        ),
    )


def _item(each: Revision, need: ReviewNeed, behind: Sequence[StaleField]) -> ChangedItem:
    told = each.content or each.base or {}
    verb = "weggehaald" if each.content is None else "nieuw" if each.base is None else "gewijzigd"
    return ChangedItem(
        address=item_address(each.key),
        group=each.key.group,
        id=each.key.id,
        title=titled(each.key.group, told),
        sort=wording.ONE[wording.sort_of(each.key.group, str(told.get("kind", "")))],
        author=each.author,
        verb=verb,
        changes=differences(each.key.group, each.base, each.content) if verb == "gewijzigd" else (),
        needs=", ".join(wording.NEEDS[what] for what in sorted(need.what.get(each.key, ()))),
        english=english_address(each.key, behind) if behind else "",
    )


def _listed(need: ReviewNeed) -> str:
    words = sorted({wording.NEEDS[what] for found in need.what.values() for what in found})
    return " en ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _planned(change: ChangeSet) -> str:
    parts = []
    if change.publish_at and change.state != "published":
        parts.append(f"Wordt gepubliceerd op {moment_in_words(change.publish_at)}.")
    if change.unpublish_at:
        parts.append(f"Wordt teruggenomen op {moment_in_words(change.unpublish_at)}.")
    return " ".join(parts)
