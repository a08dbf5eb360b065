"""The editors' Dutch for groups, kinds, fields and values."""

from collections.abc import Mapping

SORTS: Mapping[str, str] = {
    "route": "Routes", "cost": "Kosten", "subsidy": "Subsidies en leningen", "salary": "Salarissen",
    "vacancy": "Vacatures", "loket": "Loketten", "region": "Regio’s", "event": "Bijeenkomsten",
    "orientation": "Kennismaken", "institution": "Opleiders en scholen", "programme": "Opleidingen",
    "article": "Artikelen", "faq": "Veelgestelde vragen", "story": "Verhalen", "term": "Begrippen",
    "figure": "Cijfers", "rules": "Regels", "moves": "Stappen naar een route", "sources": "Bronnen",
    "facts": "Vragen aan bezoekers", "subjects": "Schoolvakken", "municipalities": "Gemeenten",
    "fields": "Studierichtingen", "professions": "Beroepen", "phrasings": "Zo vragen mensen het",
    "intents": "Soorten vragen", "guards": "Grenzen", "arrangements": "Afspraken met een school",
    "finance_items": "Geldposten", "finances": "Geld per route", "tuition_rules": "Regels voor collegegeld",
    "combinations": "Samen gebruiken", "school_costs": "Kosten voor een school",
}  # fmt: skip
"""What the lists are called, in the order of the menu: kinds of records first, then the other groups."""

ONE: Mapping[str, str] = {
    "route": "route", "cost": "kostenpost", "subsidy": "subsidie", "salary": "salaris", "vacancy": "vacature",
    "loket": "loket", "region": "regio", "event": "bijeenkomst", "orientation": "kennismaking",
    "institution": "opleider of school", "programme": "opleiding", "article": "artikel", "faq": "vraag met antwoord",
    "story": "verhaal", "term": "begrip", "figure": "cijfer", "rules": "regel", "moves": "stap", "sources": "bron",
    "facts": "vraag", "subjects": "vak", "municipalities": "gemeente", "fields": "studierichting",
    "professions": "beroep", "phrasings": "groep zinnen", "intents": "soort vraag", "guards": "grens",
    "arrangements": "afspraak", "finance_items": "geldpost", "finances": "geld van een route",
    "tuition_rules": "regel", "combinations": "combinatie", "school_costs": "kosten",
}  # fmt: skip

STATES: Mapping[str, str] = {
    "draft": "Concept", "in_review": "Ter beoordeling", "approved": "Goedgekeurd", "published": "Gepubliceerd",
    "withdrawn": "Ingetrokken", "aside": "Ernaast bewaard",
}  # fmt: skip

PROPOSAL_KINDS: Mapping[str, str] = {
    "changed": "De bron zegt nu iets anders", "contradicts": "Een andere bron spreekt dit tegen",
    "gone": "De bron is weg", "ageing": "Gaat over een jaar dat voorbij is", "new": "Nieuw",
    "double": "Staat er misschien al",
}  # fmt: skip

PROPOSAL_STATES: Mapping[str, str] = {
    "accepted": "Overgenomen", "edited": "Overgenomen en zelf bijgewerkt", "refused": "Niet overgenomen",
    "same_as": "Is hetzelfde als wat er al stond", "superseded": "Vervallen: de bron zegt inmiddels iets anders",
}  # fmt: skip

SURENESS: Mapping[str, str] = {
    "high": "duidelijk gelezen", "medium": "waarschijnlijk goed gelezen", "low": "onzeker gelezen: kijk zelf even",
}  # fmt: skip
"""How surely a page was read; not whether it is true."""

NEEDS: Mapping[str, str] = {
    "amounts": "bedragen", "conditions": "voorwaarden", "rules": "regels", "legal_basis": "wetten",
}  # fmt: skip

