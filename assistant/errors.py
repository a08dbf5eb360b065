"""Every error as a tree, each with a status and a Dutch sentence for whoever asked."""

from typing import ClassVar


class LoketError(Exception):
    """`str(error)` is for operators: English, with ids, without what a visitor typed."""

    status_code: ClassVar[int] = 500
    title: ClassVar[str] = "Internal error"
    visitor_message: str = "Er ging iets mis bij ons. Probeer het over vijf minuten opnieuw."


class NotFound(LoketError):
    """There is nothing under that id."""

    status_code = 404
    title = "Not found"
    visitor_message = "Dit bestaat niet of niet meer."

    def __init__(self, what: str, id_: str) -> None:
        super().__init__(f"{what} {id_[:60]!r} does not exist")


class NotYours(LoketError):
    """The token is missing or belongs to another conversation."""

    status_code = 401
    title = "Token missing or wrong"
    visitor_message = "Dit gesprek is niet (meer) van jou. Begin een nieuw gesprek."

    def __init__(self) -> None:
        super().__init__("the bearer token is missing or does not belong to this conversation")


class SiteNotAllowed(LoketError):
    """The widget stands on a site that the operator did not allow."""

    status_code = 403
    title = "Site not allowed"

    def __init__(self, origin: str, home: str) -> None:
        """:param home: The address of this installation, empty if it is not set."""
        super().__init__(f"origin {origin[:200]!r} is not in LOKET_ALLOWED_ORIGINS")
        there = f"Stel je vraag op {home}." if home else "Ga naar de site van je loket."
        self.visitor_message = f"Dit gesprek mag niet op deze site staan. {there}"


class Refused(LoketError):
    """What was sent is well-formed JSON, but makes no sense; the message says why, in Dutch."""

    status_code = 422
    title = "Not accepted"

    def __init__(self, visitor_message: str) -> None:
        super().__init__("the request was refused: its content makes no sense here")
        self.visitor_message = visitor_message


class TooMany(LoketError):
    """More requests than the limit allows."""

    status_code = 429
    title = "Too many requests"
    visitor_message = "Je stuurt veel berichten achter elkaar. Wacht een minuut en probeer het opnieuw."

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(f"rate limit reached, free again in {retry_after_seconds} s")
        self.retry_after_seconds = retry_after_seconds


class TooLarge(LoketError):
    """The body is bigger than any honest request."""

    status_code = 413
    title = "Too large"
    visitor_message = "Je bericht is te lang. Maak het korter en verstuur het opnieuw."

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"the request body is over {limit_bytes} bytes")


class NotReady(LoketError):
    """A part is still starting."""

    status_code = 503
    title = "Not ready"
    visitor_message = "Ik ben nog aan het opstarten. Probeer het over een halve minuut opnieuw."


class FieldsRefused(Refused):
    """Some fields of a form or a body make no sense; each says why, in Dutch."""

    def __init__(self, errors: dict[str, str]) -> None:
        """:param errors: Field name (dotted for a nested one) to a Dutch sentence that says what to do."""
        super().__init__("Er klopt iets nog niet. " + " ".join(errors.values()))
        self.errors = errors


class Overtaken(LoketError):
    """Somebody else, or another tab, changed the same thing a moment earlier."""

    status_code = 409
    title = "Changed in the meantime"
    visitor_message = "Er kwam net iets anders tussendoor. Kijk even, en doe het zo nodig opnieuw."

    def __init__(self, what: str, id_: str) -> None:
        super().__init__(f"{what} {id_[:60]!r} was changed by another request; read it again and retry")


class StoreUnavailable(LoketError):
    """The people store does not take or give anything: disk full, database gone or locked."""

    status_code = 503
    title = "Storage unavailable"
    visitor_message = "Ik kan nu niets bewaren. Probeer het over vijf minuten opnieuw, of bel het loket."

    def __init__(self, reason: str) -> None:
        super().__init__(f"the people store failed ({reason}); check disk space, rights and LOKET_PEOPLE_URL")


class NoLoket(LoketError):
    """The catalogue holds no loket that takes leads."""

    status_code = 503
    title = "No loket takes leads"
    visitor_message = "Er is nu geen loket dat je gegevens kan aannemen. Probeer het later opnieuw."

    def __init__(self) -> None:
        super().__init__("no active loket with takes_leads in the catalogue; add one under knowledge/content/loketten")
