"""What pages and mails say in English that are there in both languages: by the Dutch sentence, so that the two never drift apart unseen."""

from collections.abc import Mapping
from typing import Literal

Locale = Literal["nl", "en"]

ENGLISH: Mapping[str, str] = {
    # Choosing a moment
    "Afspraak maken": "Make an appointment",
    "Maak een afspraak": "Make an appointment",
    "Kies een moment om met een adviseur te praten. Het is gratis, en je zit nergens aan vast.": (
        "Choose a moment to talk to an adviser. It is free, and you are not committed to anything."
    ),
    "Waarom dit loket?": "Why this desk?",
    "Je gesprek met de digitale assistent gaat mee. Je hoeft je verhaal niet opnieuw te vertellen.": (
        "Your conversation with the digital assistant goes along. You do not have to tell your story again."
    ),
    "Momenten kiezen": "Choose moments",
    "Met welk loket": "With which desk",
    "Alle loketten": "All desks",
    "Hoe wil je praten": "How do you want to talk",
    "Maakt niet uit": "I do not mind",
    "Toon momenten": "Show moments",
    "Vrije momenten in {region}": "Free moments in {region}",
    "Er zijn nu geen vrije momenten": "There are no free moments now",
    "Bij de loketten in {region} kun je nu online geen moment kiezen. Laat je gegevens achter bij de digitale assistent, "
    "rechtsonder. Dan belt of mailt een adviseur je.": (
        "You cannot choose a moment online at the desks in {region} now. Leave your details with the digital assistant, at the "
        "bottom right. An adviser will then call or mail you."
    ),
    "Bel of mail een loket": "Call or mail a desk (in Dutch)",
    "Kijk in de agenda": "Look at the events (in Dutch)",
    "Bellen": "By phone",
    "Videogesprek": "Video call",
    "Op locatie": "On location",
    "We bellen je": "We call you",
    # The form for one moment
    "Maak deze afspraak": "Make this appointment",
    "Vul in wie je bent. Daarna staat je afspraak vast.": "Fill in who you are. Then your appointment is confirmed.",
    "Jouw moment": "Your moment",
    "Kies een ander moment": "Choose another moment",
    "Verstuur het voor een van deze momenten": "Send it for one of these moments",
    "Maak de afspraak": "Make the appointment",
    "Jouw afspraak": "Your appointment",
    "Wat": "What",
    "Wanneer": "When",
    "Waar": "Where",
    "Hoe": "How",
    "Met": "With",
    # Who somebody is
    "Kijk nog even naar deze velden. Wat je invulde, staat er nog.": (
        "Please look at these fields. What you filled in is still here."
    ),
    "Mag dit?": "Is this all right?",
    "verplicht": "required",
    "mag leeg blijven": "may stay empty",
    "Naam": "Name",
    "E-mailadres": "E-mail address",
    "Telefoonnummer": "Phone number",
    "Wat wil je vragen of vertellen?": "What do you want to ask or tell?",
    "Vul je naam in, in hoogstens 100 tekens.": "Fill in your name, in at most 100 characters.",
    "Dit e-mailadres klopt niet. Kijk het even na.": "This e-mail address is not right. Please check it.",
    "Dit telefoonnummer klopt niet. Schrijf het bijvoorbeeld zo: 06 12345678.": (
        "This phone number is not right. Write it like this: 06 12345678."
    ),
    "Vul je e-mailadres in: je wilt graag een e-mail.": "Fill in your e-mail address: you want an e-mail.",
    "Vul je e-mailadres of je telefoonnummer in. Anders kunnen we geen afspraak maken.": (
        "Fill in your e-mail address or your phone number. Otherwise we cannot make an appointment."
    ),
    "Vul je telefoonnummer in: we bellen je op dit moment.": "Fill in your phone number: we call you at this moment.",
    "Vul je e-mailadres in: daar sturen we de link voor het videogesprek naartoe.": (
        "Fill in your e-mail address: we send the link for the video call there."
    ),
    "Zet een vinkje als je akkoord gaat. Anders mogen we je gegevens niet bewaren.": (
        "Tick the box if you agree. Otherwise we may not keep your details."
    ),
    "De tekst over je gegevens is veranderd. Lees hem opnieuw, en verstuur het nog een keer.": (
        "The text about your details has changed. Read it again, and send this once more."
    ),
    "Dit moment is net bezet of voorbij. Kies een ander moment. Wat je invulde, staat er nog.": (
        "This moment has just been taken or is over. Choose another one. What you filled in is still here."
    ),
    "Met dit adres of nummer is vandaag al vaak iets vastgelegd. Probeer het morgen, of bel het loket.": (
        "This address or number was used often today already. Try again tomorrow, or call the desk."
    ),
    "Er kwam net iets anders tussendoor. Kijk even, en doe het zo nodig opnieuw.": (
        "Something else came in between just now. Have a look, and do it again if needed."
    ),
    # What was booked
    "Je afspraak, en hoe je die verandert.": "Your appointment, and how to change it.",
    "Je bent aangemeld": "You are registered",
    "Je afspraak staat vast": "Your appointment is confirmed",
    "Je staat op de wachtlijst": "You are on the waiting list",
    "Deze aanmelding is afgezegd": "This registration is cancelled",
    "Deze afspraak is afgezegd": "This appointment is cancelled",
    "We hebben dit ook gemaild naar {email}.": "We mailed this to {email} too.",
    "Bewaar de link van deze pagina als je nog iets wilt veranderen.": (
        "Keep the link of this page if you want to change something later."
    ),
    "Komt er een plek vrij? Dan krijg je die vanzelf, en sturen we je een e-mail.": (
        "If a place comes free, it is yours, and we send you an e-mail."
    ),
    "Je hoeft niets meer te doen.": "You do not have to do anything more.",
    "Dit is geweest.": "This is over.",
    "Gelukt! Je afspraak staat vast.": "Done! Your appointment is confirmed.",
    "Gelukt! Je bent aangemeld.": "Done! You are registered.",
    "Gelukt! Je staat op de wachtlijst.": "Done! You are on the waiting list.",
    "Je afspraak is verzet.": "Your appointment is moved.",
    "Het is afgezegd.": "It is cancelled.",
    "Dit is het": "This is it",
    "Zet in je eigen agenda (.ics)": "Add to your own calendar (.ics)",
    "Verzet naar een ander moment": "Move to another moment",
    "Je eigen moment houd je, tot het nieuwe vaststaat.": "You keep your own moment until the new one is confirmed.",
    "Verzet de afspraak": "Move the appointment",
    "Kun je niet?": "Can you not come?",
    "Meld je af": "Cancel my registration",
    "Zeg de afspraak af": "Cancel the appointment",
    "Terug naar de agenda": "Back to the events (in Dutch)",
    "Maak een nieuwe afspraak": "Make a new appointment",
    "Deze afspraak is er niet meer": "This appointment is not there any more",
    "Deze link opent niets (meer). De afspraak is gewist, of de link is niet compleet. Kijk nog eens in je mail.": (
        "This link opens nothing (any more). The appointment was erased, or the link is not complete. Look at your mail again."
    ),
    # Registering for an event
    "Aanmelden": "Register",
    "Aanmelden: {title}": "Register: {title}",
    "Meld je aan voor {title}.": "Register for {title}.",
    "Aanmelden kan niet (meer).": "You cannot register (any more).",
    "Alle plekken zijn bezet. Je kunt op de wachtlijst. Komt er een plek vrij? Dan krijg je die vanzelf.": (
        "All places are taken. You can go on the waiting list. If a place comes free, it is yours."
    ),
    "Er is nog 1 plek.": "There is 1 place left.",
    "Er zijn nog {free} plekken.": "There are {free} places left.",
    "Zet me op de wachtlijst": "Put me on the waiting list",
    "Meld me aan": "Register me",
    "Lees meer hierover": "Read more about this (in Dutch)",
    "Hiervoor meld je je aan": "What you register for",
    "De inschrijving is gesloten, of de bijeenkomst is geweest.": "Registration is closed, or the event is over.",
    "Kijk wat er nog komt": "See what is still to come (in Dutch)",
    "Je bent al aangemeld": "You are registered already",
    "Dit e-mailadres was al aangemeld. De bevestiging staat in je mail.": (
        "This e-mail address was registered already. The confirmation is in your mail."
    ),
    # A day along
    "Een dag meelopen": "A day along at a school",
    "Loop een dag mee op een school": "Go along at a school for a day",
    "Ervaar een dag hoe het is om voor de klas te staan. Het loket zoekt een school bij je in de buurt.": (
        "See for a day what it is like to teach a class. The desk looks for a school near you."
    ),
    "Zo gaat het": "How it goes",
    "Je vertelt waar en wanneer je wilt meelopen.": "You tell where and when you want to go along.",
    "Het loket zoekt een school, en doet je een voorstel.": "The desk looks for a school, and makes you a proposal.",
    "Jij laat weten of het past.": "You let us know whether it suits you.",
    "Het is gratis, en je zit nergens aan vast.": "It is free, and you are not committed to anything.",
    "Wat voor school?": "What kind of school?",
    "Maak een keuze": "Make a choice",
    "In of bij welke plaats?": "In or near which town?",
    "Op welke dagen kun je?": "On which days can you come?",
    "Wat wil je graag zien of weten?": "What would you like to see or know?",
    "Verstuur naar het loket": "Send to the desk",
    "Kies wat voor school je wilt zien.": "Choose what kind of school you want to see.",
    "Vul een plaats in, in hoogstens 80 tekens.": "Fill in a town, in at most 80 characters.",
    "Basisonderwijs": "Primary education",
    "Speciaal onderwijs": "Special education",
    "Voortgezet onderwijs": "Secondary education",
    "Mbo": "Vocational education (mbo)",
    "maandag": "Monday",
    "dinsdag": "Tuesday",
    "woensdag": "Wednesday",
    "donderdag": "Thursday",
    "vrijdag": "Friday",
    "zaterdag": "Saturday",
    "zondag": "Sunday",
    "Meelopen": "A day along",
    "Hoe het staat met je dag meelopen.": "How it stands with your day along.",
    "We zoeken een school voor je": "We look for a school for you",
    "Past deze dag?": "Does this day suit you?",
    "We zoeken een andere dag": "We look for another day",
    "Je gaat een dag meelopen": "You are going along for a day",
    "Je hebt een dag meegelopen": "You went along for a day",
    "Het meelopen gaat niet door": "The day along is off",
    "{loket} zoekt een school. Is er een voorstel? Dan laten we het je weten.": (
        "{loket} looks for a school. We let you know when there is a proposal."
    ),
    "{loket} heeft een school gevonden. Laat weten of het past.": "{loket} found a school. Let us know whether it suits you.",
    "{loket} zoekt een dag die wel past. Is er een voorstel? Dan laten we het je weten.": (
        "{loket} looks for a day that does suit you. We let you know when there is a proposal."
    ),
    "De afspraak staat vast. Kun je toch niet? Laat het hieronder weten.": (
        "It is confirmed. Can you not come after all? Let us know below."
    ),
    "Hopelijk was het leuk. Wil je verder? {loket} denkt graag met je mee.": (
        "We hope you liked it. Do you want to go on? {loket} is glad to think along with you."
    ),
    "maakt niet uit": "any day",
    "School": "School",
    "Goed om te weten": "Good to know",
    "Jouw wens": "Your wish",
    "{sector}, in of bij {area}; {days}": "{sector}, in or near {area}; {days}",
    "Loket": "Desk",
    "Gelukt! Je wens is verstuurd.": "Done! Your wish was sent.",
    "Gelukt! De dag staat vast.": "Done! The day is confirmed.",
    "We hebben het doorgegeven aan het loket.": "We passed it on to the desk.",
    "Je wens is ingetrokken.": "Your wish is withdrawn.",
    "Past dit?": "Does this suit you?",
    "Kun je toch niet op deze dag?": "Can you not come on this day after all?",
    "Ja, dit past": "Yes, this suits me",
    "Wat past er niet?": "What does not suit you?",
    "Nee, zoek een andere dag": "No, look for another day",
    "Wil je niet meer meelopen?": "Do you not want to go along any more?",
    "Trek mijn wens in": "Withdraw my wish",
    "Deze wens is er niet meer": "This wish is not there any more",
    "Deze link opent niets (meer). Je wens is gewist, of de link is niet compleet. Kijk nog eens in je mail.": (
        "This link opens nothing (any more). Your wish was erased, or the link is not complete. Look at your mail again."
    ),
    # Withdrawing what was sent
    "Je aanmelding": "What you sent",
    "Wat je hebt gestuurd, en wat je kunt intrekken.": "What you sent, and what you can withdraw.",
    "Dit heb je gestuurd aan {loket}. Je kunt het hier intrekken.": "You sent this to {loket}. You can withdraw it here.",
    "Wat je hebt gestuurd": "What you sent",
    "E-mail": "E-mail",
    "Telefoon": "Telephone",
    "Vraag": "Question",
    "Ook het gesprek met de digitale assistent is gestuurd.": "Your conversation with the digital assistant was sent too.",
    "Waarmee je instemde": "What you agreed to",
    "Trek in: {text}": "Withdraw: {text}",
    "Trek dit in": "Withdraw this",
    "Ingetrokken.": "Withdrawn.",
    "Alles wissen": "Erase everything",
    "Dan worden je naam, je contactgegevens, je vraag en je gesprek meteen gewist. {loket} neemt geen contact meer met je op.": (
        "Your name, your contact details, your question and your conversation are then erased at once. {loket} will not contact "
        "you any more."
    ),
    "Wis mijn aanmelding": "Erase what I sent",
    "Tekst van je toestemming: versie {version}": "Text of your consent: version {version}",
    "Je aanmelding is gewist": "What you sent is erased",
    "Je naam, je contactgegevens, je vraag en je gesprek zijn gewist. Het loket kan er niet meer bij.": (
        "Your name, your contact details, your question and your conversation are erased. The desk cannot see them any more."
    ),
    "Deze aanmelding is er niet meer": "What you sent is not there any more",
    "Deze link opent niets (meer). Je aanmelding is al ingetrokken, of is gewist omdat het lang geleden was. Twijfel je? Vraag het "
    "aan het loket.": (
        "This link opens nothing (any more). What you sent was withdrawn already, or was erased because it was long ago. Not sure? "
        "Ask the desk."
    ),
    # What was sent earlier
    "Je eerdere aanmelding": "What you sent earlier",
    "Mag de adviseur je eerdere aanmelding erbij lezen?": "May the adviser read what you sent earlier too?",
    "Heb je je al eerder bij een loket aangemeld? Dan staat in de kopie in je mail een code.": (
        "Did you leave your details with a desk before? Then there is a code in the copy in your mail."
    ),
    "Code uit je mail": "Code from your mail",
    "Drie keer vier tekens, zoals 7K3M-9QXA-2FVV.": "Three times four characters, such as 7K3M-9QXA-2FVV.",
    "Ga verder": "Go on",
    "Staat er geen code in je mail?": "Is there no code in your mail?",
    "Dan kennen wij geen eerdere aanmelding van dat e-mailadres. Je hoeft niets te doen.": (
        "Then we know of nothing that was sent from that e-mail address before. You do not have to do anything."
    ),
    "Deze code klopt niet, of werkt niet meer. Kijk hem na: hij staat in de kopie in je mail.": (
        "This code is not right, or does not work any more. Please check it: it is in the copy in your mail."
    ),
    "Er is te vaak een code geprobeerd. Probeer het over een kwartier opnieuw.": (
        "A code was tried too often. Try again in a quarter of an hour."
    ),
    "Je eerdere aanmelding staat erbij.": "What you sent earlier is read too.",
    "Gelukt! De adviseur leest je eerdere aanmelding erbij.": "Done! The adviser reads what you sent earlier too.",
    "Dit is je nieuwe aanmelding": "This is what you sent now",
    "Dit stuurde je eerder": "This is what you sent earlier",
    "{day}, aan {loket}": "{day}, to {loket}",
    "Toch liever apart?": "Rather keep them apart?",
    "Haal ze weer uit elkaar": "Take them apart again",
    "Klopt hierboven iets niet, of ben jij dit niet? Zeg dan nee.": "Is something above not right, or is this not you? Then say no.",
    "Ja, dat mag": "Yes, that is all right",
    "Nee, liever niet": "No, rather not",
    "Je eerdere aanmelding blijft apart": "What you sent earlier stays apart",
    "Je eerdere aanmelding blijft apart. De code werkt niet meer.": (
        "What you sent earlier stays apart. The code does not work any more."
    ),
    "Was je hier al eerder?": "Have you been here before?",
    "Dan staat er in de kopie in je mail een code. Met die code mag de adviseur je eerdere aanmelding erbij lezen.": (
        "Then there is a code in the copy in your mail. With that code the adviser may read what you sent earlier too."
    ),
    "Vul de code in": "Type the code",
    "De adviseur leest je eerdere aanmelding erbij.": "The adviser reads what you sent earlier too.",
    # Around every page
    "Naar de inhoud": "To the content",
    "Menu": "Menu",
    "Hoofdmenu": "Main menu",
    "Kruimelpad": "Where you are",
    "Home": "Home",
    "Zelftest": "Self-test",
    "Routes": "Routes",
    "Vergelijken": "Compare",
    "Kosten": "Costs",
    "Subsidies": "Subsidies",
    "Loketten": "Desks",
    "Afspraak": "Appointment",
    "Agenda": "Events",
    "Cijfers": "Figures",
    "Vacatures": "Vacancies",
    "Vragen": "Questions",
    "Regio:": "Region:",
    "alle regio's": "all regions",
    "Alle regio's": "All regions",
    "Die regio kennen we niet. Je ziet nu alle regio's.": "We do not know that region. You now see all regions.",
    "Liever een mens spreken?": "Rather talk to a person?",
    "Dat kan altijd, en het is gratis. Een adviseur van het loket in jouw regio denkt met je mee.": (
        "You always can, and it is free. An adviser of the desk in your region thinks along with you."
    ),
    "Vind jouw loket": "Find your desk (in Dutch)",
    "Wat is dit?": "What is this?",
    "Loketgids helpt mensen die in het onderwijs willen werken. Elk feit op deze pagina’s komt uit een bron, met een datum erbij. "
    "Weten wij iets niet zeker? Dan staat dat erbij.": (
        "Loketgids helps people who want to work in education. Every fact on these pages comes from a source, with its date. "
        "When we are not sure of something, we say so."
    ),
    "Regels en bedragen veranderen. Vraag het na bij de bron of bij je loket voordat je een besluit neemt.": (
        "Rules and amounts change. Check with the source or with your desk before you decide."
    ),
    "Wat is er veranderd?": "What has changed?",
    # What is not there, or does not work
    "Deze pagina is er niet": "This page is not there",
    "Deze pagina bestaat niet of niet meer.": "This page does not exist, or not any more.",
    "Misschien is de pagina verhuisd, of staat er een typefout in het adres.": (
        "Maybe the page has moved, or there is a typing error in the address."
    ),
    "Zocht je dit?": "Were you looking for this? (in Dutch)",
    "Alle routes naar het onderwijs": "All routes into teaching (in Dutch)",
    "Een loket bij jou in de buurt": "A desk near you (in Dutch)",
    "Of stel je vraag aan de digitale assistent, rechtsonder op deze pagina.": (
        "Or ask the digital assistant, at the bottom right of this page."
    ),
    "Dat klopt niet": "That is not right",
    "Dat lukt niet": "That does not work",
    "Wat je stuurde, past niet in dit formulier. Ga terug en kijk het na.": (
        "What you sent does not fit in this form. Go back and check it."
    ),
    "Er ging iets mis bij ons. Probeer het over vijf minuten opnieuw.": (
        "Something went wrong on our side. Try again in five minutes."
    ),
    "Dit formulier kwam van een andere website. Ga naar dezelfde pagina op deze site en probeer het daar.": (
        "This form came from another website. Go to the same page on this site and try it there."
    ),
    "Bekijk alle routes": "See all routes (in Dutch)",
    "of": "or",
    "vraag het aan een loket": "ask a desk (in Dutch)",
    # Around them
    "Zo kom je verder": "How to go on",
    "Doe de zelftest": "Take the self-test",
    "een paar vragen, en je ziet wat bij je past": "a few questions, and you see what fits you (in Dutch)",
    "Bekijk alle routes naar het onderwijs": "See all routes into teaching (in Dutch)",
    "Vraag het aan een loket bij jou in de buurt": "Ask a desk near you (in Dutch)",
    # Subjects of mails
    "Je afspraak staat vast: {topic}": "Your appointment is confirmed: {topic}",
    "Je aanmelding staat vast: {topic}": "You are registered: {topic}",
    "Je staat op de wachtlijst: {topic}": "You are on the waiting list: {topic}",
    "Je afspraak is verzet: {topic}": "Your appointment is moved: {topic}",
    "Je aanmelding is verzet: {topic}": "Your registration is moved: {topic}",
    "Je afspraak is afgezegd: {topic}": "Your appointment is cancelled: {topic}",
    "Je aanmelding is afgezegd: {topic}": "Your registration is cancelled: {topic}",
    "Gaat niet door: {topic}": "Is off: {topic}",
    "Er is plek voor je: {topic}": "There is a place for you: {topic}",
    "Morgen: {topic}": "Tomorrow: {topic}",
    "Afspraak met {loket}: {topic}": "Appointment with {loket}: {topic}",
    "Je wilt een dag meelopen": "You want to go along for a day",
    "Een voorstel om een dag mee te lopen": "A proposal for a day along",
    "We zoeken een andere dag om mee te lopen": "We look for another day to go along",
    "Morgen loop je een dag mee": "Tomorrow you go along for a day",
    "Je wens om mee te lopen is ingetrokken": "Your wish to go along is withdrawn",
    "Meelopen: {school}": "A day along: {school}",
}


def said(text: str, locale: str) -> str:
    """The sentence in the visitor's language; what is not written in English (what a desk typed) stays as it is."""
    return ENGLISH.get(text, text) if locale == "en" else text
