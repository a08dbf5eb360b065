"""The blocks of a reply, each made of the fields of records and verdicts alone."""

from collections.abc import Sequence

from assistant.answering.citations import Citations
from assistant.answering.reply import (
    CellCitation,
    Change,
    ComparisonBlock,
    EventItem,
    EventsBlock,
    LoketBlock,
    LoketCard,
    MoneyBlock,
    MoneyLine,
    QuestionBlock,
    QuestionOption,
    Reason,
    RouteBlock,
    VacanciesBlock,
    VacancyItem,
)
from assistant.answering.turn import Locale, LoketFound
from assistant.eligibility.engine import RuleVerdict
from assistant.eligibility.stretch import stretches
from assistant.eligibility.verdict import RouteVerdict
from assistant.money.telling import PictureTold
from assistant.zelftest.comparison import Comparison, Line
from assistant.zelftest.question import Question, as_json
from knowledge.catalogue import Catalogue
from knowledge.event import Event, Orientation
from knowledge.money import PER_WORDS, PER_WORDS_EN, Cost, Money
from knowledge.place import OpeningHours
from knowledge.programme import Programme
from knowledge.vacancy import Vacancy

_REASONS = 6
_COMPARED_IN_CHAT = frozenset(
    {"verdict", "missing", "duration", "hours", "income", "cost", "certificate", "teaches_in", "starts", "dropout"}
)
_MOST_LINES = 8
_LINES_OF_EACH = 2
"""Of one record among several: the first amounts are the ones that matter most."""
_PAID_BY = {
    "nl": {"jij": "betaal je zelf", "school": "betaalt de school", "school-of-jij": "spreek je af met de school"},
    "en": {"jij": "you pay", "school": "the school pays", "school-of-jij": "agree with the school who pays"},
}


