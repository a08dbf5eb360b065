"""Small words around a name that turn its meaning, all in one place: denial, condition, having, wanting, somebody else."""

from collections.abc import Iterable

from assistant.answering.understand.text import Text

FIRST = frozenset({"ik", "k", "ikke", "ikzelf", "i", "im", "ive", "wij", "we"})
I_DO = frozenset({"ben", "heb", "woon", "werk", "am", "zoek", "studeer"})
"""Verbs that only go with `ik`: people leave the `ik` out."""
MODALS = frozenset({"wil", "kan", "mag", "moet", "ga", "word", "zou", "can", "could", "may", "will", "do"})
VERBS = I_DO | MODALS | {
    "was", "had", "werkte", "stond", "deed", "studeerde", "gaf", "woonde", "zat", "volgde", "zit", "sta", "doe", "volg", "geef",
    "have", "did", "worked", "moest", "mocht", "wilde", "kon", "leef", "kom",
}  # fmt: skip
"""Verbs of which `ik` may follow: `heb ik`, `was ik`."""
OWNERS = frozenset({"mijn", "mn", "me", "mij", "m", "een", "my", "onze", "ons", "our", "a"})
OTHERS = frozenset({
    "vrouw", "man", "partner", "dochter", "zoon", "vriend", "vriendin", "zus", "zusje", "broer", "broertje", "moeder", "vader",
    "mam", "mama", "ma", "pap", "papa", "pa", "collega", "buurvrouw", "buurman", "buurmeisje", "buurjongen", "nichtje",
    "neefje", "nicht", "neef", "kind", "kinderen", "kids", "zonen", "dochters", "ouders", "tante", "oom", "opa", "oma",
    "schoonzus", "schoonzoon", "schoondochter", "vriendje", "vriendinnetje", "echtgenoot", "echtgenote", "verloofde", "ex",
    "kennis", "huisgenoot", "client", "kandidaat",
    "wife", "husband", "daughter", "son", "friend", "sister", "brother", "mother", "father", "mom", "dad", "mum", "girlfriend",
    "boyfriend", "colleague", "neighbour", "neighbor", "cousin", "aunt", "uncle", "children", "child",
})  # fmt: skip
THEY = frozenset({"hij", "zij", "ze", "he", "she"})
THEY_DO = frozenset(
    {"is", "heeft", "woont", "werkt", "wil", "was", "had", "has", "lives", "works", "wants", "kan", "zit", "doet"}
)
SUPPOSES = frozenset(
    {"als", "zodra", "wanneer", "if", "stel", "mocht", "indien", "suppose", "supposing", "once", "gesteld"}
)
NEGATORS = frozenset(
    {"geen", "niet", "zonder", "nooit", "noch", "no", "not", "without", "never", "dont", "didnt", "nie", "neit"}
)
ENDS_DENIAL = frozenset(
    {
        "behalve",
        "uitgezonderd",
        "except",
        "wel",
        "maar",
        "alleen",
        "but",
        "only",
        "liever",
        "toch",
        "slechts",
        "gewoon",
        "gwn",
        "just",
    }
)
FINISHED = frozenset({
    "afgerond", "afgemaakt", "gehaald", "voltooid", "behaald", "af", "gedaan", "klaar", "afgestudeerd", "finished", "finish",
    "completed", "complete", "afgesloten", "gelukt", "geslaagd", "afmaken", "passed",
})  # fmt: skip
BROKEN_OFF = frozenset({
    "gestopt", "stopte", "afgebroken", "afgehaakt", "gestaakt", "opgehouden", "gezakt", "mislukt", "begonnen", "gestart",
    "dropped", "quit", "stopped", "failed", "uitgevallen", "onafgemaakt",
})  # fmt: skip
NOT_YET = frozenset({
    "bezig", "studeer", "studerend", "volg", "bijna", "laatstejaars", "afstuderen", "student", "studying", "almost", "eerstejaars",
    "tweedejaars", "derdejaars", "vierdejaars", "afstudeer",
})  # fmt: skip
WANTS_TO = frozenset({"wil", "willen", "ga", "gaan", "zou", "want", "going", "wou", "wilde"})
OBTAINING = frozenset(
    {"halen", "haal", "doen", "behalen", "volgen", "studeren", "afmaken", "afronden", "gaan", "get", "obtain", "study"}
)
WORKING = frozenset(
    {
        "werk",
        "werkte",
        "werkzaam",
        "gewerkt",
        "werkend",
        "werken",
        "work",
        "worked",
        "working",
        "geweest",
        "baan",
        "job",
    }
)
AFTER_MARKS = frozenset(
    {"nee", "neen", "sorry", "correctie", "bedoel", "bedoelde", "meant", "wacht", "oeps", "correction"}
)
"""Words with which somebody takes back what came before; at the start of a message they answer what we said."""
ALONE_STARTS = frozenset({
    "en", "and", "dus", "so", "terwijl", "omdat", "daarna", "vroeger", "toen", "eerst", "nu", "inmiddels", "daarvoor", "because",
    "currently", "now", "then", "zelf", "verder",
})  # fmt: skip
"""Words with which a new statement starts in a story without punctuation."""
GOES_ON_FROM = frozenset(
    {
        "maar",
        "en",
        "but",
        "and",
        "nog",
        "die",
        "dat",
        "het",
        "heb",
        "ik",
        "ben",
        "er",
        "it",
        "i",
        "helaas",
        "ook",
        "alleen",
        "ze",
    }
)
"""Words that say nothing of their own: what is left is about what came before."""
_HAVING = frozenset({
    "heb", "hebt", "heeft", "had", "has", "met", "gedaan", "gehaald", "afgerond", "diploma", "gestudeerd", "studeerde", "opleiding",
    "niveau", "achtergrond", "afgestudeerd", "zak", "alleen", "have", "with", "finished", "completed", "degree", "graduated",
    "getuigschrift", "vooropleiding", "hoogste", "behaald", "op zak", "havodiploma",
})  # fmt: skip
_WANTING = frozenset({
    "wil", "wilt", "willen", "voor", "op", "in", "binnen", "naar", "lesgeven", "les", "geven", "docent", "leraar", "werken",
    "school", "het", "de", "want", "teach", "at", "worden", "leerkracht", "instructeur", "klas", "bij", "een",
})  # fmt: skip
_BEING = frozenset({"ben", "was", "als", "een", "am", "as", "bij"})
_WORKING = frozenset({"werk", "werkte", "werkzaam", "gewerkt", "werkend", "work", "worked", "working", "geweest"})
_CAREER = frozenset({"ervaring", "werkervaring", "gezeten", "experience", "carriere"})
_STUDYING = frozenset({
    "heb", "had", "met", "hbo", "wo", "mbo", "master", "bachelor", "diploma", "studie", "opleiding", "gestudeerd", "studeerde",
    "gedaan", "afgerond", "degree", "studied", "universitaire", "universitair",
})  # fmt: skip
_TEACHING = frozenset(
    {
        "docent",
        "leraar",
        "lerares",
        "leerkracht",
        "lesgeven",
        "les",
        "geven",
        "geef",
        "doceren",
        "teach",
        "teacher",
        "vak",
    }
)
_ELLIPSIS = 7
_SUPPOSING = frozenset({("en", "als"), ("maar", "als"), ("and", "if"), ("but", "if")})
_ASKED_ABOUT = frozenset({"ik", "i", "we", "wij"})
"""After its verb, whom a question is about: `ben ik te oud`."""
_FIRST_PERSON = FIRST | {"mij", "mijn", "me", "mn", "kwil", "my"}
_ASKING = frozenset({
    "wat", "hoe", "hoeveel", "waar", "wanneer", "welke", "welk", "wie", "waarom", "what", "how", "where", "when", "which", "who",
    "why", "kun", "kan", "is", "zijn", "does", "do", "mag", "moet", "krijg", "krijgt", "verdien", "bestaat", "heeft", "betekent",
})  # fmt: skip