FIELDS: Mapping[str, tuple[str, str]] = {
    "in_short": ("In één zin", "Alleen voor een woord dat bezoekers niet kennen. Een antwoord legt het hiermee uit."),
    "InShort.nl": ("Nederlands", "Wat het woord betekent, in één korte zin."),
    "InShort.en": ("Engels", "Wat het woord betekent, in één korte zin."),
    "InShort.words": ("Vormen van het woord", "Zoals het in onze zinnen staat. Elke vorm op een eigen regel."),
    "id": ("Naam in het adres", "Kleine letters, cijfers en streepjes. Verandert later niet meer."),
    "kind": ("Soort", ""),
    "Rule.kind": ("Werking", "Een eis moet kloppen. Een uitsluiting mag niet kloppen. Een voorkeur zet de route hoger."),
    "name": ("Naam", ""),
    "title": ("Titel", ""),
    "summary": ("Antwoord in het kort", "Een of twee korte zinnen, zo dat ze los te lezen zijn. Dit krijgt een bezoeker te lezen."),
    "body": ("Meer uitleg", "Een kop begint met ##. Elke kop wordt een eigen stuk in de zoekmachine."),
    "sectors": ("Onderwijs", "Niets gekozen: geldt overal."),
    "regions": ("Regio’s", "Leeg: geldt in het hele land."),
    "audience": ("Voor wie", ""),
    "also_called": ("Zo noemen mensen het ook", "Eén naam op een regel: afkortingen, oude namen, straattaal."),
    "sources": ("Bronnen", "De beste bron eerst. Zonder bron kan het niet worden gepubliceerd."),
    "source": ("Bron", ""),
    "confidence": ("Hoe zeker is het", "Onzeker: alleen redacteuren zien het."),
    "uncertain": ("Wat niet zeker is", "In woorden voor de bezoeker."),
    "conflicts": ("Bronnen die elkaar tegenspreken", ""),
    "claims": ("Wat elke bron zegt", ""),
    "valid_from": ("Geldt vanaf", "De eerste dag."),
    "valid_until": ("Geldt tot", "De eerste dag waarop het niet meer geldt."),
    "review_by": ("Nakijken voor", ""),
    "translations": ("In het Engels", ""),
    "en": ("Engels", ""),
    "nl": ("Nederlands", ""),
    "about": ("Waarover", "Een paar woorden na ‘over’."),
    "says": ("Zegt", ""),
    "sure": ("Wat wel zeker is", "Na ‘Zeker is:’."),
    "ask": ("Wie weet het", "Een zin voor de bezoeker: Vraag het na bij DUO."),
    "as_of": ("Van wanneer", "De dag, maand of het jaar waar de bron over spreekt: 2026-09-01, 2026-09 of 2026."),
    "amounts": ("Bedragen", "Elk bedrag heeft een jaar. Zonder jaar kan het niet worden gepubliceerd."),
    "label": ("Wat het is", ""),
    "value": ("Bedrag of getal", "Zo: 2694 of 2.694,50. Of vul minstens en hoogstens in."),
    "Option.value": ("Waarde", ""),
    "at_least": ("Minstens", ""),
    "at_most": ("Hoogstens", ""),
    "currency": ("Munt", ""),
    "per": ("Per", ""),
    "year": ("Jaar", "Een jaar (2026) of een schooljaar (2026-2027)."),
    "approximate": ("Ongeveer", ""),
    "paid_by": ("Wie betaalt", ""),
    "status": ("Stand", ""),
    "form": ("Vorm", ""),
    "forms": ("Vormen", ""),
    "recipient": ("Wie krijgt het geld", ""),
    "conditions": ("Voorwaarden", "Eén voorwaarde op een regel."),
    "apply_at": ("Waar vraag je het aan", ""),
    "replaced_by": ("Wat ervoor in de plaats kwam", ""),
    "agreement": ("Cao", ""),
    "roles": ("Rollen", ""),
    "duration": ("Hoe lang", ""),
    "Months.at_least": ("Minstens (maanden)", ""),
    "Months.at_most": ("Hoogstens (maanden)", ""),
    "hours_per_week": ("Uren in de week", ""),
    "qualification": ("Welke bevoegdheid het geeft", ""),
    "teaches_in": ("Waar je dan mag lesgeven", ""),
    "income": ("Inkomen tijdens de route", ""),
    "pay_while_learning": ("Salaris tijdens de opleiding", ""),
    "starts": ("Wanneer het begint", ""),
    "support": ("Begeleiding", ""),
    "dropout": ("Stoppen", ""),
    "text": ("Tekst", ""),
    "steps": ("Stappen", ""),
    "next_step": ("Eerste stap", ""),
    "costs": ("Kosten", ""),
    "subsidies": ("Subsidies", ""),
    "salaries": ("Salarissen", ""),
    "institutions": ("Opleiders", ""),
    "institution": ("Opleider", ""),
    "orientations": ("Kennismaken", ""),
    "related": ("Lijkt op", ""),
    "lokets": ("Loketten", ""),
    "employer": ("School", ""),
    "board": ("Bestuur", ""),
    "municipality": ("Gemeente", ""),
    "municipalities": ("Gemeenten", ""),
    "subjects": ("Vakken", ""),
    "fte": ("Omvang", ""),
    "scale": ("Schaal", ""),
    "closes_on": ("Laatste dag om te reageren", "Daarna verdwijnt de vacature vanzelf."),
    "welcomes_zij_instromers": ("Zij-instromers welkom", ""),
    "url": ("Adres op internet", "Begint met https://"),
    "services": ("Wat het loket doet", ""),
    "takes_leads": ("Neemt aanmeldingen aan", ""),
    "lead_mailbox": ("Mailadres voor aanmeldingen", ""),
    "email": ("Mailadres", ""),
    "phone": ("Telefoon", ""),
    "address": ("Adres", ""),
    "hours": ("Openingstijden", ""),
    "days": ("Dagen", ""),
    "opens": ("Open om", ""),
    "closes": ("Dicht om", ""),
    "default_loket": ("Loket als niets anders past", ""),
    "starts_at": ("Begint", ""),
    "ends_at": ("Eindigt", ""),
    "place": ("Plaats", ""),
    "price": ("Prijs", "In woorden, met het jaar erbij."),
    "routes": ("Routes", ""),
    "route": ("Route", ""),
    "city": ("Stad", ""),
    "cities": ("Steden", ""),
    "locations": ("Plaatsen", ""),
    "type": ("Type", ""),
    "board_id": ("Bestuursnummer", ""),
    "starts_in": ("Begint in de maanden", "Als getal, één op een regel: 2 en 9."),
    "apply_by": ("Aanmelden voor", ""),
    "study_load": ("Studielast", ""),
    "admission": ("Toelating", ""),
    "certificate": ("Wat je haalt", ""),
    "information": ("Voorlichting", ""),
    "contact": ("Contact", ""),
    "measure": ("Wat is gemeten", ""),
    "nature": ("Soort cijfer", ""),
    "qualifier": ("Hoe precies", ""),
    "unit": ("Eenheid", ""),
    "direction": ("Richting", ""),
    "date": ("Dag van de meting", ""),
    "area": ("Gebied", ""),
    "scope": ("Soort gebied", ""),
    "statement": ("De regel in een zin", "Zo leest een bezoeker het."),
    "statement_en": ("De regel in het Engels", ""),
    "condition": ("Voorwaarde", ""),
    "otherwise": ("Wat je zegt als het niet klopt", "Wat er mist, en hoe iemand er kan komen."),
    "otherwise_en": ("Hetzelfde in het Engels", ""),
    "needs_adviser": ("Waarom een mens moet kijken", "Ingevuld: de regel wijst nooit af, maar stuurt naar een adviseur."),
    "weight": ("Gewicht", "Alleen voor een voorkeur: van -5 tot 5."),
    "legal_basis": ("Wet", ""),
    "law": ("Wet of regeling", ""),
    "provision": ("Artikel", ""),
    "question": ("Vraag", ""),
    "why": ("Waarom we dit vragen", ""),
    "options": ("Antwoorden", ""),
    "means": ("Dan weten we ook", "Op elke regel: naam: waarde."),
    "left_out_means": ("Niet gekozen betekent", "Op elke regel: naam: waarde."),
    "ordered": ("Antwoorden lopen op", ""),
    "minimum": ("Kleinste getal", ""),
    "maximum": ("Grootste getal", ""),
    "effort": ("Moeite", "Van 1 (een tik) tot 5 (een papier opzoeken)."),
    "after": ("Pas na deze vraag", ""),
    "shortage": ("Tekortvak", ""),
    "places": ("Plaatsen erin", ""),
    "postcodes": ("Postcodes", "Zo: 2500-2599."),
    "region": ("Regio", ""),
    "education_or_care": ("Onderwijs of zorg", "Bepaalt welk collegegeld iemand betaalt."),
    "examples": ("Voorbeelden", "Zoals mensen het typen, één op een regel."),
    "answers": ("Wat het antwoord is", ""),
    "intent": ("Soort vraag", ""),
    "aspect": ("Wat iemand ervan wil weten", ""),
    "asks": ("Zinnen", "Zoals mensen het typen, één op een regel."),
    "publisher": ("Uitgever", ""),
    "document": ("Naam van het document", "Als het geen eigen adres heeft."),
    "recheck_after": ("Opnieuw lezen na (dagen)", ""),
    "topic": ("Onderwerp", ""),
    "flow": ("Waar gaat het geld heen", ""),
    "record": ("Onderdeel met de bedragen", ""),
    "labels": ("Welke bedragen ervan", "Leeg: allemaal."),
    "no_amount": ("Zonder bedrag vertellen", ""),
    "follows_tuition": ("Hoogstens het collegegeld", ""),
    "when": ("Voor wie", ""),
    "sure_if": ("Zeker als", ""),
    "also": ("Wat verder telt", ""),
    "unsure": ("Wat dan nog open is", ""),
    "tuition": ("Collegegeld", ""),
    "fee": ("Welk collegegeld", ""),
    "level": ("Niveau", ""),
    "share": ("Deel ervan", "1 is alles, 0,5 de helft."),
    "once": ("Eén keer, hoe lang het ook duurt", ""),
    "items": ("Geldposten", ""),
    "item": ("Geldpost", ""),
    "from_year": ("Vanaf jaar", ""),
    "to_year": ("Tot en met jaar", ""),
    "months": ("Maanden", ""),
    "years": ("Hoe lang", ""),
    "unknown": ("Wat geen bron vertelt", ""),
    "statutory": ("Wettelijk collegegeld", ""),
    "institutional": ("Instellingscollegegeld", ""),
    "institutional_if": ("Instellingscollegegeld als", ""),
    "not_judged": ("Wat ook kan meetellen", ""),
    "between": ("Welke twee", ""),
    "allowed": ("Mag het samen", ""),
    "training": ("Scholing", ""),
    "assessment": ("Geschiktheidsonderzoek", ""),
    "total": ("Het hele traject", ""),
    "subsidy": ("Subsidie", ""),
    "salary": ("Salaris", ""),
    "fact": ("Wat iemand vertelt", ""),
    "to": ("Wat iemand nodig heeft", ""),
    "came_from": ("Wat iemand heeft", ""),
    "primary_locations": ("Belangrijkste plaatsen", ""),
    "vacancies_url": ("Adres van de vacatures", ""),
    "partners": ("Partners", ""),
    "duo_number": ("Nummer bij DUO", ""),
    "is_online": ("Op afstand", ""),
    "near": ("In de buurt van", ""),
    "how": ("Hoe", ""),
    "for_each_unit": ("Voor elke stap opnieuw", ""),
    "is_free": ("Gratis", ""),
    "phrases": ("Zinnen", "Eén op een regel."),
    "unless": ("Behalve als er ook staat", "Eén op een regel."),
    "likely": ("Waarschijnlijk diploma", "Alleen als vraag; het wordt nooit aangenomen."),
}  # fmt: skip
"""By name, or by model and name where the model gives it another meaning: what it is called, and help."""

