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
