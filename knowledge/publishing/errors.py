"""What an editor cannot do, with a Dutch sentence that can be shown."""

from knowledge.publishing.item import ItemKey
from knowledge.publishing.problems import ContentProblem


class EditorialProblem(Exception):
    """`dutch` is for the editor; `str(error)` for the operator, in English and without what was typed."""

    dutch = "Dit lukte niet. Probeer het opnieuw."

    def __init__(self, english: str, dutch: str = "") -> None:
        super().__init__(english)
        self.dutch = dutch or self.dutch


class NoSuchItem(EditorialProblem):
    """There is no such item, revision, change set or publication."""

    dutch = "Dit bestaat niet (meer)."


class NotOpen(EditorialProblem):
    """The change set is not in a state in which that can be done."""

    dutch = "Deze wijziging staat niet meer open. Begin een nieuwe wijziging."


class SecondPersonNeeded(EditorialProblem):
    """A colleague has to look at it first, and nobody but its authors has."""

    dutch = (
        "Hier staan bedragen, voorwaarden, regels of wetten in. Een collega die er niet aan meeschreef, keurt het goed."
    )


class Outdated(EditorialProblem):
    """Something else was published since the change set began to change it."""

    def __init__(self, keys: tuple[ItemKey, ...]) -> None:
        named = ", ".join(key.id for key in keys)
        super().__init__(
            f"published since the edit began: {', '.join(map(str, keys))}",
            f"Ondertussen is een andere versie gepubliceerd van: {named}. Neem die eerst over in je wijziging.",
        )
        self.keys = keys


class ContentRefused(EditorialProblem):
    """The content would not be sound with these changes; `problems` says why."""

    def __init__(self, problems: tuple[ContentProblem, ...]) -> None:
        super().__init__(
            f"{len(problems)} problems in the content, the first: {problems[0].english}",
            "Zo kan dit niet worden gepubliceerd: " + " ".join(problem.dutch for problem in problems[:5]),
        )
        self.problems = problems
