"""How the desk says things: Dutch words for phases, verdicts, facts, ages and moments."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.accounts.audit import Action
from assistant.accounts.role import Role
from assistant.leads.consent import Purpose
from assistant.leads.lead import LeavingReason, Phase
from assistant.leads.matching import NeedKind
from assistant.leads.routing import find_municipality
from assistant.leads.warmth import Warmth
from assistant.leads.work import InteractionKind, Outcome
from assistant.leads.working_time import working_time
from knowledge.catalogue import Catalogue
from knowledge.fact import FactType, FactValue
from knowledge.place import Region
from knowledge.programme import MONTHS

PHASES: dict[Phase, str] = {
    Phase.NEW: "Nieuw",
    Phase.ORIENTING: "Oriënteren",
    Phase.MATCHING: "Matchen",
    Phase.PREPARING: "Voorbereiden",
    Phase.IN_TRAINING: "In opleiding",
    Phase.WORKING: "Werkzaam",
    Phase.LEFT: "Uitgestroomd",
}
LEAVING_REASONS: dict[LeavingReason, str] = {
    LeavingReason.OTHER_WORK: "Koos ander werk",
    LeavingReason.MONEY: "Kan het niet betalen",
    LeavingReason.NOT_ADMITTED: "Niet toegelaten tot een opleiding",
    LeavingReason.NO_SCHOOL: "Vond geen school",
    LeavingReason.TOO_HEAVY: "Te zwaar of te veel tijd",
    LeavingReason.PERSONAL: "Persoonlijke redenen",
    LeavingReason.ELSEWHERE: "Ging verder in een andere regio",
    LeavingReason.NO_ANSWER: "Niet meer te bereiken",
    LeavingReason.UNKNOWN: "Reden niet bekend",
}
INTERACTIONS: dict[InteractionKind, str] = {
    InteractionKind.PHONE: "Telefonisch",
    InteractionKind.EMAIL: "E-mail",
    InteractionKind.IN_PERSON: "Persoonlijk",
    InteractionKind.ADVICE: "Adviesgesprek",
    InteractionKind.REFERRAL: "Doorverwijzing",
    InteractionKind.REGISTRATION: "Inschrijving",
    InteractionKind.NO_ANSWER: "Gebeld, geen gehoor",
}
PURPOSES: dict[Purpose, str] = {
    Purpose.CONTACT: "Contact opnemen",
    Purpose.REFER: "Doorgeven aan een ander loket of een school",
    Purpose.TRANSCRIPT: "Het gesprek lezen",
    Purpose.FOLLOW_UP: "Later vragen hoe het is gegaan",
}
NEEDS: dict[NeedKind, str] = {
    NeedKind.PERMANENT: "Vaste plek",
    NeedKind.REPLACEMENT: "Vervanging",
    NeedKind.TRAINING_PLACE: "Opleidingsplek",
}
OUTCOMES: dict[Outcome, str] = {
    Outcome.IN_TRAINING: "Volgt een opleiding of traject",
    Outcome.WORKS_IN_EDUCATION: "Werkt in het onderwijs",
    Outcome.STILL_LOOKING: "Is nog bezig",
    Outcome.STOPPED: "Is gestopt",
    Outcome.NOT_REACHED: "Niet bereikt",
}
WARMTHS: dict[Warmth, str] = {
    Warmth.READY: "Wil een stap zetten",
    Warmth.EXPLORING: "Kijkt nog rond",
    Warmth.UNKNOWN: "Nog niet bekend",
}
SECTORS = {"po": "Basisonderwijs", "so": "Speciaal onderwijs", "vo": "Voortgezet onderwijs", "mbo": "Mbo"}
VERDICTS = {
    "fits": "Past",
    "possible": "Past misschien",
    "ask_adviser": "Vraag voor adviseur",
    "does_not_fit": "Past nu niet",
}
ORIGINS = {"said": "Zelf gezegd", "chosen": "Zelf gekozen", "inferred": "Afgeleid uit het gesprek"}
PREFERRED = {"email": "Graag een e-mail", "phone": "Graag bellen", "appointment": "Graag een afspraak"}
NO_ROLE = "Geen rol"
ROLES = {Role.ADVISER: "Adviseur", Role.EDITOR: "Redacteur", Role.REGION_ADMIN: "Regiobeheerder"}
ACTIONS = {
    Action.LEAD_SEEN: "Dossier bekeken",
    Action.LEAD_PRINTED: "Dossier afgedrukt",
    Action.LEAD_CHANGED: "Aanmelding aangepast",
    Action.LEAD_CLAIMED: "Aanmelding opgepakt",
    Action.LEAD_NOTED: "Notitie gemaakt",
    Action.LEAD_CONTACTED: "Contact vastgelegd",
    Action.LEAD_MAILED: "E-mail gestuurd",
    Action.LEAD_ANSWERED: "E-mail binnengekomen",
    Action.LEAD_REFERRED: "Doorverwezen",
    Action.LEAD_MERGED: "Aanmeldingen samengevoegd",
    Action.LEAD_CONSENT_WITHDRAWN: "Toestemming ingetrokken",
    Action.CONVERSATION_SEEN: "Gesprek bekeken",
    Action.CONVERSATION_JOINED: "Meegepraat in een gesprek",
    Action.AGENDA_SEEN: "Agenda bekeken",
    Action.AGENDA_CHANGED: "Agenda aangepast",
    Action.REGISTRATIONS_EXPORTED: "Aanmeldingen voor een bijeenkomst gedownload",
    Action.FIGURES_EXPORTED: "Cijfers gedownload",
    Action.FIGURES_FILLED_IN: "Jaarcijfers ingevuld",
    Action.QUESTION_DISMISSED: "Vraag van de lijst gehaald",
    Action.ITEM_CHANGED: "Onderdeel gewijzigd (concept)",
    Action.CHANGE_SUBMITTED: "Wijziging ter beoordeling gegeven",
    Action.CHANGE_ARRANGED: "Wijziging anders ingedeeld",
    Action.CHANGE_COMMENTED: "Opmerking bij een wijziging geplaatst",
    Action.CHANGE_APPROVED: "Wijziging goedgekeurd",
    Action.CHANGE_SENT_BACK: "Wijziging teruggestuurd",
    Action.CHANGE_TOLD: "Zin voor bezoekers veranderd",
    Action.CHANGE_PLANNED: "Publicatie gepland",
    Action.CHANGE_PUBLISHED: "Wijziging gepubliceerd",
    Action.CHANGE_TAKEN_BACK: "Publicatie teruggenomen",
    Action.CHANGE_WITHDRAWN: "Wijziging ingetrokken",
    Action.REVIEW_DECIDED: "Gekozen waar een tweede paar ogen naar kijkt",
    Action.PROPOSAL_TAKEN: "Voorstel van een bron overgenomen (concept)",
    Action.PROPOSAL_REFUSED: "Voorstel van een bron niet overgenomen",
    Action.SOURCE_TRUSTED: "Bron vertrouwd voor een veld",
    Action.SOURCE_DISTRUSTED: "Bron niet meer vertrouwd voor een veld",
    Action.SOURCE_FETCHED: "Bron met de hand opgehaald",
    Action.SOURCE_PAUSED: "Bron gepauzeerd",
    Action.SOURCE_RESUMED: "Bron weer gevolgd",
    Action.ACCOUNT_SIGNED_IN: "Ingelogd",
    Action.ACCOUNT_SIGN_IN_FAILED: "Inloggen mislukt",
    Action.ACCOUNT_SIGNED_OUT: "Uitgelogd",
    Action.ACCOUNT_SESSION_ENDED: "Inlog beëindigd",
    Action.ACCOUNT_PASSWORD_CHANGED: "Wachtwoord veranderd",
    Action.ACCOUNT_RESET_SENT: "Link voor nieuw wachtwoord gestuurd",
    Action.ACCOUNT_SECOND_STEP_SET: "Tweede stap aangezet",
    Action.ACCOUNT_SECOND_STEP_REMOVED: "Tweede stap uitgezet",
    Action.ACCOUNT_INVITED: "Collega uitgenodigd",
    Action.ACCOUNT_CHANGED: "Account aangepast",
    Action.ACCOUNT_DISABLED: "Account geblokkeerd",
    Action.ACCOUNT_ENABLED: "Account weer toegelaten",
    Action.AUDIT_EXPORTED: "Logboek gedownload",
    Action.RETENTION_CHANGED: "Bewaartermijn veranderd",
    Action.RETENTION_ERASED: "Gewist na de bewaartermijn",
    Action.PERSON_SOUGHT: "Gegevens van een persoon opgezocht",
    Action.PERSON_EXPORTED: "Gegevens van een persoon gegeven",
    Action.PERSON_ERASED: "Gegevens van een persoon gewist",
}

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def moment_in_words(moment: datetime) -> str:
    """`zondag 22 november 2026, 14:05`, Dutch time."""
    local = moment.astimezone(_AMSTERDAM)
    return f"{day_in_words(local.date())}, {local:%H:%M}"


def day_in_words(day: date) -> str:
    """`zondag 22 november 2026`."""
    return f"{_DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def age_in_words(since: datetime, now: datetime) -> str:
    """How long ago: `zojuist`, `12 minuten geleden`, `3 uur geleden`, `gisteren`, `4 dagen geleden`, `2 maanden geleden`."""
    age = now - since
    days = (now.astimezone(_AMSTERDAM).date() - since.astimezone(_AMSTERDAM).date()).days
    if age < timedelta(minutes=2):
        return "zojuist"
    if age < timedelta(hours=1):
        return f"{int(age.total_seconds() // 60)} minuten geleden"
    if days == 0 or age < timedelta(hours=6):
        return f"{int(age.total_seconds() // 3600)} uur geleden"
    if days == 1:
        return "gisteren"
    if days < 14:
        return f"{days} dagen geleden"
    if days < 61:
        return f"{days // 7} weken geleden"
    return f"{days // 30} maanden geleden"


def waiting_in_words(due_at: datetime, now: datetime) -> tuple[str, bool]:
    """
    How long somebody who waits for a first contact may still wait, in hours that the loket is open; and whether it is
    too long already: `Wacht op contact, nog 7 werkuren`, `Wacht te lang, 2 werkuren over tijd`.
    """
    if now <= due_at:
        return f"Wacht op contact, nog {_working_hours(working_time(now, due_at))}", False
    over = working_time(due_at, now)
    return "Wacht te lang" + (f", {_working_hours(over)} over tijd" if over >= timedelta(minutes=1) else ""), True


def _working_hours(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    if hours < 1:
        minutes = round(hours * 60)
        return "1 minuut" if minutes == 1 else f"{minutes} minuten"
    if hours < 16:
        return f"{int(hours)} werkuur" if int(hours) == 1 else f"{int(hours)} werkuren"
    return f"{int(hours / 8)} werkdagen"


def roles_in_words(roles: Mapping[str, Role]) -> str:
    """
    Each role with its regions: `Adviseur: Haaglanden, HAK · Redacteur: Leiden`.

    :param roles: By region, called as it is to be shown.
    """
    told = ((word, [each for each, there in roles.items() if there is role]) for role, word in ROLES.items())
    return " · ".join(f"{word}: {', '.join(regions)}" for word, regions in told if regions) or NO_ROLE


def region_title(catalogue: Catalogue, region_id: str) -> str:
    """The region's name without the word that all of them begin with; its id if the catalogue has no such region."""
    region = catalogue.find(region_id)
    return region.title.removeprefix("Onderwijsregio ") if isinstance(region, Region) else region_id