VALUES: Mapping[str, str] = {
    "high": "Zeker", "medium": "Redelijk zeker", "low": "Onzeker (niet voor bezoekers)", "current": "Geldt nu",
    "ended": "Gestopt", "open": "Loopt", "closed": "Dicht voor aanvragen", "unknown": "Niet bekend", "active": "Actief",
    "planned": "Gepland", "jij": "De bezoeker", "school": "De school", "school-of-jij": "De school of de bezoeker",
    "po": "Basisonderwijs", "so": "Speciaal onderwijs", "vo": "Voortgezet onderwijs", "mbo": "Mbo",
    "ko": "Kinderopvang", "ho": "Hoger onderwijs", "requirement": "Eis", "exclusion": "Uitsluiting",
    "preference": "Voorkeur", "yes": "Ja", "no": "Nee", "partly": "Voor een deel", "pay": "Bezoeker betaalt",
    "earn": "Bezoeker verdient", "receive": "Bezoeker krijgt", "borrow": "Bezoeker leent",
    "school-pays": "School betaalt", "school-receives": "School krijgt", "whether": "Of het er is",
    "how-much": "Hoeveel het is", "collegegeld": "Collegegeld, welk hangt ervan af",
    "statutory": "Altijd het wettelijke", "own": "Eigen prijs", "none": "Geen", "statistic": "Telling",
    "rate": "Deel", "forecast": "Verwachting", "target": "Doel", "up": "Omhoog", "down": "Omlaag",
    "flat": "Gelijk", "down-then-up": "Eerst omlaag, dan omhoog", "choice": "Eén keuze", "set": "Meer keuzes",
    "number": "Getal", "flag": "Ja of nee", "subject": "Schoolvak", "municipality": "Gemeente", "text": "Tekst",
    "regio": "De regio", "opleiding": "De opleiding",
}  # fmt: skip


