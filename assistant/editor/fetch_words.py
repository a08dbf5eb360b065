"""What a run says of pages, in the words of an editor: the reports themselves are written for operators, in English."""

import re
from datetime import date

from assistant.desk.wording import day_in_words

_WHY: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), told)
    for pattern, told in (
        (r"its robots\.txt does not come: (?P<why>.+)", "De site geeft zijn regels voor programma’s (robots.txt) nu niet. {why}"),
        (r"robots\.txt forbids it", "De site wil niet dat programma’s deze pagina lezen (robots.txt)."),
        (r"it leads to (?P<to>\S+), which may not be fetched", "De pagina stuurt door naar {to}, en die mogen we niet lezen."),
        (r"the server answers 404|the server answers 410", "De pagina bestaat niet meer."),
        (r"the server answers (?:401|403)", "De site laat ons hier niet toe."),
        (r"the server answers (?:429)", "De site vraagt om later terug te komen."),
        (r"the server answers (?P<code>\d+)", "De site geeft een foutmelding ({code})."),
        (r"it is sent round in a circle.*", "De pagina stuurt in een kring door."),
        (r"it is sent on more than (?P<n>\d+) times", "De pagina stuurt meer dan {n} keer door."),
        (r"it leads to another site, (?P<to>\S+)", "De pagina stuurt door naar een andere site: {to}."),
        (r"(?P<host>\S+) leads to \S+, which is not on the public internet", "{host} wijst naar een adres dat niet openbaar is. Dat halen we niet op."),
        (r"(?P<host>\S+) asks for port \d+.*", "{host} gebruikt een ongewone poort. Die halen we niet op."),
        (r"it takes too long to answer|it was not there after .*", "De site antwoordt te traag."),
        (r"it is (?P<mb>\d+) MB, and at most (?P<most>\d+) MB is read", "De pagina is te groot: {mb} MB. We lezen er hoogstens {most}."),
        (r"it (?:is|unpacks to) over (?P<most>\d+) MB", "De pagina is te groot: meer dan {most} MB."),
        (r"it cannot be unpacked .*", "De pagina is ingepakt op een manier die niet klopt."),
        (r".*CERTIFICATE_VERIFY_FAILED.*|.*certificate.*|.*(?:SSL|TLS).*", "De beveiligde verbinding van de site klopt niet (certificaat)."),
        (r".*(?:is not known|Name or service).*|.*has no address.*", "Het adres van de site bestaat niet (meer)."),
        (r"the connection fails .*|.*(?:refused|reset|disconnected|unreachable).*", "De site is niet te bereiken."),
        (r"its HTML cannot be read .*", "De pagina is zo gebouwd dat we hem niet kunnen lezen."),
        (r"it holds no text", "Er staat geen tekst op."),
        (r"no passage came of it", "Er staat te weinig tekst op."),
        (r"it is empty", "Hij is leeg."),
        (r"it is no text but binary|its encoding is unknown", "Het is geen leesbare tekst."),
        (r"it is locked with a password|it is encrypted", "Er zit een wachtwoord op."),
        (r"it is damaged .*", "De pdf is beschadigd."),
        (r"it has more than (?P<n>[\d,]+) (?:pages|characters of text)", "De pdf is te lang."),
        (r"it holds no text, only pictures", "Er staan alleen plaatjes op, geen tekst."),
        (r"it says that it is a PDF and is none", "Het zegt een pdf te zijn, maar is het niet."),
        (r"reading it took (?:more than|too much) .*", "Lezen kostte te veel tijd of geheugen."),
        (r"(?P<type>\S+|no media type) is no kind that is read", "Dit soort bestand lezen we niet ({type})."),
        (r"it is no (?P<type>DOCX|XLSX|CSV|RSS or Atom|iCalendar|JSON).*", "Het bestand is beschadigd of iets anders dan het zegt ({type})."),
        (r"it closed on (?P<day>\d{4}-\d\d-\d\d)", "De vacature is gesloten op {day}."),
        (r"it was on (?P<day>\d{4}-\d\d-\d\d)", "De bijeenkomst was op {day}."),
        (r"it is cancelled", "De bijeenkomst gaat niet door."),
        (r"editors have it already", "Dit staat al bij jullie zelf."),
        (r"(?P<n>\d+) addresses in a row failed, the last: (?P<why>.+)", "{n} adressen achter elkaar lukten niet. De laatste: {why}"),
        (r"nothing of the site could be reached: (?P<why>.+)", "Niets van de site was te bereiken. {why}"),
        (r"over the limit of pages", "meer pagina’s dan de grens voor deze bron"),
        (r"no page", "geen pagina, maar een plaatje of ander bestand"),
        (r"outside what the source follows", "buiten het deel van de site dat we volgen"),
        (r"path in a circle", "adressen die in een kring lopen"),
        (r"of another year", "agenda van een ander jaar"),
        (r"same page with other parameters", "dezelfde pagina met een andere sortering of filter"),
    )
)  # fmt: skip


def why_in_words(why: str) -> str:
    """Why a page did not come or was not read, in a Dutch sentence; what nobody foresaw stands as it was written."""
    for pattern, told in _WHY:
        if match := pattern.fullmatch(why.strip()):
            named = {name: value or "" for name, value in match.groupdict().items()}
            if "day" in named:
                named["day"] = day_in_words(date.fromisoformat(named["day"]))
            if "why" in named:
                named["why"] = why_in_words(named["why"])
            return told.format(**named)
    return f"Er ging iets mis: {why}" if why else ""
