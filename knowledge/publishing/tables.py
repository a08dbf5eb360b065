"""The editorial rows of the knowledge store. Only this folder knows them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from knowledge.database import UtcDateTime


class Base(DeclarativeBase):
    """With names for constraints so that migrations can reach them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(none_as_null=True),
        dict[str, Any] | None: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }


class ChangeSetRow(Base):
    """Edits that are reviewed and published together."""

    __tablename__ = "change_set"
    __table_args__ = (
        Index("ix_change_set_state_publish_at", "state", "publish_at"),
        Index("ix_change_set_state_changed_at", "state", "changed_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(12))
    """`draft`, `in_review`, `approved`, `published`, `withdrawn`."""
    region: Mapped[str] = mapped_column(String(120))
    """Of whoever began it; empty: of all."""
    author_id: Mapped[str] = mapped_column(String(36))
    author: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    assignee_id: Mapped[str] = mapped_column(String(36), default="")
    assignee: Mapped[str] = mapped_column(Text, default="")
    reviewer_id: Mapped[str] = mapped_column(String(36), default="")
    reviewer: Mapped[str] = mapped_column(Text, default="")
    reviewed_at: Mapped[datetime | None]
    publish_at: Mapped[datetime | None]
    unpublish_at: Mapped[datetime | None]
    publication: Mapped[int | None]
    """The number under which it was published."""
    unpublished: Mapped[int | None]
    """The number under which it was taken back, if its time was over."""
    why_late: Mapped[str] = mapped_column(Text, default="")
    """Why its time came and it could not be published, in Dutch."""
    told: Mapped[str] = mapped_column(Text, default="")
    """What visitors are told of it once it is published, in an editor's own Dutch; empty: what the fields say."""
    told_en: Mapped[str] = mapped_column(Text, default="")


class CommentRow(Base):
    """What somebody says about a change set, or about one item in it."""

    __tablename__ = "change_set_comment"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    change_set_id: Mapped[str] = mapped_column(ForeignKey("change_set.id"), index=True)
    author_id: Mapped[str] = mapped_column(String(36))
    author: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    group_name: Mapped[str] = mapped_column(String(40), default="")
    item_id: Mapped[str] = mapped_column(String(200), default="")


class RevisionRow(Base):
    """One saved version of one item; it is added, and its content never changes."""

    __tablename__ = "revision"
    __table_args__ = (
        Index("ix_revision_item", "group_name", "item_id", "id"),
        Index("ix_revision_change_set", "change_set_id", "group_name", "item_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    group_name: Mapped[str] = mapped_column(String(40))
    item_id: Mapped[str] = mapped_column(String(200))
    change_set_id: Mapped[str] = mapped_column(ForeignKey("change_set.id"))
    content: Mapped[dict[str, Any] | None]
    """None: the item is taken away."""
    base: Mapped[dict[str, Any] | None]
    """What was published when the change set began to change it; None: nothing."""
    state: Mapped[str] = mapped_column(String(12))
    """`draft`, `in_review`, `published`, `withdrawn`, or `aside`: kept beside another's version of the same moment."""
    author_id: Mapped[str] = mapped_column(String(36))
    author: Mapped[str] = mapped_column(Text)
    reviewer: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    comment: Mapped[str] = mapped_column(Text, default="")


class AutosaveRow(Base):
    """What somebody was typing in a form, as it stands there: valid or not."""

    __tablename__ = "autosave"

    group_name: Mapped[str] = mapped_column(String(40), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    author_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    form: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class PublicationRow(Base):
    """One published state of everything. The rows are never changed: going back is a publication too."""

    __tablename__ = "publication"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    by_id: Mapped[str] = mapped_column(String(36))
    by: Mapped[str] = mapped_column(Text)
    change_set_id: Mapped[str | None] = mapped_column(ForeignKey("change_set.id"))
    back_to: Mapped[int | None]
    """The number whose state this one restores; 0 is the content as delivered."""
    comment: Mapped[str] = mapped_column(Text, default="")
    catalogue: Mapped[str] = mapped_column(String(12))
    """The version of the catalogue that it made."""


class ReleaseRow(Base):
    """What became of one item with one publication; it holds until a later publication says otherwise."""

    __tablename__ = "release"

    group_name: Mapped[str] = mapped_column(String(40), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    publication: Mapped[int] = mapped_column(ForeignKey("publication.number"), primary_key=True, index=True)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    """None: as it is delivered, which for a new item is not at all."""


class DeliveredItemRow(Base):
    """An item as the product delivered it last: what the next version of the product is laid beside."""

    __tablename__ = "delivered_item"

    group_name: Mapped[str] = mapped_column(String(40), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    content: Mapped[dict[str, Any]]


class DeliveredChangeRow(Base):
    """What another version of the product delivered otherwise, where no editor's version stood in its place."""

    __tablename__ = "delivered_change"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    group_name: Mapped[str] = mapped_column(String(40))
    item_id: Mapped[str] = mapped_column(String(200))
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]


class ItemRow(Base):
    """An item that was ever changed here, as lists show it. It repeats what revisions and releases say."""

    __tablename__ = "item"

    group_name: Mapped[str] = mapped_column(String(40), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    published: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    """The revision that visitors are answered from; None: the delivered one, or none."""
    latest: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    """The newest revision that is not aside."""
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    regions: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(String(12))
    """Of the latest revision."""
    is_retired: Mapped[bool]
    is_sure: Mapped[bool] = mapped_column(default=True)
    """False: of low confidence, so that visitors do not see it."""
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(Text)


class FollowRow(Base):
    """An item that a region took over from another one."""

    __tablename__ = "follow"

    group_name: Mapped[str] = mapped_column(String(40), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    original_id: Mapped[str] = mapped_column(String(200), index=True)
    region: Mapped[str] = mapped_column(String(120))
    mode: Mapped[str] = mapped_column(String(8))
    """`follow`: says what the original says. `fork`: goes its own way since `seen`."""
    seen: Mapped[dict[str, Any] | None]
    """What the original said when the region last looked."""
    waiting: Mapped[str | None] = mapped_column(String(36))
    """The change set of the region in which the newest version waits for a colleague; of one that follows."""
    by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class TranslationSeenRow(Base):
    """Words in English of which somebody said that they go with the Dutch as it was then."""

    __tablename__ = "translation_seen"

    group_name: Mapped[str] = mapped_column(String(40), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    """Where in the item; empty: its title, summary and body."""
    dutch: Mapped[dict[str, Any]]
    english: Mapped[dict[str, Any]]
    by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class ItemKeeperRow(Base):
    """Who looks after an item. It is no part of what is published."""

    __tablename__ = "item_keeper"

    group_name: Mapped[str] = mapped_column(String(40), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(36))
    """Empty: everybody of the region does."""
    name: Mapped[str] = mapped_column(Text)
    region: Mapped[str] = mapped_column(String(120))
    """Empty: a colleague does."""
    by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class RegionReviewRow(Base):
    """Which changes need a second person in a region, where that differs from what is usual."""

    __tablename__ = "region_review"

    region: Mapped[str] = mapped_column(String(120), primary_key=True)
    needs: Mapped[list[Any]]
    changed_by: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]


class SignalRow(Base):
    """Numbers that grow with changes: 1 of what visitors are answered from, 2 of how items stand in lists."""

    __tablename__ = "signal"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class ConsequencesRow(Base):
    """What a change set was found to do to answers and outcomes, or how far the looking is."""

    __tablename__ = "consequences"

    change_set_id: Mapped[str] = mapped_column(ForeignKey("change_set.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    """Of the changes looked at: another one means that it has to be looked at again."""
    state: Mapped[str] = mapped_column(String(12))
    """`running`, `done`, `failed`."""
    done: Mapped[int] = mapped_column(default=0)
    of: Mapped[int] = mapped_column(default=0)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    result: Mapped[dict[str, Any] | None]
