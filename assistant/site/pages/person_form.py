"""The form on which somebody says who they are and what they agree to: shared by all that ends at a loket."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Form
from markupsafe import Markup

from assistant.leads.consent import ConsentText, Purpose
from assistant.site.shell import Shell


@dataclass(frozen=True)
class Typed:
    """What was filled in, as it was typed."""

    name: str = ""
    email: str = ""
    phone: str = ""
    message: str = ""
    consent: str = ""
    refer: str = ""
    transcript: str = ""
    follow_up: str = ""
    version: str = ""
    story: str = ""
    """The code of the conversation that goes along."""

    def given(self) -> dict[Purpose, bool]:
        """What was agreed to."""
        return {
            Purpose.CONTACT: bool(self.consent),
            Purpose.REFER: bool(self.refer),
            Purpose.TRANSCRIPT: bool(self.transcript),
            Purpose.FOLLOW_UP: bool(self.follow_up),
        }


_Line = Annotated[str, Form(max_length=1000)]
_Tick = Annotated[str, Form(max_length=10)]


def typed_of(
    name: _Line = "",
    email: _Line = "",
    phone: _Line = "",
    message: Annotated[str, Form(max_length=20_000)] = "",
    consent: _Tick = "",
    refer: _Tick = "",
    transcript: _Tick = "",
    follow_up: _Tick = "",
    version: _Line = "",
    story: _Line = "",
) -> Typed:
    """What a form sent, each field with a limit."""
    return Typed(name, email, phone, message, consent, refer, transcript, follow_up, version, story)


TypedForm = Annotated[Typed, Depends(typed_of)]
"""For a view: what was filled in."""


@dataclass(frozen=True)
class FieldRow:
    """A field to type in."""

    name: str
    label: str
    value: str
    kind: str = "text"
    """The type of an input, or `area`."""
    hint: str = ""
    error: str = ""
    autocomplete: str = "off"
    is_required: bool = False
    longest: int = 200


@dataclass(frozen=True)
class TickRow:
    """A box to tick."""

    name: str
    text: str
    is_ticked: bool
    error: str = ""
    is_required: bool = False


@dataclass(frozen=True)
class PersonForm:
    """The form, with what is wrong on top."""

    action: str
    button: str
    fields: tuple[FieldRow, ...]
    consent: Markup
    version: str
    ticks: tuple[TickRow, ...]
    story: str
    errors: tuple[tuple[str, str], ...] = ()
    """The name of a field, and what to do about it."""


def person_form(
    shell: Shell,
    path: str,
    button: str,
    text: ConsentText,
    typed: Typed,
    errors: Mapping[str, str],
    *,
    asks_phone: bool = True,
    needs: tuple[str, ...] = ("name",),
    message_label: str = "Wat wil je vragen of vertellen?",
    has_story: bool = False,
    purposes: tuple[Purpose, ...] = tuple(Purpose),
) -> PersonForm:
    """
    The form, in the language of the page.

    :param path: Where it goes.
    :param button: This and `message_label` in Dutch.
    :param needs: The fields that have to be filled in.
    :param message_label: Empty: there is nothing to tell.
    :param has_story: Whether a conversation goes along, so that sharing it can be asked.
    :param purposes: What can be agreed to here.
    """
    say = shell.say
    fields = [
        FieldRow("name", "Naam", typed.name, autocomplete="name", longest=100),
        FieldRow("email", "E-mailadres", typed.email, "email", autocomplete="email"),
    ]
    if asks_phone:
        fields.append(FieldRow("phone", "Telefoonnummer", typed.phone, "tel", autocomplete="tel", longest=60))
    if message_label:
        fields.append(FieldRow("message", message_label, typed.message, "area", longest=2000))
    asked = [each for each in purposes if each is not Purpose.TRANSCRIPT or has_story]
    names = {Purpose.CONTACT: "consent"}
    given = typed.given()
    return PersonForm(
        action=shell.link(path),
        button=say(button),
        fields=tuple(
            FieldRow(
                each.name,
                say(each.label),
                each.value,
                each.kind,
                each.hint,
                say(errors.get(each.name, "")),
                each.autocomplete,
                each.name in needs,
                each.longest,
            )
            for each in fields
        ),
        consent=Markup(text.html),  # noqa: S704 - nh3 has cleaned it
        version=text.version,
        ticks=tuple(
            TickRow(
                names.get(each, each.value),
                text.choices[each],
                given[each],
                say(errors.get("consent", "")) if each is Purpose.CONTACT else "",
                each is Purpose.CONTACT,
            )
            for each in asked
        ),
        story=typed.story,
        errors=tuple((name, say(told)) for name, told in errors.items()),
    )


def consent_errors(typed: Typed, text: ConsentText) -> dict[str, str]:
    """What is wrong about what was agreed to, by field."""
    if not typed.consent:
        return {"consent": "Zet een vinkje als je akkoord gaat. Anders mogen we je gegevens niet bewaren."}
    if typed.version != text.version:
        return {"consent": "De tekst over je gegevens is veranderd. Lees hem opnieuw, en verstuur het nog een keer."}
    return {}