class BlockMaker:
    """Makes blocks in one language, and numbers what they cite."""

    def __init__(self, catalogue: Catalogue, citations: Citations, locale: Locale) -> None:
        self._catalogue = catalogue
        self._citations = citations
        self._locale = locale

    def route(self, verdict: RouteVerdict) -> RouteBlock:
        """A route with its verdict; refused and open rules come first, because they say what to do."""
        route = verdict.route
        words = route.in_locale(self._locale)
        ordered = sorted(
            (each for each in verdict.rules if each.rule.kind != "preference"),
            key=lambda each: {"unmet": 0, "open": 1, "met": 2}[each.state],
        )
        return RouteBlock(
            route=route.id,
            title=words.title,
            summary=words.summary,
            verdict=verdict.verdict,
            reasons=tuple(self._reason(each) for each in ordered[:_REASONS]),
            missing=verdict.missing,
            would_change=tuple(
                Change(
                    fact=each.fact, value=as_json(each.value), text=each.text if self._locale == "nl" else each.text_en
                )
                for each in verdict.changes
            ),
            duration=route.duration.in_words(self._locale) if route.duration else "",
            stretches=stretches(route, verdict.changes, self._locale),
            next_step=route.next_step if self._locale == "nl" else "",
            citation=self._citations.number(route),
        )

    def _reason(self, judged: RuleVerdict) -> Reason:
        rule = judged.rule
        english = self._locale == "en"
        statement = (rule.statement_en if english else "") or rule.statement
        if judged.met is False:
            way_on = (rule.otherwise_en if english else "") or rule.otherwise or rule.needs_adviser
            statement = f"{statement} {way_on}".strip()
        source = self._catalogue.sources.get(rule.sources[0])
        return Reason(
            text=statement,
            met=judged.met,
            fact=next(iter(sorted(rule.facts())), None),
            source=(source.address or source.title) if source else None,
        )

    def comparison(self, compared: Comparison) -> ComparisonBlock:
        """Routes side by side: what a chat has room for, each cell with what it leans on."""
        rows: list[tuple[str, ...]] = []
        cited: list[CellCitation] = []
        for row in compared.rows:
            if row.aspect not in _COMPARED_IN_CHAT or not any(cell.is_known for cell in row.cells):
                continue
            told = [cell.lines[:_LINES_OF_EACH] for cell in row.cells]
            for column, lines in enumerate(told):
                numbers = dict.fromkeys(self._cited_by(line) for line in lines)
                cited += [CellCitation(row=len(rows), column=column, citation=n) for n in numbers if n is not None]
            rows.append((row.label, *("\n".join(line.text for line in lines) for lines in told)))
        head = {"nl": "Vergelijk", "en": "Compare"}[self._locale]
        return ComparisonBlock(
            columns=(head, *(route.title for route in compared.routes)), rows=tuple(rows), cited=tuple(cited)
        )

    def _cited_by(self, line: Line) -> int | None:
        """The number of the record that a line of a comparison leans on; a rule has none."""
        record = self._catalogue.find(line.record or "")
        if isinstance(record, Programme) and (institution := self._catalogue.find(record.institution)) is not None:
            # Its name is in the line.
            self._citations.number(institution)
        return self._citations.number(record) if record is not None else None

    def money(self, records: Sequence[Money]) -> MoneyBlock:
        """The amounts of the newest year of each record."""
        most = _MOST_LINES if len(records) == 1 else _LINES_OF_EACH
        lines = [line for record in records for line in self._lines(record)[:most]]
        note = " ".join(record.uncertain for record in records[:1] if record.uncertain)
        return MoneyBlock(lines=tuple(lines), note=f"In Dutch: {note}" if note and self._locale == "en" else note)

    def money_picture(self, picture: PictureTold) -> MoneyBlock:
        """The first year of a route line by line, with what the whole route comes to."""
        first = picture.years[0]
        title = f"{picture.title}: {first.title.lower()}"
        totals = [f"{each.who}: {each.words}" for each in picture.whole if each.at_most]
        whole = {"nl": "De hele route", "en": "The whole route"}[self._locale]
        return MoneyBlock(
            title=title,
            lines=tuple(
                MoneyLine(
                    label=f"{line.title} ({line.certainty_words.lower()})",
                    amount=line.amount,
                    period=line.period,
                    year=", ".join(line.prices_of),
                    paid_by=line.who,
                    citation=self._citation_of(line.record),
                )
                for line in first.lines
            ),
            total=f"{whole}: {'; '.join(totals)}" if totals and len(picture.years) > 1 else None,
            note=" ".join(picture.notes),
        )

    def _citation_of(self, record_id: str) -> int | None:
        record = self._catalogue.find(record_id)
        return self._citations.number(record) if record is not None else None

    def _lines(self, record: Money) -> list[MoneyLine]:
        newest = max((amount.year for amount in record.amounts), default=None)
        title = record.in_locale(self._locale).title
        paid_by = _PAID_BY[self._locale][record.paid_by] if isinstance(record, Cost) else ""
        # What an amount is, is written in Dutch alone.
        language = " (in Dutch)" if self._locale == "en" else ""
        return [
            MoneyLine(
                label=f"{title}: {amount.label}{language}" if amount.label else title,
                amount=amount.sum_in_words(self._locale),
                period=(PER_WORDS if self._locale == "nl" else PER_WORDS_EN)[amount.per],
                year=amount.year,
                paid_by=paid_by,
                citation=self._citations.number(record),
            )
            for amount in record.amounts
            if amount.year == newest
        ]

    def loket(self, found: LoketFound) -> LoketBlock:
        """A desk with its contact data."""
        loket = found.loket
        words = loket.in_locale(self._locale)
        return LoketBlock(
            loket=LoketCard(
                id=loket.id,
                title=words.title,
                summary=words.summary,
                reason=found.reason if self._locale == "nl" else "",
                url=str(loket.url) if loket.url else None,
                email=loket.email,
                phone=loket.phone,
                address=loket.address,
                hours=tuple(hours_in_words(each) for each in loket.hours),
                citation=self._citations.number(loket),
            )
        )

    def listed(self, items: Sequence[Event | Orientation]) -> EventsBlock:
        """Events and orientation offers."""
        return EventsBlock(items=tuple(self._item(each) for each in items))

    def _item(self, item: Event | Orientation) -> EventItem:
        words = item.in_locale(self._locale)
        return EventItem(
            id=item.id,
            title=words.title,
            summary=words.summary,
            when=item.when() if isinstance(item, Event) else item.duration,
            place=item.place if isinstance(item, Event) else "",
            has_day=isinstance(item, Event),
            url=str(item.url) if item.url else None,
            citation=self._citations.number(item),
        )

    def vacancies(self, jobs: Sequence[Vacancy]) -> VacanciesBlock:
        """Open jobs."""
        return VacanciesBlock(
            items=tuple(
                VacancyItem(
                    id=job.id,
                    title=job.title,
                    employer=job.employer,
                    place=job.municipality,
                    details=job_in_words(job, self._locale),
                    url=str(job.url) if job.url else None,
                    citation=self._citations.number(job),
                )
                for job in jobs
            )
        )

    @staticmethod
    def question(question: Question) -> QuestionBlock:
        """A question about the visitor; "weet ik niet" is its last answer."""
        return QuestionBlock(
            fact=question.fact,
            text=question.text,
            why=question.why,
            input=question.input,
            options=tuple(QuestionOption(value=each.value, label=each.label) for each in question.options),
            minimum=question.minimum,
            maximum=question.maximum,
        )


def job_in_words(job: Vacancy, locale: str) -> str:
    """`0,8 fte · tot en met 18-12-2026 · ook voor zij-instromers`, as far as the vacancy says so."""
    english = locale == "en"
    closes = f"{job.closes_on:%d-%m-%Y}" if job.closes_on else ""
    words = (
        job.fte,
        f"{'until' if english else 'tot en met'} {closes}" if closes else "",
        ("career changers too" if english else "ook voor zij-instromers") if job.welcomes_zij_instromers else "",
    )
    return " · ".join(each for each in words if each)


def hours_in_words(hours: OpeningHours) -> str:
    """`ma, di, do: 9:00 - 17:00`."""
    return f"{', '.join(hours.days)}: {hours.opens:%-H:%M} - {hours.closes:%-H:%M}"
