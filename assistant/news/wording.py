"""The words of the news, Dutch (B1) and English."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from knowledge.programme import MONTHS, MONTHS_EN

Locale = Literal["nl", "en"]

FIELDS: dict[str, dict[Locale, str]] = {
    "title": {"nl": "Naam", "en": "Name"},
    "summary": {"nl": "In het kort", "en": "In short"},
    "amounts": {"nl": "Bedrag", "en": "Amount"},
    "status": {"nl": "Loopt het nog?", "en": "Is it still there?"},
    "paid_by": {"nl": "Wie betaalt", "en": "Who pays"},
    "recipient": {"nl": "Wie krijgt het geld", "en": "Who gets the money"},
    "conditions": {"nl": "Voorwaarden", "en": "Conditions"},
    "apply_at": {"nl": "Waar vraag je het aan", "en": "Where to apply"},
    "agreement": {"nl": "Cao", "en": "Collective agreement"},
    "duration": {"nl": "Hoe lang", "en": "How long"},
    "forms": {"nl": "Vorm", "en": "Form"},
    "pay_while_learning": {"nl": "Verdien je tijdens het leren?", "en": "Do you earn while you learn?"},
    "income": {"nl": "Inkomen onderweg", "en": "Income on the way"},
    "hours_per_week": {"nl": "Tijd per week", "en": "Time a week"},
    "qualification": {"nl": "Wat heb je daarna?", "en": "What you have at the end"},
    "teaches_in": {"nl": "Waar mag je lesgeven?", "en": "Where you may teach"},
    "starts": {"nl": "Wanneer kun je beginnen?", "en": "When you can begin"},
    "support": {"nl": "Wie begeleidt je?", "en": "Who guides you"},
    "dropout": {"nl": "Hoeveel mensen stoppen?", "en": "How many people stop"},
    "steps": {"nl": "De stappen", "en": "The steps"},
    "next_step": {"nl": "Je eerste stap", "en": "Your first step"},
    "costs": {"nl": "Kosten", "en": "Costs"},
    "subsidies": {"nl": "Wie helpt betalen", "en": "Who helps to pay"},
    "salaries": {"nl": "Salaris", "en": "Salary"},
    "statement": {"nl": "De regel", "en": "The rule"},
    "otherwise": {"nl": "Als het bij jou niet klopt", "en": "If this is not so for you"},
    "says": {"nl": "Wat er geldt", "en": "What holds"},
    "not_judged": {"nl": "Wat ook kan meetellen", "en": "What can count too"},
    "body": {"nl": "Uitleg", "en": "Explanation"},
    "condition": {"nl": "Voor wie de regel geldt", "en": "For whom the rule is"},
    "valid_from": {"nl": "Geldt vanaf", "en": "Holds from"},
    "valid_until": {"nl": "Geldt tot", "en": "Holds until"},
}
"""What of an item is told, in this order."""

VALUES: dict[str, dict[Locale, str]] = {
    "open": {"nl": "Loopt", "en": "Open"},
    "closed": {"nl": "Bestaat nog, maar je kunt nu niet aanvragen", "en": "Still there, but you cannot apply now"},
    "ended": {"nl": "Gestopt", "en": "Stopped"},
    "unknown": {"nl": "Niet zeker", "en": "Not sure"},
    "current": {"nl": "Geldt nu", "en": "Holds now"},
    "jij": {"nl": "Jij", "en": "You"},
    "school": {"nl": "De school", "en": "The school"},
    "school-of-jij": {"nl": "De school of jij", "en": "The school or you"},
    "opleiding": {"nl": "De opleiding", "en": "The training programme"},
    "regio": {"nl": "De regio", "en": "The region"},
    "voltijd": {"nl": "voltijd", "en": "full-time"},
    "deeltijd": {"nl": "deeltijd", "en": "part-time"},
    "duaal": {"nl": "duaal", "en": "work and study combined"},
    "flexibel": {"nl": "flexibel", "en": "flexible"},
    "werken-en-leren": {"nl": "werken en leren tegelijk", "en": "work and learn at once"},
    "yes": {"nl": "Ja", "en": "Yes"},
    "no": {"nl": "Nee", "en": "No"},
    "differs": {"nl": "Verschilt", "en": "Differs"},
}

REWRITTEN: dict[str, dict[Locale, str]] = {
    "body": {"nl": "Opnieuw geschreven. Lees het op de pagina.", "en": "Written anew. Read it on the page."},
    "condition": {
        "nl": "Aangepast, zodat een antwoord beter past bij de regel.",
        "en": "Adjusted, so that an answer fits the rule better.",
    },
}
"""What is too long to lay side by side, or is no words at all."""

SENTENCES: dict[str, dict[Locale, str]] = {
    "new": {"nl": "Nieuw: {title}.", "en": "New: {title}."},
    "gone": {"nl": "{title} staat niet meer op deze site.", "en": "{title} is no longer on this site."},
    "one": {"nl": "{title}. Eerst: {was}. Nu: {now}.", "en": "{title}. Before: {was}. Now: {now}."},
    "some": {"nl": "{title}. Dit is veranderd: {fields}.", "en": "{title}. This has changed: {fields}."},
    "rule": {"nl": "Een regel voor {title} is veranderd.", "en": "A rule for {title} has changed."},
    "rule_new": {"nl": "Er is een nieuwe regel voor {title}.", "en": "There is a new rule for {title}."},
    "rule_gone": {"nl": "Een regel voor {title} geldt niet meer.", "en": "A rule for {title} no longer holds."},
    "put_back": {"nl": "Dit is weer zoals het eerst was.", "en": "This is as it was before."},
}


def day_in_words(day: date, locale: Locale) -> str:
    """`1 september 2026`, `1 September 2026`."""
    return f"{day.day} {(MONTHS if locale == 'nl' else MONTHS_EN)[day.month - 1]} {day.year}"


def listed(words: Iterable[str], locale: Locale) -> str:
    """`duur, vorm en salaris`."""
    *before, last = [*words] or [""]
    return f"{', '.join(before)} {'en' if locale == 'nl' else 'and'} {last}" if before else last
