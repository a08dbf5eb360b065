"""
Leads, contacts, letters and outcomes counted a month, by triggers: fifty thousand leads are not read to show a year.

What was done counts for the region that the lead was in then. A count stays when its lead is erased.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_DAY = 8 * 60
_OF_LEAD = {
    "phase": "{0}.phase",
    "sectors": "{0}.sectors",
    "route": "{0}.best_route",
    "municipality": "{0}.municipality",
    "source": "{0}.source",
    "campaign": "{0}.campaign",
    "left_because": "COALESCE({0}.left_because, '')",
    "wait": (
        "CASE WHEN {0}.contact_minutes IS NULL THEN 'none' "
        f"WHEN {{0}}.contact_minutes <= {_DAY} THEN 'day' WHEN {{0}}.contact_minutes <= {2 * _DAY} THEN 'two_days' "
        f"WHEN {{0}}.contact_minutes <= {5 * _DAY} THEN 'week' ELSE 'longer' END"
    ),
}
_CHANGES = (
    "region, merged_into, phase, sectors, best_route, municipality, source, campaign, left_because, contact_minutes"
)
_OF_WORK = (
    ("lead_interaction", "interaction", "kind", "happened_at"),
    ("lead_letter", "letter", "kind", "created_at"),
)
_OUTCOME = "COALESCE({0}.months, 0) || ' ' || {0}.outcome"
_INTO = "INSERT INTO monthly_count (region, month, what, value, number)"


def upgrade() -> None:
    op.create_table(
        "monthly_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=80), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_count")),
    )
    op.create_index("ix_monthly_count_region_month", "monthly_count", ["region", "month"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    _count_what_is_there(is_sqlite)
    for statement in _sqlite() if is_sqlite else _postgresql():
        op.execute(statement)


def _month(moment: str, is_sqlite: bool) -> str:
    if is_sqlite:
        return f"substr({moment}, 1, 7)"  # As it is kept: `2026-11-28 07:00:00.000000`, in UTC.
    return f"to_char({moment} AT TIME ZONE 'UTC', 'YYYY-MM')"


def _lead(row: str, sign: int, is_sqlite: bool) -> str:
    """Count a lead in, or out."""
    month = _month(f"{row}.created_at", is_sqlite)
    rows = ", ".join(
        f"({row}.region, {month}, '{what}', {value.format(row)}, {sign})" for what, value in _OF_LEAD.items()
    )
    return f"{_INTO} VALUES {rows};"


def _work(what: str, value: str, row: str, moment: str, is_sqlite: bool) -> str:
    month = _month(f"{row}.{moment}", is_sqlite)
    return f"{_INTO} SELECT lead.region, {month}, '{what}', {value}, 1 FROM lead WHERE lead.id = {row}.lead_id;"  # noqa: S608 - our own words alone


def _sqlite() -> list[str]:
    into, out = _lead("NEW", 1, True), _lead("OLD", -1, True)
    outcome = _work("outcome", _OUTCOME.format("NEW"), "NEW", "done_at", True)
    return [
        f"CREATE TRIGGER lead_counted AFTER INSERT ON lead WHEN NEW.merged_into IS NULL BEGIN {into} END",
        f"CREATE TRIGGER lead_counted_out AFTER UPDATE OF {_CHANGES} ON lead WHEN OLD.merged_into IS NULL BEGIN {out} END",
        f"CREATE TRIGGER lead_counted_anew AFTER UPDATE OF {_CHANGES} ON lead WHEN NEW.merged_into IS NULL BEGIN {into} END",
        *(
            f"CREATE TRIGGER {table}_counted AFTER INSERT ON {table} BEGIN "
            f"{_work(what, f'NEW.{value}', 'NEW', moment, True)} END"
            for table, what, value, moment in _OF_WORK
        ),
        f"CREATE TRIGGER lead_outcome_counted AFTER INSERT ON lead_task WHEN NEW.outcome IS NOT NULL BEGIN {outcome} END",
        "CREATE TRIGGER lead_outcome_told AFTER UPDATE OF outcome ON lead_task "
        f"WHEN OLD.outcome IS NULL AND NEW.outcome IS NOT NULL BEGIN {outcome} END",
    ]


def _postgresql() -> list[str]:
    outcome = _work("outcome", _OUTCOME.format("NEW"), "NEW", "done_at", False)

    def function(name: str, body: str) -> str:
        return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"

    return [
        function(
            "lead_counted",
            f"IF TG_OP = 'UPDATE' THEN IF OLD.merged_into IS NULL THEN {_lead('OLD', -1, False)} END IF; END IF; "
            f"IF NEW.merged_into IS NULL THEN {_lead('NEW', 1, False)} END IF;",
        ),
        f"CREATE TRIGGER lead_counted AFTER INSERT OR UPDATE OF {_CHANGES} ON lead "
        "FOR EACH ROW EXECUTE FUNCTION lead_counted()",
        *(
            statement
            for table, what, value, moment in _OF_WORK
            for statement in (
                function(f"{table}_counted", _work(what, f"NEW.{value}", "NEW", moment, False)),
                f"CREATE TRIGGER {table}_counted AFTER INSERT ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_counted()",
            )
        ),
        function("lead_outcome_counted", outcome),
        "CREATE TRIGGER lead_outcome_counted AFTER INSERT ON lead_task "
        "FOR EACH ROW WHEN (NEW.outcome IS NOT NULL) EXECUTE FUNCTION lead_outcome_counted()",
        "CREATE TRIGGER lead_outcome_told AFTER UPDATE OF outcome ON lead_task "
        "FOR EACH ROW WHEN (OLD.outcome IS NULL AND NEW.outcome IS NOT NULL) EXECUTE FUNCTION lead_outcome_counted()",
    ]


def _count_what_is_there(is_sqlite: bool) -> None:
    """The leads and the work of before, a row for each group."""
    columns = [
        (what, value.format("lead"), "lead.created_at", "lead", "lead.merged_into IS NULL")
        for what, value in _OF_LEAD.items()
    ]
    columns += [
        (what, f"{table}.{value}", f"{table}.{moment}", f"lead JOIN {table} ON {table}.lead_id = lead.id", "1 = 1")
        for table, what, value, moment in _OF_WORK
    ]
    tasks = "lead JOIN lead_task ON lead_task.lead_id = lead.id"
    told = "lead_task.outcome IS NOT NULL AND lead_task.done_at IS NOT NULL"
    columns.append(("outcome", _OUTCOME.format("lead_task"), "lead_task.done_at", tasks, told))
    for what, value, moment, tables, condition in columns:
        op.execute(
            f"{_INTO} SELECT region, month, '{what}', value, count(*) FROM "  # noqa: S608 - our own words alone
            f"(SELECT lead.region AS region, {_month(moment, is_sqlite)} AS month, {value} AS value "
            f"FROM {tables} WHERE {condition}) AS each_one GROUP BY region, month, value"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in (
            "lead_counted", "lead_counted_out", "lead_counted_anew", "lead_interaction_counted", "lead_letter_counted",
            "lead_outcome_counted", "lead_outcome_told",
        ):  # fmt: skip
            op.execute(f"DROP TRIGGER {name}")
    else:
        for name in ("lead_counted", "lead_interaction_counted", "lead_letter_counted", "lead_outcome_counted"):
            op.execute(f"DROP FUNCTION {name}() CASCADE")
    op.drop_table("monthly_count")
