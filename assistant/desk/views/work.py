"""The work on a lead: contacts, tasks, letters, referrals, leads of one person; the tasks of all, and canned texts."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.desk.dependencies import Adviser, AdviserWithForm, CurrentCatalogue, CurrentSettings
from assistant.desk.dossiers import CurrentDossiers, Dossiers, Work, back_to
from assistant.desk.pages.letter import Written, letter_page, values_of
from assistant.desk.pages.tasks import tasks_page, texts_page
from assistant.desk.profile_text import profile_text
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.errors import Overtaken, Refused
from assistant.leads.consent import Purpose
from assistant.leads.contact import clean_line, clean_text, parse_email
from assistant.leads.lead import Lead
from assistant.leads.reply_to import ReplyTo, reply_to
from assistant.leads.work import InteractionKind, Letter, LetterKind, Outcome, filled, unknown_variables
from assistant.settings import Settings
from assistant.storage.clock import utc_now
from assistant.storage.ids import new_id
from knowledge.catalogue import Catalogue
from knowledge.place import Loket

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

_MAX_TEXT, _MAX_LINE = 8000, 200
_FARTHEST = timedelta(days=3 * 366)
_Long = Annotated[str, Form(max_length=60_000)]
_Short = Annotated[str, Form(max_length=1000)]


@router.post("/leads/{lead_id}/contact")
def add_interaction(
    lead_id: str,
    adviser: AdviserWithForm,
    dossiers: CurrentDossiers,
    soort: Annotated[InteractionKind, Form()],
    verslag: _Long = "",
) -> Response:
    """Write a contact down."""
    lead, text = dossiers.lead(lead_id), clean_text(verslag)
    if len(text) > _MAX_TEXT:
        return dossiers.show(lead_id, f"Je verslag is te lang: gebruik hoogstens {_MAX_TEXT} tekens.", text, 422)
    dossiers.work.add_interaction(lead_id, adviser.account.name, soort, text)
    dossiers.record(Action.LEAD_CONTACTED, lead, soort.value)
    return back_to(lead_id, "contact")


@router.post("/leads/{lead_id}/taak")
def add_task(
    lead_id: str,
    adviser: AdviserWithForm,
    dossiers: CurrentDossiers,
    wat: _Short = "",
    wanneer: Annotated[date | None, Form()] = None,
) -> Response:
    """Something to do by a day."""
    lead, title, today = dossiers.lead(lead_id), clean_line(wat), utc_now().date()
    if not 1 <= len(title) <= _MAX_LINE or wanneer is None or not today <= wanneer <= today + _FARTHEST:
        error = f"Schrijf op wat je wilt doen, in hoogstens {_MAX_LINE} tekens, en kies een dag vanaf vandaag."
        return dossiers.show(lead_id, error, status_code=422)
    dossiers.work.add_task(lead_id, adviser.account.name, title, wanneer)
    dossiers.record(Action.LEAD_CHANGED, lead, "taak")
    return back_to(lead_id, "taak")


@router.post("/leads/{lead_id}/opvolging")
def plan_follow_up(lead_id: str, adviser: AdviserWithForm, dossiers: CurrentDossiers) -> Response:
    """Ask in 3, 6 and 12 months what became of it, if the visitor agreed to that."""
    lead = dossiers.lead(lead_id)
    if not dossiers.allows(lead_id, Purpose.FOLLOW_UP):
        error = "De bezoeker gaf geen toestemming om later te vragen hoe het is gegaan."
        return dossiers.show(lead_id, error, status_code=422)
    dossiers.work.plan_follow_up(lead_id, adviser.account.name, utc_now().date())
    dossiers.record(Action.LEAD_CHANGED, lead, "opvolging")
    return back_to(lead_id, "opvolging")


@router.post("/leads/{lead_id}/taak-klaar")
def finish_task(
    lead_id: str,
    adviser: AdviserWithForm,
    dossiers: CurrentDossiers,
    taak: Annotated[int, Form(ge=1)],
    uitkomst: Annotated[Outcome | None, Form()] = None,
) -> Response:
    """A task is done; of a follow-up with what became of it."""
    lead = dossiers.lead(lead_id)
    task = next((each for each in dossiers.work.tasks(lead_id) if each.id == taak), None)
    if task and task.months and uitkomst is None:
        return dossiers.show(lead_id, "Kies eerst wat ervan geworden is.", status_code=422)
    try:
        dossiers.work.finish_task(lead_id, taak, adviser.account.name, uitkomst)
    except Overtaken:
        return dossiers.overtaken(lead_id)
    dossiers.record(Action.LEAD_CHANGED, lead, "taak klaar")
    return back_to(lead_id, "taak-klaar")


@router.post("/leads/{lead_id}/samenvoegen")
def merge(
    lead_id: str,
    _: AdviserWithForm,
    dossiers: CurrentDossiers,
    ander: Annotated[str, Form(max_length=36)],
    uit_elkaar: Annotated[bool, Form()] = False,
) -> Response:
    """Say that another lead is of the same person, or take that back."""
    lead, other = dossiers.lead(lead_id), dossiers.lead(ander)
    try:
        if uit_elkaar:
            dossiers.people.separate(lead_id, other.id)
        else:
            dossiers.people.merge(lead_id, other.id)
    except Overtaken:
        return dossiers.overtaken(lead_id)
    dossiers.record(Action.LEAD_MERGED, lead, "uit elkaar" if uit_elkaar else "samen")
    return back_to(lead_id, "uit-elkaar" if uit_elkaar else "samen")


@router.get("/leads/{lead_id}/bericht")
def write_letter(lead_id: str, dossiers: CurrentDossiers, tekst: Annotated[int, Query(ge=0)] = 0) -> Response:
    """A letter to the visitor, begun with a canned text if one is chosen."""
    lead = dossiers.lead(lead_id)
    letters = [each for each in dossiers.work.letters(lead_id) if each.kind is LetterKind.VISITOR]
    values = values_of(lead, dossiers.adviser.account.name)
    canned = next((each for each in dossiers.work.canned_texts((lead.region,)) if each.id == tekst), None)
    subject = f"Re: {letters[-1].subject.removeprefix('Re: ')}" if letters else f"Je vraag aan {lead.loket_title}"
    body = f"Beste {values['voornaam']},\n\n\n\nHartelijke groet,\n{values['adviseur']}\n{lead.loket_title}"
    if canned:
        subject, body = filled(canned.subject, values) or subject, filled(canned.body, values)
    return _letter(dossiers, lead, LetterKind.VISITOR, Written(subject=subject, body=body))


@router.post("/leads/{lead_id}/bericht")
def send_letter(
    lead_id: str,
    _: AdviserWithForm,
    dossiers: CurrentDossiers,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    onderwerp: _Short = "",
    tekst: _Long = "",
) -> Response:
    """Send it; what cannot be sent comes back with its text."""
    lead = dossiers.lead(lead_id)
    written = Written(subject=clean_line(onderwerp), body=clean_text(tekst))
    error = _problem(written) or ("" if lead.contact.email else "Van deze persoon is geen e-mailadres bekend.")
    if error:
        return _letter(dossiers, lead, LetterKind.VISITOR, written, error)
    earlier = [each.id for each in dossiers.work.letters(lead_id) if each.kind is LetterKind.VISITOR]
    letter = Letter(
        id=new_id(),
        kind=LetterKind.VISITOR,
        author=dossiers.adviser.account.name,
        receiver=lead.contact.name,
        to=lead.contact.email or "",
        subject=written.subject,
        body=written.body,
        answers=earlier[-1] if earlier else None,
        created_at=utc_now(),
    )
    dossiers.work.send(lead_id, letter, _reply_to(lead, catalogue, settings))
    dossiers.record(Action.LEAD_MAILED, lead)
    return back_to(lead_id, "bericht")


@router.get("/leads/{lead_id}/doorverwijzen")
def write_referral(lead_id: str, dossiers: CurrentDossiers, catalogue: CurrentCatalogue) -> Response:
    """To another loket or a school, with the story in readable form."""
    lead = dossiers.lead(lead_id)
    subject = f"Kandidaat voor het onderwijs, van {lead.loket_title}"
    return _letter(
        dossiers,
        lead,
        LetterKind.LOKET,
        Written(subject=subject, body=profile_text(lead, catalogue)),
        catalogue=catalogue,
    )


@router.post("/leads/{lead_id}/doorverwijzen")
def refer(
    lead_id: str,
    _: AdviserWithForm,
    dossiers: CurrentDossiers,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    loket: Annotated[str, Form(max_length=80)] = "",
    school: _Short = "",
    adres: _Short = "",
    toestemming: _Short = "",
    akkoord: Annotated[bool, Form()] = False,
    onderwerp: _Short = "",
    tekst: _Long = "",
) -> Response:
    """
    Send the story to one receiver, and write down to whom.

    A visitor who agreed to it beforehand may go to another loket. A school, or a loket without that agreement, has to be
    asked for, and the adviser says how.
    """
    lead = dossiers.lead(lead_id)
    written = Written(
        subject=clean_line(onderwerp), body=clean_text(tekst), loket=loket, school=clean_line(school),
        address=clean_line(adres), consent=clean_line(toestemming),
    )  # fmt: skip
    found = catalogue.find(loket) if loket else None
    target = found if isinstance(found, Loket) and found.takes_leads and found.id != lead.loket_id else None
    to = (target.lead_mailbox or target.email or settings.mail_to) if target else parse_email(written.address)
    error = _problem(written)
    if target is None and not (written.school and to):
        error = "Kies een loket, of vul de naam en het e-mailadres van een school in."
    agreed = target is not None and dossiers.allows(lead_id, Purpose.REFER)
    if not error and not agreed and not (akkoord and written.consent):
        error = "Vraag de bezoeker eerst of deze ontvanger het verhaal mag krijgen, en schrijf op hoe en wanneer je dat vroeg."
    if error or to is None:
        return _letter(dossiers, lead, LetterKind.LOKET, written, error, catalogue)
    letter = Letter(
        id=new_id(),
        kind=LetterKind.LOKET if target else LetterKind.SCHOOL,
        author=dossiers.adviser.account.name,
        receiver=target.title if target else written.school,
        to=to,
        subject=written.subject,
        body=written.body,
        consent=written.consent or f"Bij de aanmelding, tekst {lead.consent.version}",
        created_at=utc_now(),
    )
    dossiers.work.send(lead_id, letter, _reply_to(lead, catalogue, settings))
    dossiers.work.add_interaction(lead_id, letter.author, InteractionKind.REFERRAL, f"Naar {letter.receiver}")
    dossiers.record(Action.LEAD_REFERRED, lead, letter.kind.value)
    if target is None:
        return back_to(lead_id, "doorverwezen")
    region = target.regions[0] if target.regions and lead.region not in target.regions else lead.region
    dossiers.work.hand_over(lead_id, target.id, target.title, region)
    if region not in dossiers.adviser.account.regions:
        return RedirectResponse("/desk?gedaan=doorverwezen", status_code=303)
    return back_to(lead_id, "doorverwezen")


@router.get("/taken")
def tasks(adviser: Adviser, work: Work) -> Response:
    """What is to be done, the longest due first."""
    found = work.open_tasks(adviser.account.regions, adviser.account.id)
    return render("tasks.html", tasks_page(adviser, found, utc_now()))


@router.get("/teksten")
def canned_texts(
    adviser: Adviser, work: Work, catalogue: CurrentCatalogue, gedaan: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """The texts that advisers of these regions use often."""
    done = {"bewaard": "De tekst is bewaard.", "weg": "De tekst is verwijderd."}.get(gedaan, "")
    return render("texts.html", texts_page(adviser, catalogue, work.canned_texts(adviser.account.regions), done))


@router.post("/teksten")
def save_canned_text(
    adviser: AdviserWithForm,
    work: Work,
    catalogue: CurrentCatalogue,
    regio: Annotated[str, Form(max_length=80)] = "",
    titel: _Short = "",
    onderwerp: _Short = "",
    tekst: _Long = "",
) -> Response:
    """Keep a text; one with a variable that we do not know comes back."""
    title, subject, body = clean_line(titel), clean_line(onderwerp), clean_text(tekst)
    regions = adviser.account.regions
    region = regio if regio in regions else regions[0]
    unknown = unknown_variables(subject + "\n" + body)
    error = ""
    if not (1 <= len(title) <= _MAX_LINE and 1 <= len(body) <= _MAX_TEXT and len(subject) <= _MAX_LINE):
        error = f"Geef de tekst een titel, en gebruik hoogstens {_MAX_TEXT} tekens."
    elif unknown:
        error = (
            f"Achter $ hoort een naam uit de lijst. Dit ken ik niet: {', '.join(unknown)}. Voor een dollarteken: $$."
        )
    if error:
        found = work.canned_texts(regions)
        page = texts_page(adviser, catalogue, found, error=error, typed=(title, subject, body))
        return render("texts.html", page, 422)
    work.save_canned_text(region, adviser.account.name, title, subject, body)
    return RedirectResponse("/desk/teksten?gedaan=bewaard", status_code=303)


@router.post("/teksten/weg")
def drop_canned_text(adviser: AdviserWithForm, work: Work, tekst: Annotated[int, Form(ge=1)]) -> Response:
    """Forget a text."""
    work.drop_canned_text(tekst, adviser.account.regions)
    return RedirectResponse("/desk/teksten?gedaan=weg", status_code=303)


def _problem(written: Written) -> str:
    if not 1 <= len(written.subject) <= _MAX_LINE:
        return f"Schrijf een onderwerp van hoogstens {_MAX_LINE} tekens."
    if not 1 <= len(written.body) <= _MAX_TEXT:
        return f"Schrijf een bericht van hoogstens {_MAX_TEXT} tekens."
    return ""


def _reply_to(lead: Lead, catalogue: Catalogue, settings: Settings) -> ReplyTo:
    """
    Where answers go, to this desk or to the mailbox of the loket: an answer has to arrive where people read, and where it
    comes in here they are told so there.
    """
    loket = catalogue.find(lead.loket_id)
    mailbox = (loket.lead_mailbox or loket.email) if isinstance(loket, Loket) else None
    if mailbox or settings.mail_to:
        return reply_to(mailbox or settings.mail_to, settings.mail_reply)
    raise Refused("Er is geen postbus waar een antwoord kan aankomen. Vraag de beheerder.")


def _letter(
    dossiers: Dossiers,
    lead: Lead,
    kind: LetterKind,
    written: Written,
    error: str = "",
    catalogue: Catalogue | None = None,
) -> Response:
    texts = dossiers.work.canned_texts((lead.region,)) if kind is LetterKind.VISITOR else []
    page = letter_page(dossiers.adviser, lead, kind, written, texts, catalogue, error)
    return render("letter.html", page, 422 if error else 200)
