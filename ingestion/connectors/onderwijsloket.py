"""
The content API of Onderwijsloket: a Directus, which gives `{"data": [...]}` at `/items/<collection>`.

Source: https://docs.directus.io/reference/items, "Get Items": `limit`, `page`, `fields`; a token goes in `Authorization`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from pydantic import ValidationError

from ingestion.connectors.feed import plain_text
from ingestion.connectors.told import Answer, Connected, Unreadable, found
from ingestion.extract.finding import ContactFound, CourseFound, Finding, QuestionFound, Value

_MOST = 1_000
_TITLES = ("title", "titel", "name", "naam", "question", "vraag")
_BODIES = ("answer", "antwoord", "body", "content", "inhoud", "text", "tekst", "description", "beschrijving", "summary")


def read_items(answer: Answer) -> Connected:
    """
    The items of one page of a collection: articles, FAQs, routes, programmes, regional desks.

    Items that are no longer `published` are left out, also if the token may see them. The next page is a link.

    :raises Unreadable: If it is no answer of Directus; an error of it is told in its own words.
    """
    try:
        told = json.loads(answer.raw)
    except (ValueError, RecursionError) as error:
        raise Unreadable("it is no JSON", "check that the address is an item list of Directus") from error
    if isinstance(told, Mapping) and told.get("errors"):
        first = told["errors"][0] if isinstance(told["errors"], list) else {}
        why = str(first.get("message", "an error"))[:120] if isinstance(first, Mapping) else "an error"
        raise Unreadable(f"the API says: {why}", "check the token, LOKET_ONDERWIJSLOKET_TOKEN")
    data = told.get("data") if isinstance(told, Mapping) else None
    if not isinstance(data, list):
        raise Unreadable("it has no list of `data`", "check that the address is /items/<collection>")
    collection = urlsplit(answer.url).path.rstrip("/").rpartition("/")[2]
    items = [
        each for each in data[:_MOST] if isinstance(each, Mapping) and each.get("status", "published") == "published"
    ]
    sections = [f"## {title}\n\n{_body(each)}" for each in items if (title := _first(each, _TITLES))]
    return Connected(
        collection.replace("_", " ").replace("-", " ").capitalize(),
        "\n\n".join(sections),
        tuple(_findings(items)),
        _next(answer.url, len(data)),
    )


def _findings(items: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    for item in items:
        try:
            value = _value(item)
        except ValidationError:
            continue
        if value is not None:
            yield found(value, {name: each for name, each in item.items() if isinstance(each, str | int)})


def _value(item: Mapping[str, Any]) -> Value | None:
    """What an item is, by the fields that it has."""
    if question := _first(item, ("question", "vraag")):
        return QuestionFound(question=question[:500], answer=_body(item)[:8000])
    if any(item.get(name) for name in ("email", "e_mail", "phone", "telefoon", "telephone")):
        return ContactFound.model_validate(
            {
                "organisation": _first(item, _TITLES),
                "email": _first(item, ("email", "e_mail")),
                "phone": _phone(_first(item, ("phone", "telefoon", "telephone"))),
                "municipality": _first(item, ("city", "plaats", "municipality", "gemeente")),
                "url": _first(item, ("url", "website")) or None,
            }
        )
    if provider := _first(item, ("institution", "instelling", "provider", "aanbieder")):
        return CourseFound.model_validate(
            {
                "title": _first(item, _TITLES),
                "provider": provider,
                "url": _first(item, ("url", "website", "link")) or None,
                "description": _body(item)[:4000],
                "mode": _first(item, ("mode", "vorm", "form")),
            }
        )
    return None


def _first(item: Mapping[str, Any], names: Sequence[str]) -> str:
    for name in names:
        value = item.get(name)
        if isinstance(value, Mapping):  # A relation with its fields: the name of what it points at.
            value = _first(value, _TITLES)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return ""


def _body(item: Mapping[str, Any]) -> str:
    return next((plain_text(each) for name in _BODIES if isinstance(each := item.get(name), str) and each.strip()), "")


def _phone(text: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException:
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _next(url: str, count: int) -> tuple[str, ...]:
    """The address of the page after this one, if this one is full."""
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    try:
        limit, page = int(query.get("limit", "100")), int(query.get("page", "1"))
    except ValueError:
        return ()
    if limit <= 0 or count < limit:
        return ()
    return (urlunsplit(parts._replace(query=urlencode(query | {"limit": str(limit), "page": str(page + 1)}))),)
