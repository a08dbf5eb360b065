"""Small words around a name that turn its meaning: denial, condition, having, wanting, somebody else."""

from collections.abc import Iterable

from assistant.answering.understand.text import Text

_DENIALS = frozenset({"geen", "niet", "zonder", "nooit", "nog", "no", "not", "without", "never"})
_HARD_DENIALS = _DENIALS - {"nog"}
_AFTER_DENIALS = ("niet afgerond", "niet afgemaakt", "niet gehaald", "nooit afgemaakt", "nooit afgerond", "not finished",
                  "niet voltooid", "niet afgestudeerd")  # fmt: skip
_CONDITIONS = frozenset({"als", "zodra", "wanneer", "if", "stel", "mocht", "indien"})
_HAVING = frozenset({
    "heb", "hebt", "had", "met", "gedaan", "gehaald", "afgerond", "diploma", "gestudeerd", "studeerde", "opleiding",
    "niveau", "achtergrond", "afgestudeerd", "zak", "alleen", "have", "with", "finished", "completed", "degree", "graduated",
    "getuigschrift", "vooropleiding", "hoogste", "behaald", "op zak", "havodiploma",
})  # fmt: skip
_WANTING = frozenset({
    "wil", "wilt", "willen", "voor", "op", "in", "binnen", "naar", "lesgeven", "les", "geven", "docent", "leraar", "werken",
    "school", "het", "de", "want", "teach", "at", "worden", "leerkracht", "instructeur", "klas", "bij", "een",
})  # fmt: skip
_BEING = frozenset({"ben", "was", "als", "een", "am", "as", "bij"})
_WORKING = frozenset({"werk", "werkte", "werkzaam", "gewerkt", "werkend", "work", "worked", "working", "geweest"})
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
_FIRST_PERSON = frozenset({"ik", "mij", "mijn", "me", "mn", "kwil", "ikzelf", "i", "im", "my", "ive", "wij", "we", "k"})
_THIRD_PERSON = frozenset({
    "vrouw", "man", "partner", "dochter", "zoon", "vriend", "vriendin", "zus", "broer", "moeder", "vader", "collega", "buurvrouw",
    "wife", "husband", "daughter", "son", "friend", "buurman", "nichtje", "neefje", "kind",
})  # fmt: skip
_ASKING = frozenset({
    "wat", "hoe", "hoeveel", "waar", "wanneer", "welke", "welk", "wie", "waarom", "what", "how", "where", "when", "which", "who",
    "why", "kun", "kan", "is", "zijn", "does", "do", "mag", "moet", "krijg", "krijgt", "verdien", "bestaat", "heeft", "betekent",
})  # fmt: skip


def is_denied(text: Text, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` are denied: `geen hbo`, `pabo niet afgerond`, `nog niet klaar met de pabo`."""
    clause = text.tokens[start].clause
    before = [t.text for t in text.tokens[max(0, start - 3) : start] if t.clause == clause]
    after = [t.text for t in text.tokens[end : end + 4] if t.clause == clause]
    if any(word in {"wel", "maar"} for word in before[-1:]):
        return False
    if any(word in _HARD_DENIALS for word in before):
        # "niet alleen hbo", "ik weet niet of ik met hbo ..." deny something else.
        return "alleen" not in before and "niet of" not in " ".join(before)
    return any(" ".join(after).startswith(words) or words in " ".join(after) for words in _AFTER_DENIALS)


def is_conditional(text: Text, start: int) -> bool:
    """Whether the name stands in a clause that only supposes: `als ik mijn hbo afmaak`."""
    clause = text.clause(text.tokens[start].clause)
    words = [token.text for token in clause[:4]]
    later = {"afmaak", "afrond", "haal", "finish", "klaar", "afgerond", "behaal", "studeer"}
    return any(word in _CONDITIONS for word in words) and any(token.text in later for token in clause)


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
    if set(before) & (_STUDYING | _TEACHING):
        return False
    return bool(set(before[-1:]) & _BEING) or (bool(set(before) & _WORKING) and before[-1:] != ["heb"])


def is_about_somebody_else(text: Text) -> bool:
    """Whether the message speaks of a relative or friend: `mijn vrouw heeft hbo`."""
    words = text.words
    return any(
        word in _THIRD_PERSON and index > 0 and words[index - 1] in {"mijn", "mn", "een", "my", "onze", "m'n"}
        for index, word in enumerate(words)
    )


def says_i(text: Text) -> bool:
    """Whether the message speaks in the first person."""
    return any(word in _FIRST_PERSON for word in text.words)


def is_question(text: Text) -> bool:
    """Whether the message asks: a question mark, or a word that questions begin with."""
    return "?" in text.raw or bool(text.words and text.words[0] in _ASKING)


def tells_about_self(text: Text) -> bool:
    """Whether the message tells about the visitor, and is not only a question about the world."""
    return says_i(text) or not is_question(text)