def titles(catalogue: Catalogue, ids: Iterable[str]) -> dict[str, str]:
    """Records by their title, in its order; by their id where the catalogue does not have them any more."""
    found = {id_: record.title if (record := catalogue.find(id_)) else id_ for id_ in ids}
    return dict(sorted(found.items(), key=lambda each: each[1].casefold()))


def fact_label(catalogue: Catalogue, name: str) -> str:
    """`Hoogste diploma` for `diploma_level`."""
    fact = catalogue.facts.get(name)
    return fact.label.nl if fact else name.replace("_", " ")


def fact_value(catalogue: Catalogue, name: str, value: FactValue) -> str:
    """The value as the question offered it: `Hbo-bachelor`, `Ja`, `Den Haag`."""
    if isinstance(value, bool):
        return "Ja" if value else "Nee"
    fact = catalogue.facts.get(name)
    if fact is None or isinstance(value, int):
        return str(value)
    if fact.type is FactType.MUNICIPALITY:
        municipality = find_municipality(catalogue, str(value))
        return municipality.name if municipality else str(value)
    if fact.type is FactType.SUBJECT:
        subject = catalogue.subjects.get(str(value))
        return subject.title if subject else str(value)
    labels = {option.value: option.label.nl for option in fact.options}
    values = sorted(value, key=lambda each: (*labels, each).index(each)) if isinstance(value, frozenset) else [value]
    return ", ".join(labels.get(each, each) for each in values)