def sort_of(group: str, kind: str) -> str:
    """The list that an item is in: the kind of a record, else its group."""
    return kind if group == "records" else group


def label_of(model: str, name: str) -> tuple[str, str]:
    """
    What a field is called, and its help.

    :raises KeyError: If it has no Dutch yet; a test holds that all have.
    """
    return FIELDS.get(f"{model}.{name}") or FIELDS[name]


def value_in_words(value: str) -> str:
    """A value of a choice."""
    return VALUES.get(value, value.replace("_", " ").replace("-", " ").capitalize())


MISTAKES: Mapping[str, str] = {
    "missing": "Vul dit in.",
    "string_too_short": "Dit is te kort.",
    "string_too_long": "Dit is te lang.",
    "too_short": "Hier moet minstens één in staan.",
    "string_pattern_mismatch": "Schrijf het anders: hier mogen alleen kleine letters, cijfers en streepjes, of een jaar zoals 2026-2027.",
    "literal_error": "Kies een van de mogelijkheden.",
    "enum": "Kies een van de mogelijkheden.",
    "int_parsing": "Schrijf een heel getal.",
    "decimal_parsing": "Schrijf een bedrag als getal: 2694 of 2.694,50.",
    "decimal_type": "Schrijf een bedrag als getal: 2694 of 2.694,50.",
    "date_from_datetime_parsing": "Schrijf een dag zo: 31-12-2026.",
    "date_parsing": "Schrijf een dag zo: 31-12-2026.",
    "datetime_parsing": "Kies een dag en een tijd.",
    "datetime_from_date_parsing": "Kies een dag en een tijd.",
    "time_parsing": "Schrijf een tijd zo: 09:00.",
    "url_parsing": "Schrijf het hele adres, met https:// ervoor.",
    "url_scheme": "Een adres begint met https://.",
    "greater_than_equal": "Dit getal is te laag.",
    "less_than_equal": "Dit getal is te hoog.",
    "greater_than": "Dit getal is te laag.",
    "extra_forbidden": "Dit hoort hier niet.",
    "bool_parsing": "Kies ja of nee.",
}