def goes_on_with_a_thing(text: Text) -> bool:
    """Whether a message names a thing to go on with and asks nothing of its own: `en als docent?`, `en met vwo`."""
    words = text.words
    starts = bool(words) and words[0] in {"en", "and", "maar", "of", "ook"}
    return (
        starts
        and 2 <= len(words) <= _ELLIPSIS
        and not set(words) & (_ASKING | VERBS | _FIRST_PERSON | {"duurt", "kost"})
    )


def supposes_a_thing(text: Text) -> bool:
    """Whether a message asks the same as before of another case: `en als ik onderwijsassistent ben?`."""
    words = text.words
    return 3 <= len(words) <= _ELLIPSIS and tuple(words[:2]) in _SUPPOSING and not set(words) & _ASKING


def speaks_of_having(text: Text, start: int, end: int) -> bool:
    """Whether what stands around the name says `I have it` rather than `I want to work there`."""
    clause = text.tokens[start].clause
    before = [t.text for t in text.tokens[max(0, start - 5) : start] if t.clause == clause][::-1]
    after = [t.text for t in text.tokens[end : end + 3] if t.clause == clause]
    having = _nearest(before, _HAVING)
    wanting = _nearest(before, _WANTING)
    if having == wanting:
        having = min(having, _nearest(after, _HAVING))
    return having < wanting


def _nearest(words: Iterable[str], cues: frozenset[str]) -> int:
    return next((distance for distance, word in enumerate(words) if word in cues), 99)


def is_trade(text: Text, start: int) -> bool:
    """
    Whether the name is what somebody is or did for a living: `ik ben verpleegkundige`, `twaalf jaar gewerkt in de bouw`.

    That is no diploma, and no subject that somebody says to want to teach.
    """
    clause = text.tokens[start].clause
    before = [t.text for t in text.tokens[max(0, start - 4) : start] if t.clause == clause]
    works = bool(set(text.words) & (WORKING | _CAREER)) and not set(before) & (MODALS | _TEACHING)
    if works and (set(before[-3:]) & {"in", "bij"} or set(before[-1:]) & {"als", "as"}):
        return True
    if set(before) & (_STUDYING | _TEACHING):
        return False
    return bool(set(before[-1:]) & _BEING) or (bool(set(before) & _WORKING) and before[-1:] != ["heb"])


def says_i(text: Text) -> bool:
    """Whether the message speaks in the first person."""
    return any(word in _FIRST_PERSON for word in text.words)


def is_question(text: Text) -> bool:
    """Whether the message asks: a question mark, or a word that questions begin with."""
    words = text.words
    turned = len(words) > 2 and words[0] in I_DO | MODALS and words[1] in _ASKED_ABOUT
    return "?" in text.raw or turned or bool(words and words[0] in _ASKING)


def tells_about_self(text: Text) -> bool:
    """Whether the message tells about the visitor, and is not only a question about the world."""
    return says_i(text) or not is_question(text)
