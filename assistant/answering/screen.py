"""Stops what must not be answered as a question: crisis, abuse, others' data, hidden instructions, size."""

import re
from dataclasses import dataclass

from assistant.answering.answer import AnswerStatus
from assistant.answering.understand.text import fold

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_CRISIS = re.compile(
    r"\b(?:zelfmoord\w*|suicid\w*|zelfdoding|kill myself|end my life|mezelf (?:iets aan ?doen|van kant|pijn)|maak er een eind aan"
    r"|een eind(?:e)? aan (?:mijn leven|maken)|niet meer (?:leven|verder leven)|wil(?:de)? (?:liever |gewoon )?dood|want to die"
    r"|dood wil|geen zin meer in (?:het|mijn) leven|leven (?:heeft )?geen zin meer|uit het leven stappen|mezelf doden|zie het leven niet meer zitten|automutil\w*)\b"
)
_ABUSE = re.compile(
    r"\b(?:(?:kanker|tering|tyfus)(?:lijer|wijf|hoer|hond|kind|homo|mongool|zooi|bende|computer|robot|bot)\w*|hoer\w*|kut(?!as)\w*|klootzak\w*|fuck (?:you|off)|rot op|(?:krijg|vuile?|stomme) (?:de )?(?:kanker|tering|tyfus)|lul|eikel|mongool|bitch|sukkel|achterlijke?|flikker)\b"
)
_OTHERS = re.compile(
    r"\b(?:adres|woon(?:t|adres)|telefoon(?:nummer)?|mobiel(?:e)?(?: nummer)?|e-?mail(?:adres)?|geboortedatum|bsn|salaris|nummer|06)\b"
    r"[^.?!]{0,40}\b(?:van|of) (?:meneer|mevrouw|juf|meester|dhr|mw|mr|de leraar van|mijn (?:buur\w*|ex|collega|docent|leraar|juf)|een (?:andere|leerling|kandidaat))\b"
    r"|(?<!mijn )\b(?:prive|thuis|persoonlijk)\w*[ -]?(?:telefoon)?(?:nummer|adres|mail)\w*\b"
    r"|\bwaar woont (?:juf|meester|meneer|mevrouw|mijn (?:ex|buur\w*|docent|leraar))\b"
)
_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget) (?:all |any |the |your )*(?:previous|prior|above|earlier)?\s*(?:instructions?|rules?|prompts?)\b"
    r"|\bsystem prompt\b|\bnegeer (?:al(?:le)? |je |de )*(?:vorige |eerdere |bovenstaande )*(?:instructies|regels|opdrachten)\b"
    r"|\byou are now\b|(?:^|[.!?:] *)doe alsof je\b|\bjailbreak\b|\bdeveloper mode\b|\bpretend (?:to be|you are)\b|<\|?(?:im_start|system)"
    r"|\bvergeet (?:al )?je (?:instructies|regels)\b|(?:^|[.!?:] *)(?:please )?act as (?:a|an|if)\b|\bnieuwe instructies:|\bnew instructions:"
)


@dataclass(frozen=True)
class Screened:
    """The message without what no keyboard types, and the status that ends the turn, if it ends here."""

    text: str
    status: AnswerStatus | None = None


def screen(message: str, max_chars: int) -> Screened:
    """
    Look at a message before anything else does.

    :param max_chars: Longer messages are not read any further.
    :returns: Cleaned text; `status` is set when the turn has to end with a fixed sentence.
    """
    cleaned = _CONTROL.sub(" ", _INVISIBLE.sub("", message)).strip()
    if len(cleaned) > max_chars:
        return Screened(cleaned[:max_chars], AnswerStatus.GUARDED_TOO_LONG)
    if not re.search(r"\w", cleaned):
        return Screened(cleaned, AnswerStatus.GUARDED_EMPTY)
    folded = " ".join(fold(cleaned).split())
    for pattern, status in (
        (_CRISIS, AnswerStatus.GUARDED_CRISIS),
        (_INSTRUCTION, AnswerStatus.GUARDED_INSTRUCTION),
        (_OTHERS, AnswerStatus.GUARDED_PERSONAL_DATA),
        (_ABUSE, AnswerStatus.GUARDED_ABUSE),
    ):
        if pattern.search(folded):
            return Screened(cleaned, status)
    return Screened(cleaned)