REASONS: Mapping[str, str] = {
    "give either `value`": "Vul óf het bedrag in, óf minstens en/of hoogstens.",
    "`at_least` is more than": "Minstens is hier meer dan hoogstens.",
    "give exactly one of one_of": "Kies bij elke voorwaarde een waarde.",
    "a preference needs a weight": "Geef een voorkeur een gewicht van -5 tot 5, maar niet 0.",
    "say in `otherwise`": "Zeg wat een bezoeker kan doen bij wie deze regel niet klopt.",
    "a source needs a url": "Een bron heeft een adres op internet of de naam van een document.",
    "say in `says`": "Zeg in een zin voor wie het is.",
    "give `when` together": "Vul ‘Voor wie’ en de zin erbij allebei in, of geen van beide.",
    "`to_year` lies before": "Het laatste jaar ligt vóór het eerste.",
    "give `level`": "Kies een niveau bij collegegeld, en alleen dan.",
    "name two schemes": "Kies twee verschillende regelingen.",
    "`no_amount` goes with": "Zonder bedrag vertellen gaat niet samen met bedragen kiezen.",
    "a translation says in `says`": "De vertaling noemt evenveel bronnen als het Nederlands.",
}
"""By how the English reason of a model begins."""


def mistake_in_words(kind: str, message: str) -> str:
    """What is wrong with a field, in Dutch."""
    if found := MISTAKES.get(kind):
        return found
    reason = message.removeprefix("Value error, ")
    return next(
        (dutch for start, dutch in REASONS.items() if reason.startswith(start)), "Dit klopt nog niet. Kijk het na."
    )
